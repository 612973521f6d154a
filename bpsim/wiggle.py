"""Varying one parameter by ε: how every quantity after it changes, and how the derivative says it would."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from bpsim.activations import ACTIVATIONS
from bpsim.arrays import Array, Mask
from bpsim.backprop import Trace, backpropagate, compute_error, forward_pass
from bpsim.chain import ERROR, chain
from bpsim.errors import DivergenceError
from bpsim.network import Network
from bpsim.quantity import Quantity


@dataclass(frozen=True)
class Reaction:
    """How one quantity answers.

    Parameters
    ----------
    quantity : Quantity
    before, after : float
        Its value with θ and with θ + ε.
    slope : float
        ∂quantity/∂θ at θ.
    predicted : float
        slope · ε.
    """

    quantity: Quantity
    before: float
    after: float
    slope: float
    predicted: float

    @property
    def change(self) -> float:
        """Δ, what really happens."""
        return self.after - self.before


@dataclass(frozen=True)
class Wiggle:
    """θ varied by ε, and all reactions to it.

    Parameters
    ----------
    parameter : Quantity
    epsilon : float
    reactions : tuple of Reaction
        The parameter itself, then z and a of every node that it reaches, layer by layer, and E.
    """

    parameter: Quantity
    epsilon: float
    reactions: tuple[Reaction, ...]

    @property
    def error(self) -> Reaction:
        """How E answers."""
        return self.reactions[-1]

    @property
    def miss(self) -> float:
        """How far the prediction of ΔE is off, relative to the larger of both; 0 where neither moves."""
        actual, predicted = self.error.change, self.error.predicted
        largest = max(abs(actual), abs(predicted))
        return abs(actual - predicted) / largest if largest > 0 else 0.0


def wiggle(network: Network, x: ArrayLike, y: ArrayLike, parameter: Quantity, epsilon: float) -> Wiggle:
    """Vary one weight or bias by ε, all others as they are, and return what changes. Nothing is kept.

    The prediction is the first term of Taylor's series: Δq ≈ ∂q/∂θ · ε. It fails by about ½ ∂²q/∂θ² · ε², and
    altogether where a z passes the kink of a ReLU.

    Raises
    ------
    NetworkError
        If `parameter` is no weight or bias of the network, or the network is a perceptron.
    MisfitError
        If x or y do not fit the network.
    DivergenceError
        If a number became infinite or undefined.
    """
    return wiggle_from(backpropagate(network, x, y), parameter, epsilon)


def wiggle_from(trace: Trace, parameter: Quantity, epsilon: float) -> Wiggle:
    """Return what `wiggle` does, for an instance that has been computed already."""
    to_error = chain(trace, parameter).product
    changed = _changed(trace.network, parameter, epsilon)
    with np.errstate(over="ignore", invalid="ignore"):
        z, a = forward_pass(changed, trace.input)
        assert z[-1] is not None
        error = compute_error(changed, trace.target, z[-1], a[-1])[1]
    if not np.isfinite(error):
        raise DivergenceError("E")
    start = _value(trace.network, parameter)
    reactions = [
        Reaction(parameter, start, _value(changed, parameter), 1.0, epsilon),
        *_of_nodes(trace, parameter, epsilon, z, a),
        Reaction(ERROR, trace.error, error, to_error, to_error * epsilon),
    ]
    return Wiggle(parameter, epsilon, tuple(reactions))


def _of_nodes(
    trace: Trace, parameter: Quantity, epsilon: float, z: tuple[Array | None, ...], a: tuple[Array, ...]
) -> list[Reaction]:
    """Return the reactions of z and a, layer by layer, with ∂z/∂θ and ∂a/∂θ carried along to the right."""
    network, first = trace.network, parameter.layer
    assert first is not None
    reactions: list[Reaction] = []
    slopes, reached = _at_the_node(trace, parameter)
    for layer in range(first, len(network.sizes)):
        if layer > first:
            reached = network.masks[layer - 1] @ reached > 0
            slopes = network.weights[layer - 1] @ slopes
        reactions += _reactions("z", layer, trace.pre_activations[layer], z[layer], slopes, reached, epsilon)
        slopes = _through(trace, layer, slopes)
        if network.activations[layer - 1] == "softmax":
            reached = np.full(reached.shape, reached.any())
        reactions += _reactions("a", layer, trace.activations[layer], a[layer], slopes, reached, epsilon)
    return reactions


def _at_the_node(trace: Trace, parameter: Quantity) -> tuple[Array, Mask]:
    """Return ∂z/∂θ of the layer that the parameter leads to, and which of its nodes that is."""
    layer, node = parameter.layer, parameter.node
    assert layer is not None
    reached = np.zeros(trace.network.sizes[layer], dtype=np.bool_)
    reached[node] = True
    before = 1.0 if parameter.kind == "bias" else float(trace.activations[layer - 1][parameter.source])
    return np.where(reached, before, 0.0), reached


def _through(trace: Trace, layer: int, slopes: Array) -> Array:
    """Return ∂a/∂θ from ∂z/∂θ: times g′; softmax joins the whole layer, a (∂z/∂θ − Σ_m a_m ∂z_m/∂θ)."""
    if trace.network.activations[layer - 1] == "softmax":
        a = trace.activations[layer]
        return a * (slopes - float(a @ slopes))
    z = trace.pre_activations[layer]
    assert z is not None
    return ACTIVATIONS[trace.network.activations[layer - 1]].derivative(z) * slopes


def _reactions(
    kind: str,
    layer: int,
    before: Array | None,
    after: Array | None,
    slopes: Array,
    reached: Mask,
    epsilon: float,
) -> list[Reaction]:
    assert before is not None
    assert after is not None
    return [
        Reaction(
            Quantity(kind, layer, int(i)),
            float(before[i]),
            float(after[i]),
            float(slopes[i]),
            float(slopes[i]) * epsilon,
        )
        for i in np.flatnonzero(reached)
    ]


def _changed(network: Network, parameter: Quantity, epsilon: float) -> Network:
    layer, node, source = parameter.layer, parameter.node, parameter.source
    assert layer is not None
    assert node is not None
    value = _value(network, parameter) + epsilon
    if source is None:
        return network.with_bias(layer - 1, node, value)
    return network.with_weight(layer - 1, node, source, value)


def _value(network: Network, parameter: Quantity) -> float:
    assert parameter.layer is not None
    if parameter.source is None:
        return float(network.biases[parameter.layer - 1][parameter.node])
    return float(network.weights[parameter.layer - 1][parameter.node, parameter.source])
