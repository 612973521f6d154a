"""Examples that others have computed, with their numbers (δ has the lecture's sign, −∂E/∂z)."""

from typing import Any

import numpy as np
import pytest

from bpsim.arrays import Array
from bpsim.backprop import Trace, backpropagate, forward
from bpsim.datasets import Dataset
from bpsim.network import Network
from bpsim.settings import Settings
from bpsim.training import mean_error, train


def network(weights: list[Any], biases: list[Any], activation: Any = "sigmoid", loss: str = "mse") -> Network:
    sizes = [len(weights[0][0]), *(len(b) for b in biases)]
    return Network.dense(sizes, activation, loss).with_parameters(weights, biases)


def near(actual: Array | None, expected: Any, digits: int) -> None:
    """Compare with numbers that were printed with so many decimals."""
    np.testing.assert_allclose(actual, expected, rtol=0, atol=0.501 * 10.0**-digits)


class TestMazur:
    """Mazur, "A Step by Step Backpropagation Example" (2015): 2-2-2, sigmoid, η = 0.5, biases not updated."""

    X, Y = (0.05, 0.10), (0.01, 0.99)
    NETWORK = network(
        [[[0.15, 0.20], [0.25, 0.30]], [[0.40, 0.45], [0.50, 0.55]]], [[0.35, 0.35], [0.60, 0.60]]
    )
    DATA = Dataset([X], [Y])

    def trace(self, **settings: Any) -> Trace:
        return backpropagate(self.NETWORK, self.X, self.Y, Settings(learning_rate=0.5, **settings))

    def test_forward(self) -> None:
        trace = self.trace()
        near(trace.pre_activations[1], [0.3775, 0.3925], 12)
        near(trace.activations[1], [0.593269992107, 0.596884378260], 12)
        near(trace.pre_activations[2], [1.105905967060, 1.224921404096], 12)
        near(trace.prediction, [0.751365069552, 0.772928465321], 12)
        near(trace.derivatives[2], [0.186815602, 0.175510053], 9)
        near(trace.derivatives[1], [0.241300709, 0.240613417], 9)

    def test_error(self) -> None:
        trace = self.trace()
        near(trace.errors, [0.274811083, 0.0235600256], 9)
        assert trace.error == pytest.approx(0.298371108760, abs=1e-12)
        assert trace.error == pytest.approx(0.298371109, abs=6e-10)  # as published

    def test_deltas(self) -> None:
        trace = self.trace()
        near(trace.deltas[2], [-0.138498561629, 0.038098236517], 12)
        near(trace.deltas[1], [-0.008771354689, -0.009954254705], 12)

    def test_gradient(self) -> None:
        trace = self.trace()  # ∂E/∂θ = −Δθ / η
        gradients = [-steps / 0.5 for steps in trace.weight_steps]
        near(gradients[1], [[0.082167041, 0.082667628], [-0.022602540, -0.022740242]], 9)
        near(
            gradients[0],
            [[0.000438567734, 0.000877135469], [0.000497712735, 0.000995425471]],
            12,
        )

    def test_update(self) -> None:
        updated = self.trace(update_biases=False).updated
        near(updated.weights[1], [[0.358916479718, 0.408666186076], [0.511301270239, 0.561370121108]], 12)
        near(updated.weights[0], [[0.149780716133, 0.199561432266], [0.249751143632, 0.299502287265]], 12)
        assert [b.tolist() for b in updated.biases] == [[0.35, 0.35], [0.60, 0.60]]
        error = mean_error(updated, self.DATA)
        assert error == pytest.approx(0.29102777369359933, rel=1e-14)
        # The page prints .291027924, which takes already updated output weights for the hidden δ.
        assert abs(error - 0.291027924) > 1e-7

    def test_biases_updated_too(self) -> None:
        updated = self.trace().updated
        near(updated.biases[0], [0.345614322655, 0.345022872647], 12)
        near(updated.biases[1], [0.530750719186, 0.619049118258], 12)
        assert mean_error(updated, self.DATA) == pytest.approx(0.28047144679143016, rel=1e-14)


