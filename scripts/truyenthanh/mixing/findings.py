"""What is wrong with a sound file: its figures are compared with its master's limits, or with general ones.

An error should not go on air. A warning is worth a listen. Without a master, level, silence and peaks
are a matter of taste, so these are warnings, and their limits are wide.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from .profiles import MASTERS, Master

if TYPE_CHECKING:  # an episode is judged by its sections' figures, without opening a file
    from .loudness import Levels
    from .measurements import Quality
    from .meters import Stereo
    from .silence import Silences

SAMPLE_RATE_HZ: Final = 48_000
LEVEL_TOLERANCE: Final = 1.0  # of a whole file, in LU or dB: what EBU R 128 allows live programmes
PEAK_ROUNDING_DB: Final = 0.05
LENGTH_TOLERANCE_S: Final = 0.15  # some count an AAC encoder's delay
FEW_RUNS: Final = 3  # fewer clipped peaks are only worth a listen
DC_LIMIT: Final = 0.005
OUT_OF_PHASE: Final = -0.3
DEAD_CHANNEL_DB: Final = 40.0
ABRUPT_DBFS: Final = -45.0  # the RMS of the first or last 4 ms
HUM_DBFS: Final = -50.0
HORN_BAND_SHARE: Final = 0.95
BELOW_BAND_SHARE: Final = 0.005
LEAST_CREST_DB: Final = 7.0  # true peak above speech without its pauses: a horn's master has about 11,
MOST_CREST_DB: Final = 14.5  # … speech that nobody has compressed 17 to 22
SILENT_DBFS: Final = -60.0
SHORTEST_S: Final = 0.4  # BS.1770 has no loudness for less


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits for a file, in seconds, LUFS and dBTP."""

    gap_s: float
    start_s: float
    end_s: float
    quietest_lufs: float
    loudest_lufs: float
    true_peak_dbtp: float


GENERAL: Final = Limits(5.0, 5.0, 10.0, -35.0, -8.0, 0.5)
ON_AIR: Final = Limits(2.5, 2.0, 3.0, -35.0, -8.0, -1.0)  # for levels the master's own limits count


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: the value found, its limit, and where (in seconds)."""

    kind: str
    is_error: bool
    value: float | str = 0.0
    limit: float | str = 0.0
    at_s: tuple[float, ...] = ()


def master_of(path: PurePath) -> Master | None:
    """Return a file's master, from the end of its name or from its folder; None if neither tells."""
    for master in MASTERS.values():
        if path.name.lower().endswith(f"-{master.suffix}.{master.extension}"):
            return master
    folder = MASTERS.get(path.parent.name)
    return folder if folder and path.suffix.lower() == f".{folder.extension}" else None


def verdict(findings: Sequence[Finding]) -> str:
    """Return "pass", "warn" or "fail"."""
    if any(one.is_error for one in findings):
        return "fail"
    return "warn" if findings else "pass"


def judge(quality: "Quality", master: Master | None) -> tuple[Finding, ...]:
    """Return what is wrong with a file, errors first."""
    if not quality.seconds:
        return (Finding("empty", True),)
    found = [*outside(quality), *(format_findings(quality, master) if master else ())]
    peak_dbfs = quality.faults.sample_peak_dbfs
    if peak_dbfs < SILENT_DBFS:
        found.append(Finding("silent", True, peak_dbfs, SILENT_DBFS))
    else:
        high_s = quality.faults.high_peaks_at_s
        found += programme_findings(quality.levels, quality.silences, quality.seconds, master, high_s)
        found += faults(quality, master)
        found += channel_findings(quality.stereo) if quality.stereo else ()
        found += spectrum(quality, master)
    return tuple(sorted(found, key=lambda one: not one.is_error))


def programme_findings(
    levels: "Levels",
    silences: "Silences",
    seconds: float,
    master: Master | None,
    high_peaks_at_s: tuple[float, ...] = (),
) -> list[Finding]:
    """Return what is wrong with the level and the silences of a programme, written or not."""
    found = [*level_findings(levels, master)] if seconds >= SHORTEST_S else []
    limit_dbtp = master.true_peak_dbtp if master else GENERAL.true_peak_dbtp
    if levels.true_peak_dbtp > limit_dbtp + PEAK_ROUNDING_DB:
        is_error = master is not None
        found.append(Finding("true_peak", is_error, levels.true_peak_dbtp, limit_dbtp, high_peaks_at_s))
    return [*found, *silence_findings(silences, master)]


def outside(quality: "Quality") -> Iterator[Finding]:
    """Yield where a file's bytes are not what it declares."""
    container, declared_s = quality.container, quality.header_seconds
    counted = container.counted_samples
    real_s = quality.seconds if counted is None else counted / quality.sample_rate_hz
    off_s = 0.0 if declared_s is None else real_s - declared_s
    is_off = abs(off_s) > LENGTH_TOLERANCE_S
    if container.missing_bytes or (is_off and off_s < 0 and counted is None):
        yield Finding("truncated", True, round(real_s, 1), round(max(declared_s or 0, real_s), 1))
    elif is_off:
        yield Finding("header_length", True, declared_s or 0.0, round(real_s, 1))
    if container.junk_bytes:
        yield Finding("junk", True, container.junk_bytes)
    if quality.faults.broken_samples:
        yield Finding("broken_samples", True, quality.faults.broken_samples)


