"""Data sets that are made, not read, as one table; each by seed.

Every record declares the parameters it takes, with their ranges, so that a form can be built from it.
"""

from __future__ import annotations  # numpy.random is imported once something is drawn

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np

from bpsim.arrays import Array
from bpsim.data_errors import DataError
from bpsim.datasets import Dataset

SPIRAL_TURNS = 1.5
INNER_RADIUS = 0.5


@dataclass(frozen=True)
class Parameter:
    """One number that made data depends on.

    Parameters
    ----------
    name, label : str
        The keyword of `MadeData.make`, and how the screen names it.
    default, smallest, largest : float
        The value if none is given, and the range, ends included.
    whole : bool
        Whether it is a whole number.
    """

    name: str
    label: str
    default: float
    smallest: float
    largest: float
    whole: bool = False

    def check(self, value: float) -> float:
        """Return `value` if it lies in the range.

        Raises
        ------
        DataError
            If it does not, or is not a whole number where it has to be.
        """
        whole = "a whole number " if self.whole else ""
        if not self.smallest <= value <= self.largest or (self.whole and value != int(value)):
            raise DataError(
                f"{self.label} needs to be {whole}from {self.smallest:g} to {self.largest:g}, not {value:g}."
            )
        return int(value) if self.whole else float(value)


