"""The command that measures sound files and says what is wrong with them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

import click

from ..content.project import read_project, stations_named
from ..errors import PublicationError
from ..messages import say
from ..mixing.examine import Examined, examine
from ..mixing.findings import master_of
from ..mixing.profiles import MASTERS, Master
from ..mixing.quiet_decoders import quiet_decoders
from ..mixing.tags import read_chapters
from ..picture.png import png
from ..picture.sheet import Sheet, drawn
from ..picture.svg import svg
from ..publishing.manifest import read_manifest
from ..publishing.places import Places
from ..store.atomic_files import write_atomic
from .exit_codes import DONE, MENDABLE
from .findings import finding_line, finding_text
from .json_output import echo_json, json_option
from .localized_click import Command
from .options import PATH, all_option, project_folder, root_option, stations_asked_for, stations_option
from .progress import Progress
from .table import clock, figure_table, level
from .wrong_calls import WrongCall

PICTURES: Final = (".png", ".svg")


@click.command(cls=Command, help=say("cli.qc_help"))
@click.argument("files", nargs=-1, type=PATH, metavar=say("cli.qc_files"))
@click.option("--master", "master_name", type=click.Choice([*MASTERS]), help=say("cli.qc_master"))
@stations_option
@all_option
@root_option
@json_option
@click.option("--picture", type=PATH, metavar=say("cli.path_metavar"), help=say("cli.qc_picture"))
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
    """Measure the files named, or those published by stations; the exit code says whether any is faulty."""
    asked_for = stations_asked_for(stations, all_stations)
    if files and (all_stations or stations):
        raise WrongCall("cli.files_or_station")
    named = {str(path): path for path in files} or _published(root, asked_for)
    examined = _examine_all(named, master_name, _picture_names([*named], picture))
    if as_json:
        echo_json([_plain(name, one) for name, one in examined.items()])
    else:
        click.echo(_table(examined))
    context.exit(MENDABLE if any(one.verdict == "fail" for one in examined.values()) else DONE)


def _published(root: Path | None, stations: Sequence[str] | None) -> dict[str, Path]:
    """Return the audio files of stations by display name."""
    folder = project_folder(root)
    found: dict[str, Path] = {}
    for station in stations_named(read_project(folder), stations):
        files = read_manifest(Places(folder, station.id))["files"]
        names = [name for name, entry in files.items() if "seconds" in entry and "/drafts/" not in name]
        if not names:
            raise PublicationError("qc.nothing_published", station=station.id)
        found |= {name: folder / name for name in names}
    return found


def _examine_all(
    files: Mapping[str, Path], master_name: str | None, pictures: Mapping[str, Path]
) -> dict[str, Examined]:
    """Return what is known about each file; pictures are drawn on the way."""
    with quiet_decoders() as terminal, Progress(terminal) as progress:
        if len(files) > 1:
            progress.announce(say("qc.begun", count=len(files)))
        return {
            name: _examined(
                name,
                path,
                MASTERS[master_name] if master_name else master_of(path),
                pictures.get(name),
                partial(_show, progress, number, len(files), name),
            )
            for number, (name, path) in enumerate(files.items(), 1)
        }


def _show(progress: Progress, number: int, total: int, name: str, seconds: float) -> None:
    progress.show("qc.progress", done=number, total=total, name=name, at=clock(seconds))


def _examined(
    name: str,
    path: Path,
    master: Master | None,
    picture: Path | None,
    on_measured: Callable[[float], None],
) -> Examined:
    """Return what is known about a file without its course, which is large and only the picture needs."""
    examined = examine(path, master, on_measured)
    if picture is not None:
        write_atomic(picture, _picture(name, examined, picture.suffix))
    return replace(examined, course=None)


# ---------------------------------------------------------------- in words


def _table(examined: Mapping[str, Examined]) -> str:
    heading = [say(f"column.{name}") for name in ("file", "master", "length", "lufs", "lra", "peak", "rms")]
    rows = [(*heading, "")] + [(name, *_cells(one)) for name, one in examined.items()]
    lines = figure_table(rows)
    for number, one in reversed([*enumerate(examined.values(), 1)]):
        lines[number + 1 : number + 1] = [f"    {finding_line(finding)}" for finding in one.findings]
    count = {name: sum(one.verdict == name for one in examined.values()) for name in ("pass", "warn", "fail")}
    total = say(
        "qc.summary", count=len(examined), good=count["pass"], warned=count["warn"], bad=count["fail"]
    )
    return "\n".join([*lines, total])


def _cells(one: Examined) -> tuple[str, ...]:
    master = say(f"master.{one.master.name}") if one.master else "–"
    verdict = say(f"verdict.{one.verdict}")
    if one.quality is None:
        return (master, *["–"] * 5, verdict)
    levels = one.quality.levels
    figures = (levels.integrated_lufs, levels.loudness_range_lu, levels.true_peak_dbtp, levels.rms_dbfs)
    return (master, clock(one.quality.seconds), *map(level, figures), verdict)


def _plain(name: str, one: Examined) -> dict[str, Any]:
    """Return what is known about a file, for programs: records as mappings, findings also in words."""
    return {
        "file": name,
        "master": one.master.name if one.master else None,
        "verdict": one.verdict,
        "findings": [{**asdict(finding), "text": finding_text(finding)} for finding in one.findings],
        "figures": None if one.quality is None else asdict(one.quality),
    }


# ---------------------------------------------------------------- as a picture


def _picture_names(names: Sequence[str], picture: Path | None) -> dict[str, Path]:
    """Return the path of each file's picture: the given name, or one in the given folder."""
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


def _picture(name: str, examined: Examined, suffix: str) -> bytes:
    said = [finding_text(finding) for finding in examined.findings]
    chapters = read_chapters(examined.path)
    drawing = drawn(Sheet(Path(name).name, examined.verdict, _caption(examined), said, examined, chapters))
    return svg(drawing) if suffix.lower() == ".svg" else png(drawing)


def _caption(examined: Examined) -> list[str]:
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
        "kbps": rates[0] if len(rates) == 1 else f"{quality.bitrate_kbps:.0f}",  # tags are not sound
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
