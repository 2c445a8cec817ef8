"""The page that shows and plays a draft beside the approved version: one file, no script."""

from .differences import Versions, compare
from .templating import templates


def write_comparison(versions: Versions, station: str, to_root: str) -> bytes:
    """Return the page in Vietnamese, UTF-8; ``to_root`` leads from it to the site root ("../")."""
    before = versions.before.episode if versions.before is not None else None
    rows = compare(before, versions.now.episode)
    html = templates("truyenthanh.feed").get_template("comparison.html.j2")
    return html.render(
        versions=versions,
        station=station,
        to_root=to_root,
        rows=rows,
        changed=sum(row.is_changed for row in rows),
    ).encode()
