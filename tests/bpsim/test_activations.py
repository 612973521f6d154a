"""The activation functions against 50-digit arithmetic, central differences and hand-made values."""

from decimal import Decimal, localcontext

import numpy as np
import pytest

from bpsim.activations import ACTIVATIONS, LEAK, sigmoid, softmax, softplus

ELEMENTWISE = [name for name in ACTIVATIONS if name not in ("softmax", "step")]
GRID = [-40.0, -20.0, -5.5, -1.0, -0.3, -1e-3, 1e-3, 0.3, 1.0, 5.5, 20.0, 40.0]


def exact(name: str, z: float) -> tuple[Decimal, Decimal]:
    """Return g(z) and g′(z) in 50 digits, by the textbook's formulas."""
    x = Decimal(z)
    power, one = x.exp(), Decimal(1)
    match name:
        case "sigmoid":
            a = power / (1 + power)
            return a, a * (1 - a)
        case "tanh":
            a = (power - 1 / power) / (power + 1 / power)
            return a, 1 - a * a
        case "relu":
            return (x, one) if x > 0 else (Decimal(0), Decimal(0))
        case "leaky_relu":
            return (x, one) if x > 0 else (Decimal(LEAK) * x, Decimal(LEAK))
        case "elu":
            return (x, one) if x > 0 else (power - 1, power)
        case "softplus":
            return (1 + power).ln(), power / (1 + power)
    return x, one


@pytest.mark.parametrize("name", ELEMENTWISE)
@pytest.mark.parametrize("z", GRID)
def test_value_and_derivative_keep_their_digits(name: str, z: float) -> None:
    with localcontext(prec=50):
        value, derivative = exact(name, z)
    assert ACTIVATIONS[name].function(np.array([z]))[0] == pytest.approx(float(value), rel=1e-15, abs=0)
    assert ACTIVATIONS[name].derivative(np.array([z]))[0] == pytest.approx(
        float(derivative), rel=1e-15, abs=0
    )


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_derivative_is_the_slope(name: str) -> None:
    z, h = np.array([-2.5, -0.7, -0.01, 0.01, 0.4, 3.0]), 1e-5
    slope = (ACTIVATIONS[name].function(z + h) - ACTIVATIONS[name].function(z - h)) / (2 * h)
    np.testing.assert_allclose(ACTIVATIONS[name].derivative(z), slope, rtol=0, atol=1e-10)


@pytest.mark.parametrize(
    ("name", "value", "derivative"),
    [
        ("sigmoid", 0.5, 0.25),
        ("tanh", 0.0, 1.0),
        ("relu", 0.0, 0.0),  # at a kink the derivative is the one from the left
        ("leaky_relu", 0.0, 0.01),
        ("elu", 0.0, 1.0),
        ("softplus", 0.6931471805599453, 0.5),
        ("linear", 0.0, 1.0),
        ("step", 1.0, 1.0),  # the perceptron rule has no g′
    ],
)
@pytest.mark.parametrize("zero", [0.0, -0.0])
def test_at_zero(name: str, value: float, derivative: float, zero: float) -> None:
    assert ACTIVATIONS[name].function(np.array([zero]))[0] == value
    assert ACTIVATIONS[name].derivative(np.array([zero]))[0] == derivative


@pytest.mark.parametrize(
    ("name", "low", "high", "slope_low", "slope_high"),
    [
        ("sigmoid", 0, 1, 0, 0),
        ("tanh", -1, 1, 0, 0),
        ("relu", 0, 1000, 0, 1),
        ("leaky_relu", -10, 1000, 0.01, 1),
        ("elu", -1, 1000, 0, 1),
        ("softplus", 0, 1000, 0, 1),
        ("linear", -1000, 1000, 1, 1),
        ("step", 0, 1, 1, 1),
    ],
)
def test_at_a_thousand_nothing_overflows(
    name: str, low: float, high: float, slope_low: float, slope_high: float
) -> None:
    z = np.array([-1000.0, 1000.0])
    with np.errstate(all="raise", under="ignore"):
        assert ACTIVATIONS[name].function(z).tolist() == [low, high]
        assert ACTIVATIONS[name].derivative(z).tolist() == [slope_low, slope_high]


def test_softmax_by_hand() -> None:
    # e^0 : e^ln 2 : e^ln 5 = 1 : 2 : 5
    a = softmax(np.log([1.0, 2.0, 5.0]))
    np.testing.assert_allclose(a, [0.125, 0.25, 0.625], rtol=1e-15)
    np.testing.assert_allclose(
        ACTIVATIONS["softmax"].derivative(np.log([1.0, 2.0, 5.0])), [0.109375, 0.1875, 0.234375], rtol=1e-15
    )


def test_softmax_at_a_thousand() -> None:
    with np.errstate(all="raise", under="ignore"):
        assert softmax(np.array([1000.0, -1000.0, 0.0])).tolist() == [1.0, 0.0, 0.0]
        assert softmax(np.array([1000.0, 1000.0])).tolist() == [0.5, 0.5]
        assert softmax(np.array([-1000.0, -1000.0])).tolist() == [0.5, 0.5]


def test_softmax_looks_at_differences_only() -> None:
    z = np.array([0.3, -1.2, 2.0])
    np.testing.assert_allclose(softmax(z + 512), softmax(z), rtol=1e-13)
    assert softmax(z).sum() == pytest.approx(1, abs=1e-15)


def test_softmax_takes_each_row_of_many_by_itself() -> None:
    rows = np.array([[0.0, 1.0, 2.0], [5.0, -3.0, 0.0]])
    assert softmax(rows).tolist() == [softmax(row).tolist() for row in rows]


def test_small_values_are_not_rounded_to_nothing() -> None:
    assert sigmoid(np.array([-700.0]))[0] == pytest.approx(9.859676543759770e-305, rel=1e-13)
    assert softplus(np.array([-700.0]))[0] == pytest.approx(9.859676543759770e-305, rel=1e-13)
    assert ACTIVATIONS["tanh"].derivative(np.array([25.0]))[0] == pytest.approx(
        7.714999e-22, rel=1e-6
    )  # 4 e^−50


def test_functions_leave_their_argument_alone() -> None:
    for activation in ACTIVATIONS.values():
        z = np.array([-1.0, 0.0, 2.0])
        for function in (activation.function, activation.derivative):
            result = function(z)
            assert not np.shares_memory(result, z)
        assert z.tolist() == [-1.0, 0.0, 2.0]


def test_table() -> None:
    assert list(ACTIVATIONS) == [
        "sigmoid", "tanh", "relu", "leaky_relu", "elu", "softplus", "linear", "softmax", "step",
    ]  # fmt: skip
    assert {name for name, activation in ACTIVATIONS.items() if activation.where != "anywhere"} == {
        "softmax",
        "step",
    }
    assert all(activation.name == name for name, activation in ACTIVATIONS.items())
    assert all(activation.label and activation.formula for activation in ACTIVATIONS.values())
