"""Read a station's file: who broadcasts, and with which voices, pauses, words, sounds and masters."""

import re
import uuid
from datetime import time
from pathlib import Path

from ..model import (
    ANNOUNCER,
    CUES,
    Accent,
    Document,
    FeedData,
    License,
    Pauses,
    Pronunciation,
    Series,
    Station,
    Timetable,
    Voice,
)
from . import fields as f
from .approvals import read_approvals
from .recordings import read_recordings, read_settings
from .timetables import MOST_DAYS, MOST_TIMES, overlap, overlap_facts, slot_length_s, time_of_day
from .yaml_tree import Node, load

STATION_FIELDS = (
    *("name", "document", "series", "site", "ident", "closing", "disclosure"),
    *("accent", "pauses", "lexicon", "voices", "sounds", "recordings", "masters", "feed"),
    *("schedule", "approval", "pack"),
)
ACCENTS: dict[str, Accent] = {"north": "north", "south": "south"}
MAX_PAUSE_MS = 10_000
MAX_TITLE = 255  # PSP-1
# Apple's top-level categories (podcasters.apple.com/support/1691).
CATEGORIES = (
    *("Arts", "Business", "Comedy", "Education", "Fiction", "Government", "History", "Health & Fitness"),
    *("Kids & Family", "Leisure", "Music", "News", "Religion & Spirituality", "Science", "Society & Culture"),
    *("Sports", "Technology", "True Crime", "TV & Film"),
)
MAX_LICENSE = 128  # podcast namespace, "license"
PODCAST_NAMESPACE = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")  # podcast namespace, "guid"
_LANGUAGE = re.compile(r"[a-z]{2}(-[A-Z]{2})?")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_SPDX = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)+")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def read_station(
    root: Path,
    path: Path,
    documents: dict[str, Document],
    all_series: dict[str, Series],
    disclosure: str | None,
) -> Station:
    """Return the station of the file at ``path``. Raises ContentError."""
    node = load(path, path.relative_to(root).as_posix())
    of = f.fields(node, STATION_FIELDS)
    series = all_series[f.one_of(f.need(node, of, "series"), all_series, "content.no_series")]
    document = f.need(node, of, "document")
    f.one_of(document, documents, "content.no_document")
    roles = (ANNOUNCER, *(part.role for part in series.parts))
    site, station_id = f.web_address(f.need(node, of, "site")), f.id_of(root, path)
    masters = f.unique_items(f.need(node, of, "masters"), f.text, least=1)
    folder, synthetic_for_outdated = read_settings(of.get("recordings"), station_id)
    return Station(
        id=station_id,
        name=f.wording(f.need(node, of, "name")),
        document=f.one_of(document, series.documents, "content.not_in_series"),
        series=series.id,
        ident=f.items(f.need(node, of, "ident"), f.wording, least=1),
        closing=f.items(f.need(node, of, "closing"), f.wording, least=1),
        disclosure=read_disclosure(of["disclosure"]) if "disclosure" in of else disclosure,
        voices=_voices(of.get("voices"), roles),
        accent=ACCENTS[f.one_of(of["accent"], ACCENTS, "content.no_accent") if "accent" in of else "north"],
        pauses=_pauses(of.get("pauses"), roles),
        lexicon=pronunciations(of["lexicon"]) if "lexicon" in of else (),
        sounds=_sounds(root, of.get("sounds")),
        recordings=read_recordings(root, folder),
        synthetic_for_outdated=synthetic_for_outdated,
        masters=masters,
        packs=_packs(of["pack"], masters) if "pack" in of else (),
        site=site,
        feed=_feed(root, f.need(node, of, "feed"), site, station_id),
        file=node.file,
        timetable=_timetable(of["schedule"]) if "schedule" in of else None,
        approvals=read_approvals(root, series.id, station_id) if f.flag(of.get("approval")) else None,
    )


def _packs(node: Node, masters: tuple[str, ...]) -> tuple[str, ...]:
    """Return the masters to pack for operators; the station must have each of them."""
    return f.unique_items(node, lambda one: f.one_of(one, masters, "content.no_master_to_pack"))


def read_disclosure(node: Node) -> str | None:
    """Return the sentence that says the voice is synthetic; None if it is switched off with ``none``."""
    said = f.wording(node)
    return None if said == "none" else said


def pronunciations(node: Node) -> tuple[Pronunciation, ...]:
    """Return the entries of a lexicon: how words are written and how they are read."""
    return f.items(node, _pronunciation)


def _pronunciation(node: Node) -> Pronunciation:
    of = f.fields(node, ("written", "spoken", "case"))
    written, spoken = (f.wording(f.need(node, of, key)) for key in ("written", "spoken"))
    return Pronunciation(written, spoken, f.flag(of.get("case")))


