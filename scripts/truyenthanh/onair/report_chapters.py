"""The chapters of the report: sentences, facts and tables in Vietnamese, in order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from ..feed.wording import day as shown_day
from ..feed.wording import one_line, playing_time
from ..messages import in_vietnamese as words
from ..model import Document
from .report import EpisodeFigures, Report, StationReport

BLANK: Final = "……"  # to be filled in by hand


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a heading, with a caption and a row of sums, if any.

    ``figures`` are the columns that are right-aligned.
    """

    caption: str
    heading: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sums: tuple[str, ...] = ()
    figures: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values of what is known about something."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of the report under its heading: sentences, facts and tables in order."""

    heading: str
    parts: tuple[str | Facts | Table, ...]


def chapters_of(report: Report, documents: Sequence[Document]) -> Iterable[Chapter]:
    """Yield the chapters of the report, in order."""
    own = report.stations
    yield Chapter(words("report.of_document"), tuple(_document(one) for one in documents))
    yield Chapter(words("report.of_all"), tuple(_overview(report)))
    yield Chapter(words("report.of_days"), tuple(_days(one) for one in own))
    yield Chapter(words("report.of_episodes"), tuple(_episodes(one) for one in own))
    yield Chapter(words("report.of_corrections"), tuple(_corrections(report)))
    yield Chapter(words("report.of_not_aired"), tuple(part for one in own for part in _not_aired(one)))
    yield Chapter(words("report.of_counting"), tuple(_counting(report)))


def _document(document: Document) -> Facts:
    date_words = words(
        "report.document_day",
        day=document.day or BLANK,
        month=document.month or BLANK,
        year=document.year or BLANK,
    )
    rows = (
        (words("report.issuer"), document.issuer),
        (words("report.document_number"), document.number or BLANK),
        (words("report.document_date"), date_words),
        (words("report.document_subject"), document.subject),
        (words("report.document_signer"), document.signer),
    )
    return Facts(tuple((name, one_line(value)) for name, value in rows))


def _overview(report: Report) -> Iterable[str | Facts | Table]:
    own = report.stations
    made_in_period = sum(report.first <= one.day for station in own for one in station.produced)
    yield Facts(
        (
            (words("report.stations"), str(len(own))),
            (words("report.produced"), _count(sum(len(one.produced) for one in own))),
            (words("report.produced_in_period"), _count(made_in_period)),
            (words("report.length_produced"), minutes(sum(one.seconds_produced for one in own))),
            (words("report.episodes_aired"), _count(sum(one.episodes_aired for one in own))),
            (words("report.sessions"), _count(sum(one.sessions for one in own))),
            (words("report.airings"), _count(sum(one.airings for one in own))),
            (words("report.length_aired"), minutes(sum(one.seconds for one in own))),
            (words("report.missed"), _count(sum(len(one.missed) for one in own))),
            (words("report.corrections"), _count(len(_all_corrections(report)))),
        )
    )
    if len(own) > 1:
        heading = _heading(
            "report.column_station",
            "report.column_produced",
            "report.column_episodes_aired",
            "report.column_sessions",
            "report.column_airings",
            "report.column_length",
        )
        yield Table(
            words("report.by_station"),
            heading,
            tuple(_station_row(one) for one in own),
            figures=frozenset(range(1, 6)),
        )


def _station_row(one: StationReport) -> tuple[str, ...]:
    counts = (len(one.produced), one.episodes_aired, one.sessions, one.airings)
    return one_line(one.station.name), *map(_count, counts), clock(one.seconds)


def _days(one: StationReport) -> Table | str:
    if not one.days:
        return words("report.none_aired", station=one_line(one.station.name))
    heading = _heading(
        "report.column_day", "report.column_sessions", "report.column_airings", "report.column_length"
    )
    rows = [(shown_day(d.day), _count(d.sessions), _count(d.airings), clock(d.seconds)) for d in one.days]
    return Table(
        one_line(one.station.name),
        heading,
        tuple(rows),
        (words("report.sum"), _count(one.sessions), _count(one.airings), clock(one.seconds)),
        frozenset({1, 2, 3}),
    )