class TestHanKamber:
    """Han and Kamber, "Data Mining": 3-2-1, sigmoid, η = 0.9, biases updated; nodes 4 and 5 are hidden."""

    X, Y = (1, 0, 1), (1,)
    NETWORK = network([[[0.2, 0.4, -0.5], [-0.3, 0.1, 0.2]], [[-0.3, -0.2]]], [[-0.4, 0.2], [0.1]])

    def trace(self) -> Trace:
        return backpropagate(self.NETWORK, self.X, self.Y, Settings(learning_rate=0.9))

    def test_exact_column(self) -> None:
        trace = self.trace()
        near(trace.pre_activations[1], [-0.7, 0.1], 12)
        near(trace.pre_activations[2], [-0.104539505845], 12)
        near(trace.activations[1], [0.331812227832, 0.524979187479], 12)
        near(trace.prediction, [0.473888898824], 12)
        near(trace.deltas[2], [0.131169078214], 12)
        near(trace.deltas[1], [-0.008724561965, -0.006542085064], 12)
        near(trace.updated.weights[1], [[-0.260828846342, -0.138025067507]], 12)
        near(trace.updated.weights[0][0], [0.192147894231, 0.4, -0.507852105769], 12)
        near(trace.updated.weights[0][1], [-0.305887876558, 0.1, 0.194112123442], 12)
        near(trace.updated.biases[1], [0.218052170393], 12)
        near(trace.updated.biases[0], [-0.407852105769, 0.194112123442], 12)

    def test_published_column(self) -> None:
        trace = self.trace()
        near(trace.pre_activations[1], [-0.7, 0.1], 3)
        near(trace.pre_activations[2], [-0.105], 3)
        near(trace.activations[1], [0.332, 0.525], 3)
        near(trace.prediction, [0.474], 3)
        # The book goes on with numbers rounded to three digits, so its fourth one is off.
        np.testing.assert_allclose(trace.deltas[2], [0.1311], rtol=0, atol=1e-4)
        near(trace.deltas[1], [-0.0087, -0.0065], 4)
        near(trace.updated.weights[1], [[-0.261, -0.138]], 3)
        near(trace.updated.weights[0], [[0.192, 0.4, -0.508], [-0.306, 0.1, 0.194]], 3)
        near(trace.updated.biases[1], [0.218], 3)
        near(trace.updated.biases[0], [-0.408, 0.194], 3)

    def test_error_falls(self) -> None:
        trace = self.trace()
        assert trace.error == pytest.approx(0.1383964454, abs=6e-11)
        assert mean_error(trace.updated, Dataset([self.X], [self.Y])) == pytest.approx(
            0.1174922745, abs=6e-11
        )


class TestReluByHand:
    """2-2-1, η = 0.1, biases updated; with ReLU every number is an exact decimal."""

    WEIGHTS, BIASES = [[[0.6, 0.8], [0.3, 0.4]], [[0.6, -0.2]]], [[0.2, 0.1], [0.1]]
    X, Y = (1.2, 0.5), (1,)
    DATA = Dataset([X], [Y])

    def trace(self, activation: str) -> Trace:
        start = network(self.WEIGHTS, self.BIASES, activation)
        return backpropagate(start, self.X, self.Y, Settings(learning_rate=0.1))

    def test_relu(self) -> None:
        trace = self.trace("relu")
        near(trace.pre_activations[1], [1.32, 0.66], 14)
        near(trace.activations[1], [1.32, 0.66], 14)
        near(trace.prediction, [0.76], 14)
        assert trace.error == pytest.approx(0.0288, abs=1e-15)
        near(trace.deltas[2], [0.24], 14)
        near(trace.deltas[1], [0.144, -0.048], 14)
        near(trace.updated.weights[1], [[0.63168, -0.18416]], 14)
        near(trace.updated.biases[1], [0.124], 14)
        near(trace.updated.weights[0], [[0.61728, 0.8072], [0.29424, 0.3976]], 14)
        near(trace.updated.biases[0], [0.2144, 0.0952], 14)

    def test_relu_afterwards(self) -> None:
        updated = self.trace("relu").updated
        after = backpropagate(updated, self.X, self.Y)
        near(after.activations[1], [1.358736, 0.647088], 12)
        near(after.prediction, [0.8631], 4)
        assert after.error == pytest.approx(0.009368254671785913, rel=1e-13)

    def test_sigmoid(self) -> None:
        trace = self.trace("sigmoid")
        near(trace.prediction, [0.608653776964], 12)
        assert trace.error == pytest.approx(0.0765759331, abs=6e-11)
        assert -trace.weight_steps[0][0, 0] / 0.1 == pytest.approx(-0.0111663289, abs=6e-11)
        assert mean_error(trace.updated, self.DATA) == pytest.approx(0.0747746444, abs=6e-11)


