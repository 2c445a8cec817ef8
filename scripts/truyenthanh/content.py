"""Read ``content/`` into the records of ``model.py``; every error says file, line, field, what to do.

A project is one ``project.yaml``, documents with a YAML beside each text (``sources/``), series with
their points (``series/<id>/``) and stations (``stations/``). The id of each is its file's or folder's
name. References are checked here, so that whatever comes out can be spoken.
"""

import re
from collections.abc import Collection
from pathlib import Path

from . import fields as f
from .errors import ContentError
from .model import (
    Correction,
    Document,
    FeedData,
    Omnibus,
    Part,
    Passage,
    Point,
    Project,
    Series,
    Station,
    Variant,
    Voice,
)
from .yaml_tree import Node, load

CUES = ("chime", "sting")
ANNOUNCER = "announcer"
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def read_project(root: Path) -> Project:
    """Return everything under ``root/content``, checked. Raises ContentError."""
    node = _load(root, "content/project.yaml")
    of = f.fields(node, ("station", "engine", "disclosure"))
    disclosure = f.text(f.need(node, of, "disclosure"))
    documents = {path.stem: _document(root, path) for path in _yaml_files(root, "content/sources")}
    series = {path.name: _series(root, path.name, documents) for path in _folders(root, "content/series")}
    stations = {
        path.stem: _station(root, path, documents, series, disclosure)
        for path in _yaml_files(root, "content/stations")
    }
    station_node = f.need(node, of, "station")
    return Project(
        root=root,
        default_station=_one_of(station_node, stations, "content.no_station"),
        default_engine=f.text(f.need(node, of, "engine")),
        documents=documents,
        series=series,
        stations=stations,
    )


def _document(root: Path, path: Path) -> Document:
    node = _load(root, _shown(root, path))
    known = ("file", "issuer", "number", "day", "month", "year", "place", "signer", "subject", "citation")
    of = f.fields(node, known)
    return Document(
        id=_id_of(root, path),
        issuer=f.text(f.need(node, of, "issuer")),
        number=f.optional_text(f.need(node, of, "number")),
        day=f.optional_integer(of.get("day"), 1, 31),
        month=f.optional_integer(of.get("month"), 1, 12),
        year=f.optional_integer(of.get("year"), 1945, 2999),
        place=f.text(f.need(node, of, "place")),
        signer=f.text(f.need(node, of, "signer")),
        subject=f.text(f.need(node, of, "subject")),
        citation=f.text(f.need(node, of, "citation")),
        source=_beside(path.parent, f.need(node, of, "file"), "content/sources"),
    )


# ---------------------------------------------------------------- series


def _series(root: Path, series_id: str, documents: dict[str, Document]) -> Series:
    folder = root / "content/series" / series_id
    _id_of(root, folder)
    node = _load(root, f"content/series/{series_id}/series.yaml")
    known = ("title", "season", "documents", "first", "every", "announcement", "description")
    of = f.fields(node, (*known, "chapters", "parts", "points", "omnibus"))
    chapters = f.need(node, of, "chapters")
    labels = f.fields(chapters, ("opening", "closing"))
    parts = f.items(f.need(node, of, "parts"), _part, least=1)
    texts = dict(f.items(f.need(node, of, "documents"), lambda n: _series_document(n, documents), least=1))
    points = _points(root, folder, f.need(node, of, "points"), parts, tuple(texts))
    omnibus = of.get("omnibus")
    return Series(
        id=series_id,
        title=f.text(f.need(node, of, "title")),
        season=f.integer(f.need(node, of, "season"), 1, 999),
        documents=texts,
        first=f.moment(f.need(node, of, "first")),
        every=f.interval(f.need(node, of, "every")),
        announcement=f.text(f.need(node, of, "announcement")),
        description=f.text(f.need(node, of, "description")),
        opening_label=f.text(f.need(chapters, labels, "opening")),
        closing_label=f.text(f.need(chapters, labels, "closing")),
        parts=parts,
        points=points,
        omnibus=_omnibus(omnibus, [point.id for point in points]) if omnibus is not None else None,
    )


def _series_document(node: Node, documents: dict[str, Document]) -> tuple[str, str]:
    of = f.fields(node, ("id", "title_end"))
    document = _one_of(f.need(node, of, "id"), documents, "content.no_document")
    return document, f.optional_text(of.get("title_end")) or ""


def _part(node: Node) -> Part:
    of = f.fields(node, ("key", "role", "label"))
    return Part(*(f.text(f.need(node, of, key)) for key in ("key", "role", "label")))


def _omnibus(node: Node, points: Collection[str]) -> Omnibus:
    of = f.fields(node, ("id", "title", "description"))
    title, description = (f.text(f.need(node, of, key)) for key in ("title", "description"))
    name = f.need(node, of, "id")
    if f.identifier(name) in points:  # two episodes of one name would write one file
        raise name.error("content.repeated_point", id=f.identifier(name))
    return Omnibus(f.identifier(name), title, description)


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
        title=f.text(f.need(node, of, "title")),
        passages=tuple(Passage(part, f.items(f.need(node, of, part.key), f.text, least=1)) for part in parts),
        variants=f.items(of.get("variants"), lambda n: _variant(n, documents)),
        corrections=f.items(of.get("corrections"), lambda n: _correction(n, documents)),
        file=node.file,
    )


