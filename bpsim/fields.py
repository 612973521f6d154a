"""What a network makes of every point of a plane through its inputs: the decision boundary, and node by node.

Every field is computed in one forward pass over all points together.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from bpsim.activations import ACTIVATIONS
from bpsim.arrays import Array, Mask
from bpsim.backprop import forward_pass
from bpsim.datasets import Dataset
from bpsim.errors import MisfitError
from bpsim.network import Network
from bpsim.planes import Axes, Range
from bpsim.scoring import Classes

# The corners of the two triangles of a square, counted from its lower left: (triangle, corner, 1).
_ACROSS = np.array([[0, 1, 1], [0, 1, 0]])[..., np.newaxis]
_UP = np.array([[0, 0, 1], [0, 1, 1]])[..., np.newaxis]

_FAR = 1e6
_PRODUCT, _FEWEST_AT_ONCE = 200_000, 16  # multiplications of a product of matrices, and points
_POINT_COST = 30.0  # of a node's g, in multiplications


@dataclass(frozen=True, eq=False)
class Field:
    """Values over a grid of cells, each taken at the cell's centre.

    Parameters
    ----------
    first, second : array, (columns,) and (rows,)
        The centres along the first and the second axis, rising.
    values : array, (rows, columns)
        ŷ_k, or the number of the winning class; row 0 has the lowest value of the second axis.
    clarity : array, (rows, columns), or None
        How clear the winning class is, from 0 to 1 (`Classes.clarity`); None for a field of ŷ_k.
    nodes : tuple of arrays, (size[l], rows′, columns′)
        a of every node of layers 1 … L − 1, from the same pass, at some of the cells.
    """

    first: Array
    second: Array
    values: Array
    clarity: Array | None
    nodes: tuple[Array, ...]


@dataclass(frozen=True, eq=False)
class Curve:
    """ŷ over the only input: `x` (R,) rising, `predictions` (R, K)."""

    x: Array
    predictions: Array


def field(
    network: Network,
    axes: Axes,
    held: Array,
    bounds: tuple[Range, Range],
    resolution: int | tuple[int, int] = 64,
    output: int | Literal["class"] = 0,
    classes: Classes | None = None,
    node_resolution: int = 24,
) -> Field:
    """Return what the network makes of a plane.

    Parameters
    ----------
    network : Network
    axes : (int, int)
        The inputs that vary: from left to right, from below to above.
    held : array, (size[0],)
        The values of all inputs; those of the axes mean nothing.
    bounds : two of (low, high)
        What of each axis is covered.
    resolution : int or (int, int)
        Cells along both axes, or (columns, rows).
    output : int or "class"
        Which ŷ_k, from 0, or the winning class.
    classes : Classes, optional
        What the outputs mean as classes; 0 and 1 if not given.
    node_resolution : int
        About how many cells a side the fields of the nodes have: a whole share of the others.

    Raises
    ------
    MisfitError
        If `held` has not a value for each input.
    """
    if held.shape != (network.sizes[0],):
        raise MisfitError(f"A plane needs a value for each of the {network.sizes[0]} inputs.")
    columns, rows = (resolution, resolution) if isinstance(resolution, int) else resolution
    first, second = _centres(bounds[0], columns), _centres(bounds[1], rows)
    points = np.tile(held, (rows * columns, 1))
    points[:, axes[0]], points[:, axes[1]] = np.tile(first, rows), np.repeat(second, columns)
    activations = _activations(network, points)
    predictions = activations[-1].reshape(rows, columns, -1)
    values, clarity = _shown(predictions, output, classes or Classes())
    places = _thinned(rows, node_resolution), _thinned(columns, node_resolution)
    nodes = tuple(_by_node(layer.reshape(rows, columns, -1), *places) for layer in activations)
    return Field(first, second, values, clarity, nodes)


def curve(network: Network, bounds: Range, resolution: int = 256) -> Curve:
    """Return ŷ over the only input, from one end of `bounds` to the other.

    Raises
    ------
    MisfitError
        If the network has several inputs.
    """
    if network.sizes[0] != 1:
        raise MisfitError(f"A curve needs a network with one input; this one has {network.sizes[0]}.")
    x = np.linspace(*bounds, resolution)
    return Curve(x, _activations(network, x[:, np.newaxis])[-1])


def predict(network: Network, inputs: Array) -> Array:
    """Return ŷ of every instance, shapes (N, size[0]) → (N, size[L−1])."""
    return _activations(network, inputs)[-1]


def value_range(activation: str) -> Range | None:
    """Return between which values g lies, such as −1 and 1 for tanh; None where it has no bounds."""
    high, low = ACTIVATIONS[activation].function(np.array([_FAR, -_FAR])).tolist()
    return (low, high) if max(abs(low), abs(high)) <= 1 else None


def level_line(shown: Field, level: float) -> tuple[Array, Array]:
    """Return where a field passes a level, as pieces of lines: x and y of their ends, two points a piece.

    Every four neighbouring centres make two triangles; in each of them the field is taken as a plane.
    """
    heights = shown.values - level
    rows, columns = np.nonzero(_mixed(heights >= 0) & _corners(np.isfinite(heights)).all(axis=0))
    across, up = columns + _ACROSS, rows + _UP  # of the corners of each triangle, (2, 3, squares)
    corners = np.stack([shown.first[across], shown.second[up], heights[up, across]], axis=-1)
    start = np.moveaxis(corners, 2, 1).reshape(-1, 3, 3)  # (triangles, corners, (x, y, height))
    end = np.roll(start, -1, axis=1)
    crosses = (start[..., 2] >= 0) != (end[..., 2] >= 0)  # none of the three sides, or two
    start, end = start[crosses], end[crosses]
    share = start[:, 2] / (start[:, 2] - end[:, 2])
    points = start[:, :2] + share[:, np.newaxis] * (end[:, :2] - start[:, :2])
    return points[:, 0], points[:, 1]


def _corners(grid: Mask) -> Mask:
    """Return the four corners of every square of a grid, shape (4, rows − 1, columns − 1)."""
    return np.stack([grid[:-1, :-1], grid[:-1, 1:], grid[1:, 1:], grid[1:, :-1]])


def _mixed(above: Mask) -> Mask:
    """Tell of every square whether some of its corners are above and others are not."""
    corners = _corners(above)
    return np.asarray(corners.any(axis=0) & ~corners.all(axis=0))


def output_scale(network: Network, dataset: Dataset, output: int) -> Range:
    """Return the ends of a scale for ŷ_k: the smallest and the largest target.

    Where all targets are the same they are the ends of the range of g, or 1 below and 1 above.
    """
    targets = dataset.targets[:, output]
    low, high = float(targets.min()), float(targets.max())
    return (low, high) if low < high else value_range(network.activations[-1]) or (low - 1, high + 1)


def node_scale(activation: str, values: Array) -> Range:
    """Return the ends of a scale for a of a node: the range of g, or as far around 0 as |a| goes."""
    usual = value_range(activation)
    if usual is not None:
        return usual
    largest = float(np.abs(values[np.isfinite(values)]).max(initial=0.0)) or 1.0
    return -largest, largest


def cost(network: Network) -> float:
    """Return about how long one point takes, in multiplications."""
    return float(sum(weights.size + _POINT_COST * len(weights) for weights in network.weights))


def _activations(network: Network, inputs: Array) -> tuple[Array, ...]:
    """Return a of layers 1 … L − 1; infinite or NaN where a number is too large to compute.

    A share of the points at a time: small products are not spread over the cores, where they would wait for
    the training that runs there.
    """
    at_once = max(_FEWEST_AT_ONCE, _PRODUCT // max(weights.size for weights in network.weights))
    with np.errstate(over="ignore", invalid="ignore"):
        parts = [
            forward_pass(network, inputs[start : start + at_once])[1][1:]
            for start in range(0, len(inputs), at_once)
        ]
    return tuple(np.concatenate(layer) for layer in zip(*parts, strict=True))


def _centres(bounds: Range, count: int) -> Array:
    low, high = bounds
    return np.asarray(low + (np.arange(count) + 0.5) * ((high - low) / count), dtype=np.float64)


def _shown(
    predictions: Array, output: int | Literal["class"], classes: Classes
) -> tuple[Array, Array | None]:
    if output != "class":
        return np.ascontiguousarray(predictions[..., output]), None
    return classes.of(predictions).astype(np.float64), classes.clarity(predictions)


def _thinned(count: int, wanted: int) -> slice:
    """Return which of some cells in a row a field of about `wanted` cells takes, evenly from the middle."""
    step = max(1, round(count / wanted))
    return slice(count % step // 2 + (step - 1) // 2, None, step)


def _by_node(activations: Array, rows: slice, columns: slice) -> Array:
    return np.ascontiguousarray(np.moveaxis(activations[rows, columns], -1, 0))
