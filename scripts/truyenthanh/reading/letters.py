"""Letters and marks: one way to write each, and nothing that cannot be seen or said."""

import re
import unicodedata

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_QUOTES = re.compile('["“”„«»‘’()\\[\\]{}]')  # an announcer does not say them
_ELLIPSIS = re.compile(r"[….]{2,}|…")
_SPACED_DASH = re.compile(r"\s+-\s+")
_BETWEEN_WORDS = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")
_SPACE_BEFORE = re.compile(r"\s+([.,;:?!])")
_REPEATED = re.compile(r"([.,;:?!])(?:\s*[,;:])+")


def compose(text: str) -> str:
    """Return ``text`` in NFC: espeak misreads letters whose tone stands apart."""
    return unicodedata.normalize("NFC", text)


def drop_invisible(text: str) -> str:
    """Return ``text`` without zero-width characters and with every white space as one space."""
    return " ".join(_INVISIBLE.sub("", text).split())


def plain_marks(text: str) -> str:
    """Return ``text`` with one kind of dash, no quotes or brackets, and "./." as a full stop."""
    text = _DASHES.sub("-", text.replace("./.", "."))
    return _ELLIPSIS.sub(".", _QUOTES.sub(" ", text))


def tidy(text: str) -> str:
    """Return ``text`` with the dashes between words gone and its punctuation in place."""
    text = _BETWEEN_WORDS.sub(" ", _SPACED_DASH.sub(", ", text))
    return _REPEATED.sub(r"\1", _SPACE_BEFORE.sub(r"\1", " ".join(text.split())))
