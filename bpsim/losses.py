"""The errors E that training makes smaller, as one table.

Both are written for one instance p; over N instances E is the mean of the E_p.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from bpsim.activations import ACTIVATIONS, sigmoid, softplus
from bpsim.arrays import Array


@dataclass(frozen=True)
class Loss:
    """One error function, with its derivative.

    Parameters
    ----------
    name, label, formula : str
        How files name it, how the screen does, and E_p in plain Unicode.
    outputs : tuple of str
        The output activations it goes with.
    terms : callable
        ``terms(y, z, a, activation)`` gives E_k of every output, shape (K,); E_p is their sum.
    downhill : callable
        ``downhill(y, z, a, activation)`` gives −∂E_p/∂a, shape (K,).
    """

    name: str
    label: str
    formula: str
    outputs: tuple[str, ...]
    terms: Callable[[Array, Array, Array, str], Array]
    downhill: Callable[[Array, Array, Array, str], Array]


def _squared_terms(y: Array, _z: Array, a: Array, _activation: str) -> Array:
    return 0.5 * (y - a) ** 2


def _squared_downhill(y: Array, _z: Array, a: Array, _activation: str) -> Array:
    return y - a


def log_softmax(z: Array) -> Array:
    """Return ln softmax(z) = z − max z − ln Σ e^(z − max z), finite for every finite z."""
    shifted = z - z.max(axis=-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)))


def _product(y: Array, logarithm: Array) -> Array:
    """Return y · ln a, with 0 · ln 0 = 0."""
    return np.where(y == 0, 0.0, y * logarithm)


def _cross_entropy_terms(y: Array, z: Array, _a: Array, activation: str) -> Array:
    # From z and not from a: ln a is −∞ where a has rounded to 0, while ln g(z) is still finite.
    if activation == "softmax":
        return -_product(y, log_softmax(z))
    return _product(y, softplus(-z)) + _product(1.0 - y, softplus(z))


def _cross_entropy_downhill(y: Array, z: Array, a: Array, activation: str) -> Array:
    # Infinite only where g(z) is too small for a number; δ does not pass through it. 1 − a as g(−z), which
    # keeps its digits where a rounds to 1.
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        rising = np.where(y == 0, 0.0, y / a)
        if activation == "softmax":
            return rising
        return rising - np.where(y == 1, 0.0, (1.0 - y) / sigmoid(-z))


LOSSES: dict[str, Loss] = {
    loss.name: loss
    for loss in (
        Loss(
            "mse", "mean squared", "½ Σₖ (yₖ − ŷₖ)²", tuple(ACTIVATIONS), _squared_terms, _squared_downhill,
        ),
        Loss(
            "cross_entropy", "cross-entropy",
            "−Σₖ yₖ ln ŷₖ (softmax), −Σₖ (yₖ ln ŷₖ + (1 − yₖ) ln(1 − ŷₖ)) (sigmoid)",
            ("sigmoid", "softmax"), _cross_entropy_terms, _cross_entropy_downhill,
        ),
    )
}  # fmt: skip
"""Every error function by name, in the order in which a list shows them."""


def output_delta(loss: str, activation: str, y: Array, a: Array, downhill: Array, derivative: Array) -> Array:
    """Return δ = −∂E_p/∂z of the output layer, shape (K,) or (N, K), from −∂E/∂a and g′(z).

    * an elementwise g: δ_k = −∂E/∂a_k · g′(z_k), for the squared error (y_k − ŷ_k) g′(z_k)
    * softmax and squared error: δ_k = ŷ_k (u_k − Σ_m ŷ_m u_m) with u = y − ŷ
    * sigmoid and cross-entropy: g′ cancels, δ_k = y_k − ŷ_k
    * softmax and cross-entropy: δ_k = y_k − ŷ_k Σ_m y_m, which is y_k − ŷ_k for targets that sum to 1
    * step: δ_k = y_k − ŷ_k, the perceptron rule, which is no derivative

    References
    ----------
    Bishop, "Pattern Recognition and Machine Learning" (2006), section 5.3.1 and equation 4.108.
    """
    if loss == "cross_entropy":
        return np.asarray(y - a * y.sum(axis=-1, keepdims=True)) if activation == "softmax" else y - a
    if activation == "softmax":
        return np.asarray(a * (downhill - (a * downhill).sum(axis=-1, keepdims=True)))
    return downhill * derivative
