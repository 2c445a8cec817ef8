"""Ways to subscribe: links that pass the feed address to an app, and a QR code to open the page elsewhere."""

from dataclasses import dataclass
from io import BytesIO
from urllib.parse import quote

from .wording import one_line


@dataclass(frozen=True, slots=True)
class App:
    """A podcast app, the phones it runs on, and the link that subscribes in it."""

    name: str
    system: str
    link: str


def apps(feed_address: str, title: str) -> tuple[App, ...]:
    """Return the apps that accept any feed by a link, without a directory that must list it first.

    Apple, Pocket Casts and Podcast Addict take the address without its scheme. In browsers AntennaPod's own
    scheme loses the address's scheme, so its documented link through its site is used
    (antennapod.org/documentation/podcasters-hosters/add-on-antennapod).
    """
    bare, quoted = feed_address.partition("://")[2], quote(feed_address, safe="")
    antennapod = f"https://antennapod.org/deeplink/subscribe?url={quoted}&title={quote(one_line(title))}"
    return (
        App("Apple Podcasts", "iPhone", f"podcast://{bare}"),
        App("AntennaPod", "Android", antennapod),
        App("Pocket Casts", "Android, iPhone", f"pktc://subscribe/{bare}"),
        App("Podcast Addict", "Android", f"podcastaddict://{bare}"),
        App("Overcast", "iPhone", f"overcast://x-callback-url/add?url={quoted}"),
    )


def qr_svg(address: str) -> str:
    """Return a QR code as inline SVG: always black on white, with a quiet zone of four modules."""
    import segno

    out = BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(
        out,
        kind="svg",
        xmldecl=False,
        svgns=False,
        nl=False,
        omitsize=True,
        border=4,
        dark="#000000",
        light="#ffffff",
        svgclass=None,
        lineclass=None,
    )
    return out.getvalue().decode()
