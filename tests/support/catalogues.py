"""The catalogues of messages: read as their authors write them, and compiled for gettext.

``python tests/support/catalogues.py`` (``make messages``) compiles every ``truyenthanh.po`` beside itself.
"""

from pathlib import Path

import polib

from truyenthanh.messages import LANGUAGES, LOCALES


def templates(language: str) -> dict[str, tuple[str, ...]]:
    """Return the templates of every message by its key: one, or one for each plural form."""
    return {
        entry.msgid: tuple(entry.msgstr_plural.values()) or (entry.msgstr,) for entry in _catalogue(language)
    }


def compiled(language: str) -> bytes:
    """Return a catalogue as gettext reads it. Raises ValueError for a key that is there twice."""
    return bytes(_catalogue(language).to_binary())


def po_file(language: str) -> Path:
    """Return where a catalogue stands; the compiled one stands beside it."""
    return LOCALES / language / "LC_MESSAGES" / "truyenthanh.po"


def _catalogue(language: str) -> polib.POFile:
    return polib.pofile(str(po_file(language)), check_for_duplicates=True)


if __name__ == "__main__":
    for language in LANGUAGES:
        po_file(language).with_suffix(".mo").write_bytes(compiled(language))
