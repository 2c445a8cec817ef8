"""What is wrong with a sound file, in words, for both ``qc`` and ``master``."""

from typing import Final

from ..messages import say
from ..mixing.findings import Finding
from ..picture.panels import clock_time

MOST_SHOWN: Final = 5  # places of one finding
PLACED: Final = (
    "true_peak",
    "gap",
    "clipped",
    "flat_tops",
    "click",
)  # said with their places


def finding_line(finding: Finding) -> str:
    """Return a finding as a line, marked as an error or a warning."""
    return say("qc.error" if finding.is_error else "qc.warning", finding=finding_text(finding))


def finding_text(finding: Finding) -> str:
    """Return a finding as a sentence: what is wrong, where, and what to do."""
    shown = ", ".join(clock_time(at_s, tenths=True) for at_s in finding.at_s[:MOST_SHOWN])
    more = "…" if len(finding.at_s) > MOST_SHOWN else ""
    facts = {"value": finding.value, "limit": finding.limit, "places": shown + more}
    return say(f"qc.{finding.kind}_at" if shown and finding.kind in PLACED else f"qc.{finding.kind}", **facts)