@dataclass(frozen=True)
class MadeData:
    """One way of making data.

    Parameters
    ----------
    name, label, description : str
        How files name it, how the screen does, and what it is in a sentence.
    parameters : tuple of Parameter
        What it depends on beside the seed.
    random : bool
        Whether the seed makes a difference.
    build : callable
        ``build(rng, values)`` gives the data, for checked values of every parameter by name.
    """

    name: str
    label: str
    description: str
    parameters: tuple[Parameter, ...]
    random: bool
    build: Callable[[np.random.Generator, Mapping[str, float]], Dataset]

    def make(self, *, seed: int = 0, **values: float) -> Dataset:
        """Return the data; the same seed and values give the same data.

        Raises
        ------
        DataError
            If a parameter is unknown or out of its range.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in values:
            if name not in known:
                raise DataError(
                    f"{self.label} has no parameter '{name}'; it has {', '.join(known) or 'none'}."
                )
        checked = {
            name: parameter.check(values.get(name, parameter.default)) for name, parameter in known.items()
        }
        return self.build(np.random.default_rng(seed), checked).with_name(self.label)


SIZE = Parameter("size", "Number of instances", 100, 10, 10_000, whole=True)
NOISE = Parameter("noise", "Noise (standard deviation)", 0.1, 0.0, 1.0)
BITS = Parameter("bits", "Number of bits", 3, 2, 8, whole=True)
CLASSES = Parameter("classes", "Number of classes", 3, 2, 8, whole=True)
NOISE_OF_SPIRALS = Parameter("noise", NOISE.label, 0.02, 0.0, 1.0)
SPREAD = Parameter("noise", "Spread of a cluster (standard deviation)", 0.2, 0.0, 1.0)


Values = Mapping[str, float]


def _truth_table(target: Callable[[Array], Array]) -> Callable[[np.random.Generator, Values], Dataset]:
    """Return the builder of all rows of "bits" (2) times 0 or 1, each with its target."""

    def build(_rng: np.random.Generator, values: Values) -> Dataset:
        inputs = np.array(list(product((0.0, 1.0), repeat=int(values.get("bits", 2)))))
        return Dataset(inputs, target(inputs))

    return build


def _both(inputs: Array) -> Array:
    return np.asarray(inputs.min(axis=1))


def _any(inputs: Array) -> Array:
    return np.asarray(inputs.max(axis=1))


def _odd(inputs: Array) -> Array:
    return np.asarray(inputs.sum(axis=1) % 2)


def _moons(rng: np.random.Generator, values: Values) -> Dataset:
    upper, lower = (np.linspace(0.0, np.pi, count) for count in _halves(values))
    return _two_classes(rng, values["noise"], _on_circle(upper), [1.0, 0.5] - _on_circle(lower))


def _circles(rng: np.random.Generator, values: Values) -> Dataset:
    outer, inner = (_around(count) for count in _halves(values))
    return _two_classes(rng, values["noise"], outer, INNER_RADIUS * inner)


def _spirals(rng: np.random.Generator, values: Values) -> Dataset:
    first, second = (np.linspace(0.1, 1.0, count)[:, np.newaxis] for count in _halves(values))
    arms = [radius * _on_circle(2.0 * np.pi * SPIRAL_TURNS * radius[:, 0]) for radius in (first, second)]
    return _two_classes(rng, values["noise"], arms[0], -arms[1])


def _clusters(rng: np.random.Generator, values: Values) -> Dataset:
    classes = int(values["classes"])
    labels = rng.permutation(np.arange(int(values["size"])) % classes)
    inputs = _around(classes)[labels] + values["noise"] * rng.standard_normal((len(labels), 2))
    names = [f"class {number + 1}" for number in range(classes)]
    return Dataset(inputs, np.eye(classes)[labels], target_names=names, one_hot=True)


def _sine(rng: np.random.Generator, values: Values) -> Dataset:
    x = rng.permutation(np.linspace(-np.pi, np.pi, int(values["size"])))
    return Dataset(x[:, np.newaxis], np.sin(x) + values["noise"] * rng.standard_normal(len(x)))


def _halves(values: Values) -> tuple[int, int]:
    """Return how many instances each of two classes has; the first takes the odd one."""
    size = int(values["size"])
    return size - size // 2, size // 2


def _on_circle(angles: Array) -> Array:
    return np.column_stack([np.cos(angles), np.sin(angles)])


def _around(count: int) -> Array:
    """Return `count` points evenly spaced on the circle of radius 1."""
    return _on_circle(2.0 * np.pi * np.arange(count) / count)


def _two_classes(rng: np.random.Generator, noise: float, first: Array, second: Array) -> Dataset:
    """Return points with target 0 (first) or 1 (second), moved by noise, in an order by seed."""
    points = np.vstack([first, second])
    targets = np.repeat([0.0, 1.0], [len(first), len(second)])
    order = rng.permutation(len(points))
    return Dataset((points + noise * rng.standard_normal(points.shape))[order], targets[order])


_AND, _OR, _ODD = _truth_table(_both), _truth_table(_any), _truth_table(_odd)

DATASETS: dict[str, MadeData] = {
    made.name: made
    for made in (
        MadeData("and", "AND", "1 if both inputs are 1. A straight line separates it.", (), False, _AND),
        MadeData("or", "OR", "1 if one input or both are 1. A straight line separates it.", (), False, _OR),
        MadeData(
            "xor", "XOR", "1 if exactly one input is 1. No straight line separates it; a hidden layer does.",
            (), False, _ODD,
        ),
        MadeData(
            "parity", "parity", "1 if an odd number of inputs is 1: XOR for more than two inputs.",
            (BITS,), False, _ODD,
        ),
        MadeData(
            "moons", "two moons", "Two half circles that reach into each other.", (SIZE, NOISE), True, _moons
        ),
        MadeData(
            "circles", "circles", "One class on a circle around the other.", (SIZE, NOISE), True, _circles
        ),
        # After Lang and Witbrock, "Learning to tell two spirals apart" (1988), with half the turns.
        MadeData(
            "spirals", "two spirals", "Two classes wound around each other: hard for a small network.",
            (SIZE, NOISE_OF_SPIRALS), True, _spirals,
        ),
        MadeData(
            "clusters", "Gaussian clusters", "A round cloud of points for each class, each with its output.",
            (SIZE, CLASSES, SPREAD), True, _clusters,
        ),
        MadeData(
            "sine", "sine", "y = sin x with noise, from −π to π: the output is a number, not a class.",
            (SIZE, NOISE), True, _sine,
        ),
    )
}  # fmt: skip
"""Every way of making data by name, in the order in which a list shows them."""
