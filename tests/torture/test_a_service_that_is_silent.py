"""Every voice is tried where there is no network: half a minute passes until that is told."""

from pathlib import Path

from commands import truyenthanh


def test_voices_that_speak_are_told_from_those_that_cannot_be_reached(tmp_path: Path) -> None:
    nowhere = {"HTTPS_PROXY": "http://127.0.0.1:9"}
    run = truyenthanh(tmp_path, "voices", "--test", environment=nowhere)
    assert run.returncode == 1
    rows = {tuple(line.split()[:2]): line for line in run.stdout.splitlines()[1:]}
    assert rows["espeak", "vi"].endswith("đọc được")
    assert not rows["gtts", "com.vn"].endswith("đọc được")
