"""What is said of a call that is wrong: what is wrong with it, and where to read how it is done."""

from pathlib import Path

import pytest
from commands import truyenthanh
from project import write_project


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["buld"], "Các lệnh: build, status, read, check, script"),
        (["build", "--staton", "x"], "Có phải: --station"),
        (["build", "--jobs", "0"], "--jobs"),
        (["build", "--jobs", "many"], "--jobs"),
        (["build", "--station"], "--station"),
        (["build", "--all", "--station", "xa-mot"], "không chọn cả hai"),
        (["status", "extra"], "extra"),
    ],
)
def test_a_wrong_call_says_what_is_wrong_and_exits_2(tmp_path: Path, arguments: list[str], said: str) -> None:
    run = truyenthanh(write_project(tmp_path), *arguments)
    assert run.returncode == 2
    assert said in run.stderr
    assert "--help" in run.stderr
    assert "Traceback" not in run.stderr
