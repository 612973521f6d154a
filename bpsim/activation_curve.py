"""The curve of a node's activation function and of its derivative, with the place where the node is on it."""

from dataclasses import dataclass
from math import ceil, log2

import numpy as np

from bpsim.activations import ACTIVATIONS
from bpsim.arrays import Array
from bpsim.backprop import Trace
from bpsim.layer_stats import SATURATED, STEEPEST

LEAST_REACH = 4.0
POINTS = 161

NO_CURVE = {
    "softmax": "Softmax has no curve: an output depends on the z of every output, not on its own alone.",
    "step": "A step has no slope: g jumps from 0 to 1 at z = 0, so the perceptron rule does without g′.",
}
"""Why there is no curve, of the functions that have none."""


@dataclass(frozen=True, eq=False)
class ActivationCurve:
    """g and g′ around the z of a node.

    Parameters
    ----------
    name : str
        The activation function's name in `ACTIVATIONS`.
    z, a, slope : float
        Where the node is: z, g(z) and g′(z), as in the trace.
    values, activations, slopes : array, (M,)
        Rising values of z, with g and g′ of each.
    """

    name: str
    z: float
    a: float
    slope: float
    values: Array
    activations: Array
    slopes: Array

    @property
    def saturated(self) -> bool:
        """Whether g is so flat at z that hardly any error passes back."""
        return self.slope < SATURATED * STEEPEST.get(self.name, 0.0)

    @property
    def blocked(self) -> bool:
        """Whether g′ is exactly 0, so that no error passes back at all."""
        return self.slope == 0

    def tangent(self, z: float) -> float:
        """Return g(z₀) + g′(z₀) · (z − z₀) at z₀, the node's."""
        return self.a + self.slope * (z - self.z)


def activation_curve(trace: Trace, layer: int, node: int) -> ActivationCurve | str:
    """Return the curve of a node's activation function, or why it has none.

    It reaches from −r to r with r = 4, 8, 16, …, as far as z asks for.
    """
    name = trace.network.activations[layer - 1]
    if name in NO_CURVE:
        return NO_CURVE[name]
    pre_activations, derivatives = trace.pre_activations[layer], trace.derivatives[layer]
    assert pre_activations is not None
    assert derivatives is not None
    z = float(pre_activations[node])
    reach = max(LEAST_REACH, 2.0 ** ceil(log2(max(1.1 * abs(z), 1.0))))
    values, function = np.linspace(-reach, reach, POINTS), ACTIVATIONS[name]
    a, slope = float(trace.activations[layer][node]), float(derivatives[node])
    return ActivationCurve(name, z, a, slope, values, function.function(values), function.derivative(values))
