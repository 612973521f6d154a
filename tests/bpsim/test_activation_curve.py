import numpy as np
import pytest

from bpsim.activation_curve import NO_CURVE, ActivationCurve, activation_curve
from bpsim.activations import ACTIVATIONS
from bpsim.backprop import Trace, backpropagate
from bpsim.network import Network

CURVED = [name for name in ACTIVATIONS if name not in NO_CURVE]


def trace(activation: str, z: float) -> Trace:
    """Return a trace whose only node has this z."""
    network = Network.dense([1, 1], activation).with_parameters([[[1.0]]], [[0.0]])
    return backpropagate(network, [z], [0.0])


def curve(activation: str, z: float) -> ActivationCurve:
    found = activation_curve(trace(activation, z), 1, 0)
    assert isinstance(found, ActivationCurve)
    return found


@pytest.mark.parametrize("z", [-30.0, -1.2, 0.0, 0.7, 25.0])
@pytest.mark.parametrize("name", CURVED)
def test_the_node_is_on_its_curve(name: str, z: float) -> None:
    found, traced = curve(name, z), trace(name, z)
    assert (found.z, found.a, found.slope) == (
        z,
        traced.activations[1][0],
        traced.derivatives[1][0],
    )
    assert found.values[0] < z < found.values[-1]
    assert np.all(np.diff(found.values) > 0)
    function = ACTIVATIONS[name]
    assert np.array_equal(found.activations, function.function(found.values))
    assert np.array_equal(found.slopes, function.derivative(found.values))
    assert found.tangent(z) == found.a


@pytest.mark.parametrize("name", [name for name in CURVED if name not in ("relu", "leaky_relu")])
def test_the_tangent_touches_the_curve(name: str) -> None:
    found, h = curve(name, 0.7), 1e-4
    near = ACTIVATIONS[name].function(np.array([0.7 - h, 0.7 + h]))
    assert [found.tangent(0.7 - h), found.tangent(0.7 + h)] == pytest.approx(near, abs=h * h)


@pytest.mark.parametrize(
    ("name", "z", "saturated", "blocked"),
    [
        ("sigmoid", 0.0, False, False),
        ("sigmoid", 8.0, True, False),
        ("sigmoid", -8.0, True, False),
        ("tanh", 4.0, True, False),
        ("tanh", 1.0, False, False),
        ("relu", -1.0, False, True),
        ("relu", 1.0, False, False),
        ("leaky_relu", -1.0, False, False),
        ("linear", 100.0, False, False),
    ],
)
def test_saturation(name: str, z: float, saturated: bool, blocked: bool) -> None:
    found = curve(name, z)
    assert (found.saturated, found.blocked) == (saturated, blocked)


def test_softmax_and_step_say_why_they_have_no_curve() -> None:
    network = Network.dense([2, 2], "softmax", "cross_entropy", seed=0)
    assert activation_curve(backpropagate(network, [1, 0], [0, 1]), 1, 0) == NO_CURVE["softmax"]
    assert activation_curve(trace("step", 1.0), 1, 0) == NO_CURVE["step"]
