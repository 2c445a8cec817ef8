"""A long-run fuzz of the reading, outside the normal tests: ``make fuzz`` (MINUTES=10).

Lines of the documents, numbers, codes and any Unicode are cut, joined and bent by a seeded generator; for
each text the reading must give an answer that an engine can say, lose no Vietnamese word that stands
between plain words, read its own output as it is, and take time in proportion to the length.
"""

import argparse
import random
import sys
import time
import unicodedata
from pathlib import Path

from truyenthanh.reading import read, spoken

SOURCES = Path(__file__).parents[2] / "content" / "sources"
MARKS = set(" .,;:?!")
SEEDS = (
    *("25/3/2023", "13/2023/NĐ-CP", "60-70 ngàn", "17h30", "0912.345.678", "1.500.000 đồng/người/tháng"),
    *("37-39°C", "TP. Long Xuyên", "quý III/2025", "a@b.vn", "https://mic.gov.vn/x?y=1", "½", "≥ 18", "№ 5"),
    *("(b/c)", "KT. CHÁNH VĂN PHÒNG", "TT&TT", "1.234,56", "-5", "12/3A", "QL91", "24/7", "đ/c", "COVID-19"),
)
BENT = "0123456789.,/-+ %đhgXVI°²\u0301\u200b"
SLOWEST_S_PER_CHARACTER = 200e-6  # ten times what a line takes, and a constant for the machine's moods
SLOWEST_S = 0.25


def text_of(dice: random.Random, lines: list[str]) -> str:
    """Return a text: pieces of documents, of seeds and of Unicode at large, joined with anything."""
    pieces = []
    for _ in range(dice.randint(1, 8)):
        kind = dice.random()
        if kind < 0.4:
            line = dice.choice(lines)
            start = dice.randrange(len(line) + 1)
            pieces.append(line[start : start + dice.randint(0, 60)])
        elif kind < 0.75:
            seed = list(dice.choice(SEEDS))
            for _ in range(dice.randint(0, 3)):
                seed.insert(
                    dice.randrange(len(seed) + 1), dice.choice("0123456789.,/-+ %đhgXVI°²\u0301\u200b")
                )
            pieces.append("".join(seed))
        elif kind < 0.9:
            pieces.append("".join(chr(dice.randrange(0x20, 0x2FFF)) for _ in range(dice.randint(0, 12))))
        else:
            pieces.append("".join(chr(dice.randrange(0x110000)) for _ in range(dice.randint(0, 6))))
    text = dice.choice(["", " ", ", ", "-", "/", "\n"]).join(pieces)
    return unicodedata.normalize("NFD", text) if dice.random() < 0.2 else text


def fault_of(text: str) -> str | None:
    """Return what is wrong with the reading of ``text``, or None."""
    start = time.perf_counter()
    said = spoken(text)
    seconds = time.perf_counter() - start
    if seconds > SLOWEST_S + SLOWEST_S_PER_CHARACTER * len(text):
        return f"took {seconds:.2f} s for {len(text)} characters"
    odd = {char for char in said if not (char.isalpha() or char in MARKS)}
    if odd:
        return f"left {odd!r} in {said!r}"
    if spoken(said) != said:
        return f"read again: {said!r} became {spoken(said)!r}"
    if read(text).spoken != said:
        return "the report's reading is another one"
    composed = spoken(unicodedata.normalize("NFC", text))
    if spoken(unicodedata.normalize("NFD", text)) != composed:
        return f"NFD and NFC differ: {composed!r}"
    return None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    lines = [line for path in sorted(SOURCES.glob("*.txt")) for line in path.read_text("utf-8").split("\n")]
    deadline, count, faults = time.monotonic() + 60 * options.minutes, 0, 0
    while time.monotonic() < deadline and faults < 20:
        text = text_of(random.Random(f"{options.seed}/{count}"), lines)
        count += 1
        try:
            fault = fault_of(text)
        except Exception as error:
            fault = f"raised {error!r}"
        if fault:
            faults += 1
            print(f"{text!r}: {fault}")
    print(f"{count} texts, {faults} faults (seed {options.seed})")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
