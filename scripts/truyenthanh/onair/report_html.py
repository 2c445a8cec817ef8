"""The report as one HTML file that needs no other: to be read, mailed and printed on A4."""

from functools import cache
from typing import TYPE_CHECKING

from ..feed.wording import clean
from .report import Report
from .report_paper import paper_of

if TYPE_CHECKING:
    from jinja2 import Environment


def report_html(report: Report) -> bytes:
    """Return the report as HTML, UTF-8."""
    return _papers().get_template("report.html.j2").render(paper=paper_of(report)).encode()


@cache
def _papers() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("truyenthanh.onair"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=lambda value: clean(value) if type(value) is str else value,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
