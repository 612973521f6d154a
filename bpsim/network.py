"""The layered network: a frozen value, and the edits that return a new one.

Layers count from 0 (the input layer) to L − 1. `weights[l]` leads from layer l to layer l + 1 and has a row
for each target node i and a column for each source node j, so z = weights[l] @ a + biases[l].
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Self, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bpsim.activations import ACTIVATIONS, Activation
from bpsim.arrays import Array, Mask, frozen, frozen_mask, same_bits
from bpsim.errors import NetworkError
from bpsim.initializers import INITIALIZERS
from bpsim.losses import LOSSES

T = TypeVar("T")

Node = tuple[int, int]
"""A node as (layer, index in the layer), both from 0."""


@dataclass(frozen=True, eq=False)
class Network:
    """A multi-layer perceptron.

    Parameters
    ----------
    weights : sequence of arrays, (size[l+1], size[l])
        θ between neighbouring layers; made 0 where the connection is missing.
    biases : sequence of arrays, (size[l+1],)
        θ₀ of every node that is not an input.
    masks : sequence of bool arrays shaped as `weights`
        False where a connection is missing.
    activations : sequence of str
        A name in `ACTIVATIONS` for every layer but the input layer: `activations[l]` is that of layer l + 1.
    loss : str
        A name in `LOSSES`.

    Raises
    ------
    NetworkError
        If shapes, names or numbers do not make a network.
    """

    weights: tuple[Array, ...]
    biases: tuple[Array, ...]
    masks: tuple[Mask, ...]
    activations: tuple[str, ...]
    loss: str = "mse"

    def __post_init__(self) -> None:
        weights, biases = _numbers(self.weights), _numbers(self.biases)
        masks = tuple(frozen_mask(mask) for mask in self.masks)
        _check_shapes(weights, biases, masks, self.activations)
        _set(self, "weights", tuple(frozen(np.where(m, w, 0.0)) for w, m in zip(weights, masks, strict=True)))
        _set(self, "biases", biases)
        _set(self, "masks", masks)
        _set(self, "activations", tuple(self.activations))
        _check_numbers(self)
        _check_functions(self)

    # -- making --------------------------------------------------------------------------------------------

    @classmethod
    def dense(
        cls,
        sizes: Sequence[int],
        activation: str | Sequence[str] = "sigmoid",
        loss: str = "mse",
        initializer: str = "uniform",
        seed: int = 0,
        scale: float = 1.0,
    ) -> Self:
        """Return a network whose neighbouring layers are fully connected.

        Parameters
        ----------
        sizes : sequence of int
            Nodes of every layer, the input layer first.
        activation : str or sequence of str
            One name for all layers but the input layer, or one for each of them.
        loss, initializer, seed, scale
            See `LOSSES` and `INITIALIZERS`.
        """
        if len(sizes) < 2 or any(size < 1 for size in sizes):
            raise NetworkError("A network needs an input and an output layer, each with at least one node.")
        pairs = list(pairwise(sizes))
        names = [activation] * len(pairs) if isinstance(activation, str) else list(activation)
        return cls(
            tuple(np.zeros((n_out, n_in)) for n_in, n_out in pairs),
            tuple(np.zeros(n_out) for _, n_out in pairs),
            tuple(np.ones((n_out, n_in), dtype=np.bool_) for n_in, n_out in pairs),
            tuple(names),
            loss,
        ).initialized(initializer, seed, scale)

    def initialized(self, initializer: str, seed: int, scale: float = 1.0) -> Self:
        """Return this network with weights and biases drawn anew; missing connections stay missing."""
        if initializer not in INITIALIZERS:
            raise NetworkError(
                f"Start weights “{initializer}” are unknown; choose {', '.join(INITIALIZERS)}."
            )
        rng = np.random.default_rng(seed)
        draw = INITIALIZERS[initializer].draw
        drawn = [draw(rng, n_out, n_in, scale) for n_out, n_in in (weights.shape for weights in self.weights)]
        return self.with_parameters([weights for weights, _ in drawn], [biases for _, biases in drawn])

    # -- reading -------------------------------------------------------------------------------------------

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """Number of nodes of every layer, the input layer first."""
        return (self.weights[0].shape[1], *(len(biases) for biases in self.biases))

    @property
    def n_parameters(self) -> int:
        """Number of weights that are present, and of biases."""
        return sum(int(mask.sum()) for mask in self.masks) + sum(len(biases) for biases in self.biases)

    def layer_title(self, layer: int) -> str:
        """Return a layer's name as a heading: "Hidden layer", or "Hidden layer 2" of several."""
        if layer == 0:
            return "Input layer"
        if layer == len(self.weights):
            return "Output layer"
        return "Hidden layer" if len(self.weights) == 2 else f"Hidden layer {layer}"

    def node_name(self, layer: int, node: int) -> str:
        """Return the name of a node in a sentence, such as "hidden node 1" or "node 1 of hidden layer 2"."""
        if layer == 0:
            return f"input {node + 1}"
        if layer == len(self.weights):
            return f"output {node + 1}"
        if len(self.weights) == 2:
            return f"hidden node {node + 1}"
        return f"node {node + 1} of hidden layer {layer}"

    def __eq__(self, other: object) -> bool:
        """Tell whether both are the same network, bit for bit."""
        if not isinstance(other, Network):
            return NotImplemented
        return (
            self.activations == other.activations
            and self.loss == other.loss
            and same_bits(self.masks, other.masks)
            and same_bits(self.weights, other.weights)
            and same_bits(self.biases, other.biases)
        )

    __hash__ = None  # type: ignore[assignment]

    # -- editing numbers -----------------------------------------------------------------------------------

    def with_parameters(
        self, weights: Sequence[ArrayLike] | None = None, biases: Sequence[ArrayLike] | None = None
    ) -> Self:
        """Return this network with other weights, other biases, or both."""
        return replace(
            self,
            weights=self.weights if weights is None else _numbers(weights),
            biases=self.biases if biases is None else _numbers(biases),
        )

    def with_weight(self, l: int, i: int, j: int, value: float) -> Self:
        """Return this network with the weight from node j of layer l to node i of layer l + 1 set.

        Raises
        ------
        NetworkError
            If the connection is missing or the value is not a finite number.
        """
        if not self.masks[l][i, j]:
            raise NetworkError("These two nodes are not connected: connect them first.")
        return replace(self, weights=_replaced(self.weights, l, _changed(self.weights[l], (i, j), value)))

    def with_bias(self, l: int, i: int, value: float) -> Self:
        """Return this network with the bias of node i of layer l + 1 set."""
        return replace(self, biases=_replaced(self.biases, l, _changed(self.biases[l], i, value)))

    def stepped(self, weight_steps: Sequence[Array], bias_steps: Sequence[Array]) -> Self:
        """Return this network with θ ← θ + Δθ for all parameters at once; the steps have to fit."""
        new = object.__new__(type(self))
        _set(new, "weights", tuple(_sum(w, s) for w, s in zip(self.weights, weight_steps, strict=True)))
        _set(new, "biases", tuple(_sum(b, s) for b, s in zip(self.biases, bias_steps, strict=True)))
        for name in ("masks", "activations", "loss"):
            _set(new, name, getattr(self, name))
        return new

    # -- editing functions ---------------------------------------------------------------------------------

    def with_activation(self, layer: int, name: str) -> Self:
        """Return this network with another activation function in layer 1 … L − 1."""
        if layer == 0:
            raise NetworkError("The input layer hands its values on: it has no activation function.")
        return replace(self, activations=_replaced(self.activations, layer - 1, name))

    def with_all_activations(self, name: str) -> Self:
        """Return this network with one activation function in all hidden layers and the output layer.

        Softmax and step stand in the output layer only and leave hidden layers as they are.
        """
        hidden = _activation(name).where == "anywhere"
        last = len(self.activations) - 1
        return replace(
            self,
            activations=tuple(name if hidden or l == last else old for l, old in enumerate(self.activations)),
        )

    def with_loss(self, name: str) -> Self:
        """Return this network with another error function."""
        return replace(self, loss=name)

    # -- editing connections -------------------------------------------------------------------------------

    def with_connected(self, l: int, i: int, j: int, value: float) -> Self:
        """Return this network with a connection from node j of layer l to node i of layer l + 1."""
        return replace(
            self,
            masks=_replaced(self.masks, l, _changed_mask(self.masks[l], (i, j), True)),
            weights=_replaced(self.weights, l, _changed(self.weights[l], (i, j), value)),
        )

    def with_disconnected(self, l: int, i: int, j: int) -> Self:
        """Return this network without the connection from node j of layer l to node i of layer l + 1."""
        return replace(self, masks=_replaced(self.masks, l, _changed_mask(self.masks[l], (i, j), False)))

    # -- editing nodes and layers --------------------------------------------------------------------------

    def with_node_added(self, layer: int, index: int, seed: int = 0) -> Self:
        """Return this network with a new node at `index` of a layer; the others keep their weights.

        It is fully connected; its weights and its bias are uniform in [−1, 1], by seed.
        """
        rng = np.random.default_rng(seed)
        weights, biases, masks = list(self.weights), list(self.biases), list(self.masks)
        if layer > 0:
            above = layer - 1
            row = rng.uniform(-1, 1, weights[above].shape[1])
            weights[above] = np.insert(weights[above], index, row, axis=0)
            masks[above] = np.insert(masks[above], index, True, axis=0)
            biases[above] = np.insert(biases[above], index, rng.uniform(-1, 1))
        if layer < len(weights):
            column = rng.uniform(-1, 1, weights[layer].shape[0])
            weights[layer] = np.insert(weights[layer], index, column, axis=1)
            masks[layer] = np.insert(masks[layer], index, True, axis=1)
        return replace(self, weights=tuple(weights), biases=tuple(biases), masks=tuple(masks))

    def with_nodes_removed(self, nodes: Iterable[Node]) -> Self:
        """Return this network without some nodes and all their weights.

        Raises
        ------
        NetworkError
            If a layer would be left without a node.
        """
        keep = [np.ones(size, dtype=np.bool_) for size in self.sizes]
        for layer, index in nodes:
            keep[layer][index] = False
        for layer, kept in enumerate(keep):
            if not kept.any():
                raise NetworkError(f"{self.layer_title(layer)}: a layer needs at least one node.")
        return self._rearranged([np.flatnonzero(kept) for kept in keep])

    def with_node_moved(self, layer: int, old: int, new: int) -> Self:
        """Return this network with a node moved to another place in its layer, weights and all."""
        order = [np.arange(size) for size in self.sizes]
        order[layer] = np.insert(np.delete(order[layer], old), new, old)
        return self._rearranged(order)

    def with_layer_size(self, layer: int, size: int, seed: int = 0) -> Self:
        """Return this network with nodes added or removed at the end of a layer, so that it has `size`."""
        if size < 1:
            raise NetworkError(f"{self.layer_title(layer)}: a layer needs at least one node.")
        present = self.sizes[layer]
        network = self.with_nodes_removed((layer, index) for index in range(size, present))
        for index in range(present, size):
            network = network.with_node_added(layer, index, seed=seed + index)
        return network

    def with_layer_added(self, layer: int, size: int, activation: str = "sigmoid", seed: int = 0) -> Self:
        """Return this network with a new hidden layer as number `layer` (1 … L − 1).

        The weights that led over the gap are replaced by new ones, uniform in [−1, 1] by seed.
        """
        if not 1 <= layer <= len(self.weights):
            raise NetworkError("A hidden layer stands between the input layer and the output layer.")
        sizes = self.sizes
        new = Network.dense((sizes[layer - 1], size, sizes[layer]), seed=seed)
        gap = layer - 1
        return replace(
            self,
            weights=(*self.weights[:gap], *new.weights, *self.weights[gap + 1 :]),
            biases=(*self.biases[:gap], new.biases[0], *self.biases[gap:]),
            masks=(*self.masks[:gap], *new.masks, *self.masks[gap + 1 :]),
            activations=(*self.activations[:gap], activation, *self.activations[gap:]),
        )

    def with_layer_removed(self, layer: int, seed: int = 0) -> Self:
        """Return this network without a hidden layer; its neighbours are joined by new weights by seed."""
        if not 1 <= layer < len(self.weights):
            raise NetworkError("The input layer and the output layer cannot be removed.")
        sizes = self.sizes
        new = Network.dense((sizes[layer - 1], sizes[layer + 1]), seed=seed)
        gap = layer - 1
        return replace(
            self,
            weights=(*self.weights[:gap], *new.weights, *self.weights[layer + 1 :]),
            biases=(*self.biases[:gap], *self.biases[layer:]),
            masks=(*self.masks[:gap], *new.masks, *self.masks[layer + 1 :]),
            activations=(*self.activations[:gap], *self.activations[layer:]),
        )

    # -- inside --------------------------------------------------------------------------------------------

    def _rearranged(self, order: Sequence[NDArray[np.intp]]) -> Self:
        """Return the network whose layer l has the nodes `order[l]` of this one, in that order."""
        pairs = list(pairwise(order))
        return replace(
            self,
            weights=tuple(w[np.ix_(out, into)] for w, (into, out) in zip(self.weights, pairs, strict=True)),
            masks=tuple(m[np.ix_(out, into)] for m, (into, out) in zip(self.masks, pairs, strict=True)),
            biases=tuple(b[out] for b, out in zip(self.biases, order[1:], strict=True)),
        )


