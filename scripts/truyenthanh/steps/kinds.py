"""The kinds of steps: the one list from which everything else is derived.

What ``status``, ``why`` and the history say about a kind has keys made from its name and settings
(``Kind.message_keys``); a test checks that every catalogue has all of them.
"""

from typing import Final

from .approved import APPROVED
from .approved_file import APPROVED_FILE
from .asset import ASSET
from .audio import AUDIO
from .captions import CAPTIONS
from .chapters import CHAPTERS
from .clip import CLIP
from .comparison import COMPARISON
from .cover import COVER
from .episode_page import EPISODE_PAGE
from .feed import FEED
from .master import MASTER
from .pack import PACK
from .page import PAGE
from .passage import PASSAGE
from .recording import RECORDING
from .section import SECTION
from .service_speech import SERVICE_SPEECH
from .sound import SOUND
from .step import AnyKind
from .text import TEXT
from .thumbnail import THUMBNAIL

KINDS: Final[tuple[AnyKind, ...]] = (
    SOUND,
    SERVICE_SPEECH,
    CLIP,
    RECORDING,
    PASSAGE,
    SECTION,
    MASTER,
    AUDIO,
    PACK,
    COVER,
    THUMBNAIL,
    CAPTIONS,
    TEXT,
    CHAPTERS,
    FEED,
    PAGE,
    EPISODE_PAGE,
    ASSET,
    APPROVED,
    APPROVED_FILE,
    COMPARISON,
)
