"""Backpropagation of one instance, in the lecture's six phases.

Read this file beside the lecture. Each phase is one function; `backpropagate` calls them in order and keeps
every number that comes up in a `Trace`. Layers count from 0; per-layer sequences have one entry a layer, and
None where a layer has no such number (the input layer has no z and no δ).

References
----------
Rumelhart, Hinton and Williams, "Learning representations by back-propagating errors" (1986). The sign of δ is
the lecture's, δ = −∂E/∂z.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, cast

import numpy as np
from numpy.typing import ArrayLike

from bpsim.activations import ACTIVATIONS
from bpsim.arrays import Array, all_finite, frozen
from bpsim.decay import decay_steps, penalty
from bpsim.errors import DivergenceError, MisfitError
from bpsim.losses import LOSSES, output_delta
from bpsim.network import Network
from bpsim.optimizers import NO_MEMORY, OPTIMIZERS, Memory, Pair, started
from bpsim.settings import Settings

PHASES = ("receive", "forward", "error", "backward", "gradient", "update")
"""The six phases, in their order."""

Layers = tuple[Array, ...]
"""One array for each layer pair, standing beside `network.weights` or `network.biases`."""
PerLayer = tuple[Array | None, ...]
"""One array for each layer, None where the layer has no such number."""


@dataclass(frozen=True, eq=False)
class Batch:
    """Sums of the steps Δθ of the instances of one batch so far.

    Parameters
    ----------
    count : int
        How many instances they are.
    weight_steps, bias_steps : tuple of arrays
        Σ_p Δθ, shaped as the network's weights and biases.
    """

    count: int
    weight_steps: Layers
    bias_steps: Layers


@dataclass(frozen=True, eq=False)
class Trace:
    """Every number of one instance's way through the six phases.

    Parameters
    ----------
    network : Network
        The parameters before the update; all phases but the last use these.
    settings : Settings
        What η was, and whether biases are updated.
    input, target : array, (size[0],) and (size[L−1],)
        x and y.
    activations : tuple of arrays, (size[l],)
        a of every layer: the input layer's is x, the output layer's is ŷ.
    pre_activations : tuple of arrays, (size[l],)
        z of every layer, None for the input layer.
    derivatives : tuple of arrays, (size[l],)
        g′(z) of every layer, None for the input layer. For softmax the diagonal a (1 − a).
    errors : array, (size[L−1],)
        E_k of every output.
    error : float
        E_p = Σ_k E_k.
    penalty : float
        λ₁ Σ |θ| + ½ λ₂ Σ θ² of the weights before the update, which is no part of E; 0 without decay.
    back_sums : tuple of arrays, (size[l],)
        What g′ is multiplied with: Σ_i θ_ij δ_i for a hidden node, −∂E/∂ŷ_k for an output.
    deltas : tuple of arrays, (size[l],)
        δ of every layer, None for the input layer.
    weight_steps, bias_steps : tuple of arrays
        Δθ_ij = η δ_i a_j and Δθ_0i = η δ_i of this instance; 0 for missing connections and frozen biases.
    batch : Batch
        The sums over the batch up to and with this instance.
    closes_batch : bool
        Whether an update follows this instance.
    mean_weight_steps, mean_bias_steps : tuple of arrays or None
        The means Δθ over the batch. None where no update follows.
    decay_steps : tuple of arrays or None
        −η (λ₂ θ + λ₁ sign θ) of the weights. None without decay, and where no update follows.
    memory, next_memory : Memory
        What the optimizer remembers before the update, and after it; the same where none follows.
    update_weight_steps, update_bias_steps : tuple of arrays or None
        What the update adds: what the optimizer makes of the means and the decay. For plain gradient descent
        without decay these are the means themselves. None where no update follows.
    updated : Network
        The network after the update; `network` itself where none follows.
    """

    network: Network
    settings: Settings
    input: Array
    target: Array
    pre_activations: PerLayer
    activations: Layers
    derivatives: PerLayer
    errors: Array
    error: float
    penalty: float
    back_sums: PerLayer
    deltas: PerLayer
    weight_steps: Layers
    bias_steps: Layers
    batch: Batch
    closes_batch: bool
    mean_weight_steps: Layers | None
    mean_bias_steps: Layers | None
    decay_steps: Layers | None
    memory: Memory
    next_memory: Memory
    update_weight_steps: Layers | None
    update_bias_steps: Layers | None
    updated: Network

    @property
    def prediction(self) -> Array:
        """The output layer's activations ŷ, shape (size[L−1],)."""
        return self.activations[-1]


