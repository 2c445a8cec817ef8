"""Every published file leads back to the words of the document."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from commands import truyenthanh
from project import edit

from truyenthanh.errors import ContentError
from truyenthanh.explain.why import Lineage, Link, lineage
from truyenthanh.publishing.manifest import read_manifest
from truyenthanh.publishing.places import Places

PODCAST = "audio/xa-mot/podcast/thu-03-podcast.mp3"


def links(link: Link) -> list[Link]:
    return [link, *(below for one in link.behind for below in links(one))]


def of(root: Path, file: str = PODCAST) -> Lineage:
    return lineage(root, None, None, file)


def test_a_sentence_is_found_in_its_document_at_its_line(site: Path) -> None:
    said = {one.words.written: one.words for one in links(of(site).link) if one.words}
    text = (site / "content/sources/tinh.txt").read_text(encoding="utf-8").splitlines()
    rubbish = said["Không vứt rác."]
    assert (rubbish.source, rubbish.role) == ("content/sources/tinh.txt", "digital")
    assert rubbish.line is not None
    assert "Không vứt rác." in text[rubbish.line - 1]
    corrected = said["Đường làng sạch đẹp."]  # the document has it with a typing error
    assert (corrected.source, corrected.line) == ("content/sources/tinh.txt", None)
    assert {one.source for one in said.values() if one.written == "Giọng đọc do máy tạo ra."} == {None}


def test_digests_are_those_of_what_stands(site: Path) -> None:
    found = of(site)
    assert found.published == hashlib.sha256((site / PODCAST).read_bytes()).hexdigest()
    assert found.link.gave == {"file": found.published}
    for one in links(found.link):
        assert one.recipe is not None
        for digest in one.gave.values() if one is not found.link else ():
            blob = site / ".cache/store/blobs" / digest[:2] / digest
            assert hashlib.sha256(blob.read_bytes()).hexdigest() == digest


def test_the_kinds_stand_in_their_order(site: Path) -> None:
    kinds = [one.kind for one in links(of(site).link)]
    assert kinds[:4] == ["audio", "master", "passage", "sound"]
    assert "clip" in kinds


def test_every_published_file_has_its_lineage(site: Path) -> None:
    for file, entry in read_manifest(Places(site, "xa-mot"))["files"].items():
        assert of(site, file).published == entry["sha256"], file


def test_what_was_told_is_not_told_again(site: Path) -> None:
    all_of_it = links(of(site, "feed/xa-mot/feed.xml").link)
    whole = [one.name for one in all_of_it if one.kind == "section" and not one.is_repeated]
    assert sorted(whole) == sorted(set(whole))
    assert any(one.is_repeated and not one.behind for one in all_of_it)


@pytest.mark.parametrize("form", ["{file}", "./{file}", "{root}/{file}", "{name}"])
def test_a_file_may_be_named_as_it_comes_to_hand(site: Path, form: str) -> None:
    named = form.format(file=PODCAST, root=site, name=Path(PODCAST).name)
    assert of(site, named).link.name == PODCAST


@pytest.mark.parametrize("name", ["thu-99-podcast.mp3", "", "../x", "audio/xa-mot", "content/project.yaml"])
def test_another_file_is_no_ones(site: Path, name: str) -> None:
    with pytest.raises(ContentError):
        of(site, name)


def test_the_command_tells_it_in_words_and_as_json(site: Path, tmp_path: Path) -> None:
    root = tmp_path / "xã"
    shutil.copytree(site, root)
    edit(root, "content/series/thu/points/03.yaml", "Không vứt rác.", "Chớ vứt rác.")
    said = truyenthanh(root, "why", PODCAST)
    assert said.returncode == 0
    assert "khác với nội dung hiện tại" in said.stdout
    assert "viết “Chớ vứt rác.” (theo content/sources/tinh.txt" in said.stdout
    assert "sẽ làm ở lần build tới" in said.stdout
    as_json = json.loads(truyenthanh(root, "why", PODCAST, "--json").stdout)
    assert as_json["link"]["recipe"] is None
    assert as_json["link"]["behind"][0]["kind"] == "master"
    wrong = truyenthanh(root, "why", "nothing.mp3")
    assert wrong.returncode == 1
    assert "không có tệp phát hành nào" in wrong.stderr
