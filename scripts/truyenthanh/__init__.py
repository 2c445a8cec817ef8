"""Truyền thanh: an official Vietnamese text becomes broadcast audio. Start reading in ``build.py``."""

__version__ = "0.2.0"
