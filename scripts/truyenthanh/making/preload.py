"""Importing this loads what nearly every build needs: speaking, mastering, and writing pages."""

from ..feed import chapters, rss, site, transcript
from . import preload_speech

__all__ = ["chapters", "preload_speech", "rss", "site", "transcript"]

site.load_pages()
