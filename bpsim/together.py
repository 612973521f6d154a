"""Forward and backward pass of many instances at once, with the weights as they are."""

from dataclasses import dataclass

import numpy as np

from bpsim.arrays import Array
from bpsim.backprop import Layers, PerLayer, backward_pass
from bpsim.evaluation import evaluated_pass
from bpsim.network import Network


@dataclass(frozen=True, eq=False)
class Passes:
    """The numbers of N instances, layer by layer; those of the input layer are None where it has none.

    Numbers are infinite or NaN where they are too large to compute.

    Parameters
    ----------
    pre_activations, activations, derivatives, deltas : tuple of arrays, (N, size[l])
        z, a, g′(z) and δ, as in `bpsim.backprop.Trace`.
    errors : array, (N,)
        E_p.
    """

    pre_activations: PerLayer
    activations: Layers
    derivatives: PerLayer
    deltas: PerLayer
    errors: Array


def passes(network: Network, inputs: Array, targets: Array) -> Passes:
    """Return what `bpsim.backprop.backpropagate` computes of each instance up to its δ, for all together.

    The instances are given, and have to fit, as in `bpsim.evaluation.evaluate`.
    """
    pre_activations, activations, errors = evaluated_pass(network, inputs, targets)
    with np.errstate(over="ignore", invalid="ignore"):
        deltas, _sums, derivatives = backward_pass(network, targets, pre_activations, activations[-1])
    return Passes(pre_activations, activations, derivatives, deltas, errors)


def mean_gradient(network: Network, inputs: Array, targets: Array) -> tuple[Layers, Layers]:
    """Return −∂E/∂θ of all weights and of all biases, E the mean over the instances: (1/N) Σ_p δ_i a_j.

    Parameters
    ----------
    network : Network
    inputs, targets : array, (N, size[0]) and (N, size[L−1])
    """
    done = passes(network, inputs, targets)
    deltas = [delta for delta in done.deltas if delta is not None]
    with np.errstate(over="ignore", invalid="ignore"):
        weights = [
            np.where(mask, delta.T @ a / len(inputs), 0.0)
            for mask, delta, a in zip(network.masks, deltas, done.activations[:-1], strict=True)
        ]
        biases = [delta.mean(axis=0) for delta in deltas]
    return tuple(weights), tuple(biases)


def gradient_length(network: Network, inputs: Array, targets: Array, biases: bool = True) -> float:
    """Return |∂E/∂θ| = √Σ (∂E/∂θ)² over all weights, and over the biases if they are trained.

    It is infinite or NaN where it is too large to compute.
    """
    weights, of_biases = mean_gradient(network, inputs, targets)
    parts = (*weights, *(of_biases if biases else ()))
    with np.errstate(over="ignore", invalid="ignore"):
        return float(np.sqrt(sum(float(np.vdot(part, part)) for part in parts)))
