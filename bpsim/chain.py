"""The lecture's chain of reactions: varying θ changes a z, which changes an a, … which changes E.

Every link of the chain is one partial derivative, and ∂E/∂θ is the product of all of them. Where the change
goes on along several connections, ∂E/∂a is the sum over the branches, which is what δ collects; or each way
from θ to E is taken as a path of its own, and the products of the paths add up to ∂E/∂θ.

References
----------
The lecture's derivation: ∂E/∂θ² = ∂E/∂a³ · ∂a³/∂z³ · ∂z³/∂θ². Bauer, "Computational graphs and rounding
error" (1974), for the sum over all paths.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from bpsim.arrays import Array
from bpsim.backprop import Trace
from bpsim.errors import NetworkError
from bpsim.quantity import Quantity

ERROR = Quantity("error")
MOST_PATHS = 64
"""Up to here paths are listed one by one."""
PERCEPTRON = (
    "The perceptron has no chain of reactions: its step function has no derivative, "
    "so its rule follows the error y − ŷ and no gradient."
)
_DEAD_END = "No connection leads on from there, so E does not change with it."
_SATURATED = (
    "ŷ has come so close to 0 or 1 that the two last factors cannot be multiplied as numbers; "
    "with cross-entropy g′ cancels, and their product is known."
)
_RELATIVE, _ABSOLUTE = 1e-9, 1e-15  # by more than this a product of saturated factors is off

Letter = Callable[[Quantity], str]
"""How a quantity is written: such as `Notation.chain_text` of a network."""


@dataclass(frozen=True)
class Link:
    """One reaction: `source` changes `target`, ∂target/∂source times as much.

    Parameters
    ----------
    source, target : Quantity
    value : float
        ∂target/∂source.
    form : str
        What the derivative is, with a "{}" for each of `factors`.
    factors : tuple of Quantity
        What it is made of.
    number : Quantity
        Which number of the moment its value is, but for the sign: it is known as soon as that one is.
    branches : tuple of Branch
        Where this link stands for all ways from here to E at once: the ways, whose values add up to it.
    """

    source: Quantity
    target: Quantity
    value: float
    form: str
    factors: tuple[Quantity, ...]
    number: Quantity
    branches: tuple["Branch", ...] = ()

    def partial(self, letter: Letter, d: str = "∂") -> str:
        """Return the derivative's sign, such as "∂z²₁/∂θ¹₁₁"."""
        return f"{d}{letter(self.target)}/{d}{letter(self.source)}"

    def equals(self, letter: Letter) -> str:
        """Return what the derivative is, such as "a¹₁"."""
        return self.form.format(*map(letter, self.factors))

    def text(self, letter: Letter, d: str = "∂") -> str:
        """Return both, such as "∂z²₁/∂θ¹₁₁ = a¹₁"."""
        return f"{self.partial(letter, d)} = {self.equals(letter)}"


@dataclass(frozen=True)
class Branch:
    """One of several ways on: a link, and ∂E/∂target at its end, in which all further ways are summed."""

    link: Link
    onward: float

    @property
    def value(self) -> float:
        """What this way adds to ∂E/∂source."""
        return self.link.value * self.onward


@dataclass(frozen=True)
class Chain:
    """The links from a weight or bias to E.

    Parameters
    ----------
    start : Quantity
        The weight or bias.
    links : tuple of Link
        Each starts where the one before it ends.
    note : str
        What is special about this chain, as a sentence; "" for nothing.
    """

    start: Quantity
    links: tuple[Link, ...]
    note: str = ""

    @property
    def product(self) -> float:
        """The product of all links: ∂E/∂θ, or of one path its share of it."""
        return math.prod(link.value for link in self.links)

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """What changes, one after the other: θ, z, a, …, E."""
        return (self.start, *(link.target for link in self.links))


