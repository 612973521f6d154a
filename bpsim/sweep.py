"""A sweep: the same training with other η, start weights, activations, batch sizes and optimizers."""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from typing import NamedTuple

import numpy as np

from bpsim.activations import ACTIVATIONS
from bpsim.arrays import Array
from bpsim.curve import Curve, EpochMeans
from bpsim.errors import DivergenceError
from bpsim.fitting import require_fitting
from bpsim.kept_run import MOST_KEPT, KeptRun, Outcome, Traits, outcome, traits
from bpsim.loops import Loop, MakeLoop, PhaseLoop
from bpsim.moment import Moment
from bpsim.network import Network
from bpsim.project import Project
from bpsim.recording import State
from bpsim.splitting import split

LABELS = {
    "learning_rate": "η",
    "activation": "hidden activation",
    "batch_size": "batch size",
    "optimizer": "optimizer",
    "weight_seed": "seed of the start weights",
}
"""What can be varied, in the order in which a table shows it."""
SLICE_SECONDS = 0.01
"""How long a run trains before it tells how far it is."""

_COMPILED_COST = (1e-7, 1e-9)  # seconds for an instance, and for each parameter
_COST = (2e-4, 1e-9)
_FIRST_CHUNK = 64  # instances

Value = float | int | str


class Configuration(NamedTuple):
    """One run of a sweep: what is varied, and the project that it trains."""

    values: dict[str, Value]
    project: Project

    @property
    def group(self) -> tuple[Value, ...]:
        """What it has in common with the runs that differ only in their start weights."""
        return tuple(value for name, value in self.values.items() if name != "weight_seed")


@dataclass(frozen=True)
class Sweep:
    """All combinations of the values that are varied.

    Parameters
    ----------
    project : Project
        What every run begins from, but for what is varied.
    varied : mapping of str to sequence
        Values by name, names as in `LABELS`. An activation is that of all hidden layers, where there is none
        that of the outputs; seeds draw the start weights anew, without them all runs begin with those of the
        project.
    epochs : int
        How many epochs each run trains.

    Raises
    ------
    MisfitError
        If network and data do not fit each other.
    """

    project: Project
    varied: Mapping[str, Sequence[Value]] = field(default_factory=dict)
    epochs: int = 100

    def __post_init__(self) -> None:
        require_fitting(self.project.network, self.project.dataset)

    @property
    def size(self) -> int:
        """How many runs it has."""
        return int(np.prod([len(values) for values in self.varied.values()], dtype=np.int64))

    @property
    def instances(self) -> int:
        """How many instances are trained in all."""
        trained = split(self.project.settings, len(self.project.dataset)).train
        return self.size * self.epochs * len(trained)

    def seconds(self, workers: int, compiled: bool) -> float:
        """Return about how long it takes: from what one instance and each of its parameters cost."""
        one, each = _COMPILED_COST if compiled else _COST
        return self.instances * (one + each * self.project.network.n_parameters) / max(1, workers)

    def configurations(self) -> list[Configuration]:
        """Return every run; those that differ only in their start weights follow each other.

        Raises
        ------
        SettingsError, NetworkError
            If a value cannot be taken.
        """
        names = [name for name in LABELS if name in self.varied]
        combinations = product(*(self.varied[name] for name in names))
        return [self._configured(dict(zip(names, values, strict=True))) for values in combinations]

    def _configured(self, values: dict[str, Value]) -> Configuration:
        project, network = self.project, self.project.network
        changed = {name: value for name, value in values.items() if name != "activation"}
        stopping = replace(project.settings.stopping, epochs=self.epochs)
        settings = project.settings.with_(**changed, stopping=stopping)
        if "activation" in values:
            for layer in varied_layers(network):
                network = network.with_activation(layer, str(values["activation"]))
        if "weight_seed" in values:
            network = network.initialized(
                settings.initializer, settings.weight_seed, settings.initializer_scale
            )
        begun = replace(
            project, network=network, settings=settings, changes=(), cursor=(0, 0), recorded=0,
            compiled_from=None,
        )  # fmt: skip
        return Configuration(values, begun)


def varied_layers(network: Network) -> range:
    """Return the layers whose activation is varied: the hidden ones, the outputs where there are none."""
    last = len(network.sizes) - 1
    return range(1, max(last, 2))


def label_of(name: str, network: Network) -> str:
    """Return what is varied in words; the activation of a network without hidden layers is the outputs'."""
    return "output activation" if name == "activation" and len(network.sizes) == 2 else LABELS[name]


def as_now(project: Project, moment: Moment) -> Project:
    """Return a project that begins with the same weights, but with the functions and settings of now."""
    network = replace(
        project.network,
        masks=moment.network.masks,
        activations=moment.network.activations,
        loss=moment.network.loss,
    )
    return Project(network, project.dataset, moment.settings, title=project.title, notes=project.notes)


