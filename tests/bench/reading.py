"""How fast text is read, and that it grows linearly; beside sea-g2p and vietnormalizer where installed."""

import time
from collections.abc import Callable
from pathlib import Path

from truyenthanh.reading import read, spoken

SOURCES = Path(__file__).parents[2] / "content" / "sources"
SIZES = (25_000, 50_000, 100_000)


def text_of(size: int) -> list[str]:
    """Return lines of the documents, ``size`` characters in all."""
    whole = "".join(path.read_text(encoding="utf-8") for path in sorted(SOURCES.glob("*.txt")))
    return (whole * (size // len(whole) + 1))[:size].split("\n")


# Runs that rules may trip over: half-begun dates, ranges, codes and addresses, without end.
HARD = ("1.", "1-", "1/", "A.", "TT ", "(", "a@", "5%", "IV ", "số ", "ngày 1/", "1:", "😀", "\u0301", "10^")


def growth() -> None:
    """Print the runs whose time grows faster than their length, and the slowest of all."""
    slowest = ("", 0.0)
    for piece in HARD:
        short, long = (seconds_of(piece * (size // len(piece))) for size in (5_000, 20_000))
        slowest = max(slowest, (piece, long), key=lambda one: one[1])
        if long > 4 * 2 * short + 0.05:
            print(
                f"  NOT LINEAR: {piece!r} takes {short:.2f} s for 5,000 characters, {long:.2f} s for 20,000"
            )
    print(f"  slowest run of one sign: {slowest[0]!r}, {slowest[1]:.2f} s for 20,000 characters")


def seconds_of(text: str) -> float:
    start = time.perf_counter()
    spoken(text)
    return time.perf_counter() - start


def others() -> dict[str, Callable[[str], object]]:
    """Return the readers of others that are installed here (they are no part of the project)."""
    found: dict[str, Callable[[str], object]] = {}
    try:
        from sea_g2p import Normalizer

        found["sea-g2p"] = Normalizer().normalize
    except ImportError:
        print("  sea-g2p is not installed (pip install sea-g2p)")
    try:
        from vietnormalizer import VietnameseNormalizer

        found["vietnormalizer"] = VietnameseNormalizer().normalize
    except ImportError:
        print("  vietnormalizer is not installed (pip install vietnormalizer)")
    return found


def timed(name: str, reader: Callable[[str], object], size: int) -> None:
    lines = text_of(size)
    start = time.perf_counter()
    for line in lines:
        reader(line)
    seconds = time.perf_counter() - start
    print(f"  {name:<28} {size:>7} characters {seconds:6.2f} s {size / seconds:>10,.0f} characters/s")


def main() -> None:
    print("reading:")
    for size in SIZES:
        timed("spoken", spoken, size)
    timed("spoken, with its report", read, SIZES[-1])
    growth()
    for name, reader in others().items():
        timed(name, reader, SIZES[-1])


if __name__ == "__main__":
    main()