def chain(trace: Trace, parameter: Quantity) -> Chain:
    """Return the chain from a weight or bias to E.

    Where there are several ways on, the last link stands for all of them together: its value is ∂E/∂a, the
    sum over its branches, as the recursive δ has it.

    Raises
    ------
    NetworkError
        If `parameter` is no weight or bias of the network, the connection is missing, or the network is a
        perceptron.
    """
    links = [_first(trace, parameter)]
    while links[-1].target != ERROR:
        here = links[-1].target
        ways = _ways(trace, here)
        links.append(ways[0] if len(ways) == 1 else _together(trace, here, ways))
    return Chain(parameter, tuple(links), _note(links))


def branches(trace: Trace, quantity: Quantity) -> tuple[Branch, ...]:
    """Return the ways from a z or an a to E; their values add up to ∂E/∂quantity.

    It is the recursive form of the chain: each branch has the sum over all ways from its end on.
    """
    return tuple(Branch(link, slope_of_error(trace, link.target)) for link in _ways(trace, quantity))


def slope_of_error(trace: Trace, quantity: Quantity) -> float:
    """Return ∂E/∂z = −δ of a z, ∂E/∂a of an a, and 1 of E itself."""
    if quantity == ERROR:
        return 1.0
    layers = trace.deltas if quantity.kind == "z" else trace.back_sums
    return 0.0 - float(_of_node(layers[_layer(quantity)], quantity))


def paths(trace: Trace, parameter: Quantity, limit: int = MOST_PATHS) -> tuple[Chain, ...]:
    """Return every single way from a weight or bias to E; their products add up to ∂E/∂θ.

    There are none to return where more than `limit` of them exist: see `path_count`.

    Raises
    ------
    NetworkError
        As `chain` does.
    """
    if path_count(trace, parameter) > limit:
        return ()
    first = _first(trace, parameter)
    return tuple(Chain(parameter, links, _note(links)) for links in _walk(trace, (first,)))


def path_count(trace: Trace, parameter: Quantity) -> int:
    """Return how many ways lead from a weight or bias to E, without walking them."""
    start = _first(trace, parameter).target
    last = len(trace.network.sizes) - 1
    layer, node = _layer(start), _node(start)
    ways = [len(_ways(trace, Quantity("z", last, k))) for k in range(trace.network.sizes[last])]
    counts = np.array(ways, dtype=object)  # whole numbers of any size
    for mask in trace.network.masks[: layer - 1 : -1]:  # from the output layer back to layer `layer`
        counts = mask.T.astype(object) @ counts
    return int(counts[node])


def check_has_chain(trace: Trace) -> None:
    """Raise NetworkError with a sentence if the network is a perceptron."""
    if "step" in trace.network.activations:
        raise NetworkError(PERCEPTRON)


# -- links -------------------------------------------------------------------------------------------------


def _first(trace: Trace, parameter: Quantity) -> Link:
    """Return ∂z/∂θ of a weight or bias: the activation that it is multiplied with."""
    check_has_chain(trace)
    network, (kind, layer, node, source, _instance) = trace.network, parameter
    if kind not in ("weight", "bias") or layer is None or not 0 < layer < len(network.sizes):
        raise NetworkError("A chain of reactions starts at a weight or a bias.")
    if node is None or not 0 <= node < network.sizes[layer]:
        raise NetworkError("The network has no such node.")
    z = Quantity("z", layer, node)
    if kind == "bias":
        return Link(parameter, z, 1.0, "1", (), parameter)
    if source is None or not 0 <= source < network.sizes[layer - 1]:
        raise NetworkError("The network has no such node.")
    if not network.masks[layer - 1][node, source]:
        raise NetworkError("These two nodes are not connected, so there is no weight to vary.")
    before = _activation(layer - 1, source)
    return Link(parameter, z, float(trace.activations[layer - 1][source]), "{}", (before,), before)


def _ways(trace: Trace, here: Quantity) -> tuple[Link, ...]:
    """Return the links that lead on from a z or an a."""
    layer, node, last = _layer(here), _node(here), len(trace.network.sizes) - 1
    if here.kind == "z" and layer == last:
        return _from_output_z(trace, here)
    if here.kind == "z":
        return (_slope(trace, here),)
    if layer == last:
        return (_from_output(trace, node),)
    weights, mask = trace.network.weights[layer], trace.network.masks[layer]
    targets = [int(i) for i in np.flatnonzero(mask[:, node])]
    between = [Quantity("weight", layer + 1, i, node) for i in targets]
    return tuple(
        Link(here, Quantity("z", layer + 1, i), float(weights[i, node]), "{}", (weight,), weight)
        for i, weight in zip(targets, between, strict=True)
    )


