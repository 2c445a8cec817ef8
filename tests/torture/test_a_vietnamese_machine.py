"""A machine set to Vietnamese is answered as one that is set to nothing, whatever is called."""

from pathlib import Path

from speaker import answers
from test_languages import CALLS, small_project


def answered(root: Path, locale: str) -> list[tuple[object, ...]]:
    """Return what is said to every call, the project's place and how long a build took left out."""
    said = answers([[str(root), *call] for call in CALLS], {"LANG": locale})
    return [(one["code"], *(one[part].replace(str(root), "") for part in ("out", "err"))) for one in said]


def test_a_vietnamese_machine_is_answered_like_one_set_to_nothing(tmp_path: Path) -> None:
    plain = answered(small_project(tmp_path / "C/project"), "C")
    vietnamese = answered(small_project(tmp_path / "vi/project"), "vi_VN.UTF-8")
    for call, one, other in zip(CALLS, plain, vietnamese, strict=True):
        if call != ["history"]:  # it tells hours
            assert one == other, call
