"""The η lens: the error as a function of one weight or bias, its tangent, and the step that η takes.

All other parameters stay as they are. The step is the one of gradient descent, Δθ = −η ∂E/∂θ.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, log2
from typing import cast

import numpy as np

from bpsim.activations import ACTIVATIONS
from bpsim.arrays import Array
from bpsim.backprop import Layers
from bpsim.datasets import Dataset
from bpsim.errors import DivergenceError, NetworkError
from bpsim.layer_stats import sample
from bpsim.losses import LOSSES
from bpsim.network import Network
from bpsim.settings import Settings
from bpsim.together import Passes, passes

Parameter = tuple[int, int, int | None]
"""(l, i, j): the weight from node j of layer l to node i of layer l + 1; (l, i, None): the bias of node i."""

MOST_POINTS, FEWEST_POINTS = 241, 41
WORK = 10_000_000
"""Points × instances × weights that a curve may take: about 15 ms; of a large network it has fewer points."""
FARTHEST = 2.0**40
"""A curve does not reach farther by itself, also where a step does."""
SHORT = 0.05
"""A step that gains less than this share of what the weight could gain is a short one."""
LEVEL = 1e-12
"""A tangent is level whose slope is below this share of E for a change of 1."""


@dataclass(frozen=True, eq=False)
class Lens:
    """The error around one parameter.

    Parameters
    ----------
    parameter : (l, i, j)
    value : float
        θ now.
    error, slope : float
        E and ∂E/∂θ there, means over the instances.
    step : float
        Δθ = −η ∂E/∂θ; 0 for a bias that is not updated.
    landing_error : float
        E at θ + Δθ.
    values, errors : array, (M,)
        The curve: rising values of θ, and E at each of them; infinite where it is too large to compute.
    instances, of : int
        How many instances E is the mean of, and how many there are.
    """

    parameter: Parameter
    value: float
    error: float
    slope: float
    step: float
    landing_error: float
    values: Array
    errors: Array
    instances: int
    of: int

    @property
    def landing(self) -> float:
        """θ + Δθ."""
        return self.value + self.step

    @property
    def lowest(self) -> tuple[float, float]:
        """Where the curve is lowest on the side that the step leads to, as (θ, E)."""
        side = (self.values - self.value) * -self.slope >= 0
        values, errors = self.values[side], self.errors[side]
        place = int(np.argmin(errors))
        return float(values[place]), float(errors[place])

    def tangent(self, value: float) -> float:
        """Return E(θ) + ∂E/∂θ · (value − θ), what the derivative says E would be."""
        return self.error + self.slope * (value - self.value)


def lens(
    network: Network,
    dataset: Dataset,
    settings: Settings,
    rows: Sequence[int],
    parameter: Parameter,
    span: float | None = None,
) -> Lens:
    """Return the error around a parameter, as the mean over the instances in `rows` or a sample of them.

    Parameters
    ----------
    rows : sequence of int
        The training instances for E, a single one for E_p.
    span : float, optional
        How far the curve reaches to both sides of θ; None: to where the step lands and some more.

    Raises
    ------
    NetworkError
        If the connection is missing, or the network is a perceptron.
    MisfitError
        If the instances do not fit the network.
    DivergenceError
        If E or its slope is too large to compute with the weights as they are.
    """
    l, i, j = parameter
    if "step" in network.activations:
        raise NetworkError("The perceptron rule follows no gradient: choose another activation.")
    if j is not None and not network.masks[l][i, j]:
        raise NetworkError("These two nodes are not connected: connect them first.")
    chosen = sample(rows, network)
    inputs, targets = dataset.inputs[chosen], dataset.targets[chosen]
    found = passes(network, inputs, targets)
    value = float(network.biases[l][i] if j is None else network.weights[l][i, j])
    sent = np.ones(len(inputs)) if j is None else found.activations[l][:, j]
    error, slope = float(found.errors.mean()), _slope(found, parameter, sent)
    if not (np.isfinite(error) and np.isfinite(slope)):
        raise DivergenceError("E")
    moves = j is not None or settings.update_biases
    step = -settings.learning_rate * slope if moves else 0.0
    values = _values(network, len(inputs), value, step, span)
    every = np.append(values, value + step)
    errors = _errors(network, targets, found, parameter, sent, every - value)
    return Lens(
        parameter, value, error, slope, step, float(errors[-1]), values, errors[:-1], len(chosen), len(rows)
    )


def verdict(shown: Lens, write: Callable[[float], str], error: str = "E") -> str:
    """Return a sentence on whether the step is too small, too large, or neither.

    `write` writes a number, `error` is the letter of the error.
    """
    if abs(shown.slope) <= LEVEL * max(shown.error, LEVEL):
        return f"The tangent is level: this weight makes no difference to {error} here, so it does not move."
    if shown.step == 0:
        return "Biases are not updated, so η takes no step."
    before, after = write(shown.error), write(shown.landing_error)
    if not shown.landing_error < shown.error:
        return f"The step is too large: it jumps over the valley, and {error} rises from {before} to {after}."
    fall = f"from {before} to {after}"
    if before == after:
        fall = f"by {write(shown.error - shown.landing_error)} from {before}"
    lowest, least = shown.lowest
    gain = (shown.error - shown.landing_error) / (shown.error - min(least, shown.landing_error))
    if (lowest - shown.landing) * shown.slope > 0 and gain < 1:
        return f"The step goes beyond the lowest point, but {error} still falls {fall}."
    share = "all" if gain >= 1 else f"{min(99, round(100 * gain))} %" if gain >= 0.01 else "less than 1 %"
    could = f"{share} of what this weight alone could gain."
    if gain < SHORT:
        return f"A short step: {error} falls {fall}, {could}"
    return f"{error} falls {fall}: {could}"


# -- inside ------------------------------------------------------------------------------------------------


def _slope(found: Passes, parameter: Parameter, sent: Array) -> float:
    """Return ∂E/∂θ, the mean of −δ_i a_j."""
    delta = cast(Array, found.deltas[parameter[0] + 1])
    with np.errstate(over="ignore", invalid="ignore"):
        return float(-(delta[:, parameter[1]] * sent).mean()) + 0.0


def _values(network: Network, instances: int, value: float, step: float, span: float | None) -> Array:
    """Return where the curve is computed: evenly, closer around θ where it reaches far, and at θ itself.

    It reaches to 2, 4, 8, …, so that it seldom changes while η does.
    """
    farthest = min(1.25 * abs(step) or 1.0, FARTHEST)
    reach = span if span is not None else 2.0 ** max(1, ceil(log2(farthest)))
    count = int(np.clip(WORK / (instances * network.n_parameters), FEWEST_POINTS, MOST_POINTS))
    even = np.linspace(value - reach, value + reach, count)
    near = np.linspace(value - 2, value + 2, count // 2) if reach > 8 else np.empty(0)
    return np.unique(np.concatenate([even, near, [value]]))


def _errors(
    network: Network, targets: Array, found: Passes, parameter: Parameter, sent: Array, changes: Array
) -> Array:
    """Return the mean E for every change of the parameter, shape (M,).

    Up to the node that the parameter leads to nothing changes; from there on the forward pass is that of
    M × N instances.
    """
    last = len(network.weights) - 1
    with np.errstate(over="ignore", invalid="ignore"):
        first, here = _first_changed(network, found, parameter, changes[:, np.newaxis] * sent)
        for l in range(first, last):  # from layer l + 1 to the next one
            activations = ACTIVATIONS[network.activations[l]].function(here)
            here = activations @ network.weights[l + 1].T + network.biases[l + 1]
        predictions = ACTIVATIONS[network.activations[last]].function(here)
        every = np.tile(targets, (len(changes), 1))
        terms = LOSSES[network.loss].terms(every, here, predictions, network.activations[last])
        means = terms.sum(axis=1).reshape(len(changes), -1).mean(axis=1)
        return np.where(np.isfinite(means), means, np.inf)


def _first_changed(
    network: Network, found: Passes, parameter: Parameter, changes: Array
) -> tuple[int, Array]:
    """Return the z of the first layer in which more than the node itself changes, shape (M N, size).

    That is the layer after the node's, or its own if it is the output layer; with the layer, as the place of
    its weights. `changes`, shape (M, N), are those of the node's z.
    """
    l, i, _ = parameter
    z, a = cast(Layers, found.pre_activations[1:]), found.activations[1:]
    if l == len(network.weights) - 1:
        here = np.repeat(z[l][np.newaxis], len(changes), axis=0)
        here[:, :, i] += changes
    else:
        moved = ACTIVATIONS[network.activations[l]].function(z[l][:, i] + changes) - a[l][:, i]
        l += 1
        here = z[l] + moved[:, :, np.newaxis] * network.weights[l][:, i]
    return l, here.reshape(-1, here.shape[-1])
