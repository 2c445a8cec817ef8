"""One file, measured and judged; a file that cannot be measured is a finding too, not an error."""

from dataclasses import dataclass
from pathlib import Path

from ..errors import SoundError
from .findings import Finding, judge, verdict
from .measurements import OnProgress, Quality, measure
from .meters import Course
from .profiles import Master


@dataclass(frozen=True, slots=True)
class Examined:
    """What is known about a file; only a finding if it is not a sound file."""

    path: Path
    master: Master | None
    quality: Quality | None
    course: Course | None
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> str:
        """Return "pass", "warn" or "fail"."""
        return verdict(self.findings)


def examine(path: Path, master: Master | None, heard: OnProgress = lambda _: None) -> Examined:
    """Return the figures of a file and what is wrong with it: as ``master``, or in general."""
    try:
        quality, course = measure(path, heard)
    except SoundError as error:
        kind = "missing" if error.key == "mixing.no_sound_file" else "unreadable"
        return Examined(path, master, None, None, (Finding(kind, True, str(error)),))
    return Examined(path, master, quality, course, judge(quality, master))
