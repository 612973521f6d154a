"""How strongly each layer learns, over many instances: |δ|, |Δθ|, saturated and dead nodes, twins.

All of it is computed with the weights as they are now, none of which is changed on the way.

References
----------
Hochreiter, "Untersuchungen zu dynamischen neuronalen Netzen" (1991): the gradient vanishes from layer to
layer. Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks" (2010):
it is seen by layer, and saturated nodes are a cause.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bpsim.arrays import Array, Mask
from bpsim.datasets import Dataset
from bpsim.moment import Moment
from bpsim.naming import listed
from bpsim.network import Network
from bpsim.notation import Notation
from bpsim.numbers import counted, whole_text
from bpsim.settings import Settings
from bpsim.together import Passes, passes

MOST_INSTANCES, FEWEST_INSTANCES = 256, 64
"""Of more instances than these a sample is taken, at equal distances; the fewer, the larger the network."""
WORK = 1_500_000
"""Instances × parameters that a sample may take: about 5 ms, so that a window can show it while it trains."""

SATURATED = 1 / 20
"""A node is saturated where g′(z) is below this share of the largest value that g′ has.

For the sigmoid that is a < 0.013 or a > 0.987, for tanh |a| > 0.975. Glorot and Bengio (2010, section 3) call
nodes saturated that sit at the flat ends of g, where hardly any gradient passes; they give no threshold, and
neither does anybody else: this one is ours.
"""
NEARLY_EVERY = 0.95
"""A node is marked that is saturated for this share of the instances."""
RIGHT = 0.1
"""An output is not marked as saturated where it is this near to its target on average: it may stay there."""
FAR = 100.0
"""The gradient vanishes, or explodes, where |δ| of a layer is so many times smaller, or larger."""

STEEPEST = {"sigmoid": 0.25, "tanh": 1.0, "elu": 1.0, "softplus": 1.0, "softmax": 0.25}
"""The largest value of g′, of the functions that have flat ends."""
CAN_DIE = ("relu",)
"""Functions whose g′ is exactly 0 on one side, so that a node can stop learning for good."""

_SAME = 1e-9  # two numbers that differ by less, as a share of themselves, differ by rounding

Numbers = tuple[float | None, ...]


@dataclass(frozen=True)
class NodeMark:
    """Something about a node that keeps it from learning.

    Parameters
    ----------
    layer, node : int
    kind : {"dead", "saturated", "twin"}
    why : str
        A sentence that says what it is, and one that says what helps.
    """

    layer: int
    node: int
    kind: str
    why: str


@dataclass(frozen=True)
class LayerStats:
    """What each layer does over some instances; one number a layer, None for the input layer.

    Parameters
    ----------
    instances, of : int
        How many instances were looked at, and how many there are.
    deltas : tuple of float
        The mean of |δ| over instances and nodes; None too where it is too large to compute.
    steps : tuple of float
        The mean of |Δθ| = |η δ_i a_j| over instances and all parameters that lead to the layer: weights that
        are present, and biases if they are updated. It is the step of one instance by gradient descent.
    saturated : tuple of float
        The share of nodes that are saturated, on average over the instances.
    dead : tuple of float
        The share of ReLU nodes with g′ = 0 for every instance.
    marks : tuple of NodeMark
    """

    instances: int
    of: int
    deltas: Numbers
    steps: Numbers
    saturated: Numbers
    dead: Numbers
    marks: tuple[NodeMark, ...]


def layer_stats(network: Network, dataset: Dataset, settings: Settings, rows: Sequence[int]) -> LayerStats:
    """Return what each layer does over the instances in `rows` of a data set, or a sample of them.

    Raises
    ------
    MisfitError
        If the instances do not fit the network.
    """
    chosen = sample(rows, network)
    found = passes(network, dataset.inputs[chosen], dataset.targets[chosen])
    saturated = [_saturated(network, found, layer) for layer in range(1, len(network.sizes))]
    dead = [_dead(network, found, layer) for layer in range(1, len(network.sizes))]
    marks = [
        *_dead_marks(dead, len(chosen)),
        *_twin_marks(network),
        *_saturated_marks(saturated, np.abs(dataset.targets[chosen] - found.activations[-1])),
    ]
    return LayerStats(
        len(chosen),
        len(rows),
        (None, *(_mean(np.abs(delta)) for delta in found.deltas[1:] if delta is not None)),
        (None, *_steps(network, settings, found)),
        (None, *(float(share.mean()) for share in saturated)),
        (None, *(float(share.mean()) for share in dead)),
        tuple(sorted(marks, key=lambda mark: (mark.layer, mark.node))),
    )


@lru_cache(maxsize=2)
def stats_of(moment: Moment) -> LayerStats:
    """Return the statistics of the training instances with the weights and the η of a moment.

    Raises
    ------
    MisfitError
        If network and data do not fit.
    """
    settings = moment.settings.at_epoch(moment.position.epoch)
    return layer_stats(moment.network, moment.dataset, settings, moment.split.train)


def sample(rows: Sequence[int], network: Network) -> NDArray[np.intp]:
    """Return the rows, or as many of them at equal distances as the network's size allows."""
    every = np.asarray(rows, dtype=np.intp)
    most = min(max(WORK // network.n_parameters, FEWEST_INSTANCES), MOST_INSTANCES)
    if len(every) <= most:
        return every
    return every[np.linspace(0, len(every) - 1, most).round().astype(np.intp)]


def verdict(stats: LayerStats, notation: Notation) -> str:
    """Return a sentence on where the gradient vanishes or explodes, "" where it does not.

    The hidden layer is named whose mean |δ| is farthest from that of the output layer.
    """
    letter = notation.plain_letters["delta"]
    *hidden, output = stats.deltas[1:]
    if output is None or None in hidden:
        return "The numbers are too large to compute: the gradient has exploded."
    known = [delta for delta in hidden if delta is not None]
    if output == 0 or not known:
        return ""
    smallest, largest = min(known), max(known)
    if smallest == 0:
        layer = notation.layer_number(1 + known.index(smallest))
        still = "the weights that lead to it do not change."
        return f"{letter} of layer {layer} is 0 for every instance: {still}"
    times, is_small = max((output / smallest, True), (largest / output, False))
    if times < FAR:
        return ""
    layer = notation.layer_number(1 + known.index(smallest if is_small else largest))
    compared = f"{letter} of layer {layer} is {_times(times)} times {'smaller' if is_small else 'larger'}"
    what = "vanishes" if is_small else "explodes"
    return f"{compared} than that of the output layer: the gradient {what}."


def _times(factor: float) -> str:
    """Return a factor with two digits that count: 4 300, or 2·10⁷ where it is larger than that."""
    if factor < 1e6:
        return whole_text(float(f"{factor:.1e}"))
    mantissa, _, power = f"{factor:.0e}".partition("e")
    return f"{mantissa}·10{str(int(power)).translate(str.maketrans('0123456789', '⁰¹²³⁴⁵⁶⁷⁸⁹'))}"


# -- numbers -----------------------------------------------------------------------------------------------


def _mean(values: Array) -> float | None:
    mean = float(values.mean())
    return mean if np.isfinite(mean) else None


def _steps(network: Network, settings: Settings, found: Passes) -> Iterator[float | None]:
    """Yield the mean |Δθ| of every layer but the input layer: Σ_p |δ_pi| |a_pj| is a product of matrices."""
    for l, mask in enumerate(network.masks):
        delta = np.abs(_of(found.deltas, l + 1))
        with np.errstate(over="ignore", invalid="ignore"):
            sums = float((delta.T @ np.abs(found.activations[l]))[mask].sum())
        count = int(np.count_nonzero(mask))
        if settings.update_biases:
            sums, count = sums + float(delta.sum()), count + len(mask)
        mean = settings.learning_rate * sums / (count * len(delta)) if count else 0.0
        yield mean if np.isfinite(mean) else None


def _saturated(network: Network, found: Passes, layer: int) -> Array:
    """Return for which share of the instances each node of a layer is saturated, shape (size[layer],).

    Where g′ cancels in δ (cross-entropy) nothing depends on it, and no node counts as saturated.
    """
    name, is_output = network.activations[layer - 1], layer == len(network.sizes) - 1
    if name not in STEEPEST or (is_output and network.loss == "cross_entropy"):
        return np.zeros(network.sizes[layer])
    flat = _of(found.derivatives, layer) < SATURATED * STEEPEST[name]
    return np.asarray(flat.mean(axis=0))


def _dead(network: Network, found: Passes, layer: int) -> Mask:
    """Return which nodes of a layer have g′ = 0 for every instance, shape (size[layer],)."""
    if network.activations[layer - 1] not in CAN_DIE:
        return np.zeros(network.sizes[layer], dtype=np.bool_)
    return np.asarray((_of(found.derivatives, layer) == 0).all(axis=0))


def _of(layers: Sequence[Array | None], layer: int) -> Array:
    values = layers[layer]
    assert values is not None
    return values


# -- marks -------------------------------------------------------------------------------------------------


def _dead_marks(dead: Sequence[Mask], instances: int) -> Iterator[NodeMark]:
    why = (
        f"Dead: z ≤ 0 {_for_each(instances)}, so g′(z) = 0 and δ = 0, and nothing that leads to this node "
        "changes any more. What helps: a larger bias, new start weights, a smaller η, or leaky ReLU."
    )
    for layer, mask in enumerate(dead, start=1):
        yield from (NodeMark(layer, int(node), "dead", why) for node in np.flatnonzero(mask))


def _saturated_marks(shares: Sequence[Array], misses: Array) -> Iterator[NodeMark]:
    instances = len(misses)
    for layer, share in enumerate(shares, start=1):
        marked = share >= NEARLY_EVERY
        if layer == len(shares):
            marked = marked & ~(misses.mean(axis=0) < RIGHT)
        for node in np.flatnonzero(marked):
            count = round(float(share[node]) * instances)
            what = (
                _for_each(instances)
                if count == instances
                else f"for {whole_text(count)} of {counted(instances, 'instance')}"
            )
            why = (
                f"Saturated: {what} z is so far from 0 that g′(z) is less than 1/20 of its largest value, so "
                "hardly anything of the error passes. What helps: smaller start weights, inputs scaled to "
                "small numbers, or a smaller η."
            )
            yield NodeMark(layer, int(node), "saturated", why)


def _twin_marks(network: Network) -> Iterator[NodeMark]:
    """Yield a mark for every hidden node that has a twin.

    Twins have equal weights in and out and equal biases: so they have the same z, a, δ and Δθ.
    """
    for layer in range(1, len(network.sizes) - 1):
        for group in _twins(network, layer):
            for node in group:
                others = [str(other + 1) for other in group if other != node]
                names = _shortened(others)
                nodes = f"node{'s' if len(others) > 1 else ''} {names}"
                why = (
                    f"Twin of {nodes} of this layer: their weights in and out and their biases are equal, so "
                    "they get the same δ and the same Δθ and stay equal, as if they were one node. What "
                    "helps: start weights that differ, such as “uniform”."
                )
                yield NodeMark(layer, node, "twin", why)


def _twins(network: Network, layer: int) -> list[list[int]]:
    """Return the groups of equal nodes of a hidden layer."""
    into, biases, out = network.weights[layer - 1], network.biases[layer - 1], network.weights[layer].T
    numbers = np.hstack([into, biases[:, np.newaxis], out])
    features = np.hstack([_magnitudes(numbers), network.masks[layer - 1], network.masks[layer].T])
    # Equal nodes have equal sums by whatever factors, so after sorting they stand side by side.
    sums = features @ np.random.default_rng(0).uniform(0.5, 1.0, features.shape[1])
    order = np.argsort(sums, kind="stable")
    groups = [[int(order[0])]]
    for before, node in pairwise(order.tolist()):
        if np.abs(features[node] - features[before]).max() <= _SAME:
            groups[-1].append(node)
        else:
            groups.append([node])
    return [sorted(group) for group in groups if len(group) > 1]


def _magnitudes(numbers: Array) -> Array:
    """Return ±(ln |x| + 800), and 0 for 0: two of them differ by as much as their x do as a share of x.

    The smallest x above 0 has a logarithm of −744.4, so the sign of x is kept.
    """
    sizes = np.abs(numbers)
    logarithms = np.log(sizes, out=np.zeros_like(sizes), where=sizes > 0)
    return np.where(sizes > 0, np.copysign(logarithms + 800.0, numbers), 0.0)


def _for_each(instances: int) -> str:
    return "for the only instance" if instances == 1 else f"for each of the {counted(instances, 'instance')}"


def _shortened(names: Sequence[str], most: int = 4) -> str:
    """Return "1, 2 and 3", or the first few and how many more there are."""
    if len(names) <= most:
        return listed(names)
    return f"{', '.join(names[:most])} and {len(names) - most} more"
