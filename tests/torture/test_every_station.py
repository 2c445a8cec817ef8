"""Every file of every model station by ffmpeg's meter and by qc: ``make test`` does one of them."""

from pathlib import Path

import pytest

import test_programme as programme

site = programme.site


@pytest.mark.parametrize("station", sorted(set(programme.STATIONS) - set(programme.MEASURED)))
def test_the_other_stations(site: Path, station: str) -> None:
    programme.test_every_file_meets_its_master_by_ffmpegs_meter(site, station)
    programme.test_every_file_passes_qc_and_the_manifest_says_so(site, station)
