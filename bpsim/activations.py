"""The activation functions g and their derivatives g′, as one table.

Every derivative is a function of the pre-activation z, as in the lecture. At a kink the derivative is
the one from the left, so ReLU′(0) = 0 and leaky ReLU′(0) = 0.01.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from bpsim.arrays import Array

LEAK = 0.01
"""Slope of leaky ReLU for z ≤ 0 (Maas, Hannun and Ng 2013)."""


@dataclass(frozen=True)
class Activation:
    """One activation function.

    Parameters
    ----------
    name, label : str
        How files and programs name it, and how the screen does.
    function, derivative : callable
        g(z) and g′(z), elementwise over an array of shape (size of the layer,). Softmax takes the
        whole layer together; its `derivative` is the diagonal ∂a_i/∂z_i = a_i (1 − a_i).
    formula, derivative_formula : str
        Both in plain Unicode.
    where : {"anywhere", "output", "perceptron"}
        Softmax stands in the output layer only, step in the output of a single-layer perceptron only.
    """

    name: str
    label: str
    function: Callable[[Array], Array]
    derivative: Callable[[Array], Array]
    formula: str
    derivative_formula: str
    where: Literal["anywhere", "output", "perceptron"] = "anywhere"


def sigmoid(z: Array) -> Array:
    """Return 1 / (1 + e^(−z)) without overflow: for z < 0 as e^z / (1 + e^z)."""
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, small) / (1.0 + small)


def _sigmoid_derivative(z: Array) -> Array:
    # g(z) (1 − g(z)) loses every digit once g(z) rounds to 1; this form keeps them on both sides.
    small = np.exp(-np.abs(z))
    return small / ((1.0 + small) * (1.0 + small))


def _tanh_derivative(z: Array) -> Array:
    # 1 − tanh²z = 4 e^(−2|z|) / (1 + e^(−2|z|))², which keeps its digits where tanh z rounds to ±1.
    small = np.exp(-2.0 * np.abs(z))
    return 4.0 * small / ((1.0 + small) * (1.0 + small))


def _relu(z: Array) -> Array:
    return np.maximum(z, 0.0)


def _relu_derivative(z: Array) -> Array:
    return np.where(z > 0, 1.0, 0.0)


def _leaky_relu(z: Array) -> Array:
    return np.where(z > 0, z, LEAK * z)


def _leaky_relu_derivative(z: Array) -> Array:
    return np.where(z > 0, 1.0, LEAK)


def _elu(z: Array) -> Array:
    return np.where(z > 0, z, np.expm1(np.minimum(z, 0.0)))


def _elu_derivative(z: Array) -> Array:
    return np.exp(np.minimum(z, 0.0))


def softplus(z: Array) -> Array:
    """Return ln(1 + e^z) without overflow, as max(z, 0) + ln(1 + e^(−|z|))."""
    return np.maximum(z, 0.0) + np.log1p(np.exp(-np.abs(z)))


def _linear(z: Array) -> Array:
    return z.copy()


def _linear_derivative(z: Array) -> Array:
    return np.ones_like(z)


def softmax(z: Array) -> Array:
    """Return e^(z_i) / Σ_k e^(z_k) over the last axis, with the largest z taken off first."""
    powers = np.exp(z - z.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


def _softmax_diagonal(z: Array) -> Array:
    a = softmax(z)
    return a * (1.0 - a)


def _step(z: Array) -> Array:
    return np.where(z >= 0, 1.0, 0.0)


ACTIVATIONS: dict[str, Activation] = {
    activation.name: activation
    for activation in (
        Activation("sigmoid", "sigmoid", sigmoid, _sigmoid_derivative, "1 / (1 + e⁻ᶻ)", "g(z) (1 − g(z))"),
        Activation("tanh", "tanh", np.tanh, _tanh_derivative, "tanh z", "1 − tanh² z"),
        Activation("relu", "ReLU", _relu, _relu_derivative, "max(0, z)", "1 if z > 0, else 0"),
        Activation(
            "leaky_relu", "leaky ReLU", _leaky_relu, _leaky_relu_derivative,
            "z if z > 0, else 0.01 z", "1 if z > 0, else 0.01",
        ),
        Activation("elu", "ELU", _elu, _elu_derivative, "z if z > 0, else eᶻ − 1", "1 if z > 0, else eᶻ"),
        Activation("softplus", "softplus", softplus, sigmoid, "ln(1 + eᶻ)", "1 / (1 + e⁻ᶻ)"),
        Activation("linear", "linear", _linear, _linear_derivative, "z", "1"),
        Activation(
            "softmax", "softmax", softmax, _softmax_diagonal,
            "e^(zᵢ) / Σₖ e^(zₖ)", "aᵢ (1 − aᵢ)", where="output",
        ),
        Activation(
            "step", "step (perceptron)", _step, _linear_derivative,
            "1 if z ≥ 0, else 0", "1 by convention: the perceptron rule has no g′", where="perceptron",
        ),
    )
}  # fmt: skip
"""Every activation function by name, in the order in which a list shows them."""
