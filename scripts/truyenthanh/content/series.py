"""Read a series: its points, as its documents word them, and the plan of its episodes."""

from collections.abc import Collection
from pathlib import Path

from ..model import Correction, Document, Omnibus, Part, Passage, Point, Revision, Series, Variant
from . import fields as f
from .files import load_shown, shown_from, yaml_files
from .yaml_tree import Node


def read_series(root: Path, series_id: str, documents: dict[str, Document]) -> Series:
    """Return the series of this id, checked. Raises ContentError."""
    folder = root / "content/series" / series_id
    f.id_of(root, folder)
    node = load_shown(root, f"content/series/{series_id}/series.yaml")
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
    if f.identifier(name) in points:  # two episodes with one name would write one file
        raise name.error("content.repeated_point", id=f.identifier(name))
    return Omnibus(f.identifier(name), title, description)


def _revisions(node: Node | None, episodes: Collection[str]) -> tuple[Revision, ...]:
    """Return the corrections made after publication, oldest first."""

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
    present = {path.stem: path for path in yaml_files(root, shown_from(root, folder / "points"))}
    for index, (node, point_id) in enumerate(zip(nodes, ids, strict=True)):
        if point_id in ids[:index]:
            raise node.error("content.repeated_point", id=point_id)
        if point_id not in present:
            raise node.error("content.missing_point", id=point_id, folder=shown_from(root, folder / "points"))
    for name in sorted(set(present) - set(ids)):
        raise listed.error("content.unlisted_point", id=name)
    return tuple(_point(root, present[name], n, parts, documents) for n, name in enumerate(ids, 1))


def _point(root: Path, path: Path, number: int, parts: tuple[Part, ...], documents: tuple[str, ...]) -> Point:
    node = load_shown(root, shown_from(root, path))
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
    return str(node.value)  # a space at either end may be the only difference
