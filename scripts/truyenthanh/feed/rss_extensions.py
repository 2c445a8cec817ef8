"""What feedgen does not know: tags of the podcast namespace, Podlove chapters, a true/false ``explicit``.

feedgen requires two classes, one for the channel and one for its items; both only write the tags that
``rss.py`` gives them, so plain functions there decide what is in the feed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml import etree

ITUNES: Final = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST: Final = "https://podcastindex.org/namespace/1.0"
PSC: Final = "http://podlove.org/simple-chapters"


@dataclass(frozen=True, slots=True)
class Tag:
    """An XML element to write: name in Clark notation (``{namespace}name``), text, attributes, children."""

    name: str
    text: str | None = None
    attributes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    children: "tuple[Tag, ...]" = ()


def _append(parent: "etree._Element", tags: Iterable[Tag]) -> None:
    from lxml import etree  # a plan needs only the names above, not XML

    for tag in tags:
        element = etree.SubElement(parent, tag.name, dict(tag.attributes))
        element.text = tag.text
        _append(element, tag.children)


class ChannelTags:
    """Writes ``tags`` into the channel, after feedgen's own and before the items."""

    tags: tuple[Tag, ...] = ()

    def extend_ns(self) -> dict[str, str]:
        """Return the namespaces declared on ``<rss>``."""
        return {"podcast": PODCAST, "psc": PSC}

    def extend_rss(self, feed: "etree._Element") -> "etree._Element":
        """Return the ``<rss>`` element with ``tags`` in its channel."""
        _append(feed[0], self.tags)
        return feed


class ItemTags:
    """Writes ``tags`` into one item."""

    tags: tuple[Tag, ...] = ()

    def extend_rss(self, entry: "etree._Element") -> "etree._Element":
        """Return the ``<item>`` element with ``tags`` in it."""
        _append(entry, self.tags)
        return entry
