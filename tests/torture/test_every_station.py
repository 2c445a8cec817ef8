"""Every file of every model station by ffmpeg's meter and by qc: ``make test`` does a sixth of one."""

from pathlib import Path

import pytest

import test_programme as programme

site = programme.site


@pytest.mark.parametrize("station", programme.STATIONS)
def test_every_file(site: Path, station: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programme, "every_file", True)
    programme.test_every_file_meets_its_master_by_ffmpegs_meter(site, station)
    programme.test_every_file_passes_qc_and_the_manifest_says_so(site, station)
    if station in programme.MEASURED:
        programme.test_the_loudspeaker_files_have_their_power_and_their_band(site)
        programme.test_mp3_and_wav_lie_on_each_other_to_the_sample(site)
        programme.test_every_sentence_starts_where_it_is_heard_to_start(site)
