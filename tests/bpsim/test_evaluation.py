import numpy as np
import pytest

from bpsim.backprop import backpropagate
from bpsim.errors import MisfitError
from bpsim.evaluation import evaluate
from bpsim.network import Network

RNG = np.random.default_rng(3)
INPUTS = RNG.normal(size=(7, 2))


@pytest.mark.parametrize(
    ("output", "loss"),
    [("sigmoid", "mse"), ("sigmoid", "cross_entropy"), ("softmax", "cross_entropy"), ("linear", "mse")],
)
def test_same_numbers_as_instance_by_instance(output: str, loss: str) -> None:
    network = Network.dense([2, 4, 3], ["tanh", output], loss, seed=1)
    targets = np.eye(3)[RNG.integers(0, 3, len(INPUTS))]
    evaluation = evaluate(network, INPUTS, targets)
    traces = [backpropagate(network, x, y) for x, y in zip(INPUTS, targets, strict=True)]
    np.testing.assert_allclose(evaluation.predictions, [t.prediction for t in traces], rtol=1e-13)
    np.testing.assert_allclose(evaluation.errors, [t.error for t in traces], rtol=1e-12)


def test_one_step_perceptron() -> None:
    # z = x₁ + x₂ − 1.5, so only the instance (1, 1) gives 1; E = ½ (1 − 0)² where that is wrong.
    network = Network.dense([2, 1], "step").with_parameters([[[1, 1]]], [[-1.5]])
    inputs = np.array([[0.0, 1.0], [1.0, 1.0]])
    evaluation = evaluate(network, inputs, np.array([[1.0], [1.0]]))
    assert evaluation.predictions.tolist() == [[0.0], [1.0]]
    assert evaluation.errors.tolist() == [0.5, 0.0]


def test_too_large_is_not_finite_and_no_warning() -> None:
    network = Network.dense([1, 1], "linear").with_parameters([[[1e300]]], [[0]])
    evaluation = evaluate(network, np.array([[1e300], [1.0]]), np.zeros((2, 1)))
    assert evaluation.predictions[0, 0] == np.inf
    assert evaluation.predictions[1, 0] == 1e300


def test_misfit_is_refused() -> None:
    network = Network.dense([2, 1])
    with pytest.raises(MisfitError):
        evaluate(network, np.zeros((1, 3)), np.zeros((1, 1)))
    with pytest.raises(MisfitError):
        evaluate(network, np.zeros((1, 2)), np.zeros((1, 2)))


def test_numbers_cannot_be_written_over() -> None:
    evaluation = evaluate(Network.dense([2, 1]), INPUTS, np.zeros((7, 1)))
    assert not evaluation.predictions.flags.writeable
    assert not evaluation.errors.flags.writeable
