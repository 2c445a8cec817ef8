"""An editor's days at random: edits, approvals, withdrawals, builds, losses; after each build the law holds.

The law: nothing unapproved ever stands in feed, pages, transcripts, audio or the manifest's episodes, and
nothing approved disappears without being withdrawn (or without its files being lost, which is said).

The sound is a stand-in: a "clip" is its words, and an audio file lists all that is said in it, so that the
law can be held over the sound as well, and a build takes milliseconds. All else is the real program. Every
edit brings in a word that was never used before, and that word is looked for in every published byte.
"""

import html
import json
import random
import re
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any, BinaryIO, Final
from zipfile import ZipFile

import pytest
from alone import alone
from building import build
from project import edit, write_project

from truyenthanh.approval.review import approve, withdraw
from truyenthanh.build import BuildListener
from truyenthanh.content.project import read_project
from truyenthanh.explain.outcome import StationBuild
from truyenthanh.model import Episode, Utterance
from truyenthanh.publishing import publication
from truyenthanh.publishing.manifest import read_manifest
from truyenthanh.publishing.places import Places
from truyenthanh.recipe import StepResult
from truyenthanh.script.episodes import write_episodes
from truyenthanh.steps.audio import AudioInputs, AudioSettings
from truyenthanh.steps.clip import ClipSettings
from truyenthanh.steps.kinds import KINDS
from truyenthanh.steps.master import MasterInputs
from truyenthanh.steps.passage import PassageInputs
from truyenthanh.steps.step import AnyKind, MakeContext, Output
from truyenthanh.store.store import read_blob

STATION: Final = "xa-mot"
SILENT: Final = BuildListener(*(lambda *_: None for _ in range(5)))
SERIES_FILE: Final = "content/series/thu/series.yaml"
POINTS: Final = "content/series/thu/points"
STATION_FILE: Final = f"content/stations/{STATION}.yaml"
DAY: Final = date(2023, 4, 1)
SYLLABLES: Final = "ban cam dan gan han lan man nam pham ran san tam van xam".split()
MARKS: Final = ["".join(pair).capitalize() for pair in product(SYLLABLES, SYLLABLES)]

Words = tuple[str, ...]  # all that is shown and said of an episode


class PowerCut(BaseException):
    """The machine stops in the middle of a swap."""


# ---------------------------------------------------------------- a stand-in for sound


def stand_in(patch: pytest.MonkeyPatch) -> None:
    """Let every step that makes sound or pictures give its words instead, in this process."""
    fakes: dict[str, Any] = {
        "sound": _cue,
        "clip": _clip,
        "passage": _passage,
        "master": _master,
        "cover": _cover,
    }
    kinds: list[AnyKind] = [replace(kind, make=fakes.get(kind.name, kind.make)) for kind in KINDS]
    kinds = [replace(kind, write=_audio) if kind.name == "audio" else kind for kind in kinds]
    patch.setattr("truyenthanh.steps.kinds.KINDS", tuple(kinds))
    for place in ("building.workers", "truyenthanh.making.workers.workers"):
        patch.setattr(place, alone)
    patch.setattr("truyenthanh.store.atomic_files.os.fsync", lambda _: None)


def _cue(settings: object, inputs: object, context: MakeContext) -> Output:
    return Output({"pcm": b""})


def _clip(settings: ClipSettings, inputs: object, context: MakeContext) -> Output:
    return Output({"pcm": f"{settings.voice.name}: {' '.join(settings.clauses)}\n".encode()})


def _passage(settings: object, inputs: PassageInputs[StepResult], context: MakeContext) -> Output:
    pieces = [read_blob(context.store, made.blobs["pcm"]) for made in inputs.pieces]
    spans = [[48 * at, 48 * at + 40] for at in range(len(pieces))]
    return Output({"pcm": b"".join(pieces)}, {"samples": 48 * len(pieces), "spans": spans})


def _master(settings: object, inputs: MasterInputs[StepResult], context: MakeContext) -> Output:
    return Output({"audio": read_blob(context.store, inputs.passage.blobs["pcm"])})


def _audio(
    settings: AudioSettings, inputs: AudioInputs[StepResult], context: MakeContext, out: BinaryIO
) -> dict[str, Any]:
    episode = settings.episode.value
    sections = [made.blobs["audio"] for made in inputs.mastered]
    sound = b"".join(read_blob(context.store, one) for one in sections).decode()
    said = {"tags": [episode.title, episode.description], "words": words_of(episode), "sound": sound}
    out.write(json.dumps(said, ensure_ascii=False).encode())
    levels = dict.fromkeys(("seconds", "integrated_lufs", "true_peak_dbtp", "rms_dbfs"), 1.0)
    return {**levels, "qc": {"verdict": "pass"}, "sections": sections}


