"""What a file says of its loudness is what others measure: ffmpeg as a meter, and as Liquidsoap decodes."""

import re
import subprocess
from pathlib import Path
from typing import Any

import imageio_ffmpeg
import mutagen.id3
import pytest
from speechlike import body, opening
from test_episode import file, section

from truyenthanh.mixing.episode import write_episode

METER = "ebur128=peak=true:framelog=quiet"
AS_LIQUIDSOAP = f"aformat=channel_layouts=stereo,{METER}"  # mono spread by swresample, both channels summed


def metered(path: Path, filters: str) -> tuple[float, float]:
    """Return integrated LUFS and true peak as ffmpeg reads them."""
    command = [
        imageio_ffmpeg.get_ffmpeg_exe(),
        "-nostdin",
        "-i",
        str(path),
        "-af",
        filters,
        "-f",
        "null",
        "-",
    ]
    said = subprocess.run(command, capture_output=True, check=True).stderr.decode(errors="replace")
    summary = said[said.rindex("Summary:") :]
    lufs, peak = re.search(r"I:\s+(\S+) LUFS", summary), re.search(r"Peak:\s+(\S+) dBFS", summary)
    assert lufs
    assert peak
    return float(lufs[1]), float(peak[1])


@pytest.mark.parametrize("master", ["podcast", "loudspeaker"])
def test_gain_peak_and_reading_are_what_ffmpeg_measures(master: str, tmp_path: Path) -> None:
    path = tmp_path / "x.mp3"
    with path.open("wb") as out:
        write_episode(out, file(master), [section(master, opening().pcm), section(master, body().pcm)])
    reader: Any = mutagen.id3.ID3  # mutagen is typed in part only
    tag = reader(path)
    lufs, peak_dbtp = metered(path, METER)
    assert float(str(tag["TXXX:REPLAYGAIN_TRACK_GAIN"]).removesuffix(" dB")) == pytest.approx(
        -18 - lufs, abs=0.1
    )
    assert float(str(tag["TXXX:REPLAYGAIN_TRACK_PEAK"])) == pytest.approx(10 ** (peak_dbtp / 20), rel=0.02)
    said = str(tag["TXXX:liq_integrated_lufs"])
    assert re.fullmatch(r"-\d+\.\d\d dB", said)
    assert float(said.removesuffix(" dB")) == pytest.approx(metered(path, AS_LIQUIDSOAP)[0], abs=0.1)
