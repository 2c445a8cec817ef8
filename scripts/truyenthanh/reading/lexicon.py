"""Words that are not said as they are written: the built-in ones, overridden by those of editors."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from .abbreviations import ABBREVIATIONS, CHAT, DOTTED
from .foreign import FOREIGN, SPELLED
from .syllables import one_placement

_Tokens = tuple[str, ...]

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
# A shorter abbreviation in lower case is too often an ordinary word.
SHORTEST_IN_ANY_CASE: Final = 4


@dataclass(frozen=True)
class Entry:
    """One word or phrase: how it is ``written``, and the words ``spoken`` for it.

    With a full stop at its end it is found only if the text continues ("TS. Nguyễn Văn A").
    """

    written: str
    spoken: str
    case_sensitive: bool = False


@dataclass(frozen=True)
class Lexicon:
    """Entries in order; if two have the same word, the later one counts."""

    entries: tuple[Entry, ...]

    def overlaid(self, entries: Iterable[Entry]) -> "Lexicon":
        """Return this lexicon, overridden by ``entries``."""
        return Lexicon((*self.entries, *entries))

    @cached_property
    def again(self) -> "Lexicon":
        """The lexicon for text read once already: without words that their spoken form contains."""
        others = tuple(one for one in self.entries if one.written.lower() not in one.spoken.lower())
        return self if len(others) == len(self.entries) else Lexicon(others)

    @cached_property
    def words(self) -> dict[str, tuple[tuple[_Tokens, dict[_Tokens, Entry]], ...]]:
        """The entries by their first token in lower case, the longest first, each with its spellings.

        An entry that ignores case has the spelling ().
        """
        spellings: dict[_Tokens, dict[_Tokens, Entry]] = {}
        for entry in self.entries:
            written = tuple(_tokens(_key(entry.written)))
            small = tuple(token.lower() for token in written)
            if entry.case_sensitive:
                spellings.setdefault(small, {})[written] = entry
            elif small:
                spellings[small] = {(): entry}
        words: dict[str, list[tuple[_Tokens, dict[_Tokens, Entry]]]] = {}
        for small in sorted(spellings, key=len, reverse=True):
            words.setdefault(small[0], []).append((small, spellings[small]))
        return {first: tuple(found) for first, found in words.items()}


def apply(text: str, lexicon: Lexicon) -> str:
    """Return ``text`` with words of ``lexicon`` in their spoken form: whole words, longest match."""
    pieces: list[str] = []
    end = 0
    for start, stop, entry in _matches(text, lexicon):
        pieces += (text[end:start], set_in(text, start, stop, entry.spoken))
        end = stop
    return "".join((*pieces, text[end:]))


def used(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the written forms of the entries of ``lexicon`` that ``text`` uses: each once, sorted."""
    return tuple(sorted({entry.written for _, _, entry in _matches(text, lexicon)}))


def set_in(text: str, start: int, stop: int, words: str) -> str:
    """Return ``words`` to replace ``text[start:stop]``, with spaces where its neighbours would touch them."""
    before = " " if start and text[start - 1].isalnum() else ""
    after = " " if text[stop : stop + 1].isalnum() else ""
    return f"{before}{words}{after}"


def _matches(text: str, lexicon: Lexicon) -> Iterator[tuple[int, int, Entry]]:
    """Yield start, end and entry of what ``lexicon`` knows in ``text``, from left to right."""
    places = [match.span() for match in _TOKEN.finditer(text)]
    tokens = _tokens(one_placement(text))
    words, at = lexicon.words, 0
    while at < len(tokens):
        known = words.get(tokens[at].lower())
        found = known and _longest(tokens, at, known)
        if found:
            size, entry = found
            yield places[at][0], places[at + size - 1][1], entry
            at += size
        else:
            at += 1


def _longest(
    tokens: list[str], at: int, known: tuple[tuple[_Tokens, dict[_Tokens, Entry]], ...]
) -> tuple[int, Entry] | None:
    """Return the size and the entry of the longest of ``known`` that matches at a place."""
    for small, spellings in known:
        piece = tuple(tokens[at : at + len(small)])
        if tuple(token.lower() for token in piece) != small:
            continue
        entry = spellings.get(piece) or spellings.get(())
        if entry and not (small[-1] == "." and len(small) > 1 and not _goes_on(tokens, at + len(small))):
            return len(small), entry
    return None


def _goes_on(tokens: list[str], at: int) -> bool:
    """Whether there is a word at a place, or after the space there."""
    return any(token[:1].isalnum() for token in tokens[at : at + 2] if not token.isspace())


def _key(written: str) -> str:
    return one_placement(unicodedata.normalize("NFC", written.strip()))


def _tokens(text: str) -> list[str]:
    """Return the words, spaces and signs of ``text``; white space becomes a single space."""
    return [" " if token.isspace() else token for token in _TOKEN.findall(text)]


def _built_in() -> Iterator[Entry]:
    """Yield the entries of the package: foreign words in any case, abbreviations as they are written."""
    for written, words in FOREIGN.items():
        yield Entry(written, words)
    for written, words in ABBREVIATIONS.items():
        yield Entry(written, words, case_sensitive=len(written) < SHORTEST_IN_ANY_CASE)
    for written, words in (DOTTED | SPELLED).items():
        yield Entry(written, words, case_sensitive=True)
    for title, words in DOTTED.items():
        yield Entry(f"{title}.", words, case_sensitive=True)
    for written, words in CHAT.items():
        yield Entry(written, words, case_sensitive=True)
        yield Entry(written.capitalize(), words, case_sensitive=True)


BUILT_IN: Final = Lexicon(tuple(_built_in()))
