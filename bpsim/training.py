"""Training as a generator of snapshots, one an epoch."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from bpsim.arrays import all_finite
from bpsim.compiling import COMPILER
from bpsim.datasets import Dataset
from bpsim.errors import DivergenceError
from bpsim.evaluation import evaluate
from bpsim.fitting import require_fitting
from bpsim.loops import Loop, PhaseLoop
from bpsim.network import Network
from bpsim.settings import Settings
from bpsim.splitting import split


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The state after an epoch.

    `epoch` counts the complete epochs from 1, `error` is E over the training instances with the weights of
    `network`: the mean of their E_p.
    """

    epoch: int
    error: float
    network: Network


def mean_error(network: Network, dataset: Dataset) -> float:
    """Return E = (1/N) Σ_p E_p over all instances; infinite or NaN where it is too large to compute."""
    return float(evaluate(network, dataset.inputs, dataset.targets).errors.mean())


COMPILED_FROM = 20_000
"""Instances from which on `train` takes the compiled loop: it has to be loaded first, which takes a while."""


def train(
    network: Network, dataset: Dataset, settings: Settings | None = None, epochs: int = 1
) -> Iterator[Snapshot]:
    """Train for a number of epochs, yielding a snapshot after each.

    A short training goes through the phase functions, one of `COMPILED_FROM` instances or more through the
    compiled loop where there is one; they agree but for rounding. The same call does the same again.

    Raises
    ------
    MisfitError
        If network and data do not fit each other.
    DivergenceError
        If a number became too large to compute, with its epoch and instance; the last snapshot is the state
        before that epoch.
    """
    settings = settings or Settings()
    require_fitting(network, dataset)
    rows = split(settings, len(dataset))
    inputs, targets = dataset.inputs[list(rows.train)], dataset.targets[list(rows.train)]
    long = epochs * len(rows.train) >= COMPILED_FROM
    make = (COMPILER.loop(wait=True) if long else None) or PhaseLoop
    loop = make(network, dataset, settings, rows)
    for epoch in range(epochs):
        _train_epoch(loop, len(rows.train))
        trained = loop.state().network
        errors = evaluate(trained, inputs, targets).errors
        if not all_finite(errors):
            raise DivergenceError("E", epoch, rows.train[int(np.flatnonzero(~np.isfinite(errors))[0])])
        yield Snapshot(epoch + 1, float(errors.mean()), trained)


def _train_epoch(loop: Loop, instances: int) -> None:
    while instances > 0:
        instances -= loop.advance(instances).done
