"""The masters: the ways to finish a section, each for one kind of listening.

Kept apart from ``masters.py`` so that a plan can name a master without loading numpy.
"""

from dataclasses import dataclass, replace
from typing import Final, Literal

from ..errors import ContentError


@dataclass(frozen=True, slots=True)
class Master:
    """One way to finish a section.

    ``level`` is what a meter reads on the whole file: integrated LUFS over all its channels (BS.1770-4)
    if ``measure`` is ``"lufs"``, the mean square of its samples in dBFS if it is ``"rms"``.
    ``ceiling_dbtp`` is where the limiter starts; the decoded file may reach ``true_peak_dbtp``.
    """

    name: str
    suffix: str  # of the file's name
    extension: str
    channels: int  # in the file; the sound is mono, so two channels are equal
    bitrate_kbps: int | None  # None: not compressed
    measure: Literal["lufs", "rms"]
    level: float
    tolerance: float
    ceiling_dbtp: float
    true_peak_dbtp: float
    rate_hz: int = 48_000


MASTERS: Final[dict[str, Master]] = {
    "podcast": Master(
        name="podcast",
        suffix="podcast",
        extension="mp3",
        channels=1,
        bitrate_kbps=96,
        measure="lufs",
        level=-19.0,  # a mono file plays on two speakers: −16 LUFS as heard
        tolerance=0.3,
        ceiling_dbtp=-1.5,
        true_peak_dbtp=-1.0,
    ),
    "radio": Master(
        name="radio",
        suffix="phat-thanh",
        extension="wav",
        channels=2,
        bitrate_kbps=None,
        measure="lufs",
        level=-23.0,  # EBU R 128
        tolerance=0.2,
        ceiling_dbtp=-1.1,
        true_peak_dbtp=-1.0,
    ),
    "loudspeaker": Master(
        name="loudspeaker",
        suffix="loa",
        extension="mp3",
        channels=1,
        bitrate_kbps=128,
        measure="rms",
        level=-13.5,
        tolerance=0.2,
        ceiling_dbtp=-1.5,
        true_peak_dbtp=-1.0,
    ),
    "lowdata": Master(  # a quarter of a megabyte per minute; only for stations that list it
        name="lowdata",
        suffix="nhe",
        extension="mp3",
        channels=1,
        bitrate_kbps=32,
        measure="lufs",
        level=-19.0,
        tolerance=0.3,
        ceiling_dbtp=-3.5,  # encoding at so few bits overshoots by up to 2.5 dB (measured on the 17 points)
        true_peak_dbtp=-1.0,
        rate_hz=24_000,
    ),
}

ENDINGS: Final = (".mp3", ".wav")
MP3_OF_A_WAV_KBPS: Final = 192
TWO_CHANNELS_DB: Final = 3.01  # what a second, equal channel adds to the loudness (BS.1770-4, eq. 2)


def in_file(master: Master, ending: str) -> Master:
    """Return ``master`` as a file of this type (one of ``ENDINGS``), as loud as in its usual one.

    A WAV has two equal channels, so a meter reads on it the loudness at which a mono MP3 is heard.
    """
    if ending == f".{master.extension}":
        return master
    if ending == ".mp3":
        return replace(master, extension="mp3", bitrate_kbps=MP3_OF_A_WAV_KBPS)
    louder_db = TWO_CHANNELS_DB if master.measure == "lufs" and master.channels == 1 else 0.0
    return replace(
        master,
        extension="wav",
        channels=2,
        bitrate_kbps=None,
        level=master.level + louder_db,
        rate_hz=48_000,
    )


def master_for(name: str, file_name: str) -> Master:
    """Return the master called ``name``, in the type of ``file_name``. Raises ContentError if there is no
    such master.
    """
    ending = file_name[file_name.rfind(".") :].lower() if "." in file_name else ""
    if name not in MASTERS:
        raise ContentError("plan.no_master", name=name, known=", ".join(MASTERS))
    if ending not in ENDINGS:
        raise ContentError("mixing.no_ending", name=file_name, known=", ".join(ENDINGS))
    return in_file(MASTERS[name], ending)