def format_findings(quality: "Quality", master: Master) -> Iterator[Finding]:
    """Yield where a file's format differs from the master's."""
    container, rates = quality.container, quality.container.bitrates_kbps
    if container.format != master.extension:
        yield Finding("format", True, container.format.upper(), master.extension.upper())
    if quality.sample_rate_hz != master.rate_hz:
        yield Finding("sample_rate", True, quality.sample_rate_hz, master.rate_hz)
    if quality.channels != master.channels:
        yield Finding("channels", True, quality.channels, master.channels)
    if master.bitrate_kbps and len(rates) > 1:
        yield Finding("not_constant", True, f"{rates[0]}–{rates[-1]}", master.bitrate_kbps)
    elif master.bitrate_kbps and rates and rates != (master.bitrate_kbps,):
        yield Finding("bit_rate", True, rates[0], master.bitrate_kbps)
    if container.format == master.extension == "wav" and not container.has_bext:
        yield Finding("no_bext", False)


def level_findings(levels: "Levels", master: Master | None) -> Iterator[Finding]:
    """Yield what is too loud or too quiet."""
    if master is not None and master.measure == "rms":
        yield from power_findings(levels, master)
        return
    level = levels.integrated_lufs
    low = master.level - LEVEL_TOLERANCE if master else GENERAL.quietest_lufs
    high = master.level + LEVEL_TOLERANCE if master else GENERAL.loudest_lufs
    if level < low:
        yield Finding("too_quiet", master is not None, level, master.level if master else low)
    if level > high:
        yield Finding("too_loud", master is not None, level, master.level if master else high)


def power_findings(levels: "Levels", master: Master) -> Iterator[Finding]:
    """Yield what the RMS shows. It counts pauses: a slow programme may be too low, its speech may not.

    If a file is too quiet but its peaks leave no room to raise it, its crest factor is too high for a horn.
    """
    if levels.rms_dbfs > master.level + LEVEL_TOLERANCE:
        yield Finding("too_loud_rms", True, levels.rms_dbfs, master.level)
    if levels.speaking_dbfs is None:
        return
    crest_db = round(levels.true_peak_dbtp - levels.speaking_dbfs, 1)
    if levels.speaking_dbfs < master.level - LEVEL_TOLERANCE:
        if crest_db > MOST_CREST_DB:
            yield Finding("peaky", True, crest_db, MOST_CREST_DB)
        else:
            yield Finding("too_quiet_rms", True, levels.speaking_dbfs, master.level)
    if crest_db < LEAST_CREST_DB:
        yield Finding("squeezed", True, crest_db, LEAST_CREST_DB)


def silence_findings(silences: "Silences", master: Master | None) -> Iterator[Finding]:
    """Yield silences that a listener would take for the end, or for a failed transmitter."""
    limits, is_error = ON_AIR if master else GENERAL, master is not None
    if silences.silence_start_s > limits.start_s:
        yield Finding("long_start", is_error, silences.silence_start_s, limits.start_s, (0.0,))
    if silences.silence_end_s > limits.end_s:
        yield Finding("long_end", is_error, silences.silence_end_s, limits.end_s)
    if silences.longest_gap_s > limits.gap_s:
        yield Finding("gap", is_error, silences.longest_gap_s, limits.gap_s, (silences.gap_at_s,))


def faults(quality: "Quality", master: Master | None) -> Iterator[Finding]:
    """Yield faults in single samples."""
    found = quality.faults
    if found.clipped_runs:
        yield Finding("clipped", found.clipped_runs >= FEW_RUNS, found.clipped_runs, 0, found.clipped_at_s)
    if found.flat_tops >= FEW_RUNS:
        yield Finding("flat_tops", True, found.flat_tops, found.sample_peak_dbfs, found.flat_at_s)
    if found.dc_offset > DC_LIMIT:  # clipping an asymmetric wave causes some
        is_cause = not found.clipped_runs and found.flat_tops < FEW_RUNS
        yield Finding("dc_offset", is_cause, round(100 * found.dc_offset, 1), 100 * DC_LIMIT)
    if found.clicks:
        yield Finding("click", False, found.clicks, 0, found.clicks_at_s)
    if found.first_dbfs > ABRUPT_DBFS:
        yield Finding("abrupt_start", master is not None, found.first_dbfs, ABRUPT_DBFS, (0.0,))
    if found.last_dbfs > ABRUPT_DBFS and not quality.container.missing_bytes:
        yield Finding("abrupt_end", master is not None, found.last_dbfs, ABRUPT_DBFS, (quality.seconds,))


def channel_findings(stereo: "Stereo") -> Iterator[Finding]:
    """Yield what a listener with a single loudspeaker would miss."""
    if stereo.weaker_channel_db > DEAD_CHANNEL_DB:
        yield Finding("dead_channel", True, stereo.weaker_channel_db, DEAD_CHANNEL_DB)
    elif stereo.correlation < OUT_OF_PHASE:
        yield Finding("out_of_phase", True, stereo.correlation, stereo.mono_loss_db)


def spectrum(quality: "Quality", master: Master | None) -> Iterator[Finding]:
    """Yield hum, and for horns what they cannot carry."""
    figures, for_horns = quality.spectrum, master is MASTERS["loudspeaker"]
    if figures.hum_dbfs > HUM_DBFS:
        yield Finding("hum", for_horns, figures.hum_dbfs, HUM_DBFS)
    elif for_horns and figures.below_band_share > BELOW_BAND_SHARE:
        yield Finding("below_band", True, round(100 * figures.below_band_share, 1), 100 * BELOW_BAND_SHARE)
    elif for_horns and figures.horn_band_share < HORN_BAND_SHARE:
        yield Finding("outside_band", True, round(100 * figures.horn_band_share, 1), 100 * HORN_BAND_SHARE)