def _set(network: Network, name: str, value: object) -> None:
    object.__setattr__(network, name, value)


def _replaced(values: tuple[T, ...], place: int, value: T) -> tuple[T, ...]:
    return (*values[:place], value, *values[place + 1 :])


def _changed(array: Array, place: tuple[int, int] | int, value: float) -> Array:
    changed = array.copy()
    changed[place] = value
    return changed


def _changed_mask(mask: Mask, place: tuple[int, int], present: bool) -> Mask:
    changed = mask.copy()
    changed[place] = present
    return changed


def _sum(parameters: Array, steps: Array) -> Array:
    total = parameters + steps
    total.setflags(write=False)
    return total


def _numbers(values: Iterable[ArrayLike]) -> tuple[Array, ...]:
    try:
        return tuple(frozen(array) for array in values)
    except (TypeError, ValueError):
        raise NetworkError("Weights and biases must be numbers, in rows of equal length.") from None


def _activation(name: str) -> Activation:
    if name not in ACTIVATIONS:
        raise NetworkError(f"Activation “{name}” is unknown; choose {', '.join(ACTIVATIONS)}.")
    return ACTIVATIONS[name]


def _check_shapes(
    weights: Sequence[Array], biases: Sequence[Array], masks: Sequence[Mask], activations: Sequence[str]
) -> None:
    counts = [len(part) for part in (weights, biases, masks, activations)]
    if not counts[0] or len(set(counts)) > 1:
        raise NetworkError(
            "A network needs weights, biases, masks and an activation for every layer but the input layer; "
            f"got {counts[0]}, {counts[1]}, {counts[2]} and {counts[3]} of them."
        )
    for number, (w, b, m) in enumerate(zip(weights, biases, masks, strict=True), start=1):
        if w.ndim != 2 or 0 in w.shape:
            raise NetworkError(f"Weights {number} need a row for each target and a column for each source.")
        for name, array, expected in (("Biases", b, w.shape[:1]), ("Masks", m, w.shape)):
            if array.shape != expected:
                raise NetworkError(
                    f"{name} {number} have the shape {array.shape}; beside weights {number} it is {expected}."
                )
    for number, (before, after) in enumerate(pairwise(weights), start=2):
        if after.shape[1] != before.shape[0]:
            raise NetworkError(
                f"Weights {number} have {after.shape[1]} columns; layer {number} has {before.shape[0]} nodes."
            )


