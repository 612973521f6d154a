"""What a network makes of instances, with its present weights."""

from dataclasses import dataclass

import numpy as np

from bpsim.arrays import Array
from bpsim.backprop import Layers, PerLayer, forward_pass
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
    _pre_activations, activations, errors = evaluated_pass(network, inputs, targets)
    predictions = activations[-1]
    predictions.setflags(write=False)
    errors.setflags(write=False)
    return Evaluation(predictions, errors)


def evaluated_pass(network: Network, inputs: Array, targets: Array) -> tuple[PerLayer, Layers, Array]:
    """Return z and a of every layer, each (N, size[l]), and the E_p that `evaluate` returns, (N,)."""
    if (inputs.shape[1], targets.shape[1]) != (network.sizes[0], network.sizes[-1]):
        raise MisfitError("The instances do not fit the input and output nodes of the network.")
    with np.errstate(over="ignore", invalid="ignore"):
        pre_activations, activations = forward_pass(network, inputs)
        z = pre_activations[-1]
        assert z is not None
        terms = LOSSES[network.loss].terms(targets, z, activations[-1], network.activations[-1])
        return pre_activations, activations, np.asarray(terms.sum(axis=1))
