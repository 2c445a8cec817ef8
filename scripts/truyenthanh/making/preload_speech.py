"""Importing this loads what turns text into sound."""

import filelock

from ..engines import espeak_library
from ..mixing import clip, episode, masters, stitch
from ..steps import kinds

__all__ = ["clip", "episode", "espeak_library", "filelock", "kinds", "masters", "stitch"]
