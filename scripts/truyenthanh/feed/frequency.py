"""How often a series has a new episode, for people and (RFC 5545, 3.3.10) for machines."""

from datetime import timedelta
from typing import Final

from truyenthanh.model import Series

from .rss_extensions import PODCAST, Tag

# Units, largest first (the first that divides an interval is used), with rule and name.
UNITS: Final = (
    (timedelta(weeks=1), "WEEKLY", "tuần"),
    (timedelta(days=1), "DAILY", "ngày"),
    (timedelta(hours=1), "HOURLY", "giờ"),
)


def update_frequency(series: Series) -> Tag:
    """Return ``podcast:updateFrequency``: "Mỗi ngày một tập", FREQ=DAILY, from the first episode on."""
    unit, rule, name = next(one for one in UNITS if not series.every % one[0])
    count = series.every // unit
    words = f"Mỗi {name} một tập" if count == 1 else f"Cứ {count} {name} một tập"
    rrule = f"FREQ={rule}" if count == 1 else f"FREQ={rule};INTERVAL={count}"
    attributes = {"rrule": rrule, "dtstart": series.first.isoformat()}
    return Tag(f"{{{PODCAST}}}updateFrequency", words, attributes)
