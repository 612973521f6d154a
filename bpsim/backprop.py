"""Backpropagation of one instance, in the lecture's six phases.

Read this file beside the lecture. Each phase is one function; `backpropagate` calls them in order and keeps
every number that comes up in a `Trace`. Layers count from 0; per-layer sequences have one entry a layer, and
None where a layer has no such number (the input layer has no z and no δ).

References
----------
Rumelhart, Hinton and Williams, "Learning representations by back-propagating errors" (1986). The sign of δ is
the lecture's, δ = −∂E/∂z.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from bpsim.activations import ACTIVATIONS
from bpsim.arrays import Array, frozen
from bpsim.errors import DivergenceError, MisfitError
from bpsim.losses import LOSSES, output_delta
from bpsim.network import Network
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
        What the update adds: the mean over the batch. None where no update follows.
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
    back_sums: PerLayer
    deltas: PerLayer
    weight_steps: Layers
    bias_steps: Layers
    batch: Batch
    closes_batch: bool
    mean_weight_steps: Layers | None
    mean_bias_steps: Layers | None
    updated: Network

    @property
    def prediction(self) -> Array:
        """The output layer's activations ŷ, shape (size[L−1],)."""
        return self.activations[-1]


# -- the six phases --------------------------------------------------------------------------------------------


