"""The page on which an editor sees and hears a draft beside what was approved: one file, no script."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from .differences import Versions, compare


def write_comparison(versions: Versions, station: str, to_root: str) -> bytes:
    """Return the page in Vietnamese, UTF-8; ``to_root`` leads from it to the site root ("../")."""
    before = versions.before.episode if versions.before is not None else None
    rows = compare(before, versions.now.episode)
    html = _pages().get_template("comparison.html.j2")
    return html.render(
        versions=versions,
        station=station,
        to_root=to_root,
        rows=rows,
        changed=sum(row.is_changed for row in rows),
    ).encode()


@cache
def _pages() -> Environment:
    return Environment(
        loader=PackageLoader("truyenthanh.feed"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
