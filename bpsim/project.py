"""What one file holds: a network, its data, how it is trained, and how far the training has come."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Self

from bpsim.datasets import Dataset
from bpsim.fitting import misfit
from bpsim.history import Change, History
from bpsim.kept_run import KeptRun
from bpsim.network import Network
from bpsim.settings import Settings
from bpsim.simulation import Simulation
from bpsim.splitting import split
from bpsim.steps import plan_for

_LISTED = 20


class Fault(NamedTuple):
    """One thing that is wrong with a project: where, as the path to the field, and what."""

    path: str
    reason: str

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"


class ProjectError(ValueError):
    """A project that cannot be, or a file that cannot be read or written; the message says what to do.

    Parameters
    ----------
    sentence : str
        What is wrong; with faults, what they have in common.
    faults : sequence of Fault
        Every wrong field. The message lists the first 20 and counts the rest.
    advice : str
        What to do, "" where the sentence says it all.
    """

    def __init__(self, sentence: str, faults: Sequence[Fault] = (), advice: str = "") -> None:
        self.sentence = sentence
        self.faults = tuple(faults)
        self.advice = advice
        listed = [str(fault) for fault in self.faults[:_LISTED]]
        more = [f"and {len(self.faults) - _LISTED} more"] if len(self.faults) > _LISTED else []
        super().__init__("\n".join([sentence, *listed, *more, *([advice] if advice else [])]))


@dataclass(frozen=True)
class Project:
    """A training as a value: everything that determines it, and the cursor.

    Network and data need not fit each other, so that a drawing in progress can be kept; then nothing has been
    trained. Two projects are equal if they are so bit for bit.

    Parameters
    ----------
    network : Network
        The start weights.
    dataset : Dataset
    settings : Settings, optional
        Those that the training started with.
    changes : sequence of Change
        What was changed later on, by rising time > 0.
    cursor : (int, int)
        Instances done before the present one, and how many smallest steps of it are shown.
    recorded : int
        How many instances were shown before the learner went back to the cursor; at least those up to there.
    order : sequence of int, optional
        The rows of the data in the order of the first epoch, where it is not the one that the settings give.
    title, notes : str
        What the project is about, and where its numbers come from.
    compiled_from : int, optional
        From how many instances on the compiled loop has trained, see `bpsim.history.History`.
    runs : sequence of KeptRun
        The runs that are kept to be compared, each under a name of its own.

    Raises
    ------
    ProjectError
        If the parts do not go together; every fault is named.
    """

    network: Network
    dataset: Dataset
    settings: Settings = field(default_factory=Settings)
    changes: tuple[Change, ...] = ()
    cursor: tuple[int, int] = (0, 0)
    order: tuple[int, ...] | None = None
    title: str = ""
    notes: str = ""
    compiled_from: int | None = None
    runs: tuple[KeptRun, ...] = ()
    recorded: int = 0

    def __post_init__(self) -> None:
        done, shown = self.cursor
        object.__setattr__(self, "changes", tuple(self.changes))
        object.__setattr__(self, "cursor", (int(done), int(shown)))
        if self.recorded >= 0:
            object.__setattr__(self, "recorded", max(int(self.recorded), self._shown_at_cursor))
        object.__setattr__(self, "order", None if self.order is None else tuple(self.order))
        object.__setattr__(self, "runs", tuple(self.runs))
        faults = tuple(self._faults())
        if faults:
            raise ProjectError("These parts make no project:", faults)

    @classmethod
    def of(cls, simulation: Simulation, title: str = "", notes: str = "") -> Self:
        """Return the project of a training that is under way."""
        start, *later = simulation.changes
        return cls(
            start.network, simulation.dataset, start.settings, tuple(later), simulation.cursor, start.order,
            title, notes, simulation.history.compiled_from, recorded=simulation.seen,
        )  # fmt: skip

    def simulation(self) -> Simulation:
        """Return the training with its cursor where it was; everything up to there is computed again.

        What was recorded after it is computed when one goes there.

        Raises
        ------
        MisfitError
            If network and data do not fit each other.
        DivergenceError
            If a number became too large to compute on the way.
        """
        start = Change(0, self.network, self.settings, self.order)
        rows = split(self.settings, len(self.dataset))
        history = History((start, *self.changes), rows, self.compiled_from)
        return Simulation.restored(self.dataset, history, *self.cursor, self.recorded)

    # -- inside ----------------------------------------------------------------------------------------------

    @property
    def _shown_at_cursor(self) -> int:
        """How many instances have shown their error where the cursor stands."""
        done, shown = self.cursor
        return done + (shown >= plan_for(self.network.sizes, True).ends("phase")[2])

    def _faults(self) -> Iterator[Fault]:
        yield from self._faults_of_order("order", self.order)
        faults = tuple(self._faults_of_changes())
        yield from faults
        if not faults:
            yield from self._faults_of_cursor()
        trained = self.changes or self.order is not None or self.cursor != (0, 0) or self.recorded
        if trained and (problem := misfit(self.network, self.dataset)):
            yield Fault(
                "cursor", f"nothing can have been trained, for network and data do not fit. {problem}"
            )
        yield from self._faults_of_runs()

    def _faults_of_order(self, path: str, order: tuple[int, ...] | None) -> Iterator[Fault]:
        rows = split(self.settings, len(self.dataset)).train
        if order is not None and tuple(sorted(order)) != rows:
            which = f"{len(rows)} training rows" if len(rows) < len(self.dataset) else f"{len(rows)} rows"
            yield Fault(path, f"needs each of the {which} of the data once, counted from 0")

    def _faults_of_changes(self) -> Iterator[Fault]:
        earlier, fitting = 0, {_demands(self.network)}
        divided = split(self.settings, len(self.dataset))
        for number, change in enumerate(self.changes):
            path = f"changes[{number}]"
            if change.time <= earlier:
                yield Fault(f"{path}.time", f"is {change.time}, but has to be later than {earlier}")
            earlier = change.time
            if change.network.sizes != self.network.sizes:
                yield Fault(f"{path}.network", "does not have the layer sizes of the network at the start")
            elif _demands(change.network) not in fitting:
                fitting.add(_demands(change.network))
                if problem := misfit(change.network, self.dataset):
                    yield Fault(f"{path}.network", problem)
            if split(change.settings, len(self.dataset)) != divided:
                yield Fault(f"{path}.settings", "chooses other test instances than those at the start")
            yield from self._faults_of_order(f"{path}.order", change.order)

    def _faults_of_runs(self) -> Iterator[Fault]:
        names: set[str] = set()
        for number, run in enumerate(self.runs):
            path = f"runs[{number}]"
            yield from (Fault(f"{path}.{field}", reason) for field, reason in run.faults)
            if run.name in names:
                yield Fault(f"{path}.name", "is the name of an earlier run")
            names.add(run.name)

    def _faults_of_cursor(self) -> Iterator[Fault]:
        done, shown = self.cursor
        if done < 0 or shown < 0:
            yield Fault("cursor", "counts what is done, from 0 on")
            return
        if self.compiled_from is not None and self.compiled_from < 0:
            yield Fault("compiled_from", "counts what is done, from 0 on")
        if self.recorded < 0:
            yield Fault("recorded", "counts what is done, from 0 on")
        instances = len(split(self.settings, len(self.dataset)).train)
        place = done % instances + 1
        settings = [self.settings, *(change.settings for change in self.changes if change.time <= done)][-1]
        updates = settings.closes_batch(place, instances)
        most = len(plan_for(self.network.sizes, updates).steps)
        if shown > most:
            yield Fault("cursor", f"shows {shown} steps of an instance that has {most}")


def _demands(network: Network) -> tuple[str, str]:
    """Return what decides, beside the sizes, whether data fits."""
    return network.loss, network.activations[-1]
