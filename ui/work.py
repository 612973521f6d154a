"""What the learner works on, as one frozen value: the content of an undo step."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Self

from bpsim.datasets import Dataset
from bpsim.errors import DivergenceError, MisfitError
from bpsim.fitting import misfit
from bpsim.moment import Moment, Position, Series
from bpsim.network import Network
from bpsim.project import Project
from bpsim.settings import Settings
from bpsim.simulation import Simulation
from bpsim.splitting import split
from bpsim.steps import plan_for

_MOST_LETTERS, _MOST_LINES = 600, 8  # of notes over the drawing


@dataclass(frozen=True, eq=False)
class Work:
    """A network, its data and settings, and their simulation where network and data fit each other.

    The simulation's cursor moves; everything else about a `Work` stays as it is, so undo keeps the old one.
    `title` and `notes` say what it is about and where its numbers come from.
    """

    network: Network
    dataset: Dataset
    settings: Settings
    simulation: Simulation | None
    title: str = ""
    notes: str = ""

    @classmethod
    def opened(cls, project: Project) -> Self:
        """Return the work on a project, where it was left.

        Raises
        ------
        DivergenceError
            If a number became too large to compute on the way to where it was left.
        """
        fits = misfit(project.network, project.dataset) is None
        simulation = project.simulation() if fits else None
        parts = (project.network, project.dataset, project.settings)
        return cls(*parts, simulation, project.title, project.notes)

    def edited(
        self, network: Network | None = None, dataset: Dataset | None = None, settings: Settings | None = None
    ) -> Self:
        """Return the work with something changed, from the present moment of the training on."""
        if self.simulation is not None:
            try:
                new = self.simulation.edited(network, settings, dataset)
            except MisfitError:
                # The parts are kept as they are drawn, and the moment says what does not fit.
                if network is None and dataset is not None:
                    network = self.simulation.rewound_network
            else:
                return self.holding(_at_same_instance(self.simulation, new))
        return self.restarted(network, dataset, settings)

    def restarted(
        self, network: Network | None = None, dataset: Dataset | None = None, settings: Settings | None = None
    ) -> Self:
        """Return the work with something changed, a new training at its start."""
        now = self.moment
        parts = (network or now.network, dataset or now.dataset, settings or now.settings)
        simulation = Simulation(*parts) if misfit(parts[0], parts[1]) is None else None
        return type(self)(*parts, simulation, self.title, self.notes)

    def holding(self, simulation: Simulation) -> Self:
        """Return the work on a simulation."""
        parts = (simulation.network, simulation.dataset, simulation.settings)
        return type(self)(*parts, simulation, self.title, self.notes)

    @property
    def moment(self) -> Moment:
        """What may be shown now; nothing but the parts themselves where network and data do not fit."""
        if self.simulation is not None:
            return self.simulation.moment
        return Moment(
            self.network, self.dataset, self.settings, Position(0, 0, None, None, None), None,
            plan_for(self.network.sizes, True), 0, (), 0, split(self.settings, len(self.dataset)),
            misfit(self.network, self.dataset),
        )  # fmt: skip

    @property
    def series(self) -> Series | None:
        """The errors so far, None where there is no training."""
        return None if self.simulation is None else self.simulation.series

    @property
    def project(self) -> Project:
        """What a file keeps of the work."""
        if self.simulation is not None:
            return Project.of(self.simulation, self.title, self.notes)
        return Project(self.network, self.dataset, self.settings, title=self.title, notes=self.notes)


def beginning(notes: str) -> str:
    """Return as much of some notes as leaves room for the drawing below them."""
    begin = "\n".join(notes.splitlines()[:_MOST_LINES])
    if len(begin) > _MOST_LETTERS:
        begin = begin[:_MOST_LETTERS].rsplit(maxsplit=1)[0]
    return notes if begin == notes.rstrip() else f"{begin.rstrip()} …"


def _at_same_instance(old: Simulation, new: Simulation) -> Simulation:
    """Return a new training on as many instances, such as one with a changed value, at the present one."""
    as_many = len(new.dataset) == len(old.dataset)
    restarted = as_many and not new.dataset.trains_as(old.dataset)
    if not restarted or new.network.sizes != old.network.sizes:
        return new
    moment = old.moment
    if new.position.instance != moment.position.instance:
        new = new.taking_next(moment.position.instance)
    with suppress(DivergenceError):  # then nothing is shown, and the next step says why
        new.go_to(0, 0 if moment.finished else moment.shown)
    return new
