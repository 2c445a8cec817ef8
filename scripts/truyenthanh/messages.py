"""Every word the program says to its user, by key: ``locale/<language>/LC_MESSAGES/truyenthanh.po``.

A message is a key and the facts that fill its template in. The catalogues are gettext's, compiled by
``make messages``; a plural form is chosen by the fact ``count``. Papers and pages are Vietnamese whatever
language the program speaks (``in_vietnamese``).
"""

from collections.abc import Mapping
from functools import cache
from gettext import GNUTranslations
from pathlib import Path
from typing import Final

VIETNAMESE: Final = "vi"
LANGUAGES: Final = (VIETNAMESE, "en")
LOCALES: Final = Path(__file__).parent / "locale"
LOCALE_VARIABLES: Final = ("LC_ALL", "LC_MESSAGES", "LANG")  # the first that is set decides, as in POSIX

_spoken = [VIETNAMESE]  # the language of this process; one cell, so that it can be changed


def use_language(language: str) -> None:
    """Say everything in ``language``, one of ``LANGUAGES``, from now on."""
    _spoken[0] = language


def language_of(environment: Mapping[str, str]) -> str:
    """Return the language for a locale: English where it is asked for, else Vietnamese."""
    locale = next((environment[name] for name in LOCALE_VARIABLES if environment.get(name)), "")
    return "en" if locale.lower().partition("_")[0].partition(".")[0] == "en" else VIETNAMESE


def say(key: str, /, **facts: object) -> str:
    """Return the message ``key`` with ``facts`` filled in."""
    return _filled(_spoken[0], key, facts)


def in_vietnamese(key: str, /, **facts: object) -> str:
    """Return the message as a paper or a page has it. Raises KeyError for a key that is not there."""
    return _filled(VIETNAMESE, key, facts)


def _filled(language: str, key: str, facts: Mapping[str, object]) -> str:
    messages, count = _catalogue(language), facts.get("count")
    template = messages.ngettext(key, key, count) if isinstance(count, int) else key
    if template == key:
        template = messages.gettext(key)
    if template == key:
        raise KeyError(key)
    return template.format(**facts)


@cache
def _catalogue(language: str) -> GNUTranslations:
    with (LOCALES / language / "LC_MESSAGES" / "truyenthanh.mo").open("rb") as file:
        return GNUTranslations(file)
