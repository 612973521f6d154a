"""The compiled training loop for the rest of the engine: states go in, and states come out."""

from pathlib import Path

import numpy as np

from bpsim.backprop import Batch, backpropagate
from bpsim.datasets import Dataset
from bpsim.errors import DivergenceError
from bpsim.kernel_values import Floats, Indices, join, numbers_for, parted, task_of
from bpsim.loops import Chunk
from bpsim.network import Network
from bpsim.optimizers import OPTIMIZERS, Memory, started
from bpsim.orders import epoch_order
from bpsim.recording import State
from bpsim.settings import Settings
from bpsim.splitting import Split


def warm_up() -> None:
    """Import numba and compile the loop, or load what was compiled before on this machine.

    Raises
    ------
    ImportError
        If numba is missing or does not work here.
    """
    network = Network.dense([1, 1])
    loop = CompiledLoop(network, Dataset([[0.0]], [[0.0]]), Settings(), Split((0,), ()))
    loop.load(0, State(network))
    loop.advance(1)


def is_missing_in_cache() -> bool:
    """Tell whether `warm_up` would have to compile and could keep the result for the next time.

    Raises
    ------
    ImportError
        If numba is missing or does not work here.
    """
    from bpsim import kernels

    cache = getattr(kernels.train, "_cache", None)
    folder = getattr(cache, "cache_path", None)
    if folder is None:
        return False
    made = [file.stat().st_mtime for file in Path(folder).glob("kernels.*.nbi")]
    return max(made, default=0.0) < Path(kernels.__file__).stat().st_mtime


class CompiledLoop:
    """A `bpsim.loops.Loop` that trains with compiled code (`bpsim.kernels`).

    Its numbers agree with those of `backpropagate` but for rounding: sums are added up in another order. It
    does the same again bit for bit, however the training is cut into chunks.

    Parameters
    ----------
    network : Network
        Sizes, masks, functions; the parameters are those of the state that is loaded.
    dataset : Dataset
    settings : Settings
    split : Split
        Which rows of the data set are trained, and which are for testing.

    Raises
    ------
    ImportError
        If numba is missing or does not work here.
    """

    def __init__(self, network: Network, dataset: Dataset, settings: Settings, split: Split) -> None:
        from bpsim.kernels import train

        self._train = train
        self._network, self._dataset, self._settings, self._split = network, dataset, settings, split
        self._task = task_of(network, dataset, settings, split)
        self._numbers = numbers_for(network, dataset, split)
        self.load(0, State.start(network, settings))

    # -- the loop ------------------------------------------------------------------------------------------

    def load(self, time: int, state: State, order: tuple[int, ...] | None = None) -> None:
        """Begin at a state after `time` instances; `order` is that of its epoch where it has its own."""
        numbers, rows = self._numbers, self._split.train
        epoch, place = divmod(time, len(rows))
        memory = started(state.memory, self._settings.optimizer, state.network.weights, state.network.biases)
        numbers.theta[:] = join(state.network.weights, state.network.biases)
        for flat, pairs in ((numbers.first, memory.first), (numbers.second, memory.second)):
            flat[:] = join(*zip(*pairs, strict=True)) if pairs else 0.0
        numbers.sums[:] = join(state.batch.weight_steps, state.batch.bias_steps) if state.batch else 0.0
        numbers.order[:] = order or epoch_order(self._settings, epoch, rows)
        numbers.cursor[:] = epoch, place, state.batch.count if state.batch else 0, memory.count

    def state(self) -> State:
        """Return the state that was reached."""
        numbers, network = self._numbers, self._network
        count, updates = int(numbers.cursor[2]), int(numbers.cursor[3])
        batch = Batch(count, *parted(numbers.sums, network)) if count else None
        name = self._settings.optimizer
        kept = {
            slot: tuple(zip(*parted(getattr(numbers, slot), network), strict=True))
            for slot in OPTIMIZERS[name].slots
        }
        return State(
            network.with_parameters(*parted(numbers.theta, network)), batch, Memory(name, updates, **kept)
        )

    def advance(self, count: int) -> Chunk:
        """Train `count` instances; fewer where the next one cannot be computed.

        Raises
        ------
        DivergenceError
            If not even one can be computed; the state is the one before it.
        """
        before = self._copy()
        chunk = self._attempt(count)
        if chunk is None:
            self._restore(before)
            chunk = self._longest(count)
        if count and not chunk.done:
            raise self._divergence()
        return chunk

    # -- inside --------------------------------------------------------------------------------------------

    def _attempt(self, count: int) -> Chunk | None:
        """Train `count` instances; return None if a number was not finite."""
        numbers = self._numbers
        size = len(self._split.train)
        ends = (int(numbers.cursor[1]) + count) // size if self._split.test else 0
        chunk = Chunk(count, np.empty(count), np.empty(ends))
        probe = self._train(self._task, numbers, chunk.errors, chunk.test_errors)
        kept = (numbers.theta, numbers.sums, numbers.first, numbers.second)
        return chunk if probe == 0.0 and all(np.isfinite(values).all() for values in kept) else None

    def _longest(self, count: int) -> Chunk:
        """Train as many of `count` instances as can be computed, which are not all of them.

        What is not finite stays so, so it can be looked for by halves.
        """
        chunks = [Chunk(0, np.empty(0), np.empty(0))]
        while count > 1:
            half = count // 2
            before = self._copy()
            chunk = self._attempt(half)
            if chunk is None:
                self._restore(before)
                count = half
            else:
                chunks.append(chunk)
                count -= half
        done, errors, tests = zip(*chunks, strict=True)
        return Chunk(sum(done), np.concatenate(errors), np.concatenate(tests))

    def _divergence(self) -> DivergenceError:
        """Return the error that names the number of the next instance that cannot be computed."""
        epoch, place = int(self._numbers.cursor[0]), int(self._numbers.cursor[1])
        row = int(self._numbers.order[place])
        state, settings = self.state(), self._settings.at_epoch(epoch)
        try:
            backpropagate(
                state.network, self._dataset.inputs[row], self._dataset.targets[row], settings,
                batch=state.batch, memory=state.memory,
                closes_batch=settings.closes_batch(place + 1, len(self._split.train)),
            )  # fmt: skip
        except DivergenceError as error:
            return DivergenceError(error.quantity, epoch, row)
        return DivergenceError("E", epoch, row)  # by rounding the two differ at the very end of the range

    def _copy(self) -> list[Floats | Indices]:
        return [array.copy() for array in self._numbers.left_to_next()]

    def _restore(self, copies: list[Floats | Indices]) -> None:
        for array, copy in zip(self._numbers.left_to_next(), copies, strict=True):
            array[:] = copy
