"""The approvals of a station's episodes: ``content/series/<series>/approved/<station>.yaml``.

Only ``truyenthanh approve`` and ``withdraw`` write the file, so it holds no editor's comments to preserve;
it is read as strictly as all other content. An approval belongs to one station, for another station may
read the same text differently.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import yaml

from ..errors import ContentError
from ..messages import in_vietnamese
from ..model import Approval
from ..store.atomic_files import write_atomic
from ..store.locks import hold_lock
from . import fields as f
from .yaml_tree import Node, load

LONGEST_NAME: Final = 200  # characters in the name of the approver
_SHA256 = re.compile(r"[0-9a-f]{64}")

Approvals = dict[str, Approval]  # by the episode's id


def approvals_file(series: str, station: str) -> str:
    """Return where a station's approvals are, relative to the project."""
    return f"content/series/{series}/approved/{station}.yaml"


def read_approvals(root: Path, series: str, station: str) -> Approvals:
    """Return the approvals of a station; none if there is no file. Raises ContentError.

    An approved episode that its series no longer has is not an error: it stays on air until it is withdrawn.
    """
    shown_as = approvals_file(series, station)
    if not (root / shown_as).exists():
        return {}
    node = load(root / shown_as, shown_as)
    if not isinstance(node.value, dict):
        raise node.error("content.not_mapping", known=f"{series}-…")
    return {_episode(name, one, series): _approval(one) for name, one in node.value.items()}


def _episode(name: str, node: Node, series: str) -> str:
    if not name.startswith(f"{series}-"):
        raise node.error("approval.no_episode", name=name, series=series)
    f.identifier(Node(name.removeprefix(f"{series}-"), node.file, node.line, node.field))
    return name


def _approval(node: Node) -> Approval:
    of = f.fields(node, ("by", "on", "text", "written", "earlier"))
    return Approval(
        by=f.wording(f.need(node, of, "by")),
        on=f.day(f.need(node, of, "on")),
        text=_sha256(f.need(node, of, "text")),
        written=_sha256(f.need(node, of, "written")),
        earlier=f.unique_items(of["earlier"], _sha256) if "earlier" in of else (),
    )


def _sha256(node: Node) -> str:
    if not _SHA256.fullmatch(f.text(node)):
        raise node.error("approval.bad_digest")
    return f.text(node)


def change_approvals(
    root: Path, series: str, station: str, change: Callable[[Approvals], Approvals]
) -> Approvals:
    """Apply ``change`` to a station's approvals and return the new ones; concurrent changes all count."""
    with hold_lock(root / ".cache" / "locks" / f"{station}.approvals.lock"):
        approvals = change(read_approvals(root, series, station))
        file = root / approvals_file(series, station)
        if approvals:
            write_atomic(file, _written(approvals))
        else:
            file.unlink(missing_ok=True)
        return approvals


def _written(approvals: Mapping[str, Approval]) -> bytes:
    entries = {
        episode: {
            "by": one.by,
            "on": one.on.isoformat(),
            "text": one.text,
            "written": one.written,
            **({"earlier": list(one.earlier)} if one.earlier else {}),
        }
        for episode, one in sorted(approvals.items())
    }
    body = yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=1000)
    return f"{in_vietnamese('approval.heading')}\n{body}".encode()


def approver(name: str) -> str:
    """Return the approver's name as it is recorded. Raises ContentError if it is not a name."""
    plain = " ".join(unicodedata.normalize("NFC", name).split())
    if not plain or len(plain) > LONGEST_NAME or not plain.isprintable():
        raise ContentError("approval.bad_name", limit=LONGEST_NAME)
    return plain
