"""The commands for sound: measure any file and say what is wrong with it."""

import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from ..errors import PublicationError
from ..messages import say
from ..mixing.profiles import MASTERS
from ..store.atomic_files import write_atomic
from .options import project_folder, root_option
from .table import clock, level, straight
from .words import Command, WrongCall

if TYPE_CHECKING:
    from ..mixing.examine import Examined
    from ..mixing.findings import Finding

SOMETHING_WRONG = 1
PICTURES = (".png", ".svg")
TICK_S = 0.2
MOST_SHOWN = 5  # places of one finding
PLACED = ("true_peak", "gap", "clipped", "flat_tops", "click")  # findings that are said with their places


@click.command(cls=Command, help=say("cli.qc_help"), short_help=say("cli.qc_short"))
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar=say("cli.qc_files"))
@click.option("--master", "master_name", type=click.Choice([*MASTERS]), help=say("cli.qc_master"))
@click.option("--station", "stations", multiple=True, metavar="ID", help=say("cli.station"))
@click.option("--all", "all_stations", is_flag=True, help=say("cli.all"))
@root_option
@click.option("--json", "as_json", is_flag=True, help=say("cli.json"))
@click.option(
    "--picture", type=click.Path(path_type=Path), metavar=say("cli.path_metavar"), help=say("cli.qc_picture")
)
@click.pass_context
def qc(
    context: click.Context,
    files: tuple[Path, ...],
    master_name: str | None,
    stations: tuple[str, ...],
    all_stations: bool,
    root: Path | None,
    as_json: bool,
    picture: Path | None,
) -> None:
    if all_stations and stations:
        raise WrongCall("cli.station_or_all")
    if files and (all_stations or stations):
        raise WrongCall("cli.files_or_station")
    named = {str(path): path for path in files} or _published(root, None if all_stations else stations)
    pictures = _picture_names([*named], picture)
    with _terminal() as terminal:
        measuring = _Measuring(len(named), terminal)
        seen = {name: _examined(name, path, master_name, measuring, pictures) for name, path in named.items()}
        measuring.close()
    if as_json:
        click.echo(json.dumps([_plain(*one) for one in seen.items()], ensure_ascii=False, indent=1))
    else:
        click.echo(_table(seen))
    context.exit(SOMETHING_WRONG if any(one.verdict == "fail" for one in seen.values()) else 0)


def _published(root: Path | None, stations: Sequence[str] | None) -> dict[str, Path]:
    """Return the audio files of stations by the name they are shown as."""
    from ..content.project import read_project, stations_named
    from ..publishing.manifest import read_manifest
    from ..publishing.places import Places

    folder = project_folder(root)
    found: dict[str, Path] = {}
    for station in stations_named(read_project(folder), stations):
        files = read_manifest(Places(folder, station.id))["files"]
        names = [name for name, entry in files.items() if "seconds" in entry and "/drafts/" not in name]
        if not names:
            raise PublicationError("qc.nothing_published", station=station.id)
        found |= {name: folder / name for name in names}
    return found


def _examined(
    name: str, path: Path, master_name: str | None, measuring: "_Measuring", pictures: Mapping[str, Path]
) -> "Examined":
    """Return what is known of a file; its course is drawn, if anybody asked for it, and let go."""
    from ..mixing.examine import examine
    from ..mixing.findings import master_of

    master = MASTERS[master_name] if master_name else master_of(path)
    examined = examine(path, master, measuring.of(name))
    if name in pictures:
        write_atomic(pictures[name], _picture(name, examined, pictures[name].suffix))
    return replace(examined, course=None)


# ---------------------------------------------------------------- in words


def _table(seen: "Mapping[str, Examined]") -> str:
    heading = [say(f"column.{name}") for name in ("file", "master", "length", "lufs", "lra", "peak", "rms")]
    rows = [(*heading, "")] + [(name, *_cells(one)) for name, one in seen.items()]
    lines = straight(rows)
    for number, one in reversed([*enumerate(seen.values(), 1)]):
        lines[number + 1 : number + 1] = [f"    {finding_line(finding)}" for finding in one.findings]
    count = {name: sum(one.verdict == name for one in seen.values()) for name in ("pass", "warn", "fail")}
    total = say("qc.summary", count=len(seen), good=count["pass"], warned=count["warn"], bad=count["fail"])
    return "\n".join([*lines, total])


def _cells(one: "Examined") -> tuple[str, ...]:
    master = say(f"master.{one.master.name}") if one.master else "–"
    outcome = say(f"verdict.{one.verdict}")
    if one.quality is None:
        return (master, *["–"] * 5, outcome)
    levels = one.quality.levels
    figures = (levels.integrated_lufs, levels.loudness_range_lu, levels.true_peak_dbtp, levels.rms_dbfs)
    return (master, clock(one.quality.seconds), *map(level, figures), outcome)


def finding_line(finding: "Finding") -> str:
    """Return a finding as a line, marked as an error or a warning."""
    return say("qc.error" if finding.is_error else "qc.warning", finding=_said(finding))


