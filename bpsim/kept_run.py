"""A run that is kept to be compared: its curve, what it was made with, and how well it did."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple, Self

import numpy as np

from bpsim.activations import ACTIVATIONS
from bpsim.arrays import Array, frozen
from bpsim.datasets import Dataset
from bpsim.evaluation import evaluate
from bpsim.moment import Moment, Series
from bpsim.network import Network
from bpsim.optimizers import OPTIMIZERS
from bpsim.project import Project
from bpsim.scoring import accuracy
from bpsim.splitting import Split, split


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
        What the run begins from; a run of it ends after as many epochs.
    epochs : int
        How many epochs it has trained.
    epoch_errors, test_errors : array
        The mean E_p of each `spacing`-th epoch, and E over the test instances after it, empty without any.
    spacing, updates_per_epoch : int
    outcome : Outcome
        With the weights at the end.
    diverged : str
        Why it could not go on, "" where it could.
    """

    name: str
    project: Project
    epochs: int
    epoch_errors: Array
    test_errors: Array
    spacing: int
    updates_per_epoch: int
    outcome: Outcome
    diverged: str = ""

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


def keep(name: str, project: Project, moment: Moment, series: Series) -> KeptRun:
    """Return the training of a project, up to where it stands, as a run to be compared.

    Parameters
    ----------
    name : str
    project : Project
    moment : Moment
        Where it stands: its network decides the outcome.
    series : Series
        Its errors.
    """
    settings, spacing = moment.settings, series.epoch_spacing
    epochs = moment.instances_done // series.epoch_size + (moment.finished and _ends_epoch(moment, series))
    kept = -(-epochs // spacing)
    stopping = replace(project.settings.stopping, epochs=max(1, epochs))
    begun = replace(project, settings=project.settings.with_(stopping=stopping), cursor=(0, 0))
    parts = split(settings, len(moment.dataset))
    return KeptRun(
        name, begun, epochs, frozen(series.epoch_errors[:kept]), frozen(series.test_errors[:kept]),
        spacing, -(-series.epoch_size // settings.batch_size), outcome(moment.network, moment.dataset, parts),
    )  # fmt: skip


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


def traits(project: Project) -> Traits:
    """Return what runs of a project are told apart by; of what changed on the way, the start."""
    settings, network = project.settings, project.network
    labels = dict.fromkeys(ACTIVATIONS[name].label for name in network.activations)
    order = f", order {settings.seed}" if settings.shuffle else ""
    changed = " …" if project.changes else ""
    return Traits(
        learning_rate=f"{settings.learning_rate:g}{changed}",
        activations=", ".join(labels),
        batch=str(settings.batch_size),
        optimizer=OPTIMIZERS[settings.optimizer].label,
        seed=f"{settings.weight_seed}{order}",
        network="-".join(map(str, network.sizes)),
    )


def suggested_name(project: Project, others: Iterable[KeptRun]) -> str:
    """Return what tells a run of a project from the others: "η = 0.5", "η = 0.5, batch 4", "run 3"."""
    others = list(others)
    own = traits(project)
    differing = [
        text
        for number, (trait, text) in enumerate(zip(own, own.worded, strict=True))
        if number == 0 or any(run.traits[number] != trait for run in others)
    ]
    name, taken = ", ".join(differing), {run.name for run in others}
    numbered = (f"{name} ({number})" for number in range(2, len(taken) + 3))
    return name if name not in taken else next(text for text in numbered if text not in taken)
