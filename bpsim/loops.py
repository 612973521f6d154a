"""Training without a trace of every number: what a loop is, and the one made of the six phase functions."""

from collections.abc import Callable
from typing import NamedTuple, Protocol

import numpy as np

from bpsim.arrays import Array
from bpsim.backprop import backpropagate
from bpsim.datasets import Dataset
from bpsim.errors import DivergenceError
from bpsim.evaluation import evaluate
from bpsim.network import Network
from bpsim.orders import epoch_order
from bpsim.recording import State
from bpsim.settings import Settings
from bpsim.splitting import Split


class Chunk(NamedTuple):
    """What a loop did.

    `errors` are the E_p of the `done` instances before their updates, shape (done,); `test_errors` E over the
    test instances after each epoch that was completed, shape (epochs,), (0,) where there are none.
    """

    done: int
    errors: Array
    test_errors: Array


class Loop(Protocol):
    """Trains instance by instance from a state on."""

    def load(self, time: int, state: State, order: tuple[int, ...] | None = None) -> None:
        """Begin after `time` instances; `order` are the rows of that epoch where it has its own order."""

    def advance(self, count: int) -> Chunk:
        """Train `count` instances; fewer where the next one cannot be computed.

        Raises
        ------
        DivergenceError
            If not even one can be computed; the state is the one before it.
        """

    def state(self) -> State:
        """Return the state that was reached."""


MakeLoop = Callable[[Network, Dataset, Settings, Split], Loop]
"""Makes a loop for networks that differ in their parameters only."""


class PhaseLoop:
    """The loop of the six phase functions, which steps through the same numbers as a simulation."""

    def __init__(self, network: Network, dataset: Dataset, settings: Settings, split: Split) -> None:
        self._network, self._dataset, self._settings, self._split = network, dataset, settings, split
        self.load(0, State.start(network, settings))

    def load(self, time: int, state: State, order: tuple[int, ...] | None = None) -> None:  # noqa: D102
        epoch = time // len(self._split.train)
        self._time, self._state = time, state
        self._order = (epoch, order or epoch_order(self._settings, epoch, self._split.train))

    def state(self) -> State:  # noqa: D102
        return self._state

    def advance(self, count: int) -> Chunk:  # noqa: D102
        errors: list[float] = []
        tests: list[float] = []
        size = len(self._split.train)
        while len(errors) < count:
            try:
                errors.append(self._train_one())
            except DivergenceError:
                if not errors:
                    raise
                break
            if self._time % size == 0 and self._split.test:
                tests.append(test_error(self._state.network, self._dataset, self._split))
        return Chunk(len(errors), np.array(errors), np.array(tests))

    def _train_one(self) -> float:
        epoch, place = divmod(self._time, len(self._split.train))
        if self._order[0] != epoch:
            self._order = (epoch, epoch_order(self._settings, epoch, self._split.train))
        row = self._order[1][place]
        settings, state = self._settings.at_epoch(epoch), self._state
        try:
            trace = backpropagate(
                state.network, self._dataset.inputs[row], self._dataset.targets[row], settings,
                batch=state.batch, memory=state.memory,
                closes_batch=settings.closes_batch(place + 1, len(self._split.train)),
            )  # fmt: skip
        except DivergenceError as error:
            raise DivergenceError(error.quantity, epoch, row) from None
        self._state = State.after(trace)
        self._time += 1
        return trace.error


def test_error(network: Network, dataset: Dataset, split: Split) -> float:
    """Return E over the test instances; infinite or NaN where it is too large to compute."""
    rows = list(split.test)
    return float(evaluate(network, dataset.inputs[rows], dataset.targets[rows]).errors.mean())