def _variant(node: Node, documents: tuple[str, ...]) -> Variant:
    of = f.fields(node, ("document", "here", "there"))
    document = _one_of(f.need(node, of, "document"), documents, "content.no_document")
    here, there = (_verbatim(f.need(node, of, key)) for key in ("here", "there"))
    return Variant(document, here, there, node.line)


def _correction(node: Node, documents: tuple[str, ...]) -> Correction:
    of = f.fields(node, ("written", "corrected", "documents", "why"))
    where = f.need(node, of, "documents")
    return Correction(
        written=_verbatim(f.need(node, of, "written")),
        corrected=_verbatim(f.need(node, of, "corrected")),
        documents=f.items(where, lambda n: _one_of(n, documents, "content.no_document"), least=1),
        why=f.text(f.need(node, of, "why")),
        line=node.line,
    )


def _verbatim(node: Node) -> str:
    f.text(node)
    return str(node.value)  # a space at an edge may be the very difference


# ---------------------------------------------------------------- stations


def _station(
    root: Path, path: Path, documents: dict[str, Document], all_series: dict[str, Series], disclosure: str
) -> Station:
    node = _load(root, _shown(root, path))
    known = ("name", "document", "series", "site", "ident", "closing", "disclosure")
    of = f.fields(node, (*known, "voices", "sounds", "masters", "feed"))
    series = all_series[_one_of(f.need(node, of, "series"), all_series, "content.no_series")]
    document = f.need(node, of, "document")
    _one_of(document, documents, "content.no_document")
    said = f.optional_text(of.get("disclosure"))
    return Station(
        id=_id_of(root, path),
        name=f.text(f.need(node, of, "name")),
        document=_one_of(document, series.documents, "content.not_in_series"),
        series=series.id,
        ident=f.items(f.need(node, of, "ident"), f.text, least=1),
        closing=f.items(f.need(node, of, "closing"), f.text, least=1),
        disclosure=None if said == "none" else said or disclosure,
        voices=_voices(of.get("voices"), (ANNOUNCER, *(part.role for part in series.parts))),
        sounds=_sounds(root, of.get("sounds")),
        masters=f.items(f.need(node, of, "masters"), f.text, least=1),
        site=f.web_address(f.need(node, of, "site")),
        feed=_feed(f.need(node, of, "feed")),
        file=node.file,
    )


def _voices(node: Node | None, roles: tuple[str, ...]) -> dict[str, dict[str, Voice]]:
    if node is None or node.value is None:
        return {}
    if not isinstance(node.value, dict):
        raise node.error("content.not_mapping", known=", ".join(roles))
    return {
        engine: {role: _voice(voice) for role, voice in f.fields(by_role, roles).items()}
        for engine, by_role in node.value.items()
    }


def _voice(node: Node) -> Voice:
    of = f.fields(node, ("voice", "rate", "pitch"))
    return Voice(
        name=f.text(f.need(node, of, "voice")),
        rate=f.optional_integer(of.get("rate"), 0, 1000),
        pitch=f.optional_integer(of.get("pitch"), 0, 1000),
    )


def _sounds(root: Path, node: Node | None) -> dict[str, str | None]:
    given = f.fields(node, CUES) if node is not None else {}
    return {cue: _sound(root, given[cue]) if cue in given else None for cue in CUES}


def _sound(root: Path, node: Node) -> str:
    return _beside(root / "content/sounds", node, "content/sounds")


def _feed(node: Node) -> FeedData:
    texts = ("title", "description", "author", "owner_name", "owner_email", "category", "language", "guid")
    of = f.fields(node, (*texts, "subcategory", "copyright", "model_edition"))
    said = {key: f.text(f.need(node, of, key)) for key in texts}
    if not _UUID.fullmatch(said["guid"]):
        raise of["guid"].error("content.bad_guid", value=said["guid"])
    return FeedData(
        **said,
        subcategory=f.optional_text(of.get("subcategory")),
        copyright=f.text(f.need(node, of, "copyright")),
        model_edition=f.flag(of.get("model_edition")),
    )


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


def _beside(folder: Path, node: Node, shown_as: str) -> str:
    """Return the name of a file that stands in ``folder`` itself: never a path that leads out of it."""
    name = f.text(node)
    there = folder.is_dir() and name in (path.name for path in folder.iterdir() if path.is_file())
    if not there:
        raise node.error("content.no_file", name=name, folder=shown_as)
    return name


def _id_of(root: Path, path: Path) -> str:
    return f.identifier(Node(path.stem, _shown(root, path), 0, ""))


def _one_of(node: Node, known: Collection[str], message: str) -> str:
    name = f.text(node)
    if name not in known:
        raise node.error(message, name=name, known=", ".join(known))
    return name
