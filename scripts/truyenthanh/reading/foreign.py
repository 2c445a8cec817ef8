"""Foreign and technical words, as a Vietnamese announcer says them.

A word that every voice reads correctly as spelled, or that is said in more than one way, is listed with
itself: it is known, and not reported. Initialisms are spelled with the Vietnamese names of their letters.
"""

from typing import Final

from .spelling import spell
from .tables import ForeignWord, Initialism, rows

FOREIGN: Final = {one.written: one.spoken for one in rows(ForeignWord)}
SPELLED: Final = {one.written: spell(one.written) for one in rows(Initialism)}
