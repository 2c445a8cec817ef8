"""What a worker loads before its first task, while the build is still being planned.

This module loads nothing itself, so that a crew can begin before the rest of the program is there.
"""


def get_ready() -> None:
    """Load what nearly every build needs: first what speaks and masters, then what writes pages."""
    from . import make  # noqa: F401
    from .engines import espeak  # noqa: F401
    from .feed import chapters, rss, site, transcript  # noqa: F401
    from .mixing import clip, episode, masters, stitch  # noqa: F401
