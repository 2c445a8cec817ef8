"""Every word the program says to its user, in one place.

A message is a key and a template; ``say`` fills the template in. Vietnamese is complete; another
language is another dict with the same keys. A test holds every key used in the code to this table,
and every key of this table to the code.
"""

from typing import Final

VIETNAMESE: Final[dict[str, str]] = {
    # ---------------------------------------------------------------- content
    "content.line": ", dòng {line}",
    "content.field": ", mục “{field}”",
    # ---------------------------------------------------------------- engines
    # ---------------------------------------------------------------- mixing
    # ---------------------------------------------------------------- feed
}


def say(key: str, **facts: object) -> str:
    """Return the message ``key`` with ``facts`` filled in."""
    return VIETNAMESE[key].format(**facts)
