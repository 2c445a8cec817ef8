"""A publication of a few tiny files, laid down by hand: what packs and sessions are made of."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

STATION = "xa-mot"
NAME = "Đài xã Một"
TITLES = ("Nghe đài", "Trồng cây", "Giữ sạch")
OMNIBUS = "thu-tron-bo"


def publish(root: Path, titles: tuple[str, ...] = TITLES, changed: Mapping[str, str] | None = None) -> Path:
    """Publish one episode a title, and the omnibus; ``changed`` gives an episode other text and sound."""
    entries, files = [], {}
    named = [(f"thu-{number:02d}", title) for number, title in enumerate(titles, 1)]
    for number, (name, title) in enumerate([*named, (OMNIBUS, "Trọn bộ")], 1):
        said = f"{name} {(changed or {}).get(name, '')}"
        path = f"audio/{STATION}/loudspeaker/{name}-loa.mp3"
        data = said.encode() * 400
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
        files[path] = _figures(data, said)
        entries.append(_entry(name, number, title))
    manifest = {"station": STATION, "name": NAME, "episodes": entries, "files": files}
    (root / f"audio/{STATION}/manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return root


def _figures(data: bytes, said: str) -> dict[str, object]:
    digest = hashlib.sha256(data).hexdigest()
    return {
        "sha256": digest,
        "bytes": len(data),
        "seconds": 61.248,
        "rms_dbfs": -13.5,
        "integrated_lufs": -12.4,
        "text": hashlib.sha256(said.encode()).hexdigest(),
        "sections": [digest],
    }


def _entry(name: str, number: int, title: str) -> dict[str, object]:
    return {
        "id": name,
        "number": number,
        "title": title,
        "published": "2023-04-03T05:00:00+07:00",
        "omnibus": name == OMNIBUS,
        "first_words": f"Điểm thứ {number}. {title}",
        "last_words": "… trên loa.",
        "notes": [],
    }