def _episodes(one: StationReport) -> Table | str:
    if not one.episodes:
        return words("report.none_produced", station=one_line(one.station.name))
    heading = _heading(
        "report.column_number",
        "report.column_title",
        "report.column_once",
        "report.column_airings",
        "report.column_first",
        "report.column_length",
    )
    return Table(
        one_line(one.station.name),
        heading,
        tuple(_episode_row(episode) for episode in one.episodes),
        ("", words("report.sum"), clock(one.seconds_produced), _count(one.airings), "", clock(one.seconds)),
        frozenset({0, 2, 3, 4, 5}),
    )


def _episode_row(one: EpisodeFigures) -> tuple[str, ...]:
    number, title, once = "", words("report.withdrawn", episode=one.id), ""
    if one.produced is not None:
        number, title, once = (
            str(one.produced.number),
            one_line(one.produced.title),
            clock(one.produced.seconds),
        )
    first = shown_day(one.first) if one.first else ""
    return number, title, once, _count(one.airings), first, clock(one.seconds)


def _all_corrections(report: Report) -> list[tuple[date, str, str]]:
    """Return the corrections of the period, each once even if several stations air its series."""
    found = {
        (revision.date, f"{one.series.id}-{revision.episode}", one_line(revision.note))
        for one in report.stations
        for revision in one.corrections
    }
    return sorted(found)


def _corrections(report: Report) -> Iterable[str | Table]:
    titles = {episode.id: episode.title for one in report.stations for episode in one.produced}
    rows = [
        (shown_day(day), one_line(titles.get(episode, episode)), note)
        for day, episode, note in _all_corrections(report)
    ]
    heading = _heading("report.column_day", "report.column_title", "report.column_note")
    if rows:
        yield Table("", heading, tuple(rows))
    else:
        yield words("report.no_corrections")


def _not_aired(one: StationReport) -> Iterable[str | Table]:
    name = one_line(one.station.name)
    titles = {episode.id: one_line(episode.title) for episode in one.produced}
    if one.never_aired:
        rows = tuple((str(episode.number), titles[episode.id]) for episode in one.never_aired)
        yield Table(
            words("report.never_aired", station=name),
            _heading("report.column_number", "report.column_title"),
            rows,
            (),
            frozenset({0}),
        )
    else:
        yield words("report.all_aired" if one.produced else "report.none_produced", station=name)
    if one.missed:
        missed = [
            (shown_day(o.day), f"{o.planned:%H:%M}", titles.get(o.episode, o.episode), one_line(o.note))
            for o in one.missed
        ]
        heading = _heading(
            "report.column_day", "report.column_hour", "report.column_title", "report.column_reason"
        )
        yield Table(words("report.missed_airings", station=name), heading, tuple(missed))


def _counting(report: Report) -> Iterable[str]:
    yield words("report.how_counted")
    logs = ", ".join(f"content/log/{one.station.id}.csv" for one in report.stations)
    yield words("report.from_logs", logs=logs)
    disclosures = dict.fromkeys(one.station.disclosure for one in report.stations if one.station.disclosure)
    yield from (one_line(text) for text in disclosures)


def _heading(*keys: str) -> tuple[str, ...]:
    return tuple(map(words, keys))


def _count(count: int) -> str:
    return f"{count:,}".replace(",", ".")


def clock(seconds: int) -> str:
    """Return a length in digits, for a table: ``2:05``, ``1:02:03``."""
    return playing_time(seconds * 1000)


def minutes(seconds: int) -> str:
    """Return a length in minutes and seconds, for a sentence: ``125 phút 3 giây``."""
    return words("report.minutes", minutes=_count(seconds // 60), seconds=seconds % 60)
