"""Written Vietnamese becomes the words an announcer says.

Every rule is a pure ``str -> str``; ``rules`` lists them in order, and the order matters: a web
address is read before its dots, a document's code before the abbreviations in it, a date before
its slashes, a range before its units, and numbers last of all. Each family has its own file
and two tables of tests: what it changes, and what it must leave alone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Final

from . import (
    codes,
    dates,
    documents,
    fractions,
    last_resort,
    letters,
    measures,
    money,
    numbers,
    ranges,
    roman,
    senses,
    symbols,
    times,
    web,
)
from .lexicon import BUILT_IN, Lexicon, apply, used
from .numbers import Accent
from .syllables import is_vietnamese

Rule = Callable[[str], str]


@dataclass(frozen=True)
class ReadingStyle:
    """How one station reads: its lexicon, and the accent of its number words."""

    lexicon: Lexicon = BUILT_IN
    accent: Accent = "north"


@dataclass(frozen=True)
class Reading:
    """What is said, the written tokens that no rule understood, and the lexicon entries that were used."""

    spoken: str
    unknown: tuple[str, ...]
    used: tuple[str, ...]


DEFAULT: Final = ReadingStyle()

# One way to write each letter and mark.
LETTERS: Final[tuple[Rule, ...]] = (
    letters.drop_invisible,
    letters.compose,
    letters.plain_letters,
    letters.plain_marks,
)
# What must still be in one piece when abbreviations are looked up.
NOTATION: Final[tuple[Rule, ...]] = (
    letters.one_tone_place,
    letters.drop_bullets,
    web.read_web,
    dates.read_stamps,
    documents.read_documents,
    codes.read_codes,
    codes.read_places,
    symbols.read_shares,
    numbers.plain_groups,
    times.read_round_the_clock,
    dates.read_short_names,
    dates.read_dates,
    dates.read_short_dates,
    dates.read_months,
    times.read_times,
    codes.read_dotted,
    ranges.read_ranges,
    symbols.read_products,
    money.read_money,
    measures.read_measures,
    fractions.read_fractions,
    roman.read_roman,
    codes.read_joined,
)
# Words and numbers, once they cannot mean anything else.
WORDS: Final[tuple[Rule, ...]] = (
    numbers.read_ratios,
    numbers.read_ordinals,
    numbers.read_percent,
    measures.read_rates,
    numbers.read_powers,
    numbers.read_negatives,
    numbers.read_leading_zeros,
    symbols.read_signs,
    numbers.read_cardinals,
    symbols.read_strokes,
    letters.tidy,
    symbols.read_letters,
)
MOST_PASSES: Final = 4  # natural text needs one; see _settled()


def rules(style: ReadingStyle = DEFAULT) -> tuple[Rule, ...]:
    """Return every rule in its order, with the words and the accent of ``style``."""
    return (
        *LETTERS,
        letters.drop_unsayable,  # a last resort
        *NOTATION,
        partial(apply, lexicon=style.lexicon),  # before the senses: an editor's own word takes precedence
        senses.read_senses,
        *WORDS,
        *_finish(style),
    )


def _finish(style: ReadingStyle) -> tuple[Rule, ...]:
    """Return the rules that make any text sayable and give number words their accent."""
    named = partial(numbers.name_by_accent, accent=style.accent)
    return (last_resort.say_anything, named, letters.show, letters.tidy)


def spoken(written: str, style: ReadingStyle = DEFAULT) -> str:
    """Return the words of ``written`` as an announcer says them; of the marks only . , ; : ? ! are left.

    Reading the result again changes nothing: if dropping a sign joined two others that mean something
    only together, the rules are run until nothing changes.
    """
    return _settled(_through(rules(style), written), style)


def read(written: str, style: ReadingStyle = DEFAULT) -> Reading:
    """Return how ``written`` is said, and what an editor should know about how it was read."""
    plain = _through(LETTERS, written)
    strange = tuple(token for token in plain.split() if letters.drop_unsayable(token) != token)
    prepared = _through(NOTATION, letters.drop_unsayable(plain))
    entries = used(prepared, style.lexicon)
    understood = _through(WORDS, senses.read_senses(apply(prepared, style.lexicon)))
    unknown = (*strange, *_unknown(understood, entries, style))
    said = _settled(_through(_finish(style), understood), style)
    return Reading(said, tuple(dict.fromkeys(unknown)), entries)


def _settled(text: str, style: ReadingStyle) -> str:
    """Return a text that was read once, read again until that changes nothing."""
    steps = rules(ReadingStyle(style.lexicon.again, style.accent))
    for _ in range(MOST_PASSES - 1):
        before, text = text, _through(steps, text)
        if text == before:
            break
    return text


def _through(steps: tuple[Rule, ...], text: str) -> str:
    for rule in steps:
        text = rule(text)
    return text


def _unknown(understood: str, entries: tuple[str, ...], style: ReadingStyle) -> tuple[str, ...]:
    """Return the pieces of a text that only the last resort changes, or that are not Vietnamese words."""
    words = {
        word for piece in understood.split() if (word := piece.strip(".,;:?!")) and not _is_understood(word)
    }
    if not words:
        return ()
    said = {entry.spoken for entry in style.lexicon.entries if entry.written in entries}
    known = {word for phrase in said for word in phrase.split()}
    pieces = dict.fromkeys(piece.strip(".,;:?!") for piece in understood.split())
    return tuple(piece for piece in pieces if piece in words and piece not in known)


@lru_cache(maxsize=8192)  # words recur
def _is_understood(piece: str) -> bool:
    if last_resort.say_anything(piece) != piece:
        return False
    return any("\ue000" <= char <= "\uf8ff" for char in piece) or is_vietnamese(piece)
