"""δ passed back through weights that were already updated: Mazur's page shows what comes of it."""

import numpy as np
import pytest

from bpsim.backprop import Trace, backpropagate
from bpsim.network import Network
from bpsim.settings import Settings
from bpsim.too_early import too_early
from tests.bpsim.reference import instances_with

MAZUR = Network.dense([2, 2, 2]).with_parameters(
    [[[0.15, 0.20], [0.25, 0.30]], [[0.40, 0.45], [0.50, 0.55]]], [[0.35, 0.35], [0.60, 0.60]]
)
X, Y = (0.05, 0.10), (0.01, 0.99)


def mazur(network: Network = MAZUR) -> Trace:
    return backpropagate(network, X, Y, Settings(learning_rate=0.5, update_biases=False))


def test_the_error_that_mazur_published_comes_from_it() -> None:
    result = too_early(mazur())
    assert result.wrong_error == pytest.approx(0.291027924, abs=5e-10)  # as published
    assert result.right_error == pytest.approx(0.29102777369359933, abs=1e-15)


def test_hidden_delta_by_hand() -> None:
    result = too_early(mazur())
    # new θ² = (.358916 .408666 / .511301 .561370), δ³ = −.138499, .038098, g′(z²) = .241301, .240613
    wrong = [
        (0.358916479718 * -0.138498561629 + 0.511301270239 * 0.038098236517) * 0.241300709,
        (0.408666186076 * -0.138498561629 + 0.561370121108 * 0.038098236517) * 0.240613417,
    ]
    assert result.deltas[1] == pytest.approx(wrong, rel=1e-8)
    np.testing.assert_array_equal(result.deltas[2], result.trace.deltas[2])
    np.testing.assert_array_equal(result.weight_steps[1], result.trace.weight_steps[1])
    assert result.weight_steps[0] == pytest.approx(0.5 * np.outer(wrong, X), rel=1e-8)
    assert not result.bias_steps[0].any()  # they stay as they are


def test_deeper_layers_go_wrong_one_after_the_other() -> None:
    trace = backpropagate(Network.dense([2, 3, 3, 1], seed=1), [0.3, 0.7], [1.0])
    result = too_early(trace)
    network = trace.network
    for l in (2, 1):
        after = result.deltas[l + 1]
        new = network.weights[l] + result.weight_steps[l]
        np.testing.assert_allclose(result.deltas[l], (after @ new) * trace.derivatives[l], rtol=1e-14)
        assert not np.allclose(result.deltas[l], trace.deltas[l], rtol=1e-6)


@pytest.mark.parametrize(("loss", "output"), [("mse", "tanh"), ("cross_entropy", "softmax")])
def test_missing_connections_carry_nothing(loss: str, output: str) -> None:
    instances = instances_with(np.random.default_rng(5), loss, output, 0.4)
    for network, x, y in (next(instances) for _ in range(20)):
        result = too_early(backpropagate(network, x, y))
        for mask, steps in zip(network.masks, result.weight_steps, strict=True):
            assert not steps[~mask].any()


def test_without_a_hidden_layer_nothing_is_wrong() -> None:
    trace = backpropagate(Network.dense([2, 1], "step", seed=1), [1, 0], [1])
    result = too_early(trace)
    assert result.updated == trace.updated
    assert result.wrong_error == result.right_error


def test_with_a_tiny_learning_rate_it_hardly_matters() -> None:
    trace = backpropagate(MAZUR, X, Y, Settings(learning_rate=1e-9))
    np.testing.assert_allclose(too_early(trace).deltas[1], trace.deltas[1], rtol=1e-8)
