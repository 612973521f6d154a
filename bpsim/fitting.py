"""Whether a network and a data set fit each other."""

import numpy as np

from bpsim.datasets import Dataset
from bpsim.errors import MisfitError
from bpsim.network import Network
from bpsim.numbers import counted


def misfit(network: Network, dataset: Dataset) -> str | None:
    """Return in a sentence why `network` cannot learn `dataset`, or None if it can."""
    inputs, outputs = dataset.inputs.shape[1], dataset.targets.shape[1]
    differences = []
    if network.sizes[0] != inputs:
        differences.append(f"{counted(network.sizes[0], 'input')}, the data {counted(inputs, 'input')}")
    if network.sizes[-1] != outputs:
        differences.append(f"{counted(network.sizes[-1], 'output')}, the data {counted(outputs, 'target')}")
    if differences:
        return f"The network has {' and '.join(differences)}."
    return _bad_target(network, dataset) if network.loss == "cross_entropy" else None


def require_fitting(network: Network, dataset: Dataset) -> None:
    """Refuse a network and data that do not fit each other.

    Raises
    ------
    MisfitError
    """
    problem = misfit(network, dataset)
    if problem:
        raise MisfitError(problem)


def _bad_target(network: Network, dataset: Dataset) -> str | None:
    y = dataset.targets
    outside = np.argwhere((y < 0) | (y > 1))
    if len(outside):
        p, k = outside[0]
        name, value = dataset.target_names[k], y[p, k]
        return f"Cross-entropy needs targets from 0 to 1; instance {p + 1} has {name} = {value:g}."
    wrong_sums = np.flatnonzero(np.abs(y.sum(axis=1) - 1) > 1e-9)
    if network.activations[-1] == "softmax" and len(wrong_sums):
        p = wrong_sums[0]
        return f"Softmax with cross-entropy needs targets that sum to 1; those of instance {p + 1} do not."
    return None


def fitted_network(network: Network, dataset: Dataset) -> Network:
    """Return the network with an input and an output node for each column of the data, new ones last."""
    resized = network.with_layer_size(0, dataset.inputs.shape[1])
    return resized.with_layer_size(len(network.weights), dataset.targets.shape[1])


def fitted_dataset(network: Network, dataset: Dataset) -> Dataset:
    """Return the data with a column for each input and output node of the network, new ones of zeros."""
    return dataset.with_inputs_sized(network.sizes[0]).with_targets_sized(network.sizes[-1])
