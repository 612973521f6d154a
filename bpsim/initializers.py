"""Start weights, as one table: every initialiser draws one layer's weights and biases from a generator."""

from __future__ import annotations  # numpy.random is imported once something is drawn

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from bpsim.arrays import Array

Drawing = tuple[Array, Array]


@dataclass(frozen=True)
class Initializer:
    """One way of choosing start weights.

    Parameters
    ----------
    name, label, formula : str
        How files name it, how the screen does, and the distribution in plain Unicode.
    scale_label : str or None
        What `scale` means for it, None where it has no meaning.
    draw : callable
        ``draw(rng, n_out, n_in, scale)`` gives weights of shape (n_out, n_in) and biases of shape (n_out,).
    """

    name: str
    label: str
    formula: str
    scale_label: str | None
    draw: Callable[[np.random.Generator, int, int, float], Drawing]


def _uniform(rng: np.random.Generator, n_out: int, n_in: int, scale: float) -> Drawing:
    return scale * rng.uniform(-1.0, 1.0, (n_out, n_in)), scale * rng.uniform(-1.0, 1.0, n_out)


def _xavier(rng: np.random.Generator, n_out: int, n_in: int, _scale: float) -> Drawing:
    limit = np.sqrt(6.0 / (n_in + n_out))
    return rng.uniform(-limit, limit, (n_out, n_in)), np.zeros(n_out)


def _he(rng: np.random.Generator, n_out: int, n_in: int, _scale: float) -> Drawing:
    return rng.normal(0.0, np.sqrt(2.0 / n_in), (n_out, n_in)), np.zeros(n_out)


def _zeros(_rng: np.random.Generator, n_out: int, n_in: int, _scale: float) -> Drawing:
    return np.zeros((n_out, n_in)), np.zeros(n_out)


def _constant(_rng: np.random.Generator, n_out: int, n_in: int, scale: float) -> Drawing:
    return np.full((n_out, n_in), scale), np.full(n_out, scale)


INITIALIZERS: dict[str, Initializer] = {
    initializer.name: initializer
    for initializer in (
        Initializer("uniform", "uniform", "uniform in [−r, r], biases too", "r", _uniform),
        # Glorot and Bengio, "Understanding the difficulty of training deep feedforward networks" (2010), (16)
        Initializer("xavier", "Xavier/Glorot", "uniform in ±√(6 / (n_in + n_out)), biases 0", None, _xavier),
        # He, Zhang, Ren and Sun, "Delving Deep into Rectifiers" (2015), (10)
        Initializer("he", "He", "normal with variance 2 / n_in, biases 0", None, _he),
        Initializer("zeros", "zeros", "every weight and bias 0", None, _zeros),
        Initializer("constant", "constant", "every weight and bias the same", "value", _constant),
    )
}
"""Every initialiser by name, in the order in which a list shows them."""
