"""What surrounds the chapters of the report as a paper, for both its forms (HTML, DOCX)."""

from dataclasses import dataclass

from ..feed.wording import day as shown_day
from ..feed.wording import one_line
from ..messages import VIETNAMESE
from ..messages import in_vietnamese as words
from ..script.document_wording import citation
from .report import Report
from .report_chapters import BLANK, Chapter, chapters_of


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper, laid out as offices do (Decree 30/2020/NĐ-CP, appendix I)."""

    sender: str
    number: str
    country: str
    motto: str
    placed: str
    title: str
    subject: str
    addressees: str
    model_edition: str  # empty unless a station is a model
    opening: str
    chapters: tuple[Chapter, ...]
    recipients: tuple[str, ...]
    signer: str
    signing: str
    language: str


def paper_of(report: Report) -> Paper:
    """Return the paper of a report; what the office fills in is left blank."""
    documents = list({one.document.id: one.document for one in report.stations}.values())
    series = list({one.series.id: one.series.title for one in report.stations}.values())
    sender = one_line(report.sender.name) if report.sender else BLANK
    period = {"first": shown_day(report.first), "last": shown_day(report.last)}
    citations = "; ".join(one_line(citation(one)) for one in documents)
    place = report.sender and next(o.document.place for o in report.stations if o.station is report.sender)
    is_model = any(one.station.feed.model_edition for one in report.stations)
    return Paper(
        sender=sender,
        number=words("report.number", blank=BLANK),
        country=words("report.country"),
        motto=words("report.motto"),
        placed=words("report.placed", place=one_line(place or BLANK), blank=BLANK),
        title=words("report.title"),
        subject=words("report.subject", series="; ".join(one_line(title) for title in series), **period),
        addressees=words("report.addressees", issuers="; ".join(one_line(one.issuer) for one in documents)),
        model_edition=words("report.model_edition") if is_model else "",
        opening=words("report.opening", citations=citations, sender=sender),
        chapters=tuple(chapters_of(report, documents)),
        recipients=(words("report.recipients"), words("report.as_above"), words("report.archive")),
        signer=words("report.signer"),
        signing=words("report.signing"),
        language=VIETNAMESE,
    )
