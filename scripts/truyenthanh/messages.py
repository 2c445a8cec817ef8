"""Everything the program says to its user, by key: ``locale/<language>/LC_MESSAGES/truyenthanh.po``.

A message is a key and the facts that fill in its template; none is assembled from fragments. A fact may
itself be a ``Message``, which is then worded in the same language; floats are written in that language's
number format. The catalogues are gettext's, compiled at installation; the fact ``count`` chooses the plural
form. Papers and pages are Vietnamese whatever language the program speaks (``in_vietnamese``).
"""

import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from gettext import GNUTranslations
from pathlib import Path
from typing import Any, Final

VIETNAMESE: Final = "vi"
LANGUAGES: Final = (VIETNAMESE, "en")
LOCALES: Final = Path(__file__).parent / "locale"
LOCALE_VARIABLES: Final = ("LC_ALL", "LC_MESSAGES", "LANG")  # the first one that is set decides, as in POSIX
DECIMAL_MARKS: Final = {VIETNAMESE: ",", "en": "."}
NOT_INSTALLED: Final = """\
truyenthanh chưa được cài đặt: không có tệp {file}.
Hãy chạy make, hoặc pip install -e . trong thư mục của dự án.

truyenthanh is not installed: there is no file {file}.
Run make, or pip install -e . in the project's folder."""

_spoken = [VIETNAMESE]  # the language of this process; a list of one, so that it can be changed


@dataclass(frozen=True, slots=True)
class Message:
    """A message not yet worded: it may be sent to a process that speaks another language."""

    key: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return say(self.key, **self.facts)

    def __hash__(self) -> int:
        return hash(self.key)


class MissingCatalogueError(RuntimeError):
    """The program is not installed; worded in both languages, for there is no catalogue to word it."""


def use_language(language: str) -> None:
    """Say everything in ``language``, one of ``LANGUAGES``, from now on."""
    _spoken[0] = language


def language_of(environment: Mapping[str, str]) -> str:
    """Return the language for a locale: English if asked for, otherwise Vietnamese."""
    locale = next((environment[name] for name in LOCALE_VARIABLES if environment.get(name)), "")
    return "en" if locale.lower().partition("_")[0].partition(".")[0] == "en" else VIETNAMESE


def say(key: str, /, **facts: object) -> str:
    """Return the message ``key`` with ``facts`` filled in."""
    return _filled(_spoken[0], key, facts)


def in_vietnamese(key: str, /, **facts: object) -> str:
    """Return the message in Vietnamese, for papers and pages. Raises KeyError for an unknown key."""
    return _filled(VIETNAMESE, key, facts)


def figure(value: float, form: str = "") -> str:
    """Return a number as the current language writes it: with a real minus, and two decimals at most.

    ``form`` overrides the format, as for ``format``: ``.1f``.
    """
    return _number(_spoken[0], value, form)


def _filled(language: str, key: str, facts: Mapping[str, object]) -> str:
    messages, count = _catalogue(language), facts.get("count")
    template = messages.ngettext(key, key, count) if isinstance(count, int) else key
    if template == key:
        template = messages.gettext(key)
    if template == key:
        raise KeyError(key)
    return _Filler(language).vformat(template, (), facts)


def _number(language: str, value: float, form: str) -> str:
    text = format(value, form) if form else f"{value:.2f}".rstrip("0").rstrip(".")
    return text.replace(".", DECIMAL_MARKS[language]).replace("-", "−")


class _Filler(string.Formatter):
    """Fills templates of one language."""

    def __init__(self, language: str) -> None:
        self._language = language

    def format_field(self, value: Any, format_spec: str) -> Any:
        if isinstance(value, Message):
            return _filled(self._language, value.key, value.facts)
        if isinstance(value, float):
            return _number(self._language, value, format_spec)
        return super().format_field(value, format_spec)


@cache
def _catalogue(language: str) -> GNUTranslations:
    path = LOCALES / language / "LC_MESSAGES" / "truyenthanh.mo"
    try:
        with path.open("rb") as file:
            return GNUTranslations(file)
    except FileNotFoundError:
        raise MissingCatalogueError(NOT_INSTALLED.format(file=path)) from None