def _cover(settings: object, inputs: object, context: MakeContext) -> Output:
    return Output({"file": b"large", "small": b"small"})


def words_of(episode: Episode) -> Words:
    """Return all that is shown and said of an episode, whoever decides what an approval covers."""
    said = [item for section in episode.sections for item in section.items if isinstance(item, Utterance)]
    return (
        episode.title,
        episode.description,
        *(chapter.title for chapter in episode.chapters),
        *(f"{one.role}: {one.written} / {one.spoken}" for one in said),
    )


# ---------------------------------------------------------------- the play


@dataclass
class Play:
    """A project, what its editor approved, and what has to be on air."""

    root: Path
    chance: random.Random
    marks: list[str] = field(default_factory=lambda: list(MARKS))
    approved: dict[str, list[Words]] = field(default_factory=dict)  # since the last withdrawal, by episode
    on_air: dict[str, Words] = field(default_factory=dict)  # as of the last publication
    lost: set[str] = field(default_factory=set)  # of which a file was lost since
    told: list[str] = field(default_factory=list)  # what was done, for who has to find out why

    def begin(self) -> None:
        write_project(self.root, xa_hai=None)
        edit(self.root, STATION_FILE, "masters: [podcast, radio, loudspeaker]", "masters: [podcast]")
        edit(self.root, STATION_FILE, "masters:", "approval: yes\nmasters:")
        self._write(f"{POINTS}/02.yaml", lambda text: text.partition("variants")[0])
        self._write(f"{POINTS}/03.yaml", lambda text: text.partition("corrections")[0])

    def run(self, days: int) -> None:
        """Do something at random so many times, and build after some of it."""
        acts: list[tuple[int, Callable[[], None]]] = [
            (6, self.edit_a_sentence),
            (2, self.edit_the_closing),
            (2, self.edit_the_lexicon),
            (1, self.edit_a_title),
            (1, self.swap_two_points),
            (1, self.take_a_point_out_or_back),
            (1, self.undo),
            (1, self.change_a_voice),
            (6, self.approve_some),
            (2, self.withdraw_one),
            (1, self.change_ones_mind),
            (10, self.build),
            (1, self.cut_the_power),
            (1, self.lose_the_store),
            (1, self.clone_afresh),
            (1, self.lose_a_file),
        ]
        for _ in range(days):
            (act,) = self.chance.choices([act for _, act in acts], [weight for weight, _ in acts])
            self.told.append(act.__name__)
            act()
        self.build()

    # ------------------------------------------------ edits

    def edit_a_sentence(self) -> None:
        file = f"{POINTS}/{self.chance.choice(('01', '02', '03'))}.yaml"
        self._write(file, lambda text: re.sub(r"(  - \w+)", rf"\1 {self._mark()}", text, count=1), spare=True)

    def edit_the_closing(self) -> None:
        self._write(STATION_FILE, lambda text: text.replace("Nội dung", f"Nội dung {self._mark()}", 1))

    def edit_the_lexicon(self) -> None:
        """Another reading of a word that stands in one point, with the text as it is."""
        word = self.chance.choice(("loa", "cây", "làng", "đài"))
        self._write(
            "content/lexicon.yaml", lambda _: f"- {{written: {word}, spoken: {word} {self._mark()}}}\n"
        )

    def edit_a_title(self) -> None:
        """What feed and page show and nobody says."""
        self._write(SERIES_FILE, lambda text: text.replace("Cả ba điều", f"Cả ba {self._mark()} điều", 1))

    def swap_two_points(self) -> None:
        def swapped(text: str) -> str:
            names = re.findall(r'"(\d\d)"', re.search(r"points: (.*)", text)[1])  # type: ignore[index]
            self.chance.shuffle(names)
            return re.sub(r"points: .*", f"points: [{', '.join(map(json.dumps, names))}]", text)

        self._write(SERIES_FILE, swapped)

    def take_a_point_out_or_back(self) -> None:
        file, away = self.root / f"{POINTS}/03.yaml", self.root / "03.yaml"
        if away.exists():
            away.rename(file)
            self._write(SERIES_FILE, lambda text: re.sub(r"(points: .*)\]", r'\1, "03"]', text))
        else:
            file.rename(away)
            self._write(SERIES_FILE, lambda text: re.sub(r'"03", |, "03"(?=[\],])', "", text))

    def undo(self) -> None:
        """Take the last word that was put into a point out again: what it says was approved, perhaps."""
        file = f"{POINTS}/01.yaml"
        self._write(file, lambda text: re.sub(rf"(  - \w+) (?:{'|'.join(MARKS)})\b", r"\1", text, count=1))

    def change_a_voice(self) -> None:
        """Nothing that an approval covers."""
        voice = self.chance.choice(("vi+f1", "vi+f2", "vi+m1"))
        self._write(
            STATION_FILE, lambda text: re.sub(r"(announcer: .voice: )vi\S*(?=,)", rf"\1{voice}", text)
        )

    def _mark(self) -> str:
        return self.marks.pop(self.chance.randrange(len(self.marks)))

    def _write(self, file: str, change: Callable[[str], str], *, spare: bool = False) -> None:
        path = self.root / file
        if not path.exists() and spare:
            return  # the point is taken out just now
        old = path.read_text(encoding="utf-8") if path.exists() else ""
        path.write_text(change(old), encoding="utf-8", newline="\n")

    # ------------------------------------------------ decisions

    def approve_some(self) -> None:
        names = [*self._now()]
        self._approve(self.chance.sample(names, self.chance.randint(1, len(names))))

    def withdraw_one(self) -> None:
        if self.approved:
            self._withdraw(self.chance.choice([*self.approved]))

    def _withdraw(self, name: str) -> None:
        withdraw(self.root, STATION, [name])
        del self.approved[name]

    def _approve(self, names: list[str]) -> None:
        now = self._now()
        approve(self.root, STATION, names, "Biên tập viên", DAY)
        for name in names:
            before = self.approved.setdefault(name, [])
            self.approved[name] = [*(one for one in before if one != now[name]), now[name]]

    def change_ones_mind(self) -> None:
        """Withdraw one, approve it in other words and change these too, all before the next build."""
        name = f"thu-{self.chance.choice(('01', '02'))}"
        if name in self.approved:
            self._withdraw(name)
        self.edit_the_closing()
        self._approve([name])
        self.edit_the_closing()

    def _now(self) -> dict[str, Words]:
        project = read_project(self.root)
        return {one.id: words_of(one) for one in write_episodes(project, project.stations[STATION])}

    # ------------------------------------------------ losses

    def lose_the_store(self) -> None:
        shutil.rmtree(self.root / ".cache" / "store", ignore_errors=True)

    def clone_afresh(self) -> None:
        for folder in ("audio", "feed", ".cache"):
            shutil.rmtree(self.root / folder, ignore_errors=True)
        self.on_air.clear()
        self.lost.clear()

    def lose_a_file(self) -> None:
        """A file of an episode on air goes, or gets a byte too many."""
        places = Places(self.root, STATION)
        if self.on_air and not places.staged_manifest.exists():
            name = self.chance.choice([*self.on_air])
            paths = [path for path in read_manifest(places)["files"] if _belongs(path, name)]
            file = self.root / self.chance.choice(sorted(paths))
            if self.chance.random() < 0.5:
                file.unlink(missing_ok=True)
            elif file.exists():
                file.write_bytes(file.read_bytes() + b" ")
            self.lost.add(name)

    def cut_the_power(self) -> None:
        """Stop a build between two renames of its swap, and leave all as it is then."""
        places = Places(self.root, STATION)
        left, was_cut = [self.chance.randrange(1, 30)], True
        due, move = self._due(), publication._move

        def moved(staged: Path, final: Path) -> None:
            left[0] -= staged.exists()
            if left[0] < 0:
                raise PowerCut
            move(staged, final)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(publication, "_move", moved)
            with suppress(PowerCut):
                build(self.root, [], None, 1, SILENT)
                was_cut = False
        if not was_cut or places.staged_manifest.exists():
            self._published(due)

    # ------------------------------------------------ the law

    def build(self) -> None:
        due = self._due()
        (built,) = build(self.root, [], None, 1, SILENT)
        self._published(due)
        self.check(built)

    def _due(self) -> dict[str, Words]:
        """Return what has to be on air after a build: what is approved as it is now, else what was."""
        now, due = self._now(), dict[str, Words]()
        for name, versions in self.approved.items():
            if now.get(name) == versions[-1]:
                due[name] = versions[-1]
            elif name in self.on_air and self.on_air[name] in versions and name not in self.lost:
                due[name] = self.on_air[name]
        return due

    def _published(self, due: dict[str, Words]) -> None:
        self.on_air = due
        self.lost.clear()

    def check(self, built: StationBuild) -> None:
        """Hold the law over what stands: what is on air is what is due, word for word and nowhere more."""
        manifest = json.loads((self.root / f"audio/{STATION}/manifest.json").read_text(encoding="utf-8"))
        titles = {one["id"]: one["title"] for one in manifest["episodes"]}
        assert titles == {name: words[0] for name, words in self.on_air.items()}, self.told
        feed = (self.root / f"feed/{STATION}/feed.xml").read_text(encoding="utf-8")
        heard = re.findall(rf"/audio/{STATION}/podcast/(\S+)-podcast\.mp3\?v=(\w+)\" length=\"(\d+)\"", feed)
        assert {name for name, _, _ in heard} == set(self.on_air), self.told
        for name, version, length in heard:
            sound = self.root / f"audio/{STATION}/podcast/{name}-podcast.mp3"
            entry = manifest["files"][sound.relative_to(self.root).as_posix()]
            said = json.loads(sound.read_text(encoding="utf-8"))
            assert tuple(said["words"]) == self.on_air[name], self.told
            self._all_of_it_is_shown(name, feed)
            assert (entry["sha256"][:8], entry["bytes"]) == (version, int(length)), self.told
        self._nothing_else_is_said(manifest)
        self._every_file_is_what_the_manifest_says(manifest)
        held = {one.episode for one in built.plan.held_back}
        assert held == {*self._now(), *self.approved} - {
            name for name, words in self._now().items() if self.approved.get(name, [()])[-1] == words
        }, self.told

    def _all_of_it_is_shown(self, name: str, feed: str) -> None:
        """Feed, page and transcript have every line of the episode as it is on air."""
        page = (self.root / f"feed/{STATION}/{name}.html").read_text(encoding="utf-8")
        text = (self.root / f"feed/{STATION}/transcripts/{name}.txt").read_text(encoding="utf-8")
        title, description, *lines = self.on_air[name]
        written = [line.partition(": ")[2].partition(" / ")[0] for line in lines if " / " in line]
        assert f"<title>{title}</title>" in feed, self.told
        assert f"{title}</h1>" in page, self.told
        for shown, wanted in ((feed, [description, *written]), (page, written), (text, written)):
            plain = " ".join(re.sub("<[^>]*>", "", html.unescape(shown)).split())
            assert not [line for line in wanted if line not in plain], self.told

    def _nothing_else_is_said(self, manifest: Any) -> None:
        """Look for every word that is in no episode on air in every byte that is public."""
        said = " ".join(word for words in self.on_air.values() for word in words)
        used = [mark for mark in MARKS if mark not in self.marks]
        secret = [mark for mark in used if mark not in said and mark.lower() not in said]
        public = [path for path in (self.root / "feed").rglob("*") if path.suffix not in (".jpg", ".woff2")]
        public += (self.root / f"audio/{STATION}/podcast").rglob("*")
        shown = "".join(path.read_text(encoding="utf-8") for path in public if path.is_file())
        shown += json.dumps(manifest["episodes"], ensure_ascii=False) + self._packed()
        assert not [mark for mark in secret if mark in shown or mark.lower() in shown], self.told
        names = {path.stem for path in (self.root / f"feed/{STATION}/transcripts").glob("*")}
        assert names == set(self.on_air), self.told

    def _packed(self) -> str:
        """Return all that the operators' zip holds: the sound of what is on air, but for the omnibus."""
        packs = list((self.root / f"audio/{STATION}").glob("*.zip"))
        if not packs:
            assert not set(self.on_air) - {"thu-tron-bo"}, self.told
            return ""
        with ZipFile(packs[0]) as pack:
            texts = {name: pack.read(name).decode("utf-8", "ignore") for name in pack.namelist()}
        sounds = [json.loads(text)["words"] for name, text in texts.items() if name.endswith(".mp3")]
        due = [words for name, words in self.on_air.items() if name != "thu-tron-bo"]
        assert sorted(map(tuple, sounds)) == sorted(due), self.told
        return "".join(texts.values())

    def _every_file_is_what_the_manifest_says(self, manifest: Any) -> None:
        stands = {
            path.relative_to(self.root).as_posix(): path.stat().st_size
            for tree in ("audio", "feed")
            for path in (self.root / tree).rglob("*")
            if path.is_file() and path.name not in ("manifest.json", ".history")
        }
        assert stands == {path: entry["bytes"] for path, entry in manifest["files"].items()}, self.told
        drafts = [path for path in stands if "/drafts/" in path and path.endswith(".mp3")]
        assert all(path.endswith("-nhap.mp3") for path in drafts)
        for path in drafts:
            tags = json.loads((self.root / path).read_text(encoding="utf-8"))["tags"]
            assert all(tag.startswith("BẢN NHÁP") for tag in tags), self.told


def _belongs(path: str, episode: str) -> bool:
    name = path.rpartition("/")[2]
    own = (
        f"{episode}-podcast.mp3",
        f"{episode}.json",
        *(f"{episode}.{end}" for end in ("vtt", "txt", "srt")),
    )
    return name in own and "/drafts/" not in path
