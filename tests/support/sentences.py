"""The sentences of a project as they will be spoken."""

from pathlib import Path

from truyenthanh.content.project import read_project
from truyenthanh.model import Episode, Utterance
from truyenthanh.script.episodes import write_episodes


def sentences(root: Path, station: str = "xa-mot") -> list[Utterance]:
    """Return the sentences of a station's last episode, the one that holds all the others."""
    project = read_project(root)
    episodes: tuple[Episode, ...] = write_episodes(project, project.stations[station])
    sections = episodes[-1].sections
    return [item for section in sections for item in section.items if isinstance(item, Utterance)]
