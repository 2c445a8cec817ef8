"""Importing this loads what nearly every build needs: what speaks and masters, and what writes pages."""

from ..feed import chapters, rss, site, transcript
from . import preload_speech

__all__ = ["chapters", "preload_speech", "rss", "site", "transcript"]

site.load_pages()
