"""The name of one number of a moment, and looking it up in a trace."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from bpsim.arrays import Array
from bpsim.backprop import Layers, PerLayer, Trace
from bpsim.optimizers import OPTIMIZERS


class Quantity(NamedTuple):
    """One number: its kind, where it stands, and for which instance.

    Layers and nodes count from 0. What belongs to a connection has the `layer` and `node` that it leads to,
    and the `source` in the layer before.

    Parameters
    ----------
    kind : str
        "input", "target", "z", "a", "slope" (g′(z)), "error_part" (E_k), "error" (E), "downhill" (−∂E/∂ŷ),
        "back_sum" (what g′ is multiplied with), "delta", "step" and "bias_step" (Δθ), "mean_step" and
        "mean_bias_step" (their means over the batch), "weight" and "bias" (before the update), "new_weight"
        and "new_bias" (after it), or "learning_rate"; "decay_step", "momentum" (μ), "l1", "l2" (λ₁, λ₂) and
        "penalty"; what an optimizer remembers: "velocity" (v), "average" (m) and "square" (s) after the
        update, "old_velocity", "old_average" and "old_square" before it, of a bias without `source`.
    instance : int or None
        The row in the data set if it is another than the trace's own, as for the terms of a batch.
    """

    kind: str
    layer: int | None = None
    node: int | None = None
    source: int | None = None
    instance: int | None = None


Earlier = Mapping[int, Trace]
"""The traces of the earlier instances of the same batch by their rows in the data set, in their order."""


def value_of(trace: Trace, quantity: Quantity, earlier: Earlier | None = None) -> float:
    """Return the number that a quantity names; it is looked up, never computed.

    Raises
    ------
    LookupError
        If the trace has no such number: no such node, or no update follows this instance.
    """
    if quantity.instance is not None:
        trace = (earlier or {})[quantity.instance]
    try:
        return float(_LOOK_UP[quantity.kind](trace, quantity))
    except (KeyError, IndexError):
        raise LookupError(f"There is no number {quantity}.") from None


def remembered(trace: Trace) -> tuple[str, ...]:
    """Return the kinds that the optimizer of a trace remembers of each weight: before, then after."""
    kinds = tuple(REMEMBERED[letter] for letter in OPTIMIZERS[trace.settings.optimizer].letters)
    return (*(f"old_{kind}" for kind in kinds), *(kinds if trace.closes_batch else ()))


Look = Callable[[Trace, Quantity], float]


def _of_node(layers: Callable[[Trace], PerLayer]) -> Look:
    """Return how a number of a node is looked up in one array a layer."""
    return lambda trace, q: _array(layers(trace), _index(q.layer))[_index(q.node)]


def _of_weight(layers: Callable[[Trace], Layers | None]) -> Look:
    """Return how a number of a connection is looked up in one array a layer pair."""
    return lambda trace, q: _array(layers(trace), _pair(q))[_index(q.node), _index(q.source)]


def _of_bias(layers: Callable[[Trace], Layers | None]) -> Look:
    """Return how a number of a bias is looked up in one array a layer pair."""
    return lambda trace, q: _array(layers(trace), _pair(q))[_index(q.node)]


def _of_memory(letter: str, after: bool) -> Look:
    """Return how a number that the optimizer remembers of a weight or a bias is looked up."""

    def look(trace: Trace, quantity: Quantity) -> float:
        memory = trace.next_memory if after else trace.memory
        optimizer = OPTIMIZERS[memory.optimizer]
        if letter not in optimizer.letters or (after and not trace.closes_batch):
            raise IndexError(letter)
        pairs = memory.of(optimizer.slots[optimizer.letters.index(letter)])
        weights, biases = pairs[_pair(quantity)]
        if quantity.source is None:
            return float(biases[_index(quantity.node)])
        return float(weights[_index(quantity.node), _index(quantity.source)])

    return look


def _array(layers: PerLayer | None, place: int) -> Array:
    array = None if layers is None else layers[place]
    if array is None:
        raise IndexError(place)
    return array


def _pair(quantity: Quantity) -> int:
    return _index(None if quantity.layer is None else quantity.layer - 1)


def _index(place: int | None) -> int:
    """Return a place in an array, where negative ones do not count from the end."""
    if place is None or place < 0:
        raise IndexError(place)
    return place


_LOOK_UP: dict[str, Look] = {
    "input": lambda trace, q: trace.input[_index(q.node)],
    "target": lambda trace, q: trace.target[_index(q.node)],
    "z": _of_node(lambda trace: trace.pre_activations),
    "a": _of_node(lambda trace: trace.activations),
    "slope": _of_node(lambda trace: trace.derivatives),
    "error_part": lambda trace, q: trace.errors[_index(q.node)],
    "error": lambda trace, _q: trace.error,
    "downhill": lambda trace, q: np.asarray(trace.back_sums[-1])[_index(q.node)],
    "back_sum": _of_node(lambda trace: trace.back_sums),
    "delta": _of_node(lambda trace: trace.deltas),
    "step": _of_weight(lambda trace: trace.weight_steps),
    "bias_step": _of_bias(lambda trace: trace.bias_steps),
    "mean_step": _of_weight(lambda trace: trace.mean_weight_steps),
    "mean_bias_step": _of_bias(lambda trace: trace.mean_bias_steps),
    "weight": _of_weight(lambda trace: trace.network.weights),
    "bias": _of_bias(lambda trace: trace.network.biases),
    "new_weight": _of_weight(lambda trace: trace.updated.weights),
    "new_bias": _of_bias(lambda trace: trace.updated.biases),
    "learning_rate": lambda trace, _q: trace.settings.learning_rate,
    "momentum": lambda trace, _q: trace.settings.momentum,
    "l1": lambda trace, _q: trace.settings.l1,
    "l2": lambda trace, _q: trace.settings.l2,
    "penalty": lambda trace, _q: trace.penalty,
    "decay_step": _of_weight(lambda trace: trace.decay_steps),
    "old_velocity": _of_memory("v", after=False),
    "velocity": _of_memory("v", after=True),
    "old_average": _of_memory("m", after=False),
    "average": _of_memory("m", after=True),
    "old_square": _of_memory("s", after=False),
    "square": _of_memory("s", after=True),
}
"""How the numbers of each kind are looked up."""

KINDS = tuple(_LOOK_UP)
"""Every kind of quantity."""
REMEMBERED = {"v": "velocity", "m": "average", "s": "square"}
"""The kinds that an optimizer remembers, after the update, by their letters in `OPTIMIZERS`."""
OF_MEMORY = frozenset(REMEMBERED.values()) | {f"old_{kind}" for kind in REMEMBERED.values()}
"""The kinds that an optimizer remembers of each weight and bias."""
OF_ALL = frozenset({"error", "learning_rate", "momentum", "l1", "l2", "penalty"})
"""The kinds that stand at no node."""
