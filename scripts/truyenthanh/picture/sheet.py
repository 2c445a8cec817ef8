"""The sheet of one sound file: its waveform, its loudness, its chapters, and its faults with their places."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ..messages import say
from ..mixing.examine import Examined
from ..mixing.findings import Finding
from ..model import ChapterMark
from .panels import (
    FAINT,
    LEFT,
    LOUDNESS_HEIGHT,
    RIGHT,
    WAVE_HEIGHT,
    Clock,
    Shape,
    clock_time,
    loudness_curves,
    loudness_scale,
    target_line,
    times_below,
    waveform,
)
from .shapes import Disc, Drawing, Line, Words, box, cut, width_of, wrapped

WIDTH: Final = 1600
BADGE_STEP: Final = 26
BADGE_ROWS: Final = 4
COLUMNS: Final = 3  # of the list of chapters

GROUND, PANEL, INK, CHAPTER = "#ffffff", "#f3f6f8", "#14323f", "#8a5a00"
COLOURS: Final = {"pass": "#1f7a3f", "warn": "#9a6200", "fail": "#b3261e"}
SHADES: Final = {True: "#f7d6d3", False: "#f8e6bf"}
STRETCHES: Final = ("gap", "long_start", "long_end")  # findings that have a length


@dataclass(frozen=True, slots=True)
class Sheet:
    """What to show: a file, its figures and findings in words, its chapters."""

    name: str
    verdict: str
    figures: Sequence[str]
    said: Sequence[str]  # one sentence per finding
    examined: Examined
    chapters: Sequence[ChapterMark]


def drawn(sheet: Sheet) -> Drawing:
    """Return the picture of a file; if it is not sound, its name and the reason."""
    shapes: list[Shape] = [*_heading(sheet)]
    top = 96.0 + 26 * len(sheet.figures)
    quality, course = sheet.examined.quality, sheet.examined.course
    if quality is not None and course is not None and len(course.energies):
        clock, rows = Clock(quality.seconds), _badge_rows(sheet, Clock(quality.seconds))
        wave = top + BADGE_STEP * (max(rows, default=-1) + 1)
        loud = wave + WAVE_HEIGHT + 34
        end = loud + LOUDNESS_HEIGHT
        shapes += [box(LEFT, wave, RIGHT, wave + WAVE_HEIGHT, PANEL), box(LEFT, loud, RIGHT, end, PANEL)]
        shapes += _stretches(sheet.examined.findings, clock, (wave, wave + WAVE_HEIGHT))
        shapes += [*waveform(course, wave), *loudness_scale(loud), *loudness_curves(course, clock, loud)]
        shapes += [*target_line(sheet.examined.master, loud), *times_below(clock, end)]
        shapes += [*_chapter_marks(sheet, clock, rows, (top, wave, loud)), *_places(sheet, clock, wave)]
        top = end + 62
    words, top = _below(sheet, top)
    return Drawing(WIDTH, round(top + 20), GROUND, sheet.name, (*shapes, *words))


def _heading(sheet: Sheet) -> Iterator[Shape]:
    verdict = say(f"verdict.{sheet.verdict}")
    colour, wide = COLOURS[sheet.verdict], width_of(verdict, 20, bold=True) + 36
    yield box(RIGHT - wide, 22, RIGHT, 60, colour)
    yield Words((RIGHT - wide / 2, 48), verdict, 20, GROUND, bold=True, anchor="middle")
    yield Words((40, 52), cut(sheet.name, 28, RIGHT - wide - 90), 28, INK, bold=True)
    for number, line in enumerate(sheet.figures):
        yield Words((40, 88 + 26 * number), cut(line, 17, RIGHT - 40), 17, FAINT)


def _stretches(findings: Sequence[Finding], clock: Clock, rows: tuple[float, float]) -> Iterator[Shape]:
    for one in findings:
        if one.kind in STRETCHES:
            length = float(one.value)
            start = one.at_s[0] if one.at_s else clock.seconds - length
            yield box(clock.x(start), rows[0], clock.x(start + length), rows[1], SHADES[one.is_error])


def _places(sheet: Sheet, clock: Clock, top: float) -> Iterator[Shape]:
    """Yield a line and a number at every place of a finding, one row per finding."""
    placed = [(number, one) for number, one in enumerate(sheet.examined.findings, 1) if one.at_s]
    for row, (number, one) in enumerate(placed):
        colour = COLOURS["fail" if one.is_error else "warn"]
        last_x = -1e9
        for at_s in one.at_s:
            x = clock.x(at_s + (float(one.value) / 2 if one.kind in STRETCHES else 0))
            x = min(max(x, LEFT + 12), RIGHT - 12)
            if x - last_x >= 24:
                last_x = x
                y = top + 16 + 24 * (row % 8)
                yield Line(((x, top), (x, top + WAVE_HEIGHT)), colour, 1.5)
                yield Disc((x, y), 11, colour)
                yield Words((x, y + 5), str(number), 14, GROUND, bold=True, anchor="middle")


def _badge_rows(sheet: Sheet, clock: Clock) -> list[int]:
    """Return the row of each chapter's badge; −1 if its neighbours leave no room."""
    taken, rows = [-1e9] * BADGE_ROWS, []
    for mark in sheet.chapters:
        x = clock.x(mark.start_ms / 1000)
        row = next((row for row, last in enumerate(taken) if x - last >= BADGE_STEP + 4), -1)
        rows.append(row)
        if row >= 0:
            taken[row] = x
    return rows


def _chapter_marks(
    sheet: Sheet, clock: Clock, rows: list[int], tops: tuple[float, float, float]
) -> Iterator[Shape]:
    """Yield a badge for each chapter, and its line through both panels (but not through text)."""
    badges, wave, loud = tops
    for number, (mark, row) in enumerate(zip(sheet.chapters, rows, strict=True), 1):
        x, y = clock.x(mark.start_ms / 1000), badges + BADGE_STEP * row
        yield Line(((x, y if row >= 0 else wave), (x, wave + WAVE_HEIGHT)), CHAPTER)
        yield Line(((x, loud), (x, loud + LOUDNESS_HEIGHT)), CHAPTER)
        if row >= 0:
            yield from _badge(number, x, y)


def _badge(number: int, x: float, y: float) -> Iterator[Shape]:
    yield box(x - 13, y - 10, x + 13, y + 10, CHAPTER)
    yield Words((x, y + 5), str(number), 14, GROUND, bold=True, anchor="middle")


def _below(sheet: Sheet, top: float) -> tuple[list[Shape], float]:
    """Return the findings in words and the list of chapters, and where they end."""
    shapes: list[Shape] = []
    for number, (one, text) in enumerate(zip(sheet.examined.findings, sheet.said, strict=True), 1):
        colour = COLOURS["fail" if one.is_error else "warn"]
        shapes += [
            Disc((52, top - 5), 12, colour),
            Words((52, top), str(number), 14, GROUND, bold=True, anchor="middle"),
        ]
        for line in wrapped(text, 18, RIGHT - 80):
            shapes.append(Words((76, top + 1), line, 18, INK))
            top += 28
    top += 10 if sheet.said and sheet.chapters else 0
    lines = -(-len(sheet.chapters) // COLUMNS)
    wide = (RIGHT - 40) / COLUMNS
    for at, mark in enumerate(sheet.chapters):
        x, y = 40 + at // lines * wide, top + 25 * (at % lines)
        text = f"{clock_time(mark.start_ms / 1000)}  {mark.title}"
        shapes += [*_badge(at + 1, x + 13, y - 5), Words((x + 36, y), cut(text, 16, wide - 60), 16, INK)]
    return shapes, top + 25 * lines
