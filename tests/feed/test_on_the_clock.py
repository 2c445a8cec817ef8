"""What is written beside an episode is what is heard in it: times by the energy of the decoded MP3."""

import json
import re
from pathlib import Path
from typing import Any

import mutagen.id3
import numpy as np
import pytest
import soundfile
from feed_rules import NS, Feed, chapters_of, codes_of, podlove_of
from onsets import CLOSE_S, RATE_HZ, SLOT, Heard, misses, sounding, starts
from project import EPISODES


def sources_of_speech(path: Path) -> Heard:
    samples, rate_hz = soundfile.read(path, dtype="float32")
    return sounding(np.repeat(samples, RATE_HZ // rate_hz))


@pytest.mark.parametrize("name", ["podcast/{}-podcast.mp3", "lowdata/{}-nhe.mp3"])
@pytest.mark.parametrize("episode", EPISODES)
def test_every_sentence_starts_where_it_is_heard_to_start(site: Path, episode: str, name: str) -> None:
    heard = sources_of_speech(site / "audio/xa-mot" / name.format(episode))
    told = json.loads((site / f"feed/xa-mot/transcripts/{episode}.json").read_bytes())["segments"]
    assert len(told) >= 6
    assert max(misses(told, heard)) < CLOSE_S
    for segment in told:  # and it has ended where its time ends
        end = round(segment["endTime"] * RATE_HZ / SLOT)
        assert not heard[end + 12 : end + 30].any(), segment


def test_the_measure_sees_a_sentence_that_is_off_by_a_tenth(site: Path) -> None:
    heard = sources_of_speech(site / "audio/xa-mot/podcast/thu-01-podcast.mp3")
    told = json.loads((site / "feed/xa-mot/transcripts/thu-01.json").read_bytes())["segments"]
    late = [{**segment, "startTime": segment["startTime"] + 0.1} for segment in told]
    assert min(misses(late, heard)) > CLOSE_S


@pytest.mark.parametrize("episode", EPISODES)
def test_captions_begin_and_end_with_their_sentences(site: Path, episode: str) -> None:
    folder = site / "feed/xa-mot/transcripts"
    told = json.loads((folder / f"{episode}.json").read_bytes())["segments"]
    for ending, comma in (("vtt", "."), ("srt", ",")):
        text = (folder / f"{episode}.{ending}").read_text(encoding="utf-8")
        stamp = rf"(\d\d):(\d\d):(\d\d){re.escape(comma)}(\d\d\d)"
        cues = [
            [float(f"{int(h) * 3600 + int(m) * 60 + int(s)}.{ms}") for h, m, s, ms in (match[:4], match[4:])]
            for match in re.findall(f"{stamp} --> {stamp}", text)
        ]
        assert {segment["startTime"] for segment in told} <= {start for start, _ in cues}
        assert {segment["endTime"] for segment in told} <= {end for _, end in cues}


@pytest.mark.parametrize("episode", EPISODES)
def test_chapters_are_the_same_in_json_podlove_id3_and_time_codes(site: Path, episode: str) -> None:
    feed = Feed((site / "feed/xa-mot/feed.xml").read_bytes(), site)
    (item,) = [one for one in feed.items if (one.findtext("link") or "").endswith(f"/{episode}.html")]
    told = chapters_of(feed, item)
    assert podlove_of(item) == told
    assert codes_of(item) == [(int(start), title) for start, title in told]
    content = item.findtext("{http://purl.org/rss/1.0/modules/content/}encoded") or ""
    listed = re.findall(r"<li>(\d+):(\d\d) (.*)</li>", content)
    assert [(int(m) * 60 + int(s), title) for m, s, title in listed] == codes_of(item)
    reader: Any = mutagen.id3.ID3  # mutagen is typed in part only
    tag = reader(site / f"audio/xa-mot/podcast/{episode}-podcast.mp3", translate=False)
    order = tag.getall("CTOC")[0].child_element_ids
    frames = [tag[f"CHAP:{name}"] for name in order]
    assert [(frame.start_time / 1000, str(frame.sub_frames["TIT2"])) for frame in frames] == told
    assert [frame.end_time for frame in frames[:-1]] == [frame.start_time for frame in frames[1:]]
    seconds = soundfile.info(site / f"audio/xa-mot/podcast/{episode}-podcast.mp3").duration
    assert frames[-1].end_time == pytest.approx(1000 * seconds, abs=1)
    assert item.findtext("itunes:duration", namespaces=NS) == str(round(seconds))


def test_a_smaller_file_has_chapters_and_words_but_no_picture(site: Path) -> None:
    reader: Any = mutagen.id3.ID3  # mutagen is typed in part only
    low, usual = (
        reader(site / f"audio/xa-mot/{name}", translate=False)
        for name in ("lowdata/thu-01-nhe.mp3", "podcast/thu-01-podcast.mp3")
    )
    assert low.getall("APIC") == []
    (picture,) = usual.getall("APIC")
    assert len(picture.data) <= 60_000
    for kind in ("CHAP", "CTOC", "USLT", "TIT2", "TXXX:AI-GENERATED-VOICE"):
        assert low.getall(kind) == usual.getall(kind) != []


def test_chapters_begin_where_something_begins_to_sound(site: Path) -> None:
    for episode in EPISODES:
        begun = starts(sources_of_speech(site / f"audio/xa-mot/podcast/{episode}-podcast.mp3"))
        whole = json.loads((site / f"feed/xa-mot/chapters/{episode}.json").read_bytes())
        for chapter in whole["chapters"][1:]:
            assert np.abs(begun - chapter["startTime"]).min() < CLOSE_S, (episode, chapter)
