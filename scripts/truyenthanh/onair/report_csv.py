"""The report for a spreadsheet: one row per figure, so that those of many stations can be concatenated.

UTF-8 with a byte order mark and semicolons, so that a Vietnamese Excel opens it on a double click. Figures
are whole numbers and dates are year first: no spreadsheet setting can misread them.
"""

import codecs
import csv
import io
from collections.abc import Iterable

from ..feed.wording import one_line
from ..messages import in_vietnamese as words
from ..packing.spreadsheet import as_text
from .report import Report, StationReport

COLUMNS = {
    "table": "report.csv_table",
    "station": "report.csv_station",
    "day": "report.csv_day",
    "hour": "report.csv_hour",
    "episode": "report.csv_episode",
    "title": "report.csv_title",
    "sessions": "report.csv_sessions",
    "airings": "report.csv_airings",
    "seconds": "report.csv_seconds",
    "note": "report.csv_note",
}


def report_csv(report: Report) -> bytes:
    """Return the report as CSV."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(COLUMNS), restval="", delimiter=";", lineterminator="\r\n")
    writer.writerow({name: words(key) for name, key in COLUMNS.items()})
    for one in report.stations:
        for row in _rows(one):
            told = {"station": one.station.id, **row}
            writer.writerow({name: as_text(one_line(str(value))) for name, value in told.items()})
    return codecs.BOM_UTF8 + text.getvalue().encode()


def _rows(of: StationReport) -> Iterable[dict[str, object]]:
    titles = {one.id: one.title for one in of.produced}

    def episode(name: str) -> dict[str, object]:
        return {"episode": name, "title": titles.get(name, "")}

    for one in of.produced:
        facts = {"table": words("report.csv_produced"), "day": one.day, "seconds": one.seconds}
        yield {**facts, **episode(one.id)}
    for day in of.days:
        counts = {"sessions": day.sessions, "airings": day.airings, "seconds": day.seconds}
        yield {"table": words("report.csv_by_day"), "day": day.day, **counts}
    for figures in of.episodes:
        counts = {"airings": figures.airings, "seconds": figures.seconds}
        yield {
            "table": words("report.csv_by_episode"),
            "day": figures.first or "",
            **episode(figures.id),
            **counts,
        }
    for revision in of.corrections:
        name = f"{of.series.id}-{revision.episode}"
        told = {"table": words("report.csv_corrected"), "day": revision.date, "note": revision.note}
        yield {**told, **episode(name)}
    for never in of.never_aired:
        yield {"table": words("report.csv_never"), **episode(never.id)}
    for missed in of.missed:
        when = {"day": missed.day, "hour": f"{missed.planned:%H:%M}", "note": missed.note}
        yield {"table": words("report.csv_missed"), **when, **episode(missed.episode)}
    total = {"sessions": of.sessions, "airings": of.airings, "seconds": of.seconds}
    yield {"table": words("report.csv_total"), **total}
