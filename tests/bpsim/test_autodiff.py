"""Every δ and Δθ against an independent automatic differentiation, on random networks."""

from itertools import islice

import autograd
import numpy as np
import pytest

from bpsim.arrays import Array
from bpsim.backprop import Batch, Trace, backpropagate
from bpsim.network import Network
from bpsim.settings import Settings
from tests.bpsim.reference import PAIRS, far_from_kinks, instances_with, plain_error, random_instance

ETA = 0.3


def agree(actual: Array | None, expected: Array) -> None:
    """Compare to 10⁻¹² of the largest number of the array."""
    assert actual is not None
    np.testing.assert_allclose(actual, expected, rtol=1e-12, atol=1e-12 * np.abs(expected).max())


def gradients(network: Network, x: Array, y: Array) -> tuple[list[Array], list[Array], list[Array]]:
    """Return ∂E/∂θ, ∂E/∂θ₀ and ∂E/∂z of every layer."""
    nudges = [np.zeros(len(b)) for b in network.biases]
    gradient = autograd.grad(lambda parts: plain_error(network, parts[0], parts[1], x, y, parts[2]))
    return gradient((list(network.weights), list(network.biases), nudges))


def check(network: Network, x: Array, y: Array, trace: Trace) -> None:
    weights, biases, slopes = gradients(network, x, y)
    for l in range(len(weights)):
        agree(trace.deltas[l + 1], -slopes[l])
        agree(trace.weight_steps[l], -ETA * weights[l] * network.masks[l])
        agree(trace.bias_steps[l], -ETA * biases[l])
    expected = float(plain_error(network, network.weights, network.biases, x, y, [0.0] * len(weights)))
    assert trace.error == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("missing", [0.0, 0.3], ids=["dense", "missing"])
@pytest.mark.parametrize(("loss", "output"), PAIRS, ids=["-".join(pair) for pair in PAIRS])
def test_one_instance(loss: str, output: str, missing: float) -> None:
    rng = np.random.default_rng(list(map(ord, loss + output)))
    compared = 0
    for network, x, y in islice(instances_with(rng, loss, output, missing), 12):
        trace = backpropagate(network, x, y, Settings(learning_rate=ETA))
        if far_from_kinks(network, trace, 1e-9):
            check(network, x, y, trace)
            compared += 1
    assert compared >= 8


@pytest.mark.parametrize(("loss", "output"), PAIRS, ids=["-".join(pair) for pair in PAIRS])
def test_batch(loss: str, output: str) -> None:
    rng = np.random.default_rng(list(map(ord, output + loss)))
    for network, _, _ in islice(instances_with(rng, loss, output, 0.2), 4):
        batch: Batch | None = None
        sums = [0.0 * w for w in network.weights], [0.0 * b for b in network.biases]
        for number in range(3):
            x, y = random_instance(rng, network)
            weights, biases, _ = gradients(network, x, y)
            sums = (
                [a + b for a, b in zip(sums[0], weights, strict=True)],
                [a + b for a, b in zip(sums[1], biases, strict=True)],
            )
            trace = backpropagate(
                network, x, y, Settings(learning_rate=ETA), batch=batch, closes_batch=number == 2
            )
            batch = trace.batch
        for l in range(len(network.weights)):
            agree(trace.updated.weights[l], network.weights[l] - ETA * sums[0][l] / 3 * network.masks[l])
            agree(trace.updated.biases[l], network.biases[l] - ETA * sums[1][l] / 3)


def test_hidden_sums_are_slopes_over_the_activation() -> None:
    # −∂E/∂a of a hidden node, by a network whose first layer is the identity: there a is z.
    network = Network.dense([3, 3, 2, 2], ["linear", "tanh", "sigmoid"], seed=8)
    x, y = np.array([0.2, -0.4, 0.9]), np.array([0.1, 0.8])
    trace = backpropagate(network, x, y)
    agree(trace.back_sums[1], -gradients(network, x, y)[2][0])