def receive(network: Network, x: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
    """Phase 1: return input x and target y as arrays that fit the network.

    Raises
    ------
    MisfitError
        If their lengths are not the numbers of input and output nodes, or a value is not finite.
    """
    instance = (frozen(x), frozen(y))
    for values, size, layer in zip(instance, (network.sizes[0], network.sizes[-1]), ("input", "output"), strict=True):
        if values.shape != (size,):
            raise MisfitError(f"The network has {size} {layer} nodes, the instance has {values.size} values for them.")
        if not np.isfinite(values).all():
            raise MisfitError(f"The values for the {layer} nodes must be finite numbers.")
    return instance


def forward_pass(network: Network, x: Array) -> tuple[PerLayer, Layers]:
    """Phase 2: return z and a of every layer, from left to right: z = θ a + θ₀, a = g(z)."""
    pre_activations: list[Array | None] = [None]
    activations = [x]
    for weights, biases, name in zip(network.weights, network.biases, network.activations, strict=True):
        z = weights @ activations[-1] + biases
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
    derivatives = (None, *(_derivative(n, z) for n, z in zip(network.activations, pre_activations[1:], strict=True)))
    z_output = pre_activations[-1]
    assert z_output is not None
    delta = output_delta(network.loss, network.activations[-1], y, z_output, prediction)
    deltas: list[Array] = [delta]
    sums: list[Array] = [LOSSES[network.loss].downhill(y, prediction, network.activations[-1])]
    for layer in range(len(network.weights) - 1, 0, -1):
        back_sum = network.weights[layer].T @ delta
        delta = back_sum * derivatives[layer]
        sums.insert(0, back_sum)
        deltas.insert(0, delta)
    return (None, *deltas), (None, *sums), derivatives


def weight_steps(
    network: Network, settings: Settings, activations: Layers, deltas: PerLayer
) -> tuple[Layers, Layers]:
    """Phase 5: return Δθ_ij = η δ_i a_j for every weight that is present, and Δθ_0i = η δ_i for every bias."""
    steps, bias_steps = [], []
    for mask, a, delta in zip(network.masks, activations[:-1], deltas[1:], strict=True):
        assert delta is not None
        scaled = settings.learning_rate * delta
        steps.append(np.where(mask, np.outer(scaled, a), 0.0))
        bias_steps.append(scaled if settings.update_biases else np.zeros_like(scaled))
    return tuple(steps), tuple(bias_steps)


def update(network: Network, mean_weight_steps: Layers, mean_bias_steps: Layers) -> Network:
    """Phase 6: return the network with θ ← θ + Δθ, all parameters at once."""
    return network.stepped(mean_weight_steps, mean_bias_steps)


# -- all of them -----------------------------------------------------------------------------------------------


def backpropagate(
    network: Network,
    x: ArrayLike,
    y: ArrayLike,
    settings: Settings | None = None,
    *,
    batch: Batch | None = None,
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
    with np.errstate(over="ignore", invalid="ignore"):
        pre_activations, activations = forward_pass(network, x)
        _check(network, pre_activations, "z")
        z_output = pre_activations[-1]
        assert z_output is not None
        errors, error = compute_error(network, y, z_output, activations[-1])
        _check(network, (*[None] * (len(network.sizes) - 1), errors), "E")
        deltas, back_sums, derivatives = backward_pass(network, y, pre_activations, activations[-1])
        _check(network, deltas, "δ")
        steps, bias_steps = weight_steps(network, settings, activations, deltas)
        total = _added(batch, steps, bias_steps)
        means = (None, None, network) if not closes_batch else _apply(network, total)
    numbers = (pre_activations, activations, derivatives, (errors,), back_sums, deltas, steps, bias_steps)
    _freeze(*numbers, total.weight_steps, total.bias_steps, means[0] or (), means[1] or ())
    return Trace(
        network, settings, x, y, pre_activations, activations, derivatives, errors, error, back_sums, deltas,
        steps, bias_steps, total, closes_batch, *means,
    )  # fmt: skip


def forward(network: Network, inputs: ArrayLike) -> Array:
    """Return the predictions ŷ, shape (N, size[L−1]), for inputs of shape (N, size[0])."""
    a = np.asarray(inputs, dtype=np.float64)
    for weights, biases, name in zip(network.weights, network.biases, network.activations, strict=True):
        a = ACTIVATIONS[name].function(a @ weights.T + biases)
    return a


def instance_errors(network: Network, inputs: Array, targets: Array) -> Array:
    """Return E_p of every instance, shape (N,), for inputs (N, size[0]) and targets (N, size[L−1])."""
    a = inputs
    for weights, biases, name in zip(network.weights, network.biases, network.activations, strict=True):
        z = a @ weights.T + biases
        a = ACTIVATIONS[name].function(z)
    return np.asarray(LOSSES[network.loss].terms(targets, z, a, network.activations[-1]).sum(axis=1))


# -- inside ----------------------------------------------------------------------------------------------------


def _derivative(name: str, z: Array | None) -> Array:
    assert z is not None
    return ACTIVATIONS[name].derivative(z)


def _added(batch: Batch | None, steps: Layers, bias_steps: Layers) -> Batch:
    if batch is None:
        return Batch(1, steps, bias_steps)
    return Batch(
        batch.count + 1,
        tuple(a + b for a, b in zip(batch.weight_steps, steps, strict=True)),
        tuple(a + b for a, b in zip(batch.bias_steps, bias_steps, strict=True)),
    )


def _apply(network: Network, batch: Batch) -> tuple[Layers, Layers, Network]:
    """Return the mean steps of a full batch and the network that they lead to."""
    if batch.count == 1:
        means, bias_means = batch.weight_steps, batch.bias_steps
    else:
        means = tuple(np.where(m, s / batch.count, 0.0) for m, s in zip(network.masks, batch.weight_steps, strict=True))
        bias_means = tuple(s / batch.count for s in batch.bias_steps)
    updated = update(network, means, bias_means)
    for l, (weights, biases) in enumerate(zip(updated.weights, updated.biases, strict=True)):  # noqa: E741
        if not (np.isfinite(weights).all() and np.isfinite(biases).all()):
            raise _parameter_diverged(network, l, weights)
    return means, bias_means, updated


def _check(network: Network, layers: PerLayer, symbol: str) -> None:
    for layer, values in enumerate(layers):
        if values is not None and not np.isfinite(values).all():
            node = int(np.flatnonzero(~np.isfinite(values))[0])
            raise DivergenceError(f"{symbol} of {network.node_name(layer, node)}")


def _parameter_diverged(network: Network, l: int, weights: Array) -> DivergenceError:  # noqa: E741
    bad = np.argwhere(~np.isfinite(weights))
    if len(bad) == 0:
        return DivergenceError(f"A bias of the {network.layer_title(l + 1).lower()}")
    i, j = (int(index) for index in bad[0])
    return DivergenceError(f"The weight from {network.node_name(l, j)} to {network.node_name(l + 1, i)}")


def _freeze(*groups: Sequence[Array | None]) -> None:
    for group in groups:
        for array in group:
            if array is not None:
                array.setflags(write=False)
