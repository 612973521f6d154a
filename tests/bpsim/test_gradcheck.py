"""The gradient check: it agrees for every activation × loss, and it notices a wrong gradient."""

from dataclasses import replace

import numpy as np
import pytest

from bpsim.backprop import backpropagate
from bpsim.errors import MisfitError, NetworkError
from bpsim.gradcheck import GradientCheck, check_gradients, checking
from bpsim.network import Network
from tests.bpsim.reference import HIDDEN, PAIRS, far_from_kinks, random_instance

CASES = [(hidden, loss, output) for hidden in HIDDEN for loss, output in PAIRS]


@pytest.mark.parametrize("missing", [False, True], ids=["dense", "missing"])
@pytest.mark.parametrize(("hidden", "loss", "output"), CASES, ids=["-".join(case) for case in CASES])
def test_every_hidden_and_output_activation_with_every_loss(
    hidden: str, loss: str, output: str, missing: bool
) -> None:
    rng = np.random.default_rng(list(map(ord, hidden + loss + output)))
    while True:
        network = Network.dense([2, 3, 2, 2], [hidden, hidden, output], loss, seed=int(rng.integers(10**6)))
        if missing:
            network = network.with_disconnected(0, 1, 0).with_disconnected(1, 0, 2).with_disconnected(2, 1, 1)
        x, y = random_instance(rng, network)
        if far_from_kinks(network, backpropagate(network, x, y)):
            break
    assert check_gradients(network, x, y).largest < 2e-6


def test_batch_is_the_mean_of_its_instances() -> None:
    network = Network.dense([2, 3, 2], "tanh", seed=3)
    X, Y = np.array([[0.1, 0.5], [-1.0, 0.3], [0.7, 0.7]]), np.array([[0.0, 1.0], [0.5, 0.5], [1.0, 0.0]])
    batch = check_gradients(network, X, Y)
    single = [check_gradients(network, x, y) for x, y in zip(X, Y, strict=True)]
    assert batch.largest < 1e-7
    for l in range(2):
        np.testing.assert_allclose(batch.weights[l], np.mean([s.weights[l] for s in single], 0), rtol=1e-13)
        np.testing.assert_allclose(batch.numeric_biases[l], np.mean([s.biases[l] for s in single], 0), 1e-7)


def test_by_hand() -> None:
    # E = ½ (1 − (0.5 · 2 + 0.25))² with one weight 0.5 and bias 0.25: ∂E/∂θ = −(1 − 1.25) · 2, ∂E/∂θ₀ = 0.25
    network = Network.dense([1, 1], "linear").with_parameters([[[0.5]]], [[0.25]])
    check = check_gradients(network, [2], [1])
    assert check.weights[0].tolist() == [[0.5]]
    assert check.biases[0].tolist() == [0.25]
    assert check.numeric_weights[0][0, 0] == pytest.approx(0.5, rel=1e-9)
    assert check.numeric_biases[0][0] == pytest.approx(0.25, rel=1e-9)


def test_missing_connections_stay_out() -> None:
    network = Network.dense([2, 2, 1], seed=1).with_disconnected(0, 1, 0)
    check = check_gradients(network, [0.5, 0.25], [1])
    for array in (check.weights[0], check.numeric_weights[0], check.weight_differences[0]):
        assert array[1, 0] == 0
        assert not np.signbit(array[1, 0])
        assert array.shape == (2, 2)
    assert check.weights[0][1, 1] != 0


def test_differences_are_relative() -> None:
    check = GradientCheck(
        (np.array([[2.0, 1e-9]]),), (np.array([0.0]),), (np.array([[1.0, -1e-9]]),), (np.array([0.0]),)
    )
    assert check.weight_differences[0][0].tolist() == pytest.approx([0.5, 2e-4])  # |2 − 1| / 2; floor 10⁻⁵
    assert check.bias_differences[0].tolist() == [0.0]
    assert check.largest == 0.5


def test_notices_a_wrong_gradient() -> None:
    # Mazur's slip, output weights already updated, would change the hidden gradients by a few per cent.
    network = Network.dense([2, 3, 1], seed=2)
    check = check_gradients(network, [0.3, 0.6], [0.1])
    wrong = replace(check, weights=(check.weights[0] * 1.01, check.weights[1]))
    assert check.largest < 1e-7
    assert wrong.largest == pytest.approx(0.01, rel=0.02)


def test_kink_is_where_it_disagrees() -> None:
    network = Network.dense([1, 1], "relu").with_parameters([[[1.0]]], [[-1.0]])  # z = 0 for x = 1
    check = check_gradients(network, [1], [1])
    assert check.weights[0].tolist() == [[0.0]]  # the slope from the left
    assert check.numeric_weights[0][0, 0] == pytest.approx(-0.5, rel=1e-3)  # the mean of 0 and −1


def test_step_has_no_gradient() -> None:
    with pytest.raises(NetworkError, match="The perceptron rule follows no gradient"):
        check_gradients(Network.dense([2, 1], "step"), [1, 0], [1])


def test_instances_that_do_not_fit() -> None:
    network = Network.dense([2, 1])
    with pytest.raises(MisfitError, match="inputs for 2 instances, but targets for 1"):
        check_gradients(network, [[1, 0], [0, 1]], [[1]])
    with pytest.raises(MisfitError, match="2 input nodes"):
        check_gradients(network, [1, 0, 0], [1])


def test_network_is_left_alone() -> None:
    network = Network.dense([2, 2, 1], seed=1)
    before = [w.tobytes() for w in network.weights]
    check = check_gradients(network, [0.5, 0.25], [1])
    assert [w.tobytes() for w in network.weights] == before
    assert not any(array.flags.writeable for array in (*check.weights, *check.numeric_biases))


def test_the_work_can_be_taken_in_pieces() -> None:
    network = Network.dense([2, 3, 1], seed=1)
    work, steps = checking(network, [0.5, 1.0], [1.0]), []
    try:
        while True:
            steps.append(next(work))
    except StopIteration as end:
        result = end.value
    assert steps == list(range(network.n_parameters + 1))
    whole = check_gradients(network, [0.5, 1.0], [1.0])
    for piece, same in zip(result.numeric_weights, whole.numeric_weights, strict=True):
        assert np.array_equal(piece, same)
