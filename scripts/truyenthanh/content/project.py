"""Read ``content/`` into the records of ``model``; every error says file, line, field and what to do.

A project is one ``project.yaml``, documents with a YAML file beside each text (``sources/``), series with
their points (``series/<id>/``) and stations (``stations/``). The id of each is its file's or folder's
name. References are checked here, so that everything returned can be spoken.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from ..errors import ContentError
from ..model import Document, Pacing, Project, Pronunciation, Station
from . import fields as f
from .files import folders, load_shown, shown_from, yaml_files
from .series import read_series
from .stations import feed_guid, pronunciations, read_disclosure, read_station
from .yaml_tree import Node, load


def read_project(root: Path) -> Project:
    """Return everything under ``root/content``, checked. Raises ContentError."""
    node = load_shown(root, "content/project.yaml")
    of = f.fields(node, ("station", "engine", "disclosure", "online"))
    disclosure = read_disclosure(f.need(node, of, "disclosure"))
    documents = {path.stem: _document(root, path) for path in yaml_files(root, "content/sources")}
    series = {path.name: read_series(root, path.name, documents) for path in folders(root, "content/series")}
    stations = {
        path.stem: read_station(root, path, documents, series, disclosure)
        for path in yaml_files(root, "content/stations")
    }
    _refuse_shared_guids(stations)
    station_node = f.need(node, of, "station")
    return Project(
        root=root,
        default_station=f.one_of(station_node, stations, "content.no_station"),
        default_engine=f.text(f.need(node, of, "engine")),
        pacing=_pacing(of.get("online")),
        lexicon=_lexicon(root),
        documents=documents,
        series=series,
        stations=stations,
    )


def default_station(root: Path) -> str | None:
    """Return the project's default station; None if there is no project.

    Nothing else is read, since other files may be in the middle of an edit.
    """
    shown_as = "content/project.yaml"
    if not (root / shown_as).is_file():
        return None
    node = load(root / shown_as, shown_as)
    if not isinstance(node.value, dict):
        raise node.error("content.not_mapping", known="station")
    return f.text(f.need(node, node.value, "station"))


def stations_named(project: Project, names: Sequence[str] | None) -> list[Station]:
    """Return the stations with these names: the default one if none is named, all of them for None.

    Raises ContentError for an unknown station.
    """
    known = project.stations
    for name in names or ():
        if name not in known:
            raise ContentError("content.no_station", name=name, known=", ".join(known))
    wanted = known if names is None else names or [project.default_station]
    return [known[name] for name in dict.fromkeys(wanted)]


def _pacing(node: Node | None) -> Pacing:
    """Return how a service on the network is asked; missing fields keep their defaults."""
    if node is None or node.value is None:
        return Pacing()
    of, usual = f.fields(node, ("pause_ms", "deadline_s", "attempts")), Pacing()
    return Pacing(
        pause_s=f.integer(of["pause_ms"], 0, 60_000) / 1000 if "pause_ms" in of else usual.pause_s,
        deadline_s=float(f.integer(of["deadline_s"], 1, 600)) if "deadline_s" in of else usual.deadline_s,
        attempts=f.integer(of["attempts"], 1, 20) if "attempts" in of else usual.attempts,
    )


def _refuse_shared_guids(stations: Mapping[str, Station]) -> None:
    """Raise ContentError if two feeds share a guid: directories would take them for one."""
    seen: dict[str, Station] = {}
    for station in stations.values():
        other = seen.setdefault(station.feed.guid, station)
        if other is not station:
            facts = {"other": other.file, "guid": feed_guid(station.site, station.id)}
            raise ContentError("content.repeated_guid", file=station.file, field="feed.guid", **facts)


def _lexicon(root: Path) -> tuple[Pronunciation, ...]:
    """Return the project's own pronunciations; none if the file is missing or holds only comments."""
    shown_as = "content/lexicon.yaml"
    try:
        return pronunciations(load_shown(root, shown_as))
    except ContentError as error:
        if error.key in ("yaml.missing", "yaml.empty"):
            return ()
        raise


def _document(root: Path, path: Path) -> Document:
    node = load_shown(root, shown_from(root, path))
    known = ("file", "issuer", "number", "day", "month", "year", "place", "signer", "subject", "citation")
    of = f.fields(node, known)
    return Document(
        id=f.id_of(root, path),
        issuer=f.text(f.need(node, of, "issuer")),
        number=f.optional_text(f.need(node, of, "number")),
        day=f.optional_integer(of.get("day"), 1, 31),
        month=f.optional_integer(of.get("month"), 1, 12),
        year=f.optional_integer(of.get("year"), 1945, 2999),
        place=f.text(f.need(node, of, "place")),
        signer=f.text(f.need(node, of, "signer")),
        subject=f.text(f.need(node, of, "subject")),
        citation=f.wording(f.need(node, of, "citation")),
        source=f.beside(path.parent, f.need(node, of, "file"), "content/sources"),
    )
