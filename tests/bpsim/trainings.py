"""Random trainings, by the loop of the phase functions and by the compiled one."""

from itertools import product

import numpy as np

from bpsim.arrays import Array
from bpsim.compiled import CompiledLoop
from bpsim.datasets import Dataset
from bpsim.loops import Chunk, Loop, PhaseLoop
from bpsim.losses import LOSSES
from bpsim.network import Network
from bpsim.optimizers import OPTIMIZERS
from bpsim.recording import State
from bpsim.settings import Settings
from bpsim.splitting import Split, split
from tests.bpsim.reference import random_network

ROWS = 7
BATCHES = (1, 3, ROWS)
"""Every instance an update; a last batch that is smaller; all instances together."""
TABLE = tuple(
    product([(loss, output) for loss in LOSSES for output in LOSSES[loss].outputs], OPTIMIZERS, BATCHES)
)
"""Every error function with every output activation, optimizer and size of a batch."""

Training = tuple[Network, Dataset, Settings, Split]


def training(
    rng: np.random.Generator, loss: str, output: str, optimizer: str, batch_size: int, **settings: object
) -> Training:
    """Return a training of a random network, about every other one with each thing that a training can have.

    η is so small that a difference by rounding is not made larger by the training itself: a network that
    learns in leaps doubles it every few updates, whichever way it is computed. So does one that RMSProp moves
    to and fro over a minimum, by steps as large as η.
    """
    some = iter(rng.random(8) < 0.5)
    if output == "step":
        network = Network.dense([3, 2], "step", seed=int(rng.integers(1000)))
    else:
        network = random_network(rng, loss, output, missing=0.3 * next(some))
    targets = rng.uniform(0.1, 0.9, (ROWS + 2, network.sizes[-1]))
    if output == "softmax":
        targets /= targets.sum(axis=1, keepdims=True)
    data = Dataset(rng.normal(size=(len(targets), network.sizes[0])), targets)
    made = Settings(
        learning_rate=1e-4 if optimizer in ("rmsprop", "adam") else 0.002,
        batch_size=batch_size, optimizer=optimizer, momentum=0.7,
        update_biases=not next(some), l1=1e-3 * next(some), l2=1e-2 * next(some), shuffle=bool(next(some)),
        schedule=str(rng.choice(["constant", "step", "inverse"])), schedule_epochs=30, seed=3,
    )  # fmt: skip
    made = made.with_(test_share=2 / len(targets), **settings)
    return network, data, made, split(made, len(data))


def loops(made: Training) -> tuple[CompiledLoop, PhaseLoop]:
    """Return both loops at the start."""
    pair = CompiledLoop(*made), PhaseLoop(*made)
    for loop in pair:
        loop.load(0, State.start(made[0], made[2]))
    return pair


def advanced(loop: Loop, *counts: int) -> Chunk:
    """Train by chunks of these sizes; return them as one."""
    chunks = [loop.advance(count) for count in counts]
    return Chunk(
        *(
            sum(parts) if isinstance(parts[0], int) else np.concatenate(parts)
            for parts in zip(*chunks, strict=True)
        )
    )


def arrays(state: State) -> list[Array]:
    """Return every array that a state holds."""
    found = [*state.network.weights, *state.network.biases]
    if state.batch is not None:
        found += [*state.batch.weight_steps, *state.batch.bias_steps]
    return found + [
        array for slot in (state.memory.first, state.memory.second) for pair in slot for array in pair
    ]


def counts(state: State) -> tuple[int, str, int]:
    """Return what else a state holds."""
    return state.batch.count if state.batch else 0, state.memory.optimizer, state.memory.count


def difference(left: list[Array], right: list[Array]) -> float:
    """Return the largest difference of two numbers, relative to the largest number of their array."""
    assert [array.shape for array in left] == [array.shape for array in right]
    tiny = np.finfo(float).tiny
    return max(
        float(np.abs(a - b).max() / max(np.abs(b).max(), tiny))
        for a, b in zip(left, right, strict=True)
        if a.size
    )


def assert_agree(made: Training, count: int) -> None:
    """Train by both loops and compare everything that they tell."""
    compiled, phases = loops(made)
    one, other = compiled.advance(count), phases.advance(count)
    assert one.done == other.done == count
    assert counts(compiled.state()) == counts(phases.state())
    assert difference(arrays(compiled.state()), arrays(phases.state())) < 1e-12
    assert difference([one.errors, one.test_errors], [other.errors, other.test_errors]) < 1e-12
