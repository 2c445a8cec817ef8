"""The zip for operators holds the very sounds that were made, and none that was damaged since."""

import hashlib
import io
import zipfile
from pathlib import Path

import pytest

from truyenthanh.errors import DamagedFileError
from truyenthanh.making.task import make, task_of
from truyenthanh.mixing.profiles import MASTERS
from truyenthanh.recipe import StepResult
from truyenthanh.steps.approved_file import APPROVED_FILE, ApprovedFileSettings
from truyenthanh.steps.pack import PACK, PackedEpisode, PackInputs, PackSettings
from truyenthanh.steps.step import NO_INPUTS, MakeContext, Steps, known_result

SOUND = b"sound of an episode"
PATH = "audio/xa-mot/podcast/thu-01-podcast.mp3"
EPISODE = PackedEpisode("thu-01", 1, "Nghe đài", "Đài phát …", "… trên loa.", "digest of the text")
FIGURES = {"seconds": 1.5, "integrated_lufs": -16.0, "sections": ["one", "two"]}


def packed(root: Path, sound: bytes, *, staged: bool = False) -> bytes:
    """Return the zip that is made where ``sound`` stands in the place of SOUND."""
    staging = root / "audio/xa-mot/.staging"
    place = (staging if staged else staging.parent) / "podcast" / Path(PATH).name
    for folder in (staging, place.parent):
        folder.mkdir(parents=True, exist_ok=True)
    place.write_bytes(sound)
    steps = Steps()
    about = ApprovedFileSettings(FIGURES, hashlib.sha256(SOUND).hexdigest(), len(SOUND))
    audio = steps.add(APPROVED_FILE.step(about, NO_INPUTS, PATH))
    settings = PackSettings("xa-mot", "Đài xã Một", MASTERS["podcast"], (EPISODE,), (PATH,))
    pack = steps.add(PACK.step(settings, PackInputs((audio,)), "audio/xa-mot/xa-mot-podcast.zip"))
    results: dict[object, StepResult | None] = {audio: known_result(audio)}
    context = MakeContext(root / "store", file=staging / "xa-mot-podcast.zip")
    make(task_of(pack, results, context))  # type: ignore[arg-type]
    return (staging / "xa-mot-podcast.zip").read_bytes()


@pytest.mark.parametrize("staged", [False, True], ids=["published", "staged"])
def test_a_pack_holds_the_sounds_wherever_they_stand(tmp_path: Path, *, staged: bool) -> None:
    with zipfile.ZipFile(io.BytesIO(packed(tmp_path, SOUND, staged=staged))) as archive:
        sounds = [archive.read(name) for name in archive.namelist() if name.endswith(".mp3")]
    assert sounds == [SOUND]


def test_a_sound_damaged_since_it_was_published_is_not_packed(tmp_path: Path) -> None:
    with pytest.raises(DamagedFileError) as caught:
        packed(tmp_path, SOUND[:-1] + b"X")
    assert caught.value.facts["file"] == PATH
    assert not (tmp_path / "audio/xa-mot/.staging/xa-mot-podcast.zip").exists()