def _slope(trace: Trace, z: Quantity) -> Link:
    value, slope = _of_node(trace.derivatives[_layer(z)], z), z._replace(kind="slope")
    return Link(z, z._replace(kind="a"), value, "{}", (slope,), slope)


def _from_output_z(trace: Trace, z: Quantity) -> tuple[Link, ...]:
    """Return the links from z of an output to the activations it changes, or to E where ŷ is saturated."""
    ways, softmax = _to_activations(trace, z), trace.network.activations[-1] == "softmax"
    if trace.network.loss == "cross_entropy":
        slope = slope_of_error(trace, z)
        with np.errstate(invalid="ignore", over="ignore"):
            total = sum(way.value * slope_of_error(trace, way.target) for way in ways)
        if not math.isclose(total, slope, rel_tol=_RELATIVE, abs_tol=_ABSOLUTE):
            form = "{} − {}" if math.isclose(float(trace.target.sum()), 1.0) or not softmax else "{} Σy − {}"
            factors = (z._replace(kind="a"), z._replace(kind="target"))
            return (Link(z, ERROR, slope, form, factors, z._replace(kind="delta")),)
    return ways


def _to_activations(trace: Trace, z: Quantity) -> tuple[Link, ...]:
    if trace.network.activations[-1] != "softmax":
        return (_slope(trace, z),)
    mine, slope, links = z._replace(kind="a"), z._replace(kind="slope"), []
    for m, other in enumerate(trace.prediction):
        a = mine._replace(node=m)
        if a == mine:
            value, form = _of_node(trace.derivatives[_layer(z)], z), "{} (1 − {})"
        else:
            value, form = -float(other * trace.prediction[_node(z)]), "−{} {}"
        links.append(Link(z, a, value, form, (a, mine), slope))
    return tuple(links)


def _from_output(trace: Trace, node: int) -> Link:
    """Return ∂E/∂ŷ of an output."""
    a = Quantity("a", len(trace.network.sizes) - 1, node)
    y = a._replace(kind="target")
    form = "−({} − {})"
    if trace.network.loss == "cross_entropy":
        form = "−{}/{}" if trace.network.activations[-1] == "softmax" else "({1} − {0})/({1} (1 − {1}))"
    return Link(a, ERROR, slope_of_error(trace, a), form, (y, a), a._replace(kind="downhill"))


def _together(trace: Trace, here: Quantity, ways: tuple[Link, ...]) -> Link:
    """Return the link from here to E that sums all ways."""
    summed = tuple(Branch(way, slope_of_error(trace, way.target)) for way in ways)
    form = f"Σ of {len(ways)} branches" if ways else "0"
    number = here._replace(kind="delta" if here.kind == "z" else "back_sum")
    return Link(here, ERROR, slope_of_error(trace, here), form, (), number, summed)


def _walk(trace: Trace, links: tuple[Link, ...]) -> Iterator[tuple[Link, ...]]:
    if links[-1].target == ERROR:
        yield links
        return
    for way in _ways(trace, links[-1].target):
        yield from _walk(trace, (*links, way))


def _note(links: list[Link] | tuple[Link, ...]) -> str:
    last = links[-1]
    if last.source.kind == "z" and last.target == ERROR and not last.branches:
        return _SATURATED
    return _DEAD_END if last.form == "0" else ""


# -- inside ------------------------------------------------------------------------------------------------


def _activation(layer: int, node: int) -> Quantity:
    return Quantity("a" if layer else "input", layer, node)


def _layer(quantity: Quantity) -> int:
    assert quantity.layer is not None
    return quantity.layer


def _node(quantity: Quantity) -> int:
    assert quantity.node is not None
    return quantity.node


def _of_node(values: Array | None, quantity: Quantity) -> float:
    assert values is not None
    return float(values[_node(quantity)])
