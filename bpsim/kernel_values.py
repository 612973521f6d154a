"""What the compiled loop is handed: names turned into numbers, arrays laid end to end.

All numbers of a training stand in flat arrays. The parameters of a layer pair are its weights, row by row,
and then its biases; the activations are those of all instances of the data set, and then those of the nodes
after the input layer. Indices are unsigned: a signed one could count from the end, and asking costs half of
the speed.
"""

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from bpsim.activations import LEAK
from bpsim.arrays import Array, frozen
from bpsim.backprop import Layers
from bpsim.datasets import Dataset
from bpsim.network import Network
from bpsim.optimizers import BETA_1, BETA_2, EPSILON, RHO
from bpsim.settings import Settings
from bpsim.splitting import Split

Floats = NDArray[np.float64]
Indices = NDArray[np.uint64]
T = TypeVar("T", np.float64, np.bool_)

SIGMOID, TANH, PIECEWISE, ELU, SOFTPLUS, SOFTMAX, STEP = range(7)
ACTIVATION_CODES = {
    "sigmoid": (SIGMOID, 0.0),
    "tanh": (TANH, 0.0),
    "relu": (PIECEWISE, 0.0),
    "leaky_relu": (PIECEWISE, LEAK),
    "elu": (ELU, 0.0),
    "softplus": (SOFTPLUS, 0.0),
    "linear": (PIECEWISE, 1.0),
    "softmax": (SOFTMAX, 0.0),
    "step": (STEP, 0.0),
}
"""Which loop computes an activation function, and its slope for z ≤ 0 where it has one."""

SQUARED, SQUARED_SOFTMAX, ENTROPY_SIGMOID, ENTROPY_SOFTMAX = range(4)
LOSS_CODES = {"mse": (SQUARED, SQUARED_SOFTMAX), "cross_entropy": (ENTROPY_SIGMOID, ENTROPY_SOFTMAX)}
"""Which lines compute an error function, for elementwise outputs and for softmax."""

ADDED, VELOCITY, SQUARES = range(3)
CONSTANT, HALVED, INVERSE = range(3)
SCHEDULE_CODES = {"constant": CONSTANT, "step": HALVED, "inverse": INVERSE}


class Mover(NamedTuple):
    """An optimizer in numbers.

    ADDED and VELOCITY: v ← μ v + h, step = p v + q h. SQUARES: m ← β₁ m + (1 − β₁) d, s ← β₂ s + (1 − β₂) d²,
    step = η (m / (1 − β₁ᵏ)) / (√(s / (1 − β₂ᵏ)) + ε); without `corrects` m and s are not divided.
    """

    kind: int
    mu: float = 0.0
    p: float = 0.0
    q: float = 0.0
    beta_1: float = 0.0
    beta_2: float = 0.0
    epsilon: float = EPSILON
    corrects: bool = False


def mover(optimizer: str, momentum: float) -> Mover:
    """Return an optimizer of `bpsim.optimizers.OPTIMIZERS` in numbers."""
    movers = {
        "gradient_descent": Mover(ADDED, 0.0, 0.0, 1.0),
        "momentum": Mover(VELOCITY, momentum, 1.0, 0.0),
        "nesterov": Mover(VELOCITY, momentum, momentum, 1.0),
        "rmsprop": Mover(SQUARES, beta_2=RHO),  # with β₁ = 0 m is d
        "adam": Mover(SQUARES, beta_1=BETA_1, beta_2=BETA_2, corrects=True),
    }
    return movers[optimizer]


class Task(NamedTuple):
    """What a training is: the same from chunk to chunk.

    Parameters
    ----------
    sizes : (L,)
        Nodes of every layer.
    kinds, slopes : (L,)
        `ACTIVATION_CODES` of every layer, without meaning for the input layer.
    loss : int
        One of `LOSS_CODES`.
    missing : (M,)
        Places of missing connections among the parameters.
    targets : (N K,)
        y of every instance of the data set.
    base : int
        N F, the place of the first activation after those of the input layer.
    train_rows, test_rows
        Rows of the data set.
    mover : Mover
    rate, schedule, schedule_epochs
        η₀, one of `SCHEDULE_CODES`, k.
    l1, l2 : float
    batch_size : int
    shuffle, seed
    free : float
        1 where biases are updated, else 0.
    is_direct : bool
        Whether every instance is an update that adds Δθ as it is.
    """

    sizes: Indices
    kinds: NDArray[np.int64]
    slopes: Floats
    loss: int
    missing: Indices
    targets: Floats
    base: np.uint64
    train_rows: Indices
    test_rows: Indices
    mover: Mover
    rate: float
    schedule: int
    schedule_epochs: float
    l1: float
    l2: float
    batch_size: np.uint64
    shuffle: bool
    seed: np.uint64
    free: float
    is_direct: bool


