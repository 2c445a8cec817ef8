"""A strict walk over MP3 frames: decoders are lenient and hide a torn file."""

from typing import Final, NamedTuple

BITRATES_KBPS: Final = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
LOW_BITRATES_KBPS: Final = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
MONO: Final = 3


class Version(NamedTuple):
    """What the two version bits of a header mean."""

    samples: int  # per frame
    bitrates_kbps: tuple[int, ...]
    sample_rates_hz: tuple[int, int, int]


VERSIONS: Final = {
    0b11: Version(1152, BITRATES_KBPS, (44_100, 48_000, 32_000)),  # MPEG-1 (ISO 11172-3)
    0b10: Version(576, LOW_BITRATES_KBPS, (22_050, 24_000, 16_000)),  # MPEG-2 (ISO 13818-3)
    0b00: Version(576, LOW_BITRATES_KBPS, (11_025, 12_000, 8_000)),  # "MPEG-2.5", Fraunhofer's own
}


class Frame(NamedTuple):
    """One frame: its place, its size, and how many bytes before it its sound begins (the bit reservoir)."""

    offset: int
    size: int
    bitrate_kbps: int
    sample_rate_hz: int
    channels: int
    main_data_begin: int
    samples: int = 1152


def walk_frames(data: bytes, offset: int = 0) -> list[Frame]:
    """Return the frames of layer III data from ``offset`` to its very end (ISO 11172-3, 2.4.1).

    Raises ValueError if anything else is between them, or the last one is torn.
    """
    walked = []
    while offset < len(data):
        frame = frame_at(data, offset)
        walked.append(frame)
        offset += frame.size
    if offset != len(data):
        raise ValueError(f"the last frame, at byte {walked[-1].offset}, is torn")
    return walked


def are_frames(data: bytes, first: Frame, count: int) -> bool:
    """Whether ``data`` is ``count`` frames of one size and one format, of which ``first`` is the first.

    It compares the three header bytes that tell, all at once: walking takes twenty times as long.
    """
    return (
        len(data) == count * first.size
        and frame_at(data, 0) == first
        and all(data[byte :: first.size] == data[byte : byte + 1] * count for byte in range(3))
    )


def frame_at(data: bytes, offset: int) -> Frame:
    """Return the frame whose header is at ``offset``. Raises ValueError if there is none."""
    header = data[offset : offset + 8]
    if len(header) < 8 or header[0] != 0xFF or header[1] & 0xE6 != 0xE2:
        raise ValueError(f"no layer III frame at byte {offset}")
    version = VERSIONS.get(header[1] >> 3 & 3)
    bitrate_index, rate_index = header[2] >> 4, header[2] >> 2 & 3
    if version is None or not 0 < bitrate_index < 15 or rate_index == 3:
        raise ValueError(f"free or unknown bit rate or sample rate at byte {offset}")
    bitrate_kbps, rate_hz = version.bitrates_kbps[bitrate_index], version.sample_rates_hz[rate_index]
    side = 4 if header[1] & 1 else 6  # a CRC of two bytes may follow the header
    begin = header[side] << 1 | header[side + 1] >> 7 if version.samples == 1152 else header[side]
    return Frame(
        offset,
        version.samples * 125 * bitrate_kbps // rate_hz + (header[2] >> 1 & 1),
        bitrate_kbps,
        rate_hz,
        1 if header[3] >> 6 == MONO else 2,
        begin,
        version.samples,
    )
