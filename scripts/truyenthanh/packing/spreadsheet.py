"""Cells that a spreadsheet treats as text, whatever they begin with."""

from typing import Final

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # OWASP, "CSV Injection"


def as_text(text: str) -> str:
    """Return ``text`` as a cell that no spreadsheet treats as a formula."""
    return f"'{text}" if text.startswith((*FORMULA, "'")) else text
