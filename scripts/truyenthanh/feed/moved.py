"""The published feed and pages with another address in them, for the local server.

The address is replaced in the published files; the feed is not rebuilt. So what is shown is what is
published, even if ``content/`` has changed since or is missing (a copy on a USB stick), and neither the
store nor a plan is needed. Tests check that the result equals, byte for byte, what ``write_feed`` and
``write_episode_page`` give for a station with that address.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from truyenthanh.errors import PublicationError

ATOM_LINK: Final = "{http://www.w3.org/2005/Atom}link"
ADDRESS_ATTRIBUTES: Final = ("href", "url")
ADDRESS_ELEMENTS: Final = ("link", "url")  # whose text is an address; a description may merely mention one


@dataclass(frozen=True, slots=True)
class PublishedFeed:
    """What a published feed says about itself."""

    title: str
    site: str  # the address it was written for, no trailing slash
    files: Mapping[str, int | None]  # the station's files it names, with their size if given


@dataclass(frozen=True, slots=True)
class _Address:
    """An address in a feed: the element, and the attribute that holds it (None: its text)."""

    element: "etree._Element"
    attribute: str | None
    value: str


def read_feed(xml: bytes, station: str) -> PublishedFeed:
    """Return what the published feed of ``station`` names. Raises PublicationError if it is damaged."""
    root = _parsed(xml, station)
    site = _site_of(root, station)
    files: dict[str, int | None] = {}
    for address in _addresses(root, _own(site, station)):
        path = address.value[len(site) + 1 :].partition("#")[0].partition("?")[0]
        length = address.element.get("length") if address.element.tag == "enclosure" else None
        files[path] = int(length) if length is not None and length.isdecimal() else files.get(path)
    return PublishedFeed(root.findtext("channel/title") or station, site, files)


def moved_feed(xml: bytes, station: str, site: str) -> bytes:
    """Return the feed as it would be written for ``site``; guids, words and dates do not change."""
    root = _parsed(xml, station)
    old = _site_of(root, station)
    for address in list(_addresses(root, _own(old, station))):
        new = site + address.value[len(old) :]
        if address.attribute is None:
            address.element.text = new
        else:
            address.element.set(address.attribute, new)
    written: bytes = etree.tostring(
        root.getroottree(), pretty_print=True, encoding="UTF-8", xml_declaration=True
    )
    return written


def moved_page(html: bytes, station: str, old: str, site: str) -> bytes:
    """Return the page with the addresses under ``old`` changed to ``site`` (addresses need no escaping)."""
    for before, after in zip(_own(old, station), _own(site, station), strict=True):
        html = html.replace(before.encode(), after.encode())
    return html


def _own(site: str, station: str) -> tuple[str, str]:
    """Return the prefixes of the addresses of the station's own files."""
    return f"{site}/feed/{station}/", f"{site}/audio/{station}/"


def _parsed(xml: bytes, station: str) -> "etree._Element":
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise PublicationError("serve.bad_feed", station=station) from error


def _site_of(root: "etree._Element", station: str) -> str:
    """Return the address a feed was written for, from its link to itself."""
    end = f"/feed/{station}/feed.xml"
    for link in root.iterfind(f"channel/{ATOM_LINK}"):
        href = link.get("href") or ""
        if link.get("rel") == "self" and href.endswith(end):
            return href.removesuffix(end)
    raise PublicationError("serve.bad_feed", station=station)


def _addresses(root: "etree._Element", beginnings: tuple[str, ...]) -> Iterator[_Address]:
    """Yield the addresses that begin with one of these."""
    for element in root.iter("*"):
        for name in ADDRESS_ATTRIBUTES:
            if (element.get(name) or "").startswith(beginnings):
                yield _Address(element, name, element.get(name) or "")
        if element.tag in ADDRESS_ELEMENTS and (element.text or "").startswith(beginnings):
            yield _Address(element, None, element.text or "")