def run_configuration(
    configuration: Configuration, epochs: int, make: MakeLoop = PhaseLoop
) -> Iterator[float | KeptRun]:
    """Train a configuration: yield how far it is, from 0 to 1, about every 10 ms, and the run at last.

    A run that diverges ends there and says so.

    Parameters
    ----------
    make : callable
        Makes the loop that trains.
    """
    project = configuration.project
    parts = split(project.settings, len(project.dataset))
    loop = make(project.network, project.dataset, project.settings, parts)
    loop.load(0, State.start(project.network, project.settings), project.order)
    curve = _Curves(len(parts.train))
    total, diverged = epochs * len(parts.train), ""
    try:
        for done in _advance(loop, total, curve):
            yield done / total
    except DivergenceError as error:
        diverged = str(error)
    reached = Outcome() if diverged else outcome(loop.state().network, project.dataset, parts)
    size, spacing = len(parts.train), curve.errors.spacing
    yield KeptRun(
        ", ".join(_named(configuration)), project, curve.errors.count, curve.errors.first(epochs),
        curve.test_errors.first(epochs), spacing, -(-size // min(project.settings.batch_size, size)),
        reached, diverged,
    )  # fmt: skip


def _advance(loop: Loop, total: int, curve: "_Curves") -> Iterator[int]:
    """Train `total` instances in portions of about `SLICE_SECONDS`; yield how many are done."""
    done, portion = 0, _FIRST_CHUNK
    while done < total:
        began = time.perf_counter()
        chunk = loop.advance(min(portion, total - done))
        curve.add(chunk.errors, chunk.test_errors)
        done += chunk.done
        slower = time.perf_counter() - began > SLICE_SECONDS
        portion = max(1, portion // 2 if slower else portion * 2)
        yield done


class _Curves:
    """The mean error of each complete epoch, and the errors of the test instances."""

    def __init__(self, epoch_size: int) -> None:
        self._means = EpochMeans(epoch_size)
        self.errors, self.test_errors = Curve(MOST_KEPT), Curve(MOST_KEPT)

    def add(self, errors: Array, test_errors: Array) -> None:
        """Add the errors of the next instances, and of the test instances after the epochs that end there."""
        self.errors.append(self._means.add(errors))
        self.test_errors.append(test_errors)


def _named(configuration: Configuration) -> Iterator[str]:
    """Yield what is varied, in words."""
    words = Traits(*traits(configuration.project).worded)
    by_name = {
        "learning_rate": words.learning_rate,
        "batch_size": words.batch,
        "optimizer": words.optimizer,
        "weight_seed": words.seed,
    }
    for name, value in configuration.values.items():
        yield ACTIVATIONS[str(value)].label if name == "activation" else by_name[name]


class Row(NamedTuple):
    """The runs of a sweep that differ only in their start weights, and E at their ends.

    `mean`, `smallest` and `largest` are E over the training instances, of the runs that did not diverge; None
    if all did. `test` is the mean of E over the test instances, `accuracy` that of the share of right classes
    (of the test instances where there are some).
    """

    values: tuple[Value, ...]
    runs: tuple[KeptRun, ...]
    mean: float | None
    smallest: float | None
    largest: float | None
    test: float | None
    accuracy: float | None
    diverged: int

    @property
    def best(self) -> KeptRun:
        """The run with the smallest E."""
        return min(self.runs, key=lambda run: np.inf if run.outcome.error is None else run.outcome.error)


def summary(finished: Sequence[tuple[Configuration, KeptRun]]) -> list[Row]:
    """Return the runs of a sweep in groups that differ only in their start weights, in the given order."""
    groups: dict[tuple[Value, ...], list[KeptRun]] = {}
    for configuration, run in finished:
        groups.setdefault(configuration.group, []).append(run)
    return [_row(values, tuple(runs)) for values, runs in groups.items()]


def _row(values: tuple[Value, ...], runs: tuple[KeptRun, ...]) -> Row:
    outcomes = [run.outcome for run in runs]
    errors = [one.error for one in outcomes if one.error is not None]
    right = [one.accuracy if one.test_accuracy is None else one.test_accuracy for one in outcomes]
    return Row(
        values, runs, _mean(errors), min(errors, default=None), max(errors, default=None),
        _mean([one.test_error for one in outcomes]), _mean(right), sum(bool(run.diverged) for run in runs),
    )  # fmt: skip


def _mean(numbers: Sequence[float | None]) -> float | None:
    known = [number for number in numbers if number is not None]
    return float(np.mean(known)) if known else None


def median_curve(runs: Sequence[KeptRun]) -> tuple[Array, Array]:
    """Return epochs and the median over some runs of the error of each, as long as at least half go on."""
    spacing = max(run.spacing for run in runs)
    curves = [run.epoch_errors[:: spacing // run.spacing] for run in runs]
    length = sorted(len(curve) for curve in curves)[len(curves) // 2]
    table = np.full((len(curves), length), np.inf)  # a run that is over diverged: it counts as too large
    for row, curve in zip(table, curves, strict=True):
        row[: len(curve)] = curve[:length]
    medians: Array = np.median(table, axis=0)
    finite = np.isfinite(medians)
    epochs: Array = np.arange(length, dtype=np.float64) * spacing + 1
    return epochs[finite], medians[finite]


def spread(low: float, high: float, count: int, logarithmic: bool) -> list[float]:
    """Return `count` numbers of 3 digits from `low` to `high`, evenly spread or by equal factors."""
    numbers = np.geomspace(low, high, count) if logarithmic else np.linspace(low, high, count)
    return list(dict.fromkeys(float(f"{number:.3g}") for number in numbers))
