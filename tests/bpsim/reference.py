"""Networks, data and an independent forward pass that the tests of the engine measure against."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import autograd.numpy as anp
import numpy as np

from bpsim.activations import ACTIVATIONS
from bpsim.arrays import Array
from bpsim.backprop import Trace
from bpsim.datasets import Dataset
from bpsim.losses import LOSSES
from bpsim.network import Network
from bpsim.optimizers import Memory

DIFFERENTIABLE = tuple(name for name in ACTIVATIONS if name != "step")
HIDDEN = tuple(name for name in DIFFERENTIABLE if name != "softmax")
PAIRS = tuple((loss, output) for loss in LOSSES for output in LOSSES[loss].outputs if output != "step")
"""Every error function with every output activation that it goes with and that has a derivative."""

PLAIN: dict[str, Callable[[Any], Any]] = {
    "sigmoid": lambda z: 1 / (1 + anp.exp(-z)),
    "tanh": lambda z: anp.tanh(z),
    "relu": lambda z: anp.maximum(z, 0),
    "leaky_relu": lambda z: anp.where(z > 0, z, 0.01 * z),
    "elu": lambda z: anp.where(z > 0, z, anp.exp(anp.minimum(z, 0)) - 1),
    "softplus": lambda z: anp.log(1 + anp.exp(z)),
    "linear": lambda z: z,
    "softmax": lambda z: anp.exp(z) / anp.sum(anp.exp(z)),
}
"""The activation functions as a textbook writes them."""


def plain_error(
    network: Network, weights: Sequence[Any], biases: Sequence[Any], x: Array, y: Array, nudges: Sequence[Any]
) -> Any:
    """Return E of one instance as a textbook writes it, with `nudges[l]` added to z of layer l + 1."""
    a = x
    for w, mask, b, name, nudge in zip(
        weights, network.masks, biases, network.activations, nudges, strict=True
    ):
        a = PLAIN[name](anp.dot(w * mask, a) + b + nudge)
    if network.loss == "mse":
        return anp.sum((y - a) ** 2) / 2
    if network.activations[-1] == "softmax":
        return -anp.sum(y * anp.log(a))
    return -anp.sum(y * anp.log(a) + (1 - y) * anp.log(1 - a))


def random_network(rng: np.random.Generator, loss: str, output: str, missing: float = 0.0) -> Network:
    """Return a network of random depth and sizes, with about a share of its connections missing."""
    sizes = [int(size) for size in rng.integers(1, 6, rng.integers(2, 6))]
    sizes[-1] = max(sizes[-1], 2) if output == "softmax" else sizes[-1]
    hidden = [str(name) for name in rng.choice(HIDDEN, len(sizes) - 2)]
    network = Network.dense(sizes, [*hidden, output], loss, seed=int(rng.integers(1000)))
    for l, mask in enumerate(network.masks):
        for i, j in np.argwhere(rng.random(mask.shape) < missing):
            network = network.with_disconnected(l, i, j)
    return network


def random_instance(rng: np.random.Generator, network: Network) -> tuple[Array, Array]:
    """Return an input, and a target that the network's error function can take."""
    y = rng.uniform(0.1, 0.9, network.sizes[-1])
    if network.loss == "cross_entropy" and network.activations[-1] == "softmax":
        y /= y.sum()
    return rng.normal(size=network.sizes[0]), y


def far_from_kinks(network: Network, trace: Trace, distance: float = 1e-3) -> bool:
    """Tell whether no z of a layer with a kink at 0 is near it."""
    return all(
        np.abs(z).min() > distance
        for name, z in zip(network.activations, trace.pre_activations[1:], strict=True)
        if name in ("relu", "leaky_relu", "elu") and z is not None
    )


def instances_with(
    rng: np.random.Generator, loss: str, output: str, missing: float
) -> Iterator[tuple[Network, Array, Array]]:
    """Yield random networks without end, each with an instance."""
    while True:
        network = random_network(rng, loss, output, missing)
        yield network, *random_instance(rng, network)


def xor() -> Dataset:
    """Return the four instances of XOR."""
    return Dataset([[0, 0], [0, 1], [1, 0], [1, 1]], [[0], [1], [1], [0]])


def bits(value: object) -> object:
    """Return everything that a value of the engine holds, comparable bit for bit."""
    if isinstance(value, np.ndarray):
        return value.shape, value.tobytes()
    if isinstance(value, float):
        return np.float64(value).tobytes()
    if isinstance(value, tuple | list):
        return tuple(bits(part) for part in value)
    if isinstance(value, Network):
        return bits((value.weights, value.biases, value.masks, value.activations, value.loss))
    if isinstance(value, Memory):
        return bits((value.optimizer, value.count, value.first, value.second))
    if isinstance(value, Trace):
        return tuple((name, bits(part)) for name, part in vars(value).items() if name != "batch")
    return value