class TestSoftmaxCrossEntropy:
    """2-2-3, sigmoid hidden layer, softmax with cross-entropy, η = 0.5, biases not updated."""

    X, Y = (1, 0.5), (1, 0, 0)
    NETWORK = network(
        [[[0.1, 0.2], [0.3, 0.4]], [[0.5, 0.6], [0.1, 0.2], [0.3, 0.4]]],
        [[0.1, 0.1], [0.2, 0.2, 0.2]],
        ["sigmoid", "softmax"],
        "cross_entropy",
    )

    def test_one_step(self) -> None:
        trace = backpropagate(self.NETWORK, self.X, self.Y, Settings(learning_rate=0.5, update_biases=False))
        near(trace.pre_activations[1], [0.3, 0.6], 14)
        near(trace.activations[1], [0.574442517, 0.645656306], 9)
        near(trace.pre_activations[2], [0.874615042, 0.386575513, 0.630595278], 9)
        near(trace.prediction, [0.417135813, 0.256049895, 0.326814292], 9)
        assert trace.error == pytest.approx(0.874343420, abs=6e-10)
        near(trace.deltas[2], [0.582864187, -0.256049895, -0.326814292], 9)
        near(trace.deltas[1], [0.041015904, 0.038386064], 9)
        near(trace.updated.weights[0], [[0.120507952, 0.210253976], [0.319193032, 0.409596516]], 9)
        near(
            trace.updated.weights[1],
            [[0.667410985, 0.788164969], [0.026457027, 0.117339885], [0.206131988, 0.294495146]],
            9,
        )
        after = backpropagate(trace.updated, self.X, self.Y)
        near(after.prediction, [0.499995016, 0.222651252, 0.277353732], 9)
        assert after.error == pytest.approx(0.693157148, abs=6e-10)


class TestSmallCases:
    def test_twins_never_part(self) -> None:
        start = network([np.zeros((2, 2)), np.zeros((2, 2))], [np.zeros(2), np.zeros(2)])
        settings, (x, y) = Settings(learning_rate=0.5), (TestMazur.X, TestMazur.Y)
        first = backpropagate(start, x, y, settings)
        assert first.updated.weights[0].tolist() == [[0, 0], [0, 0]]
        near(first.updated.weights[1], [[-0.030625, -0.030625], [0.030625, 0.030625]], 14)
        second = backpropagate(first.updated, x, y, settings)
        near(second.deltas[1], [0.001784148, 0.001784148], 8)
        network_now = second.updated
        for _ in range(200):
            network_now = backpropagate(network_now, x, y, settings).updated
            assert network_now.weights[0][0].tolist() == network_now.weights[0][1].tolist()
        assert network_now.weights[0].any()  # the weights do move; only the symmetry stays

    @pytest.mark.parametrize("activation", ["tanh", "relu"])
    def test_twins_with_g_of_0_equal_to_0_move_no_weight(self, activation: str) -> None:
        start = network(
            [np.zeros((2, 2)), np.zeros((2, 2))], [np.zeros(2), np.zeros(2)], [activation, "tanh"]
        )
        *_, last = train(start, TestMazur.DATA, Settings(learning_rate=0.5), epochs=50)
        assert not any(w.any() for w in last.network.weights)
        assert not last.network.biases[0].any()
        assert last.network.biases[1].all()

    def test_vanishing(self) -> None:
        start = network([[[1]]] * 6, [[0]] * 6)
        trace = backpropagate(start, [1], [0])
        sizes = [abs(delta[0]) for delta in reversed(trace.deltas[1:]) if delta is not None]
        np.testing.assert_allclose(
            sizes, [0.1481, 0.03327, 0.007467, 0.001669, 3.662e-4, 7.199e-5], rtol=2e-4
        )

    def test_xor_solved_by_hand(self) -> None:
        # Goodfellow, Bengio and Courville, "Deep Learning" (2016), section 6.1
        solution = network([np.ones((2, 2)), [[1, -2]]], [[0, -1], [0]], ["relu", "linear"])
        inputs, targets = [[0, 0], [0, 1], [1, 0], [1, 1]], [[0], [1], [1], [0]]
        assert forward(solution, inputs).tolist() == targets
        assert mean_error(solution, Dataset(inputs, targets)) == 0
        for x, y in zip(inputs, targets, strict=True):
            trace = backpropagate(solution, x, y)
            assert not any(steps.any() for steps in (*trace.weight_steps, *trace.bias_steps))
