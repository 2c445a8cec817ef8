"""A small programme to write feeds and pages of: one station, one point, and an omnibus of two points.

The files that ``lay_out`` writes are no sound: the writers look at names, sizes and times only.
"""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

from truyenthanh.feed.addresses import (
    TRANSCRIPTS,
    chapters_name,
    feed_folder,
    page_name,
    transcript_name,
)
from truyenthanh.feed.assets import assets
from truyenthanh.feed.chapters import chapters_json
from truyenthanh.feed.cover import cover, small_cover
from truyenthanh.feed.entries import Around, Entry, Listed, Mistake, Notes
from truyenthanh.feed.rss import write_feed
from truyenthanh.feed.site import Frame, write_episode_page, write_index
from truyenthanh.feed.transcript import written as transcript
from truyenthanh.model import (
    AudioFile,
    ChapterMark,
    Document,
    Episode,
    FeedData,
    Part,
    Pauses,
    PublishedEpisode,
    Series,
    Station,
    TimedSentence,
)

HANOI = timezone(timedelta(hours=7))
COVER = "cover-0a1b2c3d.jpg"
THUMBNAIL = "cover-0a1b2c3d-600.jpg"

STATION = Station(
    id="xa-thu",
    name="Đài Truyền thanh xã Thử",
    document="thu",
    series="hai-diem",
    ident=("Đây là {station}.",),
    closing=("Nội dung theo {citation}.",),
    disclosure="Giọng đọc do máy tạo ra.",
    voices={},
    accent="north",
    pauses=Pauses(),
    lexicon=(),
    sounds={},
    recordings={},
    synthetic_for_outdated=False,
    masters=("podcast", "radio", "loudspeaker"),
    site="https://xa-thu.example.org",
    feed=FeedData(
        title="Truyền thanh xã Thử: hai điểm về chuyển đổi số",
        description="Chuyên mục thử nghiệm. Mỗi ngày một điểm, đọc nguyên văn.",
        author="Đài Truyền thanh xã Thử",
        owner_name="Đài Truyền thanh xã Thử",
        owner_email="xa-thu@example.org",
        category="Government",
        subcategory=None,
        language="vi",
        guid="917393e3-1b1e-5cef-ace4-edaa54e1f810",
        copyright="Văn bản của cơ quan nhà nước",
        model_edition=True,
    ),
    file="content/stations/xa-thu.yaml",
)

SERIES = Series(
    id="hai-diem",
    title="Hai điểm khác nhau",
    season=2,
    documents={"thu": ""},
    first=datetime(2023, 4, 3, 5, 0, tzinfo=HANOI),
    every=timedelta(days=1),
    announcement="Điểm thứ {number}.",
    description="Điểm {number}: {title}.",
    opening_label="Mở đầu",
    closing_label="Lời kết",
    parts=(Part("it", "it", "Công nghệ thông tin"), Part("digital", "digital", "Chuyển đổi số")),
    points=(),
    omnibus=None,
)

DOCUMENT = Document(
    id="thu",
    issuer="Ủy ban nhân dân xã Thử",
    number=None,
    day=None,
    month=3,
    year=2023,
    place="Xã Thử",
    signer="Chủ tịch Nguyễn Văn Thử",
    subject="về sự khác nhau giữa công nghệ thông tin và chuyển đổi số",
    citation="công văn của Ủy ban nhân dân xã Thử, tháng {month} năm {year}",
    source="thu.txt",
)


def audio_files(episode_id: str, seconds: float, size_bytes: int) -> dict[str, AudioFile]:
    """Return one file per master, the podcast's of ``size_bytes``, the others in proportion."""
    endings = {"podcast": "podcast.mp3", "radio": "phat-thanh.wav", "loudspeaker": "loa.mp3"}
    factors = {"podcast": 3, "radio": 48, "loudspeaker": 4}
    return {
        master: AudioFile(
            master=master,
            path=f"audio/{STATION.id}/{master}/{episode_id}-{ending}",
            sha256="0" * 64,
            bytes=size_bytes * factors[master] // 3,
            seconds=seconds,
            integrated_lufs=-19.0,
            true_peak_dbtp=-1.5,
            rms_dbfs=-20.0,
        )
        for master, ending in endings.items()
    }


