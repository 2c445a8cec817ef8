"""What a worker loads before its first task, while the build is still being planned.

This module loads nothing itself, so that a crew can begin before the rest of the program is there.
"""


def preload() -> None:
    """Load what nearly every build needs: what speaks and masters, and what writes pages."""
    preload_speech()
    from ..feed import chapters, rss, transcript  # noqa: F401
    from ..feed.site import load_pages

    load_pages()


def preload_speech() -> None:
    """Load what makes sound of a text."""
    import filelock  # noqa: F401

    from ..engines import espeak_library  # noqa: F401
    from ..mixing import clip, episode, masters, stitch  # noqa: F401
    from . import scheduler as make  # noqa: F401
