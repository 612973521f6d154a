"""A run that is kept to be compared: its curve, what it was made with, and how well it did."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np

from bpsim.activations import ACTIVATIONS
from bpsim.arrays import Array, frozen, same_bits
from bpsim.datasets import Dataset
from bpsim.errors import DivergenceError
from bpsim.evaluation import evaluate
from bpsim.fitting import misfit
from bpsim.moment import Moment, Series
from bpsim.network import Network
from bpsim.optimizers import OPTIMIZERS
from bpsim.scoring import accuracy
from bpsim.settings import Settings
from bpsim.simulation import Simulation
from bpsim.splitting import Split, split
from bpsim.stopping import Stopping

if TYPE_CHECKING:
    from bpsim.project import Project  # which holds runs

MOST_KEPT = 2**10
"""How many errors a curve keeps; of a longer one every second, fourth, … is kept."""
_MOST = 2**31


class Outcome(NamedTuple):
    """How well a network does at the end of a run.

    E over the training and over the test instances, and the share of right classes; None where there is no
    such number.
    """

    error: float | None = None
    test_error: float | None = None
    accuracy: float | None = None
    test_accuracy: float | None = None


class Traits(NamedTuple):
    """What runs are told apart by, as texts."""

    learning_rate: str
    activations: str
    batch: str
    optimizer: str
    seed: str
    network: str

    @property
    def worded(self) -> tuple[str, ...]:
        """Each with what it is, where it is a number."""
        words = ("η = {}", "{}", "batch {}", "{}", "seed {}", "{}")
        return tuple(word.format(text) for word, text in zip(words, self, strict=True))


@dataclass(frozen=True, eq=False)
class KeptRun:
    """The curve of a run and what made it.

    Parameters
    ----------
    name : str
    project : Project
        What the run begins from, without runs of its own.
    epochs : int
        How many epochs it has trained.
    epoch_errors, test_errors : array
        The mean E_p of each `spacing`-th epoch, and E over the test instances after it, empty without any.
        NaN where it is too large to compute.
    spacing, updates_per_epoch : int
    outcome : Outcome
        With the weights at the end.
    diverged : str
        Why it could not go on, "" where it could.
    style : int
        The number of its colour and dashes.
    shown : bool
        Whether it is drawn over the present run.
    """

    name: str
    project: "Project"
    epochs: int
    epoch_errors: Array
    test_errors: Array
    spacing: int
    updates_per_epoch: int
    outcome: Outcome
    diverged: str = ""
    style: int = 0
    shown: bool = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "epoch_errors", _curve(self.epoch_errors))
        object.__setattr__(self, "test_errors", _curve(self.test_errors))

    def __eq__(self, other: object) -> bool:
        """Tell whether both are the same run, drawn in the same way, bit for bit."""
        if not isinstance(other, KeptRun):
            return NotImplemented
        return self._but_curves == other._but_curves and same_bits(
            (self.epoch_errors, self.test_errors), (other.epoch_errors, other.test_errors)
        )

    __hash__ = None  # type: ignore[assignment]

    @property
    def _but_curves(self) -> dict[str, object]:
        return {name: value for name, value in vars(self).items() if name not in _APART}

    @cached_property
    def faults(self) -> tuple[tuple[str, str], ...]:
        """What does not go together, as the path to the field and what is wrong there."""
        return tuple(_faults(self))

    @property
    def again(self) -> "Project":
        """What trains the same epochs again: no other criterion ends a run of it, also after a change.

        Where the run diverged none does: it is trained until it diverges again.
        """
        stopping = Stopping(epochs=None if self.diverged else max(1, self.epochs))

        def ending(settings: Settings) -> Settings:
            return settings.with_(stopping=stopping)

        changes = tuple(replace(c, settings=ending(c.settings)) for c in self.project.changes)
        return replace(self.project, settings=ending(self.project.settings), changes=changes)

    @property
    def traits(self) -> Traits:
        """What it was made with."""
        return traits(self.project)

    @property
    def description(self) -> str:
        """All of what it was made with, in one line."""
        return ", ".join(self.traits.worded)

    def renamed(self, name: str) -> Self:
        """Return the run under another name."""
        return replace(self, name=name)


_APART = ("epoch_errors", "test_errors", "faults")


def _curve(errors: Array) -> Array:
    return frozen(np.where(np.isfinite(errors), errors, np.nan))


def _faults(run: KeptRun) -> Iterator[tuple[str, str]]:
    if not run.name.strip():
        yield "name", "is empty"
    for field, least in (("style", 0), ("epochs", 0), ("spacing", 1), ("updates_per_epoch", 1)):
        value = getattr(run, field)
        if not least <= value <= _MOST:
            yield field, f"is {value}, but has to be from {least} to {_MOST}"
    for field in ("accuracy", "test_accuracy"):
        share = getattr(run.outcome, field)
        if share is not None and not 0 <= share <= 1:
            yield f"outcome.{field}", "is no share from 0 to 1"
    yield from _faults_of_project(run)
    kept = -(-run.epochs // max(1, run.spacing))
    tested = split(run.project.settings, len(run.project.dataset)).test
    for field, needed in (("epoch_errors", kept), ("test_errors", kept if tested else 0)):
        count = len(getattr(run, field))
        if count != needed:
            yield field, f"has {count} numbers, but {needed} are needed"


def _faults_of_project(run: KeptRun) -> Iterator[tuple[str, str]]:
    if run.project.runs:
        yield "project.runs", "a kept run holds no runs"
    if run.project.cursor != (0, 0) or run.project.recorded:
        yield "project.cursor", "a kept run begins at the start"
    problem = misfit(run.project.network, run.project.dataset)
    if problem:
        yield "project", f"nothing can have been trained, for network and data do not fit. {problem}"


def keep(name: str, project: "Project", moment: Moment, series: Series, diverged: str = "") -> KeptRun:
    """Return the training of a project, up to where it stands, as a run to be compared.

    Parameters
    ----------
    name : str
    project : Project
    moment : Moment
        Where it stands: its network decides the outcome.
    series : Series
        Its errors.
    diverged : str
        Why it cannot go on, see `divergence`; then there is no outcome.
    """
    epochs = moment.instances_done // series.epoch_size + (moment.finished and _ends_epoch(moment, series))
    kept = -(-epochs // series.epoch_spacing)
    stride = 1
    while kept > stride * MOST_KEPT:
        stride *= 2
    earlier = tuple(change for change in project.changes if change.time <= moment.instances_done)
    parts = split(moment.settings, len(moment.dataset))
    return KeptRun(
        name, replace(project, changes=earlier, cursor=(0, 0), recorded=0, runs=()), epochs,
        series.epoch_errors[:kept:stride], series.test_errors[:kept:stride], series.epoch_spacing * stride,
        -(-series.epoch_size // moment.settings.batch_size),
        Outcome() if diverged else outcome(moment.network, moment.dataset, parts), diverged,
    )  # fmt: skip


def divergence(simulation: Simulation) -> str:
    """Return why a training cannot go on from where it stands, "" where it can."""
    ahead = simulation.branched()
    try:
        ahead.go_to(simulation.trained)
    except DivergenceError as error:
        return str(error)
    return ""


def _ends_epoch(moment: Moment, series: Series) -> bool:
    return (moment.instances_done + 1) % series.epoch_size == 0


def outcome(network: Network, dataset: Dataset, parts: Split) -> Outcome:
    """Return how well a network does on the training and on the test instances."""
    return Outcome(
        _error(network, dataset, parts.train), _error(network, dataset, parts.test),
        accuracy(network, dataset, parts.train), accuracy(network, dataset, parts.test),
    )  # fmt: skip


def _error(network: Network, dataset: Dataset, rows: tuple[int, ...]) -> float | None:
    if not rows:
        return None
    chosen = list(rows)
    error = float(evaluate(network, dataset.inputs[chosen], dataset.targets[chosen]).errors.mean())
    return error if np.isfinite(error) else None


def traits(project: "Project") -> Traits:
    """Return what runs of a project are told apart by; of what changed on the way, the start."""
    settings, network = project.settings, project.network
    labels = dict.fromkeys(ACTIVATIONS[name].label for name in network.activations)
    order = f", order {settings.seed}" if settings.shuffle else ""
    changed = " …" if project.changes else ""
    return Traits(
        learning_rate=f"{_exact(settings.learning_rate)}{changed}",
        activations=", ".join(labels),
        batch=str(settings.batch_size),
        optimizer=OPTIMIZERS[settings.optimizer].label,
        seed=f"{settings.weight_seed}{order}",
        network="-".join(map(str, network.sizes)),
    )


def _exact(value: float) -> str:
    """Return the shortest text that reads back as the same number."""
    short = f"{value:g}"
    return short if float(short) == value else repr(float(value))


def suggested_name(project: "Project", others: Iterable[KeptRun]) -> str:
    """Return what tells a run of a project from the others: "η = 0.5", "η = 0.5, batch 4", "run 3"."""
    others = list(others)
    own = traits(project)
    differing = [
        text
        for number, (trait, text) in enumerate(zip(own, own.worded, strict=True))
        if number == 0 or any(run.traits[number] != trait for run in others)
    ]
    return free_name(", ".join(differing), {run.name for run in others})


def free_name(name: str, taken: Collection[str]) -> str:
    """Return a name, or where it is taken one with a number: "η = 0.5 (2)"."""
    numbered = (f"{name} ({number})" for number in range(2, len(taken) + 3))
    return name if name not in taken else next(text for text in numbered if text not in taken)