# -- the six phases ----------------------------------------------------------------------------------------


def receive(network: Network, x: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
    """Phase 1: return input x and target y as arrays that fit the network.

    Raises
    ------
    MisfitError
        If their lengths are not the numbers of input and output nodes, or a value is not finite.
    """
    x, y = frozen(x), frozen(y)
    for values, size, layer in ((x, network.sizes[0], "input"), (y, network.sizes[-1], "output")):
        if values.shape != (size,):
            raise MisfitError(
                f"The network has {size} {layer} nodes, the instance has {values.size} values for them."
            )
        if not all_finite(values):
            raise MisfitError(f"The values for the {layer} nodes must be finite numbers.")
    return x, y


def forward_pass(network: Network, x: Array) -> tuple[PerLayer, Layers]:
    """Phase 2: return z and a of every layer, from left to right: z = θ a + θ₀, a = g(z).

    Takes one instance, shape (size[0],), or the rows of N of them, shape (N, size[0]).
    """
    pre_activations: list[Array | None] = [None]
    activations = [x]
    for weights, biases, name in zip(network.weights, network.biases, network.activations, strict=True):
        z = activations[-1] @ weights.T + biases  # z_i = Σ_j a_j θ_ij + θ_0i
        pre_activations.append(z)
        activations.append(ACTIVATIONS[name].function(z))
    return tuple(pre_activations), tuple(activations)


def compute_error(network: Network, y: Array, z: Array, prediction: Array) -> tuple[Array, float]:
    """Phase 3: return E_k of every output, and E_p = Σ_k E_k; z is that of the output layer."""
    errors = LOSSES[network.loss].terms(y, z, prediction, network.activations[-1])
    return errors, float(errors.sum())


def backward_pass(
    network: Network, y: Array, pre_activations: PerLayer, prediction: Array
) -> tuple[PerLayer, PerLayer, PerLayer]:
    """Phase 4: return δ, the sums before g′, and g′ of every layer, computed from right to left.

    Output layer: δ as in `bpsim.losses.output_delta`. Hidden layer: δ_j = (Σ_i θ_ij δ_i) g′(z_j), with the
    weights before the update.
    """
    z, output = _known(pre_activations), network.activations[-1]
    derivatives = [
        ACTIVATIONS[name].derivative(z_l) for name, z_l in zip(network.activations, z, strict=True)
    ]
    back_sum = LOSSES[network.loss].downhill(y, z[-1], prediction, output)
    delta = output_delta(network.loss, output, y, prediction, back_sum, derivatives[-1])
    back_sums, deltas = [back_sum], [delta]
    for weights, derivative in zip(network.weights[:0:-1], derivatives[-2::-1], strict=True):
        back_sum = delta @ weights  # Σ_i δ_i θ_ij
        delta = back_sum * derivative
        back_sums.insert(0, back_sum)
        deltas.insert(0, delta)
    return (None, *deltas), (None, *back_sums), (None, *derivatives)


def weight_steps(
    network: Network, settings: Settings, activations: Layers, deltas: PerLayer
) -> tuple[Layers, Layers]:
    """Phase 5: return Δθ_ij = η δ_i a_j of every weight that is present, and Δθ_0i = η δ_i of every bias."""
    steps, bias_steps = [], []
    for mask, a, delta in zip(network.masks, activations[:-1], _known(deltas), strict=True):
        scaled = settings.learning_rate * delta
        steps.append(np.where(mask, scaled[:, np.newaxis] * a, 0.0))
        bias_steps.append(scaled if settings.update_biases else np.zeros_like(scaled))
    return tuple(steps), tuple(bias_steps)


def optimizer_steps(
    network: Network, settings: Settings, weight_means: Layers, bias_means: Layers, memory: Memory
) -> tuple[Layers, Layers, Memory]:
    """Phase 6, first half: return what the update adds to weights and biases, and what is remembered then.

    The optimizer gets the mean Δθ of the batch, for weights with their decay. A missing connection and a
    frozen bias stay as they are; they give it 0.
    """
    optimizer, count = OPTIMIZERS[settings.optimizer], memory.count + 1
    if not optimizer.slots:
        return weight_means, bias_means, memory
    steps, bias_steps, kept = [], [], []
    for l, mask in enumerate(network.masks):
        slots = [memory.of(slot)[l] for slot in optimizer.slots]
        rate, momentum = settings.learning_rate, settings.momentum
        step, new = optimizer.step(weight_means[l], tuple(w for w, _ in slots), rate, momentum, count)
        bias_step, new_bias = optimizer.step(bias_means[l], tuple(b for _, b in slots), rate, momentum, count)
        steps.append(np.where(mask, step, 0.0))
        bias_steps.append(bias_step if settings.update_biases else np.zeros_like(bias_step))
        kept.append(tuple(zip(new, new_bias, strict=True)))
    named: dict[str, tuple[Pair, ...]] = dict(zip(optimizer.slots, zip(*kept, strict=True), strict=True))
    return tuple(steps), tuple(bias_steps), Memory(settings.optimizer, count, **named)


def update(network: Network, weight_steps: Layers, bias_steps: Layers) -> Network:
    """Phase 6, second half: return the network with every step added to its θ, all parameters at once."""
    return network.stepped(weight_steps, bias_steps)


# -- all of them -------------------------------------------------------------------------------------------


def backpropagate(
    network: Network,
    x: ArrayLike,
    y: ArrayLike,
    settings: Settings | None = None,
    *,
    batch: Batch | None = None,
    memory: Memory = NO_MEMORY,
    closes_batch: bool = True,
) -> Trace:
    """Take one instance through all six phases and return every number of it.

    Parameters
    ----------
    network : Network
    x, y : array_like, (size[0],) and (size[L−1],)
    settings : Settings, optional
    batch : Batch, optional
        The sums over the earlier instances of the same batch, if there are any.
    memory : Memory, optional
        What the optimizer remembers of earlier updates; that of another optimizer is forgotten.
    closes_batch : bool
        Whether the update follows this instance.

    Raises
    ------
    MisfitError
        If x or y do not fit the network.
    DivergenceError
        If a number became infinite or undefined; it is named.
    """
    settings = settings or Settings()
    x, y = receive(network, x, y)
    with np.errstate(over="ignore", invalid="ignore"):  # a number that has overflowed is named below
        pre_activations, activations = forward_pass(network, x)
        z = _known(pre_activations)
        _check_nodes(network, z, "z")
        errors, error = compute_error(network, y, z[-1], activations[-1])
        if not math.isfinite(error):
            _check_nodes(network, [errors], "E")
            raise DivergenceError("E")
        deltas, back_sums, derivatives = backward_pass(network, y, pre_activations, activations[-1])
        _check_nodes(network, _known(deltas), "δ")
        steps, bias_steps = weight_steps(network, settings, activations, deltas)
        total = _added(batch, steps, bias_steps)
        memory = started(memory, settings.optimizer, network.weights, network.biases)
        last = _last_phase(network, settings, total, memory, closes_batch)
    _freeze(z, activations, _known(derivatives), (errors,), _known(back_sums), _known(deltas))
    _freeze(steps, bias_steps, total.weight_steps, total.bias_steps)
    return Trace(
        network, settings, x, y, pre_activations, activations, derivatives, errors, error,
        penalty(network, settings), back_sums, deltas, steps, bias_steps, total, closes_batch, *last,
    )  # fmt: skip


def forward(network: Network, inputs: ArrayLike) -> Array:
    """Return the predictions ŷ, shape (N, size[L−1]), for inputs of shape (N, size[0]).

    Where a number is too large to compute they are infinite or NaN.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        return forward_pass(network, np.asarray(inputs, dtype=np.float64))[1][-1]


# -- inside ------------------------------------------------------------------------------------------------


def _known(layers: PerLayer) -> Layers:
    """Return the arrays of the layers after the input layer, standing beside `network.weights`."""
    return cast(Layers, layers[1:])


def _added(batch: Batch | None, steps: Layers, bias_steps: Layers) -> Batch:
    if batch is None:
        return Batch(1, steps, bias_steps)
    return Batch(
        batch.count + 1,
        tuple(a + b for a, b in zip(batch.weight_steps, steps, strict=True)),
        tuple(a + b for a, b in zip(batch.bias_steps, bias_steps, strict=True)),
    )


class _LastPhase(NamedTuple):
    """The last fields of a `Trace`."""

    mean_weight_steps: Layers | None
    mean_bias_steps: Layers | None
    decay_steps: Layers | None
    memory: Memory
    next_memory: Memory
    update_weight_steps: Layers | None
    update_bias_steps: Layers | None
    updated: Network


def _last_phase(
    network: Network, settings: Settings, batch: Batch, memory: Memory, closes_batch: bool
) -> _LastPhase:
    if not closes_batch:
        _check_parameters(network, batch.weight_steps, batch.bias_steps, "Δθ of the")
        return _LastPhase(None, None, None, memory, memory, None, None, network)
    means, bias_means = _means(network, settings, batch)
    decay = decay_steps(network, settings) if settings.decays else None
    pulled = means if decay is None else tuple(m + d for m, d in zip(means, decay, strict=True))
    steps, bias_steps, next_memory = optimizer_steps(network, settings, pulled, bias_means, memory)
    updated = update(network, steps, bias_steps)
    _check_parameters(network, updated.weights, updated.biases, "The")
    _check_memory(network, next_memory)
    _freeze(means, bias_means, decay or (), steps, bias_steps)
    return _LastPhase(means, bias_means, decay, memory, next_memory, steps, bias_steps, updated)


def _means(network: Network, settings: Settings, batch: Batch) -> tuple[Layers, Layers]:
    """Return the mean Δθ of a full batch.

    Connections cut, and biases frozen, while the batch was in progress do not move any more.
    """
    if batch.count == 1:
        return batch.weight_steps, batch.bias_steps
    return (
        tuple(
            np.where(m, s / batch.count, 0.0) for m, s in zip(network.masks, batch.weight_steps, strict=True)
        ),
        tuple(s / batch.count if settings.update_biases else np.zeros_like(s) for s in batch.bias_steps),
    )


def _check_nodes(network: Network, layers: Sequence[Array], symbol: str) -> None:
    """Raise DivergenceError if a number of a node is not finite; the last of `layers` is the output layer."""
    for place, values in enumerate(layers, start=-len(layers)):
        if not all_finite(values):
            layer = len(network.sizes) + place
            node = int(np.flatnonzero(~np.isfinite(values))[0])
            raise DivergenceError(f"{symbol} of {network.node_name(layer, node)}")


def _check_parameters(network: Network, weights: Layers, biases: Layers, article: str) -> None:
    """Raise DivergenceError if a number that belongs to a weight or bias is not finite."""
    for l, (w, b) in enumerate(zip(weights, biases, strict=True)):
        if not all_finite(w):
            i, j = (int(index) for index in np.argwhere(~np.isfinite(w))[0])
            ends = f"from {network.node_name(l, j)} to {network.node_name(l + 1, i)}"
            raise DivergenceError(f"{article} weight {ends}")
        if not all_finite(b):
            node = int(np.flatnonzero(~np.isfinite(b))[0])
            raise DivergenceError(f"{article} bias of {network.node_name(l + 1, node)}")


def _check_memory(network: Network, memory: Memory) -> None:
    """Raise DivergenceError if what an optimizer remembers is not finite; make it read-only."""
    optimizer = OPTIMIZERS[memory.optimizer]
    for slot, letter in zip(optimizer.slots, optimizer.letters, strict=True):
        weights, biases = zip(*memory.of(slot), strict=True)
        _check_parameters(network, weights, biases, f"{letter} of the")
        _freeze(weights, biases)


def _freeze(*groups: Layers) -> None:
    for group in groups:
        for array in group:
            array.setflags(write=False)
