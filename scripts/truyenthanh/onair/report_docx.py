"""The report as a DOCX file: the office fills in number and date, changes what it wants, and signs.

The layout follows Decree 30/2020/NĐ-CP (appendix I): A4, Times New Roman, left margin 30 mm. The bytes
depend only on the report: neither the time nor the writer's name gets into the file.
"""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime, time
from typing import TYPE_CHECKING, Any, Final

from ..feed.wording import clean
from .report import Report
from .report_chapters import Chapter, Facts, Table
from .report_paper import Paper, paper_of

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell

FONT: Final = "Times New Roman"
BODY_PT: Final = 13
TABLE_PT: Final = 12
TEXT_MM: Final = 165  # between the margins
CELL_MM: Final = 5  # the padding of a cell
LETTER_MM: Final = 2.4  # a bold letter in tables
ZIP_DAY: Final = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can hold
CENTRE, RIGHT, JUSTIFIED = 1, 2, 3  # ST_Jc, as python-docx numbers it


def report_docx(report: Report) -> bytes:
    """Return the report as DOCX."""
    import docx

    paper, document = paper_of(report), docx.Document()
    _set_page(document)
    _describe(document, paper, report)
    _head(document, paper)
    for chapter in paper.chapters:
        _chapter(document, chapter)
    _foot(document, paper)
    saved = io.BytesIO()
    document.save(saved)
    return _timeless(saved.getvalue())