POINT = PublishedEpisode(
    episode=Episode(
        id="hai-diem-01",
        number=1,
        title="Từ máy tính riêng lẻ sang “đám mây”",
        description="Điểm 1: từ máy tính riêng lẻ sang “đám mây”.",
        published=datetime(2023, 4, 3, 5, 0, tzinfo=HANOI),
        sections=(),
        chapters=(),
    ),
    audio=audio_files("hai-diem-01", 41.976, 504_321),
    chapters=(
        ChapterMark(0, 12_024, "Mở đầu"),
        ChapterMark(12_024, 24_000, "Công nghệ thông tin"),
        ChapterMark(24_000, 36_500, "Chuyển đổi số"),
        ChapterMark(36_500, 41_976, "Lời kết"),
    ),
    sentences=(
        TimedSentence(3_000, 5_104, "Đây là Đài Truyền thanh xã Thử.", "announcer"),
        TimedSentence(5_604, 11_500, "Điểm thứ nhất.", "announcer"),
        TimedSentence(
            12_524,
            20_003,
            "Công nghệ thông tin là các hệ thống dùng riêng, mỗi xã, mỗi huyện một cái, đầu tư tốn kém,"
            " cần nhiều người vận hành khai thác & bảo trì <hằng năm>.",
            "it",
        ),
        TimedSentence(20_503, 23_500, "Mỗi nơi một kiểu.", "it"),
        TimedSentence(25_000, 36_000, "Chuyển đổi số là dùng chung trên đám mây.", "digital"),
        TimedSentence(37_000, 40_000, "Giọng đọc do máy tạo ra.", "announcer"),
    ),
)

OMNIBUS = PublishedEpisode(
    episode=Episode(
        id="hai-diem-toan-tap",
        number=2,
        title="Toàn tập: hai điểm",
        description="Cả hai điểm trong một chương trình.",
        published=datetime(2023, 4, 4, 5, 0, tzinfo=HANOI),
        sections=(),
        chapters=(),
    ),
    audio=audio_files("hai-diem-toan-tap", 3_725.4, 44_704_800),
    chapters=(ChapterMark(0, 1_800_000, "Điểm 1"), ChapterMark(1_800_000, 3_725_400, "Điểm 2")),
    sentences=(
        TimedSentence(3_000, 5_104, "Điểm thứ nhất.", "announcer"),
        TimedSentence(6_000, 8_000, "Công nghệ thông tin là máy móc.", "it"),
        TimedSentence(3_600_500, 3_605_000, "Chuyển đổi số là thay đổi cách làm.", "digital"),
    ),
)

EPISODES = (POINT, OMNIBUS)

FRAME = Frame(STATION, SERIES, DOCUMENT, COVER, THUMBNAIL)
NOTES = Notes((Mistake("chuyển đối số", "chuyển đổi số", "lỗi gõ dấu"),), "synthetic")
ALONE = Around(None, None)


def entry(published: PublishedEpisode) -> Entry:
    """Return an episode as a list names it."""
    episode = published.episode
    return Entry(episode.id, episode.number, episode.title, episode.published)


def listed(published: PublishedEpisode) -> Listed:
    """Return an episode as the index has it."""
    return Listed(entry(published), published.audio)


def told(title: str, description: str, sentence: str) -> PublishedEpisode:
    """Return the first episode with other words, whatever an editor may type."""
    episode = replace(POINT.episode, title=title, description=description)
    marks = tuple(replace(mark, title=title) for mark in POINT.chapters)
    sentences = tuple(replace(said, text=sentence) for said in POINT.sentences)
    return replace(POINT, episode=episode, chapters=marks, sentences=sentences)


def texts() -> dict[str, bytes]:
    """Return every text of the station's feed folder, by its name there."""
    written = {
        "feed.xml": write_feed(STATION, SERIES, EPISODES, COVER),
        "index.html": write_index(FRAME, [listed(published) for published in EPISODES], NOTES),
        page_name(POINT.episode.id): write_episode_page(FRAME, POINT, Around(None, entry(OMNIBUS)), NOTES),
        page_name(OMNIBUS.episode.id): write_episode_page(FRAME, OMNIBUS, Around(entry(POINT), None), NOTES),
    }
    for published in EPISODES:
        own = published.episode.id
        for form in TRANSCRIPTS:
            written[transcript_name(own, form)] = transcript(published, SERIES, form, STATION.feed.language)
        written[chapters_name(own)] = chapters_json(published)
    return written


def lay_out(site: Path) -> Path:
    """Write the whole site, with files of zeros for sounds, and return the station's feed folder."""
    folder = site / feed_folder(STATION)
    large = cover(STATION.feed.title, STATION.name)
    pictures = {COVER: large, THUMBNAIL: small_cover(large)}
    used = {asset.name: asset.data for asset in assets().values()}
    for name, content in (texts() | pictures | used).items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    for audio in (audio for published in EPISODES for audio in published.audio.values()):
        sound = site / audio.path
        sound.parent.mkdir(parents=True, exist_ok=True)
        with sound.open("wb") as zeros:
            zeros.truncate(audio.bytes)
    return folder


if __name__ == "__main__":
    import sys

    print(lay_out(Path(sys.argv[1])))