def _pauses(node: Node | None, roles: tuple[str, ...]) -> Pauses:
    """Return the pauses; missing fields keep their defaults."""
    if node is None:
        return Pauses()
    of = f.fields(node, ("sentence", "question", "title", "paragraph", "passage", "chime", "stretch"))
    given = {f"{key}_ms": f.integer(of[key], 0, MAX_PAUSE_MS) for key in of if key != "stretch"}
    stretch = f.fields(of["stretch"], roles) if "stretch" in of else {}
    return Pauses(**given, stretch_percent={role: f.integer(stretch[role], 50, 300) for role in stretch})


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
    of = f.fields(node, ("voice", "rate", "pitch", "slow"))
    return Voice(
        name=f.text(f.need(node, of, "voice")),
        rate=f.optional_integer(of.get("rate"), 0, 1000),
        pitch=f.optional_integer(of.get("pitch"), 0, 1000),
        slow=f.flag(of.get("slow")),
    )


def _sounds(root: Path, node: Node | None) -> dict[str, str | None]:
    given = f.fields(node, CUES) if node is not None else {}
    return {cue: _sound(root, given[cue]) if cue in given else None for cue in CUES}


def _sound(root: Path, node: Node) -> str:
    return f.beside(root / "content/sounds", node, "content/sounds")


def _feed(root: Path, node: Node, site: str, station: str) -> FeedData:
    texts = ("title", "description", "author", "owner_name", "owner_email", "category", "language", "guid")
    of = f.fields(node, (*texts, "subcategory", "copyright", "model_edition", "license", "cover"))
    said = {key: f.text(f.need(node, of, key)) for key in texts}
    if not _UUID.fullmatch(said["guid"]):
        raise of["guid"].error("content.bad_guid", value=said["guid"], guid=feed_guid(site, station))
    if not _LANGUAGE.fullmatch(said["language"]):
        raise of["language"].error("content.bad_language", value=said["language"])
    if not _EMAIL.fullmatch(said["owner_email"]):
        raise of["owner_email"].error("content.bad_email", value=said["owner_email"])
    if len(said["title"]) > MAX_TITLE:
        raise of["title"].error("content.too_long", limit=MAX_TITLE)
    return FeedData(
        **{**said, "category": f.one_of(of["category"], CATEGORIES, "content.bad_category")},
        subcategory=f.optional_text(of.get("subcategory")),
        copyright=f.text(f.need(node, of, "copyright")),
        model_edition=f.flag(of.get("model_edition")),
        license=_license(of["license"]) if "license" in of else None,
        cover=f.beside(root / "content/pictures", of["cover"], "content/pictures") if "cover" in of else None,
    )


def _license(node: Node) -> License:
    """Return a licence given as ``cc-by-4.0`` (a well-known name), or as ``{text: …, url: …}``."""
    if isinstance(node.value, str):
        if not _SPDX.fullmatch(node.value):
            raise node.error("content.bad_license", value=node.value)
        return License(node.value, None)
    of = f.fields(node, ("text", "url"))
    said = f.wording(f.need(node, of, "text"))
    if len(said) > MAX_LICENSE:
        raise of["text"].error("content.too_long", limit=MAX_LICENSE)
    return License(said, f.web_address(f.need(node, of, "url")))


def _timetable(node: Node) -> Timetable:
    of = f.fields(node, ("slot", "days", "times", "from", "repeat"))
    slot, times = f.need(node, of, "slot"), f.need(node, of, "times")
    slot_s = _slot(slot)
    hours = tuple(sorted(f.items(times, _time, least=1)))
    days = f.integer(f.need(node, of, "days"), 1, MOST_DAYS)
    if len(hours) > MOST_TIMES:
        raise times.error("schedule.too_many_times", limit=MOST_TIMES)
    if crossing := overlap(hours, slot_s, days):
        raise times.error("schedule.overlap", **overlap_facts(crossing, slot_s))
    first = f.day(of["from"]) if "from" in of else None
    return Timetable(slot_s, days, hours, first, f.flag(of.get("repeat")), slot.line)


def _slot(node: Node) -> int:
    slot_s = slot_length_s(f.text(node))
    if slot_s is None:
        raise node.error("schedule.bad_slot", value=f.text(node))
    return slot_s


def _time(node: Node) -> time:
    at = time_of_day(f.text(node))
    if at is None:
        raise node.error("schedule.bad_time", value=f.text(node))
    return at


def feed_guid(site: str, station: str) -> str:
    """Return a feed's guid as the podcast namespace has it: UUIDv5 of its address without the scheme."""
    address = f"{site.partition('://')[2]}/feed/{station}/feed.xml"
    return str(uuid.uuid5(PODCAST_NAMESPACE, address))
