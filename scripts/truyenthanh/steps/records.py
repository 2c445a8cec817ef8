"""The figures of results, turned into records of the domain."""

from collections.abc import Mapping, Sequence

from ..model import AudioFile, Episode, PublishedEpisode
from ..recipe import StepResult
from ..script.timeline import SectionLayout, chapter_marks, timed_sentences


def section_layouts(sections: Sequence[StepResult]) -> list[SectionLayout]:
    """Return the layouts of sections, from the results of their steps."""
    return [
        SectionLayout(made.figures["samples"], tuple((start, end) for start, end in made.figures["spans"]))
        for made in sections
    ]


def audio_file(master: str, path: str, made: StepResult) -> AudioFile:
    """Return the record of an audio file that was made."""
    return AudioFile(
        master=master,
        path=path,
        sha256=made.blobs["file"],
        bytes=made.sizes["file"],
        seconds=made.figures["seconds"],
        integrated_lufs=made.figures["integrated_lufs"],
        true_peak_dbtp=made.figures["true_peak_dbtp"],
        rms_dbfs=made.figures["rms_dbfs"],
        verdict=made.figures["qc"]["verdict"],
    )


def audio_files(paths: Mapping[str, str], made: Mapping[str, StepResult]) -> dict[str, AudioFile]:
    """Return the records of an episode's audio files, by master."""
    return {master: audio_file(master, path, made[master]) for master, path in paths.items()}


def published_episode(
    episode: Episode, sections: Sequence[StepResult], files: dict[str, AudioFile]
) -> PublishedEpisode:
    """Return an episode with its files, and its chapters and sentences timed to them."""
    layouts = section_layouts(sections)
    return PublishedEpisode(
        episode, files, chapter_marks(episode, layouts), timed_sentences(episode, layouts)
    )
