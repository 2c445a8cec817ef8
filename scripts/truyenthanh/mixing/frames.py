"""A strict walk over MP3 frames: decoders are lenient and hide a torn file."""

from typing import Final, NamedTuple

BITRATES_KBPS: Final = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
LOW_BITRATES_KBPS: Final = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)  # MPEG-2
SAMPLE_RATES_HZ: Final = (44_100, 48_000, 32_000)  # MPEG-2 has half of these
MPEG_1, MPEG_2 = 0xFA, 0xF2  # the second byte of a header, without the bit that denies a CRC
MONO: Final = 3


class Frame(NamedTuple):
    """One frame: where, how large, and how many bytes before it its sound begins (the bit reservoir)."""

    offset: int
    size: int
    bitrate_kbps: int
    sample_rate_hz: int
    channels: int
    main_data_begin: int


def walk_frames(data: bytes, offset: int = 0) -> list[Frame]:
    """Return the frames of layer III data from ``offset`` to its very end (ISO 11172-3, 13818-3: 2.4.1).

    Raises ValueError where something that is no frame stands between them, or the last one is torn.
    """
    walked = []
    while offset < len(data):
        frame = frame_at(data, offset)
        walked.append(frame)
        offset += frame.size
    if offset != len(data):
        raise ValueError(f"the last frame, at byte {walked[-1].offset}, is torn")
    return walked


def frame_at(data: bytes, offset: int) -> Frame:
    """Return the frame whose header stands at ``offset``."""
    header = data[offset : offset + 8]
    if len(header) < 8 or header[0] != 0xFF or header[1] & 0xFE not in (MPEG_1, MPEG_2):
        raise ValueError(f"no MPEG-1 or MPEG-2 layer III frame at byte {offset}")
    is_low = header[1] & 0xFE == MPEG_2
    bitrate_index, rate_index = header[2] >> 4, header[2] >> 2 & 3
    if not 0 < bitrate_index < len(BITRATES_KBPS) or rate_index >= len(SAMPLE_RATES_HZ):
        raise ValueError(f"free or unknown bit rate or sample rate at byte {offset}")
    bitrate_kbps = (LOW_BITRATES_KBPS if is_low else BITRATES_KBPS)[bitrate_index]
    rate_hz = SAMPLE_RATES_HZ[rate_index] // (2 if is_low else 1)
    side = 4 if header[1] & 1 else 6  # a CRC of two bytes may follow the header
    begins = header[side] if is_low else header[side] << 1 | header[side + 1] >> 7
    return Frame(
        offset,
        (72_000 if is_low else 144_000) * bitrate_kbps // rate_hz + (header[2] >> 1 & 1),
        bitrate_kbps,
        rate_hz,
        1 if header[3] >> 6 == MONO else 2,
        begins,
    )
