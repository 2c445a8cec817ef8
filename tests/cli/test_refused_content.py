"""What a build says of content that is wrong, case by case, and that it leaves the publication alone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from commands import inside, published
from project import edit
from ready import linked

SERIES = "content/series/thu/series.yaml"
POINT = "content/series/thu/points/01.yaml"
STATION = "content/stations/xa-mot.yaml"

Spoil = Callable[[Path], None]


SERIES = "content/series/thu/series.yaml"
POINT = "content/series/thu/points/01.yaml"
STATION = "content/stations/xa-mot.yaml"


@pytest.fixture(scope="module")
def project(built_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return linked(built_project, tmp_path_factory.mktemp("refused") / "xã")


def write(path: str, data: bytes | str) -> Spoil:
    raw = data.encode() if isinstance(data, str) else data

    def spoil(root: Path) -> None:
        (root / path).write_bytes(raw)

    return spoil


def change(path: str, old: str, new: str) -> Spoil:
    return lambda root: edit(root, path, old, new)


def both(one: Spoil, other: Spoil) -> Spoil:
    def spoil(root: Path) -> None:
        one(root)
        other(root)

    return spoil


# what is broken, how, and what the message must hold: file, line or field, and what to do
BAD_CONTENT: dict[str, tuple[Spoil, list[str]]] = {
    "a missing point": (lambda root: (root / POINT).unlink(), [SERIES, "“points[1]”", "“01”", "Hãy"]),
    "a repeated point": (
        change(SERIES, 'points: ["01", "02", "03"]', 'points: ["01", "02", "02", "03"]'),
        [SERIES, "“points[3]”", "hai lần", "Hãy"],
    ),
    "a point nobody lists": (
        write("content/series/thu/points/09.yaml", "title: x\n"),
        [SERIES, "“points”", "“09”", "Hãy"],
    ),
    "an unknown key": (change(POINT, "title:", "titel:"), [POINT, "dòng 1", "“titel”", "Có phải: title"]),
    "a wrong type": (
        change(POINT, "title: Nghe đài", "title: [a]"),
        [POINT, "dòng 1", "“title”", "dòng chữ"],
    ),
    "a repeated key": (
        change(POINT, "title: Nghe đài", "title: Nghe đài\ntitle: Nghe đài"),
        [POINT, "dòng 2", "“title”", "dòng 1", "Hãy"],
    ),
    "a tab": (change(POINT, "  - Đài phát", "\t- Đài phát"), [POINT, "dòng 3", "tab", "dấu cách"]),
    "NFD text": (change(POINT, "Nghe đài", "Nghe đa\u0300i"), [POINT, "dòng 1", "NFC"]),
    "a control character": (change(POINT, "Nghe đài", "Nghe\x07 đài"), [POINT, "dòng 1", "U+0007", "Hãy"]),
    "an id that leads out": (
        change(SERIES, 'points: ["01"', 'points: ["../../x"'),
        [SERIES, "“points[1]”", "../../x", "a-z"],
    ),
    "an id with a slash": (
        change(SERIES, "id: tron-bo", "id: tron/bo"),
        [SERIES, "“omnibus.id”", "tron/bo", "a-z"],
    ),
    "a document nobody has": (
        change(STATION, "document: tinh", "document: huyen"),
        [STATION, "dòng 2", "“document”", "huyen", "tinh"],
    ),
    "an empty title": (change(POINT, "title: Nghe đài", 'title: ""'), [POINT, "dòng 1", "“title”", "Hãy"]),
    "a sound that is no audio": (
        both(
            write("content/sounds/chuong.wav", "not a sound"),
            change(STATION, "masters:", "sounds:\n  chime: chuong.wav\nmasters:"),
        ),
        ["chuong.wav", "WAV", "Hãy"],
    ),
    "a sound that is not there": (
        change(STATION, "masters:", "sounds:\n  chime: ../xa.wav\nmasters:"),
        [STATION, "“sounds.chime”", "content/sounds"],
    ),
    "50,000 brackets": (write(POINT, "[" * 50_000), [POINT, "dòng 1", "tầng", "Hãy"]),
    "a voice nobody has": (
        change(STATION, "voice: vi+f1", "voice: vi+x9"),
        [STATION, "“voices.espeak.announcer”", "vi+x9"],
    ),
    "an engine nobody has": (
        change(STATION, "  gtts:", "  gtt:"),
        [STATION, "“voices.gtt”", "espeak, gtts"],
    ),
    "a master nobody has": (
        change(STATION, "masters: [podcast,", "masters: [podcast, mp4,"),
        [STATION, "“masters”", "mp4", "loudspeaker"],
    ),
    "no podcast": (
        both(
            change(STATION, "masters: [podcast, radio", "masters: [radio"),
            change(STATION, "pack: [podcast]\n", ""),
        ),
        [STATION, "“masters”", "podcast"],
    ),
    "a field nobody fills": (
        change(STATION, "Đây là {station}.", "Đây là {dai}."),
        [STATION, "“ident”", "{dai}", "{station}"],
    ),
    "a text without a word": (change(POINT, "Đài phát buổi sáng.", '"..."'), [POINT, "“...”", "Hãy"]),
    "words lost to a comment": (
        change(POINT, "Đài phát buổi sáng.", "Đài phát # buổi sáng."),
        [POINT, "dòng 3", "# buổi sáng.", "ngoặc kép"],
    ),
    "a lone brace": (
        change(STATION, "Đây là {station}.", "Đây là {station."),
        [STATION, "“ident”", "ngoặc nhọn"],
    ),
    "a repeated master": (
        change(STATION, "masters: [podcast,", "masters: [podcast, podcast,"),
        [STATION, "“masters[2]”", "hai lần"],
    ),
    "a colon in a title": (
        change(POINT, "title: Nghe đài", "title: Nghe: đài"),
        [POINT, "dòng 1", "hai chấm", "ngoặc kép"],
    ),
    "the guid of another station": (
        change(STATION, "11111111-1111-5111-8111-111111111111", "22222222-2222-5222-8222-222222222222"),
        [STATION, "“feed.guid”", "content/stations/xa-hai.yaml", "mã cho đài này: "],
    ),
    "a language that is none": (
        change(STATION, "language: vi", "language: tiếng Việt"),
        [STATION, "“feed.language”"],
    ),
    "a category nobody has": (
        change(STATION, "category: Government", "category: Chính quyền"),
        [STATION, "“feed.category”", "Government"],
    ),
}


@pytest.mark.parametrize("case", BAD_CONTENT)
def test_bad_content_gives_one_message_and_leaves_the_publication_alone(
    case: str, project: Path, tmp_path: Path
) -> None:
    root = linked(project, tmp_path / "project")
    before = published(root)
    spoil, wanted = BAD_CONTENT[case]
    spoil(root)
    run = inside(root, "build")
    assert run.returncode == 1, run.stderr
    assert "Traceback" not in run.stderr
    for words in wanted:
        assert words in run.stderr
    (message,) = [line for line in run.stderr.splitlines() if line and not line.startswith("Cần làm")]
    assert message
    assert published(root) == before
