"""A station's plan while it is drawn up: what it is made from, and the steps named so far."""

from collections.abc import Mapping
from dataclasses import dataclass

from ..content.recordings import RecordingAssignments
from ..engines import Engine
from ..model import Project, Series, Station, Voice
from ..steps.step import Step, Steps


@dataclass(frozen=True, slots=True)
class PlanContext:
    """A plan while it is drawn up."""

    project: Project
    station: Station
    engine: Engine
    voices: Mapping[str, Voice]
    shared: Steps
    named: dict[str, Step]
    recordings: RecordingAssignments

    @property
    def series(self) -> Series:
        """The series that the station broadcasts."""
        return self.project.series[self.station.series]

    def add(self, name: str, step: Step) -> Step:
        """Return the step to use for ``step``, and register it as ``name``."""
        self.named[name] = self.shared.add(step)
        return self.named[name]

    def add_file(self, step: Step) -> Step:
        """Return the step to use for ``step``, registered under the path of the file it gives."""
        return self.add(step.file, step)
