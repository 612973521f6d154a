"""What a network makes of instances, with its present weights."""

from dataclasses import dataclass

import numpy as np

from bpsim.arrays import Array
from bpsim.backprop import Layers, backward_pass, forward_pass
from bpsim.errors import MisfitError
from bpsim.losses import LOSSES
from bpsim.network import Network


@dataclass(frozen=True, eq=False)
class Evaluation:
    """Predictions and errors of some instances.

    Parameters
    ----------
    predictions : array, (N, size[L−1])
        ŷ of every instance.
    errors : array, (N,)
        E_p of every instance. Not finite where a number is too large to compute, like its predictions.
    """

    predictions: Array
    errors: Array


def evaluate(network: Network, inputs: Array, targets: Array) -> Evaluation:
    """Return ŷ and E_p of every instance, computed for all of them together.

    Parameters
    ----------
    network : Network
    inputs, targets : array, (N, size[0]) and (N, size[L−1])

    Raises
    ------
    MisfitError
        If their widths are not the numbers of input and output nodes.
    """
    if (inputs.shape[1], targets.shape[1]) != (network.sizes[0], network.sizes[-1]):
        raise MisfitError("The instances do not fit the input and output nodes of the network.")
    with np.errstate(over="ignore", invalid="ignore"):
        pre_activations, activations = forward_pass(network, inputs)
        z, predictions = pre_activations[-1], activations[-1]
        assert z is not None
        terms = LOSSES[network.loss].terms(targets, z, predictions, network.activations[-1])
        errors = np.asarray(terms.sum(axis=1))
    predictions.setflags(write=False)
    errors.setflags(write=False)
    return Evaluation(predictions, errors)


def mean_gradient(network: Network, inputs: Array, targets: Array) -> tuple[Layers, Layers]:
    """Return −∂E/∂θ of all weights and of all biases, E the mean over the instances: (1/N) Σ_p δ_i a_j.

    Parameters
    ----------
    network : Network
    inputs, targets : array, (N, size[0]) and (N, size[L−1])
    """
    with np.errstate(over="ignore", invalid="ignore"):
        pre_activations, activations = forward_pass(network, inputs)
        deltas, _, _ = backward_pass(network, targets, pre_activations, activations[-1])
        known = [delta for delta in deltas if delta is not None]
        weights = [
            np.where(mask, delta.T @ a / len(inputs), 0.0)
            for mask, delta, a in zip(network.masks, known, activations[:-1], strict=True)
        ]
    return tuple(weights), tuple(delta.mean(axis=0) for delta in known)


def gradient_length(network: Network, inputs: Array, targets: Array, biases: bool = True) -> float:
    """Return |∂E/∂θ| = √Σ (∂E/∂θ)² over all weights, and over the biases if they are trained."""
    weights, of_biases = mean_gradient(network, inputs, targets)
    parts = (*weights, *(of_biases if biases else ()))
    return float(np.sqrt(sum(float(np.vdot(part, part)) for part in parts)))