def _check_numbers(network: Network) -> None:
    for l, (w, b) in enumerate(zip(network.weights, network.biases, strict=True)):
        if not (np.isfinite(w).all() and np.isfinite(b).all()):
            raise NetworkError(
                f"Every weight and bias must be a finite number; layer {l + 2} has one that is not."
            )


def _check_functions(network: Network) -> None:
    for l, name in enumerate(network.activations):
        activation = _activation(name)
        if activation.where == "output" and l < len(network.activations) - 1:
            raise NetworkError(
                f"{activation.label} compares all outputs, so it stands in the output layer only."
            )
        if activation.where == "perceptron" and len(network.activations) > 1:
            raise NetworkError(
                "The step function has no derivative to pass an error back through, so it works in a "
                "single-layer perceptron only: choose another activation for the output layer first."
            )
    if network.loss not in LOSSES:
        raise NetworkError(f"Error “{network.loss}” is unknown; choose {', '.join(LOSSES)}.")
    loss, output = LOSSES[network.loss], network.activations[-1]
    if output not in loss.outputs:
        raise NetworkError(
            f"{loss.label.capitalize()} goes with {' or '.join(loss.outputs)} outputs, not with "
            f"{ACTIVATIONS[output].label}: choose the mean squared error first, or another output activation."
        )
