"""The words of the operator's side, by the name it knows them (``airing.py``)."""

from ..airing import Item, RunningOrder, Session

__all__ = ["Item", "RunningOrder", "Session"]
