"""Varying one parameter: what happens and what the derivative predicts."""

import numpy as np
import pytest

from bpsim.backprop import backpropagate
from bpsim.errors import DivergenceError, NetworkError
from bpsim.network import Network
from bpsim.quantity import Quantity
from bpsim.wiggle import wiggle
from tests.bpsim.reference import PAIRS, far_from_kinks, instances_with


def test_by_hand() -> None:
    # z = θ · 2 + 0.25, a = z, E = ½ (1 − a)²; from θ = 0.5 to 0.6: z and a + 0.2, E from 0.03125 to 0.10125
    network = Network.dense([1, 1], "linear").with_parameters([[[0.5]]], [[0.25]])
    result = wiggle(network, [2], [1], Quantity("weight", 1, 0, 0), 0.1)
    assert [(r.quantity.kind, r.quantity.layer) for r in result.reactions] == [
        ("weight", 1), ("z", 1), ("a", 1), ("error", None),
    ]  # fmt: skip
    assert [r.change for r in result.reactions] == pytest.approx([0.1, 0.2, 0.2, 0.07])
    assert [r.predicted for r in result.reactions] == pytest.approx([0.1, 0.2, 0.2, 0.05])  # ∂E/∂θ = 0.5
    assert result.error.after == pytest.approx(0.10125)
    assert result.miss == pytest.approx(0.02 / 0.07)


@pytest.mark.parametrize(("loss", "output"), PAIRS, ids=["-".join(pair) for pair in PAIRS])
def test_small_changes_are_as_predicted_for_every_quantity(loss: str, output: str) -> None:
    rng = np.random.default_rng(list(map(ord, loss + output)))
    instances = instances_with(rng, loss, output, 0.2)
    tried = 0
    while tried < 10:
        network, x, y = next(instances)
        if not far_from_kinks(network, backpropagate(network, x, y)):
            continue
        tried += 1
        cells = np.argwhere(network.masks[0])
        weights = [Quantity("weight", 1, int(i), int(j)) for i, j in cells[:2]]
        for parameter in (*weights, Quantity("bias", len(network.weights), 0)):
            ups = wiggle(network, x, y, parameter, 1e-6).reactions
            downs = wiggle(network, x, y, parameter, -1e-6).reactions
            for up, down in zip(ups, downs, strict=True):
                numeric = (up.after - down.after) / 2e-6
                assert up.slope == pytest.approx(numeric, rel=1e-5, abs=1e-8)


def test_the_prediction_fails_with_the_square_of_epsilon() -> None:
    network, theta = Network.dense([2, 3, 1], seed=1), Quantity("weight", 1, 0, 1)
    off = [
        abs(r.change - r.predicted)
        for r in (wiggle(network, [1, 2], [0], theta, e).error for e in (0.01, 0.1))
    ]
    assert off[1] / off[0] == pytest.approx(100, rel=0.2)
    assert (
        wiggle(network, [1, 2], [0], theta, 1e-3).miss < 0.01 < wiggle(network, [1, 2], [0], theta, 3.0).miss
    )


def test_past_the_kink_nothing_moves_any_more() -> None:
    network = Network.dense([1, 1, 1], ["relu", "linear"]).with_parameters([[[1.0]], [[1.0]]], [[0.0], [0.0]])
    a = wiggle(network, [1], [0], Quantity("weight", 1, 0, 0), -3.0).reactions[2]
    assert (a.change, a.predicted) == (-1.0, -3.0)


def test_only_what_it_reaches_reacts() -> None:
    network = Network.dense([2, 2, 2, 1], seed=1).with_disconnected(1, 1, 0)
    result = wiggle(network, [1, 1], [0], Quantity("bias", 1, 0), 0.5)
    places = [(r.quantity.kind, r.quantity.layer, r.quantity.node) for r in result.reactions]
    assert places == [
        ("bias", 1, 0), ("z", 1, 0), ("a", 1, 0), ("z", 2, 0), ("a", 2, 0), ("z", 3, 0), ("a", 3, 0),
        ("error", None, None),
    ]  # fmt: skip


def test_softmax_moves_all_outputs_by_the_z_of_one() -> None:
    network = Network.dense([1, 3], "softmax", "cross_entropy", seed=1)
    result = wiggle(network, [1], [1, 0, 0], Quantity("weight", 1, 2, 0), 0.5)
    assert [(r.quantity.kind, r.quantity.node) for r in result.reactions[1:-1]] == [
        ("z", 2), ("a", 0), ("a", 1), ("a", 2),
    ]  # fmt: skip
    assert sum(r.change for r in result.reactions[2:-1]) == pytest.approx(0, abs=1e-15)


def test_saturated_outputs_are_predicted_without_nan() -> None:
    network = Network.dense([1, 1], "sigmoid", "cross_entropy", initializer="zeros").with_weight(
        0, 0, 0, -2000
    )
    result = wiggle(network, [1], [1], Quantity("weight", 1, 0, 0), 1.0)
    assert result.error.change == pytest.approx(-1.0)
    assert result.error.predicted == -1.0
    assert result.miss == 0.0


def test_nothing_that_moves_is_predicted_well() -> None:
    network = Network.dense([1, 1], initializer="zeros")
    assert wiggle(network, [0], [0.5], Quantity("weight", 1, 0, 0), 1.0).miss == 0.0


def test_the_network_is_left_alone() -> None:
    network = Network.dense([2, 2, 1], seed=1)
    before = [w.tobytes() for w in network.weights]
    wiggle(network, [1, 0], [1], Quantity("weight", 1, 0, 0), 1.0)
    assert [w.tobytes() for w in network.weights] == before


def test_what_cannot_be() -> None:
    with pytest.raises(NetworkError, match="perceptron"):
        wiggle(Network.dense([1, 1], "step"), [1], [1], Quantity("weight", 1, 0, 0), 0.1)
    with pytest.raises(DivergenceError, match="E became too large"):
        wiggle(Network.dense([1, 1], "linear"), [1], [1], Quantity("weight", 1, 0, 0), 1e200)
