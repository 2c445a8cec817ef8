"""Lists for playout systems: annotated M3U for Liquidsoap (and systems built on it), files for Rivendell.

Sources: liquidsoap.info (annotate protocol, cue points, playlist parsers); rdimport(1) and
rivendell-wildcards(7) of Rivendell 4. AzuraCast and LibreTime treat the M3U as a list of files and read
title and loudness from the tags.
"""

import csv
import io
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from ..messages import in_vietnamese

GROUP: Final = "PHATTHANH"  # ten letters at most
FIRST_CART: Final = 400_001
REPLAYGAIN_LUFS: Final = -18.0
SILENT_END_S: Final = 0.048  # at the end of every file; a cue at the very end would be reported as missed
METADATA_PATTERN: Final = "%g_%n_%t."
CSV_COLUMNS: Final = (
    "file",
    "group",
    "cart",
    "title",
    "artist",
    "album",
    "starts",
    "ends",
    "seconds",
    "lufs",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A file as a playout system lists it. ``starts`` and ``slot_s`` are those of a session."""

    file: str
    title: str
    artist: str
    album: str
    seconds: float
    integrated_lufs: float
    starts: datetime | None = None
    slot_s: int = 0


# ---------------------------------------------------------------- Liquidsoap


def annotated_playlist(entries: Sequence[Entry], media: str) -> str:
    """Return an M3U whose lines tell Liquidsoap title, cue points and loudness of each file in ``media``.

    That is a folder on the playing machine: Liquidsoap finds a name relative to the list only if the line
    has no annotation (2.1.3).
    """
    return "".join(f"{annotated(entry, media)}\n" for entry in entries)


def annotated(entry: Entry, media: str) -> str:
    """Return one line of the list. Liquidsoap requires a decimal point in every number of seconds."""
    said = {
        "title": entry.title,
        "artist": entry.artist,
        "album": entry.album,
        "liq_cue_in": "0.000",
        "liq_cue_out": f"{entry.seconds - SILENT_END_S:.3f}",
        "liq_integrated_lufs": f"{entry.integrated_lufs:.2f} dB",
        "replaygain_track_gain": f"{REPLAYGAIN_LUFS - entry.integrated_lufs:.2f} dB",
    }
    annotations = ",".join(f"{key}={quoted(value)}" for key, value in said.items())
    return f"annotate:{annotations}:{media}/{entry.file}"


def quoted(text: str) -> str:
    """Return a text in quotes for the annotate protocol, in which ``#{`` would begin an expression."""
    escaped = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"').replace("#{", "# {")
    return f'"{escaped}"'


# ---------------------------------------------------------------- Rivendell


def rivendell_name(file: str, cart: int) -> str:
    """Return the name from which rdimport reads group and cart: PHATTHANH_400001_phien-….wav."""
    return f"{GROUP}_{cart:06d}_{file}"


def rivendell_table(entries: Sequence[Entry], first_cart: int = FIRST_CART) -> str:
    """Return what is in which cart, as CSV for spreadsheets and custom scripts (UTF-8 with BOM)."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(CSV_COLUMNS)
    for cart, entry in enumerate(entries, first_cart):
        starts, ends = _window(entry)
        said = [_plain(text) for text in (entry.title, entry.artist, entry.album)]
        length, level = f"{entry.seconds:.3f}", f"{entry.integrated_lufs:.2f}"
        rows.writerow([rivendell_name(entry.file, cart), GROUP, cart, *said, starts, ends, length, level])
    return "\ufeff" + out.getvalue()


def rivendell_script(entries: Sequence[Entry], first_cart: int = FIRST_CART) -> str:
    """Return a shell script that imports the files unchanged, each into its cart with its title.

    rdimport reads no table: group and cart come from the file's name, the rest from options. Levels and
    silences are left alone; a session may play only in its slot.
    """
    lines = [
        "#!/bin/sh",
        f"# {in_vietnamese('rivendell.script', group=GROUP)}",
        "set -e",
        'cd "$(dirname "$0")"',
    ]
    for cart, entry in enumerate(entries, first_cart):
        starts, ends = _window(entry)
        options = [
            f"--metadata-pattern={METADATA_PATTERN}",
            "--autotrim-level=0",
            "--normalization-level=0",
            "--delete-cuts",
            f"--set-string-title={entry.title}",
            f"--set-string-artist={entry.artist}",
            f"--set-string-album={entry.album}",
            *([f"--set-datetimes={starts},{ends}"] if starts else []),
        ]
        call = ["rdimport", *options, GROUP, rivendell_name(entry.file, cart)]
        lines.append(" ".join(shlex.quote(" ".join(word.split())) for word in call))
    return "\n".join(lines) + "\n"


def _window(entry: Entry) -> tuple[str, str]:
    """Return when a session may play, in rdimport's notation; "" if the entry is not a session."""
    if entry.starts is None:
        return "", ""
    ends = entry.starts + timedelta(seconds=entry.slot_s)
    return f"{entry.starts:%Y%m%d-%H%M%S}", f"{ends:%Y%m%d-%H%M%S}"


def _plain(text: str) -> str:
    """Return a text that no spreadsheet treats as a formula."""
    return f"'{text}" if text[:1] in "=+-@\t" else text
