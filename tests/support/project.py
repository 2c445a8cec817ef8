"""A small project, whole and valid, for tests to start from: half a minute of sound in all.

Three points of two passages each, two documents (one with a variant and a typing error of its own),
two stations that share their voices, and an omnibus.
"""

from pathlib import Path

SERIES = "thu"
STATIONS = ("xa-mot", "xa-hai")
POINTS = ("01", "02", "03")
OMNIBUS = "tron-bo"
EPISODES = tuple(f"{SERIES}-{name}" for name in (*POINTS, OMNIBUS))

_PROJECT = """\
station: xa-mot
engine: espeak
disclosure: Giọng đọc do máy tạo ra.
"""

_TOWN_DOCUMENT = """\
file: tinh.txt
issuer: Ủy ban nhân dân tỉnh Mẫu
number:
day:
month: 3
year: 2023
place: Mẫu
signer: Nguyễn Văn A
subject: về ba điều nên nhớ
citation: "công văn[ số {number}] của tỉnh Mẫu,[ ngày {day}] tháng {month} năm {year}"
"""

_DEPARTMENT_DOCUMENT = """\
file: so.txt
issuer: Sở Y tế tỉnh Mẫu
number: "12"
day: 4
month: 4
year: 2023
place: Mẫu
signer: Trần Thị B
subject: về ba điều nên nhớ
citation: "công văn[ số {number}] của Sở Y tế,[ ngày {day}] tháng {month} năm {year}"
"""

_TOWN_TEXT = """\
Phụ lục

1. Nghe đài
Đài phát buổi sáng.
Bà con nghe trên loa.
2. Trồng cây
Cây cho bóng mát.
Trồng 20% diện tích.
3. Giữ sạch
Đường làng sách đẹp.
Không vứt rác. Có thùng rác.
"""

_DEPARTMENT_TEXT = """\
PHỤ LỤC

1. Nghe đài. Đài phát buổi sáng. Bà con nghe trên loa.
2. Trồng cây. Cây cho nhiều bóng mát. Trồng 20% diện tích.
3. Giữ sạch. Đường làng sách đẹp. Không vứt rác. Có thùng rác.
"""

_SERIES = """\
title: Ba điều nên nhớ
season: 1
documents:
  - id: tinh
  - id: so
    title_end: "."
first: "2023-04-03T05:00+07:00"
every: 1 day
announcement: Điểm thứ {number}.
description: "Điểm {number}: {title}. Theo {citation}."
chapters:
  opening: Mở đầu
  closing: Lời kết
parts:
  - key: it
    role: it
    label: Công nghệ thông tin
  - key: digital
    role: digital
    label: Chuyển đổi số
points: ["01", "02", "03"]
omnibus:
  id: tron-bo
  title: Trọn bộ ba điều
  description: "Cả ba điều. Theo {citation}."
"""

_POINTS = {
    "01": """\
title: Nghe đài
it:
  - Đài phát buổi sáng.
digital:
  - Bà con nghe trên loa.
""",
    "02": """\
title: Trồng cây
it:
  - Cây cho bóng mát.
digital:
  - Trồng 20% diện tích.
variants:
  - document: so
    here: cho bóng mát
    there: cho nhiều bóng mát
""",
    "03": """\
title: Giữ sạch
it:
  - Đường làng sách đẹp.
digital:
  - Không vứt rác. Có thùng rác.
corrections:
  - written: sách đẹp
    corrected: sạch đẹp
    documents: [tinh, so]
    why: lỗi gõ dấu
""",
}

_STATION = """\
name: @NAME
document: @DOCUMENT
series: thu
site: https://@ID.example.org
ident:
  - "Đây là {station}."
closing:
  - "Nội dung theo {citation}."
voices:
  espeak:
    announcer: {voice: vi+f1, pitch: 40}
    it: {voice: vi+m3, pitch: 50}
    digital: {voice: vi+f3, pitch: 60}
  gtts:
    announcer: {voice: com.vn}
    it: {voice: com.vn}
    digital: {voice: com.vn}
masters: [podcast, radio, loudspeaker]
pack: [podcast]
feed:
  title: Chương trình của @NAME
  description: Ba điều nên nhớ, mỗi ngày một điều.
  author: @NAME
  owner_name: @NAME
  owner_email: @ID@example.org
  category: Government
  language: vi
  guid: @GUID
  copyright: Được phát lại tự do
  model_edition: yes
"""

# id, name, document, guid
_STATIONS = (
    ("xa-mot", "Đài xã Một", "tinh", "11111111-1111-5111-8111-111111111111"),
    ("xa-hai", "Đài xã Hai", "so", "22222222-2222-5222-8222-222222222222"),
)


def write_project(root: Path, **changes: str | None) -> Path:
    """Write the project under ``root`` and return ``root``.

    ``changes`` replace whole files by their name without folder and ending (``series="…"``,
    ``xa_hai="…"``); None leaves the file out.
    """
    for path, text in _files().items():
        name = path.rpartition("/")[2].partition(".")[0].replace("-", "_")
        changed = changes.get(name, text) if path.endswith(".yaml") else text
        if changed is not None:
            _write(root / path, changed)
    (root / "content/sounds").mkdir(exist_ok=True)
    return root


def edit(root: Path, path: str, old: str, new: str) -> None:
    """Replace ``old`` by ``new`` in a file of the project, where ``old`` must stand exactly once."""
    text = (root / path).read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
    _write(root / path, text.replace(old, new))


def _files() -> dict[str, str]:
    files = {
        "content/project.yaml": _PROJECT,
        "content/sources/tinh.yaml": _TOWN_DOCUMENT,
        "content/sources/tinh.txt": _TOWN_TEXT,
        "content/sources/so.yaml": _DEPARTMENT_DOCUMENT,
        "content/sources/so.txt": _DEPARTMENT_TEXT,
        f"content/series/{SERIES}/series.yaml": _SERIES,
    }
    files |= {f"content/series/{SERIES}/points/{name}.yaml": text for name, text in _POINTS.items()}
    return files | {f"content/stations/{entry[0]}.yaml": _station(*entry) for entry in _STATIONS}


def _station(station: str, name: str, document: str, guid: str) -> str:
    text = _STATION.replace("@NAME", name).replace("@DOCUMENT", document)
    return text.replace("@ID", station).replace("@GUID", guid)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
