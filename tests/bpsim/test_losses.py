"""The errors E and the output layer's δ: by hand, where outputs saturate, and against differences."""

import math

import numpy as np
import pytest

from bpsim.activations import ACTIVATIONS, sigmoid, softmax
from bpsim.arrays import Array
from bpsim.losses import LOSSES, log_softmax, output_delta
from tests.bpsim.reference import PAIRS


def error(loss: str, output: str, y: Array, z: Array) -> float:
    return float(LOSSES[loss].terms(y, z, ACTIVATIONS[output].function(z), output).sum())


def delta(loss: str, output: str, y: Array, z: Array) -> Array:
    a = ACTIVATIONS[output].function(z)
    downhill = LOSSES[loss].downhill(y, z, a, output)
    return output_delta(loss, output, y, a, downhill, ACTIVATIONS[output].derivative(z))


def test_squared_error_by_hand() -> None:
    y, z = np.array([1.0, 0.5]), np.array([0.2, 2.5])
    terms = LOSSES["mse"].terms(y, z, z, "linear")
    np.testing.assert_allclose(terms, [0.32, 2.0], rtol=1e-15)  # ½ · 0.8², ½ · 2²
    np.testing.assert_allclose(LOSSES["mse"].downhill(y, z, z, "linear"), [0.8, -2.0], rtol=1e-15)


def test_binary_cross_entropy_by_hand() -> None:
    # ŷ = 0.8 and y = 1: −ln 0.8; ŷ = 0.8 and y = 0: −ln 0.2; y = 0.25: −0.25 ln 0.8 − 0.75 ln 0.2
    z = np.full(3, math.log(4))
    terms = LOSSES["cross_entropy"].terms(np.array([1.0, 0.0, 0.25]), z, sigmoid(z), "sigmoid")
    expected = [-math.log(0.8), -math.log(0.2), -0.25 * math.log(0.8) - 0.75 * math.log(0.2)]
    np.testing.assert_allclose(terms, expected, rtol=1e-14)
    np.testing.assert_allclose(  # y/ŷ − (1 − y)/(1 − ŷ)
        LOSSES["cross_entropy"].downhill(np.array([1.0, 0.0, 0.25]), z, sigmoid(z), "sigmoid"),
        [1.25, -5.0, 0.3125 - 3.75],
        rtol=1e-14,
    )


def test_categorical_cross_entropy_by_hand() -> None:
    z, y = np.log([1.0, 2.0, 5.0]), np.array([0.0, 1.0, 0.0])  # ŷ = 1/8, 2/8, 5/8
    assert error("cross_entropy", "softmax", y, z) == pytest.approx(math.log(4), rel=1e-15)
    np.testing.assert_allclose(delta("cross_entropy", "softmax", y, z), [-0.125, 0.75, -0.625], rtol=1e-14)
    np.testing.assert_allclose(
        LOSSES["cross_entropy"].downhill(y, z, softmax(z), "softmax"), [0.0, 4.0, 0.0], rtol=1e-14
    )


@pytest.mark.parametrize(
    ("y", "z", "expected"),
    [
        (1.0, 40.0, 4.248354255291589e-18),  # −ln ŷ where ŷ has rounded to 1: e^−40
        (0.0, 40.0, 40.0),
        (1.0, -1000.0, 1000.0),  # ŷ has rounded to 0
        (0.0, -1000.0, 0.0),
        (1.0, 1000.0, 0.0),
        (0.0, 1000.0, 1000.0),
    ],
)
def test_cross_entropy_of_saturated_sigmoid(y: float, z: float, expected: float) -> None:
    with np.errstate(all="raise", under="ignore"):
        assert error("cross_entropy", "sigmoid", np.array([y]), np.array([z])) == pytest.approx(
            expected, rel=1e-14, abs=0
        )
        assert delta("cross_entropy", "sigmoid", np.array([y]), np.array([z]))[0] == pytest.approx(
            y - (z > 0), abs=1e-17
        )


def test_cross_entropy_of_saturated_softmax() -> None:
    z = np.array([1000.0, -1000.0, 0.0])
    with np.errstate(all="raise", under="ignore"):
        assert error("cross_entropy", "softmax", np.array([1.0, 0.0, 0.0]), z) == 0.0
        assert error("cross_entropy", "softmax", np.array([0.0, 1.0, 0.0]), z) == 2000.0
        assert delta("cross_entropy", "softmax", np.array([0.0, 1.0, 0.0]), z).tolist() == [-1.0, 1.0, 0.0]
        assert log_softmax(z).tolist() == [0.0, -2000.0, -1000.0]


@pytest.mark.parametrize("z", [-600.0, -40.0, -3.0, 0.0, 3.0, 40.0, 600.0])
@pytest.mark.parametrize("y", [0.0, 0.3, 1.0])
def test_factors_of_a_saturated_delta_still_multiply_to_it(y: float, z: float) -> None:
    values, targets = np.array([z]), np.array([y])
    downhill = LOSSES["cross_entropy"].downhill(targets, values, sigmoid(values), "sigmoid")
    product = downhill * ACTIVATIONS["sigmoid"].derivative(values)
    np.testing.assert_allclose(
        product, delta("cross_entropy", "sigmoid", targets, values), rtol=1e-12, atol=1e-16
    )


@pytest.mark.parametrize(("loss", "output"), PAIRS)
def test_output_delta_is_minus_the_slope_of_the_error(loss: str, output: str) -> None:
    rng, h = np.random.default_rng(5), 1e-5
    for _ in range(20):
        z, y = rng.normal(size=4), rng.uniform(0.05, 0.95, 4)
        if np.abs(z).min() < 1e-3:
            continue
        slopes = [
            (error(loss, output, y, z - h * unit) - error(loss, output, y, z + h * unit)) / (2 * h)
            for unit in np.eye(4)
        ]
        np.testing.assert_allclose(delta(loss, output, y, z), slopes, rtol=0, atol=2e-9)


@pytest.mark.parametrize(("loss", "output"), [("mse", "tanh"), ("cross_entropy", "sigmoid")])
def test_downhill_is_minus_the_slope_over_the_activation(loss: str, output: str) -> None:
    y, z, h = np.array([0.3]), np.array([0.4]), 1e-5
    a = float(ACTIVATIONS[output].function(z)[0])
    inverse = {"tanh": math.atanh, "sigmoid": lambda value: math.log(value / (1 - value))}[output]
    low, high = (error(loss, output, y, np.array([inverse(value)])) for value in (a - h, a + h))
    downhill = LOSSES[loss].downhill(y, z, np.array([a]), output)[0]
    assert downhill == pytest.approx((low - high) / (2 * h), rel=1e-8)


def test_perceptron_rule_has_no_factor() -> None:
    y, z = np.array([1.0, 0.0, 1.0]), np.array([-3.0, 2.0, 2.0])
    assert delta("mse", "step", y, z).tolist() == [1.0, -1.0, 0.0]


def test_table() -> None:
    assert list(LOSSES) == ["mse", "cross_entropy"]
    assert LOSSES["mse"].outputs == tuple(ACTIVATIONS)
    assert LOSSES["cross_entropy"].outputs == ("sigmoid", "softmax")
