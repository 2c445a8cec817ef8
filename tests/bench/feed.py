"""How long feed and page of a thousand episodes take, and how large they are: ``make bench``.

The episodes are those of a ten-minute programme each, with all that is said in it; the budget of both
together is ten seconds.
"""

import argparse
import sys
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "feed"))
from feed_programme import COVER, DOCUMENT, POINT, SERIES, STATION

from truyenthanh.feed.rss import write_feed
from truyenthanh.feed.site import write_page
from truyenthanh.model import ChapterMark, PublishedEpisode

BUDGET_S = 10.0
SENTENCES = 120  # in ten minutes
CHAPTERS = 18


def episode(number: int) -> PublishedEpisode:
    """Return one of many episodes, dated a day after the one before."""
    name = f"hai-diem-{number:04}"
    published = SERIES.first + SERIES.every * (number - 1)
    own = replace(POINT.episode, id=name, number=number, published=published)
    audio = {m: replace(f, path=f.path.replace("hai-diem-01", name)) for m, f in POINT.audio.items()}
    said = POINT.sentences[2]
    sentences = tuple(
        replace(said, start_ms=at * 5_000, end_ms=at * 5_000 + 4_500, role=("it", "digital")[at // 10 % 2])
        for at in range(SENTENCES)
    )
    marks = tuple(ChapterMark(at * 33_000, (at + 1) * 33_000, f"Phần {at + 1}") for at in range(CHAPTERS))
    return PublishedEpisode(own, audio, marks, sentences)


def timed(name: str, write: Callable[[], bytes]) -> float:
    """Say how long ``write`` takes, and what of memory and disk; return the seconds."""
    write()  # what is loaded once is no part of it
    start = time.perf_counter()
    size = len(write())
    seconds = time.perf_counter() - start
    tracemalloc.start()
    write()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    print(f"{name:<6} {seconds:6.2f} s   {size / 1e6:6.1f} MB   peak {peak / 1e6:6.1f} MB of Python objects")
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--episodes", type=int, default=1000, help="how many (1000)")
    many = [episode(number + 1) for number in range(parser.parse_args().episodes)]
    print(f"feed and page of {len(many)} episodes of ten minutes:")
    total = timed("feed", lambda: write_feed(STATION, SERIES, many, COVER))
    total += timed("page", lambda: write_page(STATION, SERIES, DOCUMENT, many, COVER))
    print(f"both   {total:6.2f} s of {BUDGET_S:.0f} s")
    sys.exit(total > BUDGET_S)


if __name__ == "__main__":
    main()
