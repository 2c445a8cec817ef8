"""Importing this loads what makes sound of a text."""

import filelock

from ..engines import espeak_library
from ..mixing import clip, episode, masters, stitch
from ..steps import kinds

__all__ = ["clip", "episode", "espeak_library", "filelock", "kinds", "masters", "stitch"]