class Numbers(NamedTuple):
    """What a training changes.

    Parameters
    ----------
    theta, sums, first, second : (P,)
        Parameters; Σ Δθ of the batch in progress; v or m; s.
    a : (N F + nodes,)
        Activations. z, g, delta : (nodes,)
    order : (n_train,)
        The rows of the present epoch in its order.
    cursor : (4,)
        Epoch, place in it, instances in the batch in progress, updates of the optimizer.
    """

    theta: Floats
    sums: Floats
    first: Floats
    second: Floats
    a: Floats
    z: Floats
    g: Floats
    delta: Floats
    order: Indices
    cursor: Indices

    def left_to_next(self) -> tuple[Floats | Indices, ...]:
        """Return the arrays in which one instance leaves something for the next."""
        return self.theta, self.sums, self.first, self.second, self.order, self.cursor


_64_BITS = 2**64 - 1


def task_of(network: Network, dataset: Dataset, settings: Settings, split: Split) -> Task:
    """Return what a training is; of the network only sizes, masks and functions matter."""
    codes = [(0, 0.0), *(ACTIVATION_CODES[name] for name in network.activations)]
    present = join(network.masks, [np.ones(len(b), dtype=np.bool_) for b in network.biases])
    return Task(
        sizes=_indices(network.sizes),
        kinds=np.array([kind for kind, _ in codes], dtype=np.int64),
        slopes=np.array([slope for _, slope in codes], dtype=np.float64),
        loss=LOSS_CODES[network.loss][network.activations[-1] == "softmax"],
        missing=_indices(np.flatnonzero(~present)),
        targets=dataset.targets.flatten(),
        base=np.uint64(dataset.inputs.size),
        train_rows=_indices(split.train),
        test_rows=_indices(split.test),
        mover=mover(settings.optimizer, float(settings.momentum)),
        rate=float(settings.learning_rate),
        schedule=SCHEDULE_CODES[settings.schedule],
        schedule_epochs=float(settings.schedule_epochs),
        l1=float(settings.l1),
        l2=float(settings.l2),
        batch_size=np.uint64(min(settings.batch_size, _64_BITS)),
        shuffle=bool(settings.shuffle),
        seed=np.uint64(settings.seed & _64_BITS),
        free=float(settings.update_biases),
        is_direct=settings.batch_size == 1
        and settings.optimizer == "gradient_descent"
        and not settings.decays,
    )


def numbers_for(network: Network, dataset: Dataset, split: Split) -> Numbers:
    """Return the arrays that a training changes, with 0 in them but for the inputs."""
    parameters, nodes = sum(w.size + len(w) for w in network.weights), sum(network.sizes[1:])
    return Numbers(
        theta=np.zeros(parameters),
        sums=np.zeros(parameters),
        first=np.zeros(parameters),
        second=np.zeros(parameters),
        a=np.concatenate([dataset.inputs.ravel(), np.zeros(nodes)]),
        z=np.zeros(nodes),
        g=np.zeros(nodes),
        delta=np.zeros(nodes),
        order=np.zeros(len(split.train), dtype=np.uint64),
        cursor=np.zeros(4, dtype=np.uint64),
    )


def join(weights: Sequence[NDArray[T]], biases: Sequence[NDArray[T]]) -> NDArray[T]:
    """Return the arrays of all layer pairs laid end to end."""
    return np.concatenate([part.ravel() for pair in zip(weights, biases, strict=True) for part in pair])


def parted(flat: Array, network: Network) -> tuple[Layers, Layers]:
    """Return what was joined as read-only arrays that stand beside the network's weights and biases."""
    weights, biases, start = [], [], 0
    for w in network.weights:
        middle, end = start + w.size, start + w.size + len(w)
        weights.append(frozen(flat[start:middle].reshape(w.shape)))
        biases.append(frozen(flat[middle:end]))
        start = end
    return tuple(weights), tuple(biases)


def _indices(values: Sequence[int] | NDArray[np.intp]) -> Indices:
    return np.array(values, dtype=np.uint64)
