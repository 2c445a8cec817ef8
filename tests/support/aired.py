"""A small project that is published by its manifest alone: what logs and reports need, without a sound."""

import json
from pathlib import Path

from project import POINTS, SERIES, write_project

STATION = "xa-mot"
TITLES = {"01": "Nghe đài", "02": "Trồng cây", "03": "Giữ sạch"}
SECONDS = {f"{SERIES}-01": 61.44, f"{SERIES}-02": 125.664, f"{SERIES}-03": 90.24}
HEADING = "ngay;gio;dai;tap;tep;so_giay;da_phat;gio_phat;nguoi_phat;ghi_chu"


def published_project(root: Path, *stations: str) -> Path:
    """Write the project and the manifests of its stations; return ``root``."""
    write_project(root)
    for station in stations or (STATION,):
        write_manifest(root, station)
    return root


def write_manifest(root: Path, station: str) -> None:
    files = {
        f"audio/{station}/loudspeaker/{name}-loa.mp3": {"sha256": "0" * 64, "bytes": 1, "seconds": seconds}
        for name, seconds in SECONDS.items()
    }
    episodes = [
        {
            "id": f"{SERIES}-{point}",
            "number": number,
            "title": TITLES[point],
            "published": f"2023-04-{2 + number:02}T05:00:00+07:00",
        }
        for number, point in enumerate(POINTS, 1)
    ]
    path = root / "audio" / station / "manifest.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"station": station, "episodes": episodes, "files": files}), encoding="utf-8")


def sheet(*rows: str) -> bytes:
    """Return a sheet as a pack holds it: with a byte order mark, its lines ended as in Windows."""
    return "\r\n".join([HEADING, *rows, ""]).encode("utf-8-sig")


def log_of(root: Path, station: str = STATION) -> str:
    return (root / "content" / "log" / f"{station}.csv").read_text(encoding="utf-8")
