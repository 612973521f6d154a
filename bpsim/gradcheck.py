"""The gradient checked without backpropagation, by central differences of the error."""

from collections.abc import Generator
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import ArrayLike

from bpsim.arrays import Array, frozen
from bpsim.backprop import Layers, backpropagate
from bpsim.errors import MisfitError, NetworkError
from bpsim.evaluation import evaluate
from bpsim.network import Network
from bpsim.settings import Settings

STEP = float(np.finfo(np.float64).eps ** (1 / 3))
"""The h that balances the two errors of a central difference, ε^(1/3) ≈ 6·10⁻⁶."""
FLOOR = 1e-5
"""Gradients below this are compared as if they were as large: of a smaller one rounding leaves few digits."""


@dataclass(frozen=True, eq=False)
class GradientCheck:
    """∂E/∂θ of every parameter, computed in two ways. All arrays are shaped as the network's parameters.

    Parameters
    ----------
    weights, biases : tuple of arrays
        ∂E/∂θ by backpropagation, the mean over the instances; 0 where a connection is missing.
    numeric_weights, numeric_biases : tuple of arrays
        ∂E/∂θ by central differences.
    """

    weights: Layers
    biases: Layers
    numeric_weights: Layers
    numeric_biases: Layers

    @property
    def weight_differences(self) -> Layers:
        """The relative difference of every weight's two gradients, with `FLOOR` as the least denominator."""
        return _differences(self.weights, self.numeric_weights)

    @property
    def bias_differences(self) -> Layers:
        """The relative difference of every bias's two gradients, with `FLOOR` as the least denominator."""
        return _differences(self.biases, self.numeric_biases)

    @property
    def largest(self) -> float:
        """The largest relative difference, below 10⁻⁵ where backpropagation is right."""
        return max(float(array.max()) for array in (*self.weight_differences, *self.bias_differences))


def check_gradients(network: Network, x: ArrayLike, y: ArrayLike, h: float = STEP) -> GradientCheck:
    """Compare backpropagation with central differences, for every bias and every weight that is present.

    ∂E/∂θ ≈ (E(θ + k) − E(θ − k)) / 2k with k = h · max(1, |θ|), all other parameters as they are. Biases
    are checked whether or not a training would update them.

    The formula is off by about k² E‴ / 6, and rounding adds about ε E / k. Together they are smallest near
    k = ε^(1/3), where an E and an E‴ around 1 leave an error of about ε^(2/3) ≈ 4·10⁻¹¹.

    ReLU and leaky ReLU have no derivative at z = 0, and ELU no second one. Where a z is closer to 0 than
    about k, the central difference mixes both slopes while backpropagation takes the left one: there a
    difference is no mistake.

    Parameters
    ----------
    network : Network
    x, y : array_like, (size[0],) and (size[L−1],), or (N, size[0]) and (N, size[L−1])
        One instance, or N of them; E is then the mean of their E_p.
    h : float
        The step relative to θ, > 0.

    Raises
    ------
    NetworkError
        If the network has a step activation: the perceptron rule is no gradient.
    MisfitError
        If x or y do not fit the network, or each other.
    DivergenceError
        If a number became infinite or undefined.

    References
    ----------
    Gill, Murray and Wright, "Practical Optimization" (1981), section 8.6. Nocedal and Wright, "Numerical
    Optimization" (2006), section 8.1.
    """
    work = checking(network, x, y, h)
    while True:
        try:
            next(work)
        except StopIteration as end:
            return cast(GradientCheck, end.value)


def checking(
    network: Network, x: ArrayLike, y: ArrayLike, h: float = STEP
) -> Generator[int, None, GradientCheck]:
    """Yield how many parameters are checked so far, and return what `check_gradients` does."""
    if "step" in network.activations:
        raise NetworkError("The perceptron rule follows no gradient: choose another activation.")
    inputs, targets = np.atleast_2d(frozen(x)), np.atleast_2d(frozen(y))
    if len(inputs) != len(targets):
        raise MisfitError(f"There are inputs for {len(inputs)} instances, but targets for {len(targets)}.")
    weights, biases = yield from _backpropagated(network, inputs, targets)

    def error(changed: Network) -> float:
        return float(evaluate(changed, inputs, targets).errors.mean())

    numeric_weights, numeric_biases, done = [], [], 0
    for l, (w, b, mask) in enumerate(zip(network.weights, network.biases, network.masks, strict=True)):
        slopes, bias_slopes = np.zeros_like(w), np.zeros_like(b)
        for i, j in np.argwhere(mask).tolist():
            low, high = _around(w[i, j], h)
            rise = error(network.with_weight(l, i, j, high)) - error(network.with_weight(l, i, j, low))
            slopes[i, j] = rise / (high - low)
            done += 1
            yield done
        for i in range(len(b)):
            low, high = _around(b[i], h)
            rise = error(network.with_bias(l, i, high)) - error(network.with_bias(l, i, low))
            bias_slopes[i] = rise / (high - low)
            done += 1
            yield done
        numeric_weights.append(frozen(slopes))
        numeric_biases.append(frozen(bias_slopes))
    return GradientCheck(weights, biases, tuple(numeric_weights), tuple(numeric_biases))


def _around(value: float, h: float) -> tuple[float, float]:
    """Return θ − k and θ + k; what lies between them is divided by as it came out, not as 2k."""
    k = h * max(1.0, abs(value))
    return value - k, value + k


def _backpropagated(
    network: Network, inputs: Array, targets: Array
) -> Generator[int, None, tuple[Layers, Layers]]:
    """Return the mean ∂E/∂θ, and yield 0 after each instance: with η = 1 the steps are −∂E/∂θ."""
    settings, count = Settings(learning_rate=1.0), len(inputs)
    weights, biases = [np.zeros_like(w) for w in network.weights], [np.zeros_like(b) for b in network.biases]
    for x, y in zip(inputs, targets, strict=True):
        trace = backpropagate(network, x, y, settings)
        for total, step in zip((*weights, *biases), (*trace.weight_steps, *trace.bias_steps), strict=True):
            total -= step
        yield 0
    return tuple(frozen(total / count) for total in weights), tuple(frozen(b / count) for b in biases)


def _differences(gradients: Layers, numeric: Layers) -> Layers:
    return tuple(
        frozen(np.abs(a - b) / np.maximum(np.maximum(np.abs(a), np.abs(b)), FLOOR))
        for a, b in zip(gradients, numeric, strict=True)
    )
