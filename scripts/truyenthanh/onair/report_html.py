"""The report as one self-contained HTML file, to read, mail and print on A4."""

from .report import Report
from .report_paper import paper_of


def report_html(report: Report) -> bytes:
    """Return the report as HTML, UTF-8."""
    from ..feed.templating import templates

    return (
        templates("truyenthanh.onair").get_template("report.html.j2").render(paper=paper_of(report)).encode()
    )
