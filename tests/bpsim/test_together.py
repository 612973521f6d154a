import numpy as np
import pytest

from bpsim.activations import ACTIVATIONS
from bpsim.backprop import backpropagate
from bpsim.errors import MisfitError
from bpsim.losses import LOSSES
from bpsim.network import Network
from bpsim.settings import Settings
from bpsim.together import gradient_length, mean_gradient, passes

PAIRS = [
    (activation, loss)
    for loss in LOSSES
    for activation in ACTIVATIONS
    if activation in LOSSES[loss].outputs and activation != "step"
]


@pytest.mark.parametrize(("activation", "loss"), PAIRS)
def test_every_number_is_that_of_backpropagation(activation: str, loss: str) -> None:
    rng = np.random.default_rng(3)
    hidden = "tanh" if activation == "softmax" else activation
    network = Network.dense([3, 5, 4, 2], [hidden, "relu", activation], loss, seed=2)
    inputs, targets = rng.uniform(-2, 2, (7, 3)), rng.uniform(0, 1, (7, 2))
    found = passes(network, inputs, targets)
    for row, (x, y) in enumerate(zip(inputs, targets, strict=True)):
        trace = backpropagate(network, x, y)
        assert found.errors[row] == pytest.approx(trace.error, rel=1e-12)
        for layer in range(1, 4):
            for name in ("pre_activations", "activations", "derivatives", "deltas"):
                together, alone = getattr(found, name)[layer][row], getattr(trace, name)[layer]
                np.testing.assert_allclose(together, alone, rtol=1e-12, atol=1e-15)
    assert found.deltas[0] is None
    np.testing.assert_array_equal(found.activations[0], inputs)


def test_the_perceptron_has_its_rule() -> None:
    network = Network.dense([2, 1], "step", seed=0)
    inputs, targets = np.array([[0.0, 1.0], [1.0, 1.0]]), np.array([[1.0], [0.0]])
    found = passes(network, inputs, targets)
    assert found.deltas[1] is not None
    np.testing.assert_array_equal(found.deltas[1], targets - found.activations[1])


def test_numbers_that_are_too_large_are_infinite_without_a_warning() -> None:
    network = Network.dense([1, 1], "linear").with_parameters([[[1e200]]], [[0.0]])
    found = passes(network, np.array([[1e200], [1.0]]), np.zeros((2, 1)))
    assert not np.isfinite(found.errors[0])


def test_so_is_a_gradient_that_is_too_large() -> None:
    network = Network.dense([2, 2, 1], "linear", seed=1)
    network = network.with_parameters([w * 1e153 for w in network.weights], network.biases)
    inputs, targets = np.array([[100.0, 100.0], [-100.0, -100.0]]), np.zeros((2, 1))
    _weights, biases = mean_gradient(network, inputs, targets)
    assert not np.isfinite(biases[0]).all()
    assert not np.isfinite(gradient_length(network, inputs, targets))


def test_instances_that_do_not_fit_are_refused() -> None:
    with pytest.raises(MisfitError):
        passes(Network.dense([2, 1]), np.zeros((3, 1)), np.zeros((3, 1)))


@pytest.mark.parametrize("loss", ["mse", "cross_entropy"])
@pytest.mark.parametrize("output", ["sigmoid", "softmax"])
def test_mean_gradient_is_the_mean_of_the_instances(output: str, loss: str) -> None:
    rng = np.random.default_rng(2)
    network = Network.dense([3, 4, 2], ["tanh", output], loss, seed=5).with_disconnected(0, 1, 2)
    inputs, targets = rng.normal(size=(6, 3)), np.eye(2)[rng.integers(0, 2, 6)]
    traces = [
        backpropagate(network, x, y, Settings(learning_rate=1.0))
        for x, y in zip(inputs, targets, strict=True)
    ]
    weights, biases = mean_gradient(network, inputs, targets)
    for l in range(2):
        np.testing.assert_allclose(
            weights[l], np.mean([t.weight_steps[l] for t in traces], axis=0), rtol=1e-12
        )
        np.testing.assert_allclose(biases[l], np.mean([t.bias_steps[l] for t in traces], axis=0), rtol=1e-12)
    squares = sum(float((part**2).sum()) for part in (*weights, *biases))
    assert gradient_length(network, inputs, targets) == pytest.approx(squares**0.5, rel=1e-14)
    of_weights = sum(float((part**2).sum()) for part in weights)
    assert gradient_length(network, inputs, targets, biases=False) == pytest.approx(
        of_weights**0.5, rel=1e-14
    )