def _timeless(data: bytes) -> bytes:
    """Return a zip with the same files in the same order, without times or system."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, ZIP_DAY)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            new.writestr(entry, old.read(name))
    return out.getvalue()


def _describe(document: "Document", paper: Paper, report: Report) -> None:
    of, when = document.core_properties, datetime.combine(report.last, time())
    of.title, of.subject = clean(f"{paper.title}: {paper.subject}")[:255], ""
    of.author = of.last_modified_by = clean(paper.sender)[:255]
    of.language, of.comments, of.revision = paper.language, "", 1
    of.created = of.modified = when


# ---------------------------------------------------------------- page and styles


def _set_page(document: "Document") -> None:
    from docx.shared import Mm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.top_margin = section.bottom_margin = Mm(20)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = CENTRE
    _field(number, "PAGE")
    normal: Any = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(BODY_PT)
    normal.paragraph_format.space_before, normal.paragraph_format.space_after = Pt(3), Pt(3)
    fonts, mark = normal.element.rPr.rFonts, normal.element.rPr.makeelement
    for kind in ("eastAsia", "cs", "hAnsi"):
        fonts.set(_name(kind), FONT)
    normal.element.rPr.append(mark(_name("lang"), {_name("val"): "vi-VN"}))
    heading: Any = document.styles["Heading 1"]
    heading.font.name, heading.font.size, heading.font.bold = FONT, Pt(BODY_PT), True
    heading.font.color.rgb = None
    heading.element.rPr.rFonts.attrib.clear()
    for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
        heading.element.rPr.rFonts.set(_name(kind), FONT)
    heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(12), Pt(4)


def _name(local: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{local}"


def _field(paragraph: Any, instruction: str) -> None:
    """Add a field that the word processor computes: the page number."""
    from docx.oxml import OxmlElement

    for kind in ("begin", "instrText", "end"):
        element: Any = OxmlElement("w:instrText" if kind == "instrText" else "w:fldChar")
        if kind == "instrText":
            element.text = instruction
        else:
            element.set(_name("fldCharType"), kind)
        paragraph.add_run()._r.append(element)


# ---------------------------------------------------------------- parts


def _head(document: "Document", paper: Paper) -> None:
    table = _grid(document, 1, (62, 103), ruled=False)
    left, right = table.rows[0].cells
    _write(left, [(paper.sender, "b"), ("―――――", ""), (paper.number, "")], CENTRE)
    _write(right, [(paper.country, "b"), (paper.motto, "b"), ("―――――――", ""), (paper.placed, "i")], CENTRE)
    document.add_paragraph()
    for text, look in ((paper.title, "b"), (paper.subject, "b"), (paper.addressees, "")):
        _say(document, text, look, CENTRE)
    if paper.model_edition:
        _say(document, paper.model_edition, "i")
    _say(document, paper.opening)


def _chapter(document: "Document", chapter: Chapter) -> None:
    document.add_heading(clean(chapter.heading), level=1)
    for part in chapter.parts:
        if isinstance(part, str):
            _say(document, part)
        elif isinstance(part, Facts):
            _facts(document, part)
        else:
            _table(document, part)


def _foot(document: "Document", paper: Paper) -> None:
    document.add_paragraph()
    table = _grid(document, 1, (82, 83), ruled=False)
    left, right = table.rows[0].cells
    heading, *others = paper.recipients
    _write(left, [(heading, "bi"), *((line, "") for line in others)], 0, 11)
    _write(right, [(paper.signer, "b"), (paper.signing, "i")], CENTRE)


def _facts(document: "Document", facts: Facts) -> None:
    table = _grid(document, len(facts.rows), (66, 99))
    for row, pair in zip(table.rows, facts.rows, strict=True):
        for cell, text in zip(row.cells, pair, strict=True):
            _write(cell, [(text, "")], 0, TABLE_PT)
    _say(document, "")


def _table(document: "Document", part: Table) -> None:
    if part.caption:
        _say(document, part.caption, "i").paragraph_format.keep_with_next = True
    lines = [part.heading, *part.rows, *([part.sums] if part.sums else [])]
    table = _grid(document, len(lines), _widths(lines))
    _mark_row(table.rows[0], "tblHeader")
    for at, (row, line) in enumerate(zip(table.rows, lines, strict=True)):
        is_bold = at == 0 or (part.sums and at == len(lines) - 1)
        for column, (cell, text) in enumerate(zip(row.cells, line, strict=True)):
            side = CENTRE if at == 0 else RIGHT if column in part.figures else 0
            _write(cell, [(text, "b" if is_bold else "")], side, TABLE_PT)
    _say(document, "")


def _widths(lines: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """Return widths in mm: no word is broken, and spare width goes to the longest text."""
    columns = list(zip(*lines, strict=True))
    least = [CELL_MM + LETTER_MM * max(_longest_word(cell) for cell in column) for column in columns]
    whole = [CELL_MM + LETTER_MM * max(map(len, column)) for column in columns]
    wanted = [long - short for short, long in zip(least, whole, strict=True)]
    spare = max(0, TEXT_MM - sum(least)) / max(1, sum(wanted))
    return tuple(int(short + want * spare) for short, want in zip(least, wanted, strict=True))


def _longest_word(text: str) -> int:
    return max(map(len, text.split()), default=0)


def _grid(document: "Document", rows: int, widths: Sequence[int], *, ruled: bool = True) -> Any:
    from docx.shared import Mm

    table = document.add_table(rows, len(widths), "Table Grid" if ruled else None)
    table.autofit = False
    for row in table.rows:
        _mark_row(row, "cantSplit")
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    return table


def _mark_row(row: Any, how: str) -> None:
    """Mark a row: no page break within it (``cantSplit``), or repeated on every page (``tblHeader``)."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(f"w:{how}"))


def _write(cell: "_Cell", lines: Sequence[tuple[str, str]], side: int, size_pt: int = BODY_PT) -> None:
    from docx.shared import Pt

    for at, (text, look) in enumerate(lines):
        paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
        _set(paragraph, text, look, side, size_pt)
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1)


def _say(document: "Document", text: str, look: str = "", side: int = JUSTIFIED) -> Any:
    return _set(document.add_paragraph(), text, look, side, BODY_PT)


def _set(paragraph: Any, text: str, look: str, side: int, size_pt: int) -> Any:
    from docx.shared import Pt

    paragraph.alignment = side
    run = paragraph.add_run(clean(text))
    run.bold, run.italic, run.font.size = "b" in look or None, "i" in look or None, Pt(size_pt)
    return paragraph
