"""A cache of readings: reading is slow, and an edit changes only a sentence or two.

``.cache/store/readings/`` holds one table per reading style (its code, lexicon and accent) of paragraphs and
their sentences as spoken, and one table of the abbreviations that texts define themselves, which belong to
the style. Tables are sealed; a damaged one is rebuilt.
"""

import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..code_digest import CodeDigests
from ..model import Pronunciation
from ..recipe import canonical, digest
from ..store.atomic_files import write_unsynced
from ..store.sealed_json import read_sealed, sealed_bytes

if TYPE_CHECKING:  # loading the rules is slower than a whole no-op build
    from ..reading import ReadingStyle

Sentence = tuple[str, str, tuple[str, ...]]  # as written, as spoken, tokens that no rule understood
Reader = Callable[[str], tuple[Sentence, ...]]

CODE = ("script.reading_cache",)  # and everything it imports, above all the reading rules
DATA = ("reading/tables",)
SPARE = 2.0  # a table this many times larger than a build needs is cut down to that


def reader_of(style: "ReadingStyle") -> Reader:
    """Return the function that cuts a paragraph into sentences and reads each of them in ``style``."""
    from ..reading import read
    from ..reading.sentences import sentences

    def reader(paragraph: str) -> tuple[Sentence, ...]:
        readings = ((written, read(written, style)) for written in sentences(paragraph))
        return tuple((written, _closed(one.spoken), one.unknown) for written, one in readings)

    return reader


def _closed(spoken: str) -> str:
    """Return a sentence with a mark at its end, so that the voice falls there."""
    return spoken if spoken.endswith((".", "!", "?")) else spoken.rstrip(",;: ") + "."


def defined(text: str) -> tuple[Pronunciation, ...]:
    """Return the abbreviations that a text itself defines."""
    from ..reading.definitions import definitions

    return tuple(Pronunciation(one.written, one.spoken, one.case_sensitive) for one in definitions(text))


class ReadingCache:
    """The tables of a store, each read when first needed; without a store they end with the process."""

    def __init__(self, store: Path | None = None) -> None:
        self.code = CodeDigests(store)  # shared with plans, so that no module is read twice
        self._folder = store / "readings" if store else None
        self._tables: dict[str, Table] = {}

    def defined_in(self, texts: Iterable[str]) -> tuple[Pronunciation, ...]:
        """Return the abbreviations that ``texts`` define; if one is defined twice, the first counts."""
        table = self._table("definitions", [])
        found: dict[str, Pronunciation] = {}
        for text in texts:
            entries = table.known(text, lambda text: [[one.written, one.spoken] for one in defined(text)])
            for written, spoken in entries:
                found.setdefault(written, Pronunciation(written, spoken, case_sensitive=True))
        return tuple(found.values())

    def reader(self, style_key: object, style: "Callable[[], ReadingStyle]") -> Reader:
        """Return a reader that remembers what was read with the same ``style_key``, which identifies the
        style; ``style`` is called only if there is something new to read."""
        table = self._table("sentences", style_key)
        fresh: list[Reader] = []

        def read(paragraph: str) -> Any:
            if not fresh:
                fresh.append(reader_of(style()))
            return fresh[0](paragraph)

        def reader(paragraph: str) -> tuple[Sentence, ...]:
            sentences = table.known(paragraph, read)
            return tuple((written, spoken, tuple(unknown)) for written, spoken, unknown in sentences)

        return reader

    def save(self) -> None:
        """Write the tables that have grown."""
        self.code.save()
        if self._folder is not None:
            for table in self._tables.values():
                table.save()

    def _table(self, name: str, style_key: object) -> "Table":
        code = self.code.of(CODE, DATA)
        key = digest([name, code, sys.version_info[:2], style_key])
        if key not in self._tables:
            self._tables[key] = Table(self._folder / f"{name}-{key[:32]}.json" if self._folder else None)
        return self._tables[key]


class Table:
    """A mapping of texts to their readings, kept in a sealed file."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._old: Mapping[str, Any] = (read_sealed(path) if path else None) or {}
        self._asked: dict[str, Any] = {}
        self._grown = False

    def known(self, text: str, made: Callable[[str], Any]) -> Any:
        """Return the entry for ``text``; a missing one is ``made`` and remembered."""
        if text not in self._asked:
            if text in self._old:
                self._asked[text] = self._old[text]
            else:
                self._asked[text], self._grown = made(text), True
        return self._asked[text]

    def save(self) -> None:
        """Write the table if it has grown; entries that only other builds use stay, up to a bound."""
        if not self._grown or self._path is None:
            return
        whole = {**self._old, **self._asked}
        if len(whole) > SPARE * len(self._asked):
            whole = self._asked
        sealed, swept_by_builds = sealed_bytes(canonical(whole)), self._path.parents[1] / "tmp"
        write_unsynced(self._path, sealed, swept_by_builds)
        self._old, self._grown = whole, False
