"""The report as files: which formats are asked for, each written completely or not at all."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from ..errors import LogError
from ..store.atomic_files import write_atomic
from .report import Report
from .report_csv import report_csv
from .report_docx import report_docx
from .report_html import report_html

WRITERS: Final[Mapping[str, Callable[[Report], bytes]]] = {
    ".html": report_html,
    ".csv": report_csv,
    ".docx": report_docx,
}


def report_paths(wanted: Sequence[Path], first: date, last: date) -> tuple[Path, ...]:
    """Return the files to write: a name with an extension is one; a folder gets one of each format.

    Raises LogError for an unknown extension.
    """
    paths: list[Path] = []
    for path in wanted:
        ending = path.suffix.lower()
        if ending in WRITERS and not path.is_dir():
            paths.append(path)
        elif ending[1:].isalpha() and not path.is_dir():
            raise LogError("report.no_format", file=str(path), known=", ".join(WRITERS))
        else:
            paths += [path / f"bao-cao-{first}-{last}{known}" for known in WRITERS]
    return tuple(dict.fromkeys(paths))


def write_report(report: Report, paths: Sequence[Path], *, replace: bool) -> None:
    """Write a report to files, in the formats of their extensions.

    Raises LogError, before anything is written, if a file has other content: its blanks may have been
    filled in.
    """
    made = {path: WRITERS[path.suffix.lower()](report) for path in paths}
    for path, data in made.items():
        if path.exists() and not replace and path.read_bytes() != data:
            raise LogError("report.stands", file=str(path))
    for path, data in made.items():
        write_atomic(path, data)
