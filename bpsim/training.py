"""Training as a generator of snapshots, one an epoch."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from bpsim.arrays import all_finite
from bpsim.backprop import backpropagate
from bpsim.datasets import Dataset
from bpsim.errors import DivergenceError, MisfitError
from bpsim.evaluation import evaluate
from bpsim.fitting import misfit
from bpsim.network import Network
from bpsim.orders import epoch_order
from bpsim.recording import State
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


def train(
    network: Network, dataset: Dataset, settings: Settings | None = None, epochs: int = 1
) -> Iterator[Snapshot]:
    """Train for a number of epochs, yielding a snapshot after each.

    Raises
    ------
    MisfitError
        If network and data do not fit each other.
    DivergenceError
        If a number became too large to compute, with its epoch and instance; the last snapshot is the state
        before that epoch.
    """
    settings = settings or Settings()
    problem = misfit(network, dataset)
    if problem:
        raise MisfitError(problem)
    rows = split(settings, len(dataset)).train
    inputs, targets = dataset.inputs[list(rows)], dataset.targets[list(rows)]
    state = State.start(network, settings)
    for epoch in range(epochs):
        state = _train_epoch(state, dataset, settings.at_epoch(epoch), epoch, rows)
        errors = evaluate(state.network, inputs, targets).errors
        if not all_finite(errors):
            raise DivergenceError("E", epoch, rows[int(np.flatnonzero(~np.isfinite(errors))[0])])
        yield Snapshot(epoch + 1, float(errors.mean()), state.network)


def _train_epoch(
    state: State, dataset: Dataset, settings: Settings, epoch: int, rows: tuple[int, ...]
) -> State:
    for place, row in enumerate(epoch_order(settings, epoch, rows), start=1):
        try:
            trace = backpropagate(
                state.network, dataset.inputs[row], dataset.targets[row], settings, batch=state.batch,
                memory=state.memory, closes_batch=settings.closes_batch(place, len(rows)),
            )  # fmt: skip
        except DivergenceError as error:
            raise DivergenceError(error.quantity, epoch, row) from None
        state = State.after(trace)
    return state
