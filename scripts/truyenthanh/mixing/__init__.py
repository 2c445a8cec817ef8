"""Clips become sections, sections become masters, masters become files.

Everything between the engines and the files is *pcm*: 48 kHz, mono, signed 16-bit little-endian, as
plain ``bytes``. A section here is whatever is finished in one go: a passage of the script, a recording. It
is a whole number of MP3 frames of 24 ms, so MP3 and WAV share one timeline.
"""

from typing import Final

SAMPLE_RATE_HZ: Final = 48_000
FRAME_SAMPLES: Final = 1152  # one frame of MPEG-1 layer III: exactly 24 ms at 48 kHz
LEAD_MS: Final = 72  # of silence before a section: filters may ring 24 ms into it and leave 48 ms of zeros
TAIL_MS: Final = 96  # and after it, 24 ms more: an MP3 section is encoded without its last frame (mp3.py)
