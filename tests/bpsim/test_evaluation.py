"""Predictions and errors of many instances at once: those of each by itself."""

import numpy as np
import pytest

from bpsim.backprop import backpropagate, forward
from bpsim.errors import MisfitError
from bpsim.evaluation import evaluate
from bpsim.network import Network


@pytest.mark.parametrize(
    ("activations", "loss"),
    [
        (["tanh", "softmax"], "cross_entropy"),
        (["relu", "sigmoid"], "cross_entropy"),
        (["elu", "linear"], "mse"),
        (["softplus", "softmax"], "mse"),
    ],
)
def test_each_instance_is_as_by_itself(activations: list[str], loss: str) -> None:
    network = Network.dense([3, 4, 2], activations, loss, seed=6).with_disconnected(0, 1, 1)
    rng = np.random.default_rng(1)
    inputs, targets = rng.normal(size=(5, 3)), np.eye(2)[rng.integers(2, size=5)]
    traces = [backpropagate(network, x, y) for x, y in zip(inputs, targets, strict=True)]
    evaluation = evaluate(network, inputs, targets)
    np.testing.assert_allclose(evaluation.predictions, [t.prediction for t in traces], rtol=1e-13)
    np.testing.assert_allclose(evaluation.errors, [t.error for t in traces], rtol=1e-12)
    assert forward(network, inputs).tolist() == evaluation.predictions.tolist()


def test_step() -> None:
    network = Network.dense([2, 1], "step").with_parameters([[[1, 1]]], [[-1.5]])
    inputs = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    evaluation = evaluate(network, inputs, np.array([[0.0], [1.0], [0.0], [1.0]]))
    assert evaluation.predictions.tolist() == [[0], [0], [0], [1]]
    assert evaluation.errors.tolist() == [0, 0.5, 0, 0]


def test_too_large_numbers_say_so_by_their_value() -> None:
    network = Network.dense([1, 1], "linear").with_parameters([[[1e200]]], [[0]])
    evaluation = evaluate(network, np.array([[1.0], [1e200]]), np.zeros((2, 1)))
    assert evaluation.predictions.tolist() == [[1e200], [np.inf]]
    assert evaluation.errors.tolist() == [np.inf, np.inf]
    assert forward(network, [[1e200]]).tolist() == [[np.inf]]


def test_is_read_only_and_leaves_the_data_alone() -> None:
    inputs = np.array([[1.0]])
    evaluation = evaluate(Network.dense([1, 1], "linear"), inputs, np.array([[0.0]]))
    assert not evaluation.predictions.flags.writeable
    assert not evaluation.errors.flags.writeable
    assert inputs.flags.writeable


def test_widths_that_do_not_fit() -> None:
    with pytest.raises(MisfitError, match="do not fit the input and output nodes"):
        evaluate(Network.dense([2, 1]), np.zeros((3, 1)), np.zeros((3, 1)))
