"""The names of the numbers of a trace, so that a formula, a click and a drawing can mean the same one."""

from collections.abc import Callable
from typing import NamedTuple

from bpsim.arrays import Array
from bpsim.backprop import PerLayer, Trace


class Quantity(NamedTuple):
    """One number of a trace.

    Parameters
    ----------
    kind : str
        A key of `KINDS`.
    layer, node : int or None
        Where it stands, both from 0. A weight belongs to the node that it leads to.
    source : int or None
        The node of the layer before that a weight comes from.
    instance : int or None
        The row in the data set, where it is not the present one.
    """

    kind: str
    layer: int | None = None
    node: int | None = None
    source: int | None = None
    instance: int | None = None


def value_of(trace: Trace, quantity: Quantity) -> float:
    """Look a number up in a trace; nothing is computed.

    Raises
    ------
    KeyError
        If there is no such kind.
    IndexError
        If there is no such node or weight.
    """
    return float(KINDS[quantity.kind](trace, quantity))


Lookup = Callable[[Trace, Quantity], float]


def _at_node(values: Callable[[Trace], PerLayer]) -> Lookup:
    def look_up(trace: Trace, quantity: Quantity) -> float:
        layer = values(trace)[_known(quantity.layer)]
        assert layer is not None
        return float(layer[_known(quantity.node)])

    return look_up


def _of_weight(values: Callable[[Trace], tuple[Array, ...]]) -> Lookup:
    def look_up(trace: Trace, quantity: Quantity) -> float:
        return float(values(trace)[_known(quantity.layer) - 1][quantity.node, quantity.source])

    return look_up


def _of_bias(values: Callable[[Trace], tuple[Array, ...]]) -> Lookup:
    return lambda trace, quantity: float(values(trace)[_known(quantity.layer) - 1][_known(quantity.node)])


def _known(place: int | None) -> int:
    if place is None:
        raise IndexError("A quantity of a node needs its layer and its place.")
    return place


KINDS: dict[str, Lookup] = {
    "input": lambda trace, quantity: float(trace.input[_known(quantity.node)]),
    "target": lambda trace, quantity: float(trace.target[_known(quantity.node)]),
    "z": _at_node(lambda trace: trace.pre_activations),
    "a": _at_node(lambda trace: trace.activations),
    "slope": _at_node(lambda trace: trace.derivatives),
    "error_part": lambda trace, quantity: float(trace.errors[_known(quantity.node)]),
    "error": lambda trace, _quantity: trace.error,
    "downhill": _at_node(lambda trace: trace.back_sums),
    "back_sum": _at_node(lambda trace: trace.back_sums),
    "delta": _at_node(lambda trace: trace.deltas),
    "step": _of_weight(lambda trace: trace.weight_steps),
    "bias_step": _of_bias(lambda trace: trace.bias_steps),
    "mean_step": _of_weight(lambda trace: trace.mean_weight_steps or trace.weight_steps),
    "mean_bias_step": _of_bias(lambda trace: trace.mean_bias_steps or trace.bias_steps),
    "weight": _of_weight(lambda trace: trace.network.weights),
    "bias": _of_bias(lambda trace: trace.network.biases),
    "new_weight": _of_weight(lambda trace: trace.updated.weights),
    "new_bias": _of_bias(lambda trace: trace.updated.biases),
    "learning_rate": lambda trace, _quantity: trace.settings.learning_rate,
}
"""How each kind of number is looked up."""