def _said(finding: "Finding") -> str:
    """Return a finding as a sentence: what is wrong, where, and what to do."""
    from ..picture.panels import clock_time

    shown = ", ".join(clock_time(at_s, tenths=True) for at_s in finding.at_s[:MOST_SHOWN])
    more = "…" if len(finding.at_s) > MOST_SHOWN else ""
    facts = {"value": finding.value, "limit": finding.limit, "places": shown + more}
    return say(f"qc.{finding.kind}_at" if shown and finding.kind in PLACED else f"qc.{finding.kind}", **facts)


def _plain(name: str, one: "Examined") -> dict[str, Any]:
    """Return what is known of a file for programs: records as mappings, findings in words too."""
    return {
        "file": name,
        "master": one.master.name if one.master else None,
        "verdict": one.verdict,
        "findings": [{**asdict(finding), "text": _said(finding)} for finding in one.findings],
        "figures": None if one.quality is None else asdict(one.quality),
    }


# ---------------------------------------------------------------- as a picture


def _picture_names(names: Sequence[str], picture: Path | None) -> dict[str, Path]:
    """Return where the picture of each file goes: to the name given, or into the folder given."""
    if picture is None:
        return {}
    if picture.suffix.lower() in PICTURES:
        if len(names) > 1:
            raise WrongCall("cli.one_picture", picture=picture)
        return {names[0]: picture}
    if picture.suffix and not picture.is_dir():
        raise WrongCall("cli.picture_kind", picture=picture)
    found: dict[str, Path] = {}
    for name in names:
        bare, number = Path(name).name, 1
        while (path := picture / f"{bare}{'' if number == 1 else f'-{number}'}.png") in found.values():
            number += 1
        found[name] = path
    return found


def _picture(name: str, examined: "Examined", suffix: str) -> bytes:
    from ..mixing.tags import read_chapters
    from ..picture.png import png
    from ..picture.sheet import Sheet, drawn
    from ..picture.svg import svg

    said = [_said(finding) for finding in examined.findings]
    chapters = read_chapters(examined.path)
    drawing = drawn(Sheet(Path(name).name, examined.verdict, _caption(examined), said, examined, chapters))
    return svg(drawing) if suffix.lower() == ".svg" else png(drawing)


def _caption(examined: "Examined") -> list[str]:
    """Return a file's figures as lines."""
    quality, master = examined.quality, examined.master
    if quality is None:
        return []
    levels, silences, rates = quality.levels, quality.silences, quality.container.bitrates_kbps
    facts = {
        "master": say(f"master.{master.name}") if master else say("qc.no_master"),
        "format": quality.container.format.upper(),
        "rate": quality.sample_rate_hz,
        "channels": quality.channels,
        "kbps": rates[0] if len(rates) == 1 else f"{quality.bitrate_kbps:.0f}",  # tags are no sound
        "length": clock(quality.seconds),
        "start": silences.silence_start_s,
        "end": silences.silence_end_s,
        "gap": silences.longest_gap_s,
    }
    return [
        say("qc.caption_file", **facts),
        say("qc.caption_levels", **asdict(levels)),
        say("qc.caption_rest", **facts),
    ]


# ---------------------------------------------------------------- while it works


@contextmanager
def _terminal() -> Iterator[TextIO]:
    """Give the error stream, while what a decoder in C prints there of a torn file goes nowhere."""
    try:
        number = sys.stderr.fileno()
    except (AttributeError, OSError, ValueError):  # there is none, or it is no file
        yield sys.stderr
        return
    sys.stderr.flush()
    kept = os.dup(number)
    with open(kept, "w", encoding="utf-8", errors="backslashreplace") as stream:  # noqa: PTH123
        with open(os.devnull, "w") as nowhere:  # noqa: PTH123
            os.dup2(nowhere.fileno(), number)
        try:
            yield stream
        finally:
            stream.flush()
            os.dup2(kept, number)


class _Measuring:
    """One line on a terminal: which file of how many, and how far into it."""

    def __init__(self, total: int, terminal: TextIO) -> None:
        self._total, self._begun, self._shown_at, self._terminal = total, 0, 0.0, terminal
        self._live = terminal.isatty()
        if not self._live and total > 1:
            click.echo(say("qc.begun", count=total), file=terminal)

    def of(self, name: str) -> Callable[[float], None]:
        """Return whom the measuring of the next file tells how far it is."""
        self._begun += 1
        begun = self._begun

        def heard(seconds: float) -> None:
            now = time.monotonic()
            if self._live and now - self._shown_at >= TICK_S:
                self._shown_at = now
                line = say("qc.progress", done=begun, total=self._total, name=name, at=clock(seconds))
                width = shutil.get_terminal_size().columns - 1
                click.echo(f"\r{line[:width]:<{width}}", nl=False, file=self._terminal)

        return heard

    def close(self) -> None:
        """Leave the line empty."""
        if self._live and self._shown_at:
            blank = " " * (shutil.get_terminal_size().columns - 1)
            click.echo(f"\r{blank}\r", nl=False, file=self._terminal)
