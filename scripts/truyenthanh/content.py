"""Read ``content/`` into the records of ``model.py``; every error says file, line, field, what to do.

A project is one ``project.yaml``, documents with a YAML beside each text (``sources/``), series with
their points (``series/<id>/``) and stations (``stations/``). The id of each is its file's or folder's
name. References are checked here, so that whatever comes out can be spoken.
"""

from collections.abc import Collection, Mapping
from pathlib import Path

from . import fields as f
from .errors import ContentError
from .model import (
    Correction,
    Document,
    Omnibus,
    Pacing,
    Part,
    Passage,
    Point,
    Project,
    Pronunciation,
    Revision,
    Series,
    Station,
    Variant,
)
from .stations import feed_guid, pronunciations, read_disclosure, read_station
from .yaml_tree import Node, load


def read_project(root: Path) -> Project:
    """Return everything under ``root/content``, checked. Raises ContentError."""
    node = _load(root, "content/project.yaml")
    of = f.fields(node, ("station", "engine", "disclosure", "online"))
    disclosure = read_disclosure(f.need(node, of, "disclosure"))
    documents = {path.stem: _document(root, path) for path in _yaml_files(root, "content/sources")}
    series = {path.name: _series(root, path.name, documents) for path in _folders(root, "content/series")}
    stations = {
        path.stem: read_station(root, path, documents, series, disclosure)
        for path in _yaml_files(root, "content/stations")
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
    """Return the project's default station, None where there is no project.

    Nothing else is read: the other files may be in the middle of an edit.
    """
    shown_as = "content/project.yaml"
    if not (root / shown_as).is_file():
        return None
    node = load(root / shown_as, shown_as)
    if not isinstance(node.value, dict):
        raise node.error("content.not_mapping", known="station")
    return f.text(f.need(node, node.value, "station"))


def _pacing(node: Node | None) -> Pacing:
    """Return how a service on the network is asked; what is left out stays as it is for everyone."""
    if node is None or node.value is None:
        return Pacing()
    of, usual = f.fields(node, ("pause_ms", "deadline_s", "attempts")), Pacing()
    return Pacing(
        pause_s=f.integer(of["pause_ms"], 0, 60_000) / 1000 if "pause_ms" in of else usual.pause_s,
        deadline_s=float(f.integer(of["deadline_s"], 1, 600)) if "deadline_s" in of else usual.deadline_s,
        attempts=f.integer(of["attempts"], 1, 20) if "attempts" in of else usual.attempts,
    )


def _refuse_shared_guids(stations: Mapping[str, Station]) -> None:
    """Raise ContentError where two feeds call themselves the same: directories would take them for one."""
    seen: dict[str, Station] = {}
    for station in stations.values():
        other = seen.setdefault(station.feed.guid, station)
        if other is not station:
            facts = {"other": other.file, "guid": feed_guid(station.site, station.id)}
            raise ContentError("content.repeated_guid", file=station.file, field="feed.guid", **facts)


def _lexicon(root: Path) -> tuple[Pronunciation, ...]:
    """Return the project's own pronunciations; none where the file is missing or holds only comments."""
    shown_as = "content/lexicon.yaml"
    try:
        return pronunciations(_load(root, shown_as))
    except ContentError as error:
        if error.key in ("yaml.missing", "yaml.empty"):
            return ()
        raise


def _document(root: Path, path: Path) -> Document:
    node = _load(root, _shown(root, path))
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


# ---------------------------------------------------------------- series


def _series(root: Path, series_id: str, documents: dict[str, Document]) -> Series:
    folder = root / "content/series" / series_id
    f.id_of(root, folder)
    node = _load(root, f"content/series/{series_id}/series.yaml")
    known = ("title", "season", "documents", "first", "every", "announcement", "description")
    of = f.fields(node, (*known, "chapters", "parts", "points", "omnibus", "revisions"))
    chapters = f.need(node, of, "chapters")
    labels = f.fields(chapters, ("opening", "closing"))
    parts = f.items(f.need(node, of, "parts"), _part, least=1)
    texts = dict(f.items(f.need(node, of, "documents"), lambda n: _series_document(n, documents), least=1))
    points = _points(root, folder, f.need(node, of, "points"), parts, tuple(texts))
    ids = [point.id for point in points]
    omnibus = _omnibus(of["omnibus"], ids) if of.get("omnibus") is not None else None
    episodes = [*ids, *([omnibus.id] if omnibus else [])]
    return Series(
        id=series_id,
        title=f.wording(f.need(node, of, "title")),
        season=f.integer(f.need(node, of, "season"), 1, 999),
        documents=texts,
        first=f.moment(f.need(node, of, "first")),
        every=f.interval(f.need(node, of, "every")),
        announcement=f.wording(f.need(node, of, "announcement")),
        description=f.wording(f.need(node, of, "description")),
        opening_label=f.wording(f.need(chapters, labels, "opening")),
        closing_label=f.wording(f.need(chapters, labels, "closing")),
        parts=parts,
        points=points,
        omnibus=omnibus,
        revisions=_revisions(of.get("revisions"), episodes),
    )


def _series_document(node: Node, documents: dict[str, Document]) -> tuple[str, str]:
    of = f.fields(node, ("id", "title_end"))
    document = f.one_of(f.need(node, of, "id"), documents, "content.no_document")
    return document, f.optional_text(of.get("title_end")) or ""


def _part(node: Node) -> Part:
    of = f.fields(node, ("key", "role", "label"))
    key = f.need(node, of, "key")
    if f.text(key) in ("title", "variants", "corrections"):
        raise key.error("content.reserved_part", key=f.text(key))
    return Part(f.text(key), f.text(f.need(node, of, "role")), f.wording(f.need(node, of, "label")))


def _omnibus(node: Node, points: Collection[str]) -> Omnibus:
    of = f.fields(node, ("id", "title", "description"))
    title, description = (f.wording(f.need(node, of, key)) for key in ("title", "description"))
    name = f.need(node, of, "id")
    if f.identifier(name) in points:  # two episodes of one name would write one file
        raise name.error("content.repeated_point", id=f.identifier(name))
    return Omnibus(f.identifier(name), title, description)


def _revisions(node: Node | None, episodes: Collection[str]) -> tuple[Revision, ...]:
    """Return what was corrected after it had been published, oldest first."""

    def revision(one: Node) -> Revision:
        of = f.fields(one, ("episode", "date", "note"))
        name = f.one_of(f.need(one, of, "episode"), episodes, "content.no_episode")
        return Revision(name, f.day(f.need(one, of, "date")), f.wording(f.need(one, of, "note")))

    return tuple(sorted(f.items(node, revision), key=lambda one: one.date))


def _points(
    root: Path, folder: Path, listed: Node, parts: tuple[Part, ...], documents: tuple[str, ...]
) -> tuple[Point, ...]:
    nodes: list[Node] = list(f.items(listed, lambda node: node, least=1))
    ids = [f.identifier(node) for node in nodes]
    present = {path.stem: path for path in _yaml_files(root, _shown(root, folder / "points"))}
    for index, (node, point_id) in enumerate(zip(nodes, ids, strict=True)):
        if point_id in ids[:index]:
            raise node.error("content.repeated_point", id=point_id)
        if point_id not in present:
            raise node.error("content.missing_point", id=point_id, folder=_shown(root, folder / "points"))
    for name in sorted(set(present) - set(ids)):
        raise listed.error("content.unlisted_point", id=name)
    return tuple(_point(root, present[name], n, parts, documents) for n, name in enumerate(ids, 1))


def _point(root: Path, path: Path, number: int, parts: tuple[Part, ...], documents: tuple[str, ...]) -> Point:
    node = _load(root, _shown(root, path))
    of = f.fields(node, ("title", *(part.key for part in parts), "variants", "corrections"))
    return Point(
        id=path.stem,
        number=number,
        title=f.wording(f.need(node, of, "title")),
        passages=tuple(_passage(part, f.need(node, of, part.key)) for part in parts),
        variants=f.items(of.get("variants"), lambda n: _variant(n, documents)),
        corrections=f.items(of.get("corrections"), lambda n: _correction(n, documents)),
        file=node.file,
    )


def _passage(part: Part, node: Node) -> Passage:
    paragraphs = f.items(node, lambda paragraph: (f.wording(paragraph), paragraph.line), least=1)
    return Passage(part, tuple(text for text, _ in paragraphs), tuple(line for _, line in paragraphs))


def _variant(node: Node, documents: tuple[str, ...]) -> Variant:
    of = f.fields(node, ("document", "here", "there"))
    document = f.one_of(f.need(node, of, "document"), documents, "content.no_document")
    here, there = (_verbatim(f.need(node, of, key)) for key in ("here", "there"))
    return Variant(document, here, there, node.line)


def _correction(node: Node, documents: tuple[str, ...]) -> Correction:
    of = f.fields(node, ("written", "corrected", "documents", "why"))
    where = f.need(node, of, "documents")
    return Correction(
        written=_verbatim(f.need(node, of, "written")),
        corrected=_verbatim(f.need(node, of, "corrected")),
        documents=f.items(where, lambda n: f.one_of(n, documents, "content.no_document"), least=1),
        why=f.text(f.need(node, of, "why")),
        line=node.line,
    )


def _verbatim(node: Node) -> str:
    f.wording(node)
    return str(node.value)  # a space at an edge may be the very difference


# ---------------------------------------------------------------- files and references


def _load(root: Path, shown_as: str) -> Node:
    return load(root / shown_as, shown_as)


def _shown(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()


def _yaml_files(root: Path, folder: str) -> list[Path]:
    if not (root / folder).is_dir():
        raise ContentError("content.no_folder", file=folder)
    return sorted((root / folder).glob("*.yaml"))


def _folders(root: Path, folder: str) -> list[Path]:
    if not (root / folder).is_dir():
        raise ContentError("content.no_folder", file=folder)
    return sorted(path for path in (root / folder).iterdir() if path.is_dir())
