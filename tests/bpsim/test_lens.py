import numpy as np
import pytest

from bpsim.activations import ACTIVATIONS
from bpsim.backprop import backpropagate
from bpsim.datasets import Dataset
from bpsim.errors import DivergenceError, NetworkError
from bpsim.evaluation import evaluate
from bpsim.gradcheck import check_gradients
from bpsim.lens import FEWEST_POINTS, Lens, Parameter, lens, verdict
from bpsim.losses import LOSSES
from bpsim.network import Network
from bpsim.settings import Settings

RNG = np.random.default_rng(0)
DATA = Dataset(RNG.uniform(-1, 1, (6, 3)), RNG.uniform(0, 1, (6, 2)))
ROWS = (0, 1, 3, 4)
PAIRS = [
    (activation, loss)
    for loss in LOSSES
    for activation in ACTIVATIONS
    if activation in LOSSES[loss].outputs and activation != "step"
]
PARAMETERS: list[Parameter] = [(0, 1, 2), (1, 2, 1), (2, 1, 0), (0, 1, None), (1, 0, None), (2, 0, None)]


def network_of(activation: str = "sigmoid", loss: str = "mse") -> Network:
    hidden = "tanh" if activation == "softmax" else activation
    return Network.dense([3, 4, 3, 2], [hidden, hidden, activation], loss, seed=3)


def changed(network: Network, parameter: Parameter, value: float) -> Network:
    l, i, j = parameter
    return network.with_bias(l, i, value) if j is None else network.with_weight(l, i, j, value)


def mean_error(network: Network, rows: tuple[int, ...] = ROWS) -> float:
    return float(evaluate(network, DATA.inputs[list(rows)], DATA.targets[list(rows)]).errors.mean())


@pytest.mark.parametrize("parameter", PARAMETERS)
@pytest.mark.parametrize(("activation", "loss"), PAIRS)
def test_the_curve_is_the_error_with_another_weight(activation: str, loss: str, parameter: Parameter) -> None:
    network = network_of(activation, loss)
    shown = lens(network, DATA, Settings(), ROWS, parameter, span=3.0)
    assert shown.values[0] == pytest.approx(shown.value - 3)
    assert shown.values[-1] == pytest.approx(shown.value + 3)
    assert shown.value in shown.values
    for place in (0, 17, len(shown.values) - 1):
        value = float(shown.values[place])
        assert shown.errors[place] == pytest.approx(mean_error(changed(network, parameter, value)), rel=1e-12)
    assert shown.error == pytest.approx(mean_error(network), rel=1e-12)
    landed = changed(network, parameter, shown.value + shown.step)
    assert shown.landing_error == pytest.approx(mean_error(landed), rel=1e-12)


@pytest.mark.parametrize("parameter", PARAMETERS)
@pytest.mark.parametrize(("activation", "loss"), PAIRS)
def test_the_tangent_agrees_with_central_differences(
    activation: str, loss: str, parameter: Parameter
) -> None:
    network = network_of(activation, loss)
    shown = lens(network, DATA, Settings(learning_rate=0.7), ROWS, parameter)
    check = check_gradients(network, DATA.inputs[list(ROWS)], DATA.targets[list(ROWS)])
    l, i, j = parameter
    numeric = check.numeric_biases[l][i] if j is None else check.numeric_weights[l][i, j]
    assert shown.slope == pytest.approx(numeric, rel=1e-5, abs=1e-9)
    assert shown.step == -0.7 * shown.slope
    assert shown.tangent(shown.value) == shown.error
    assert shown.tangent(shown.value + 2) == pytest.approx(shown.error + 2 * shown.slope)


def test_of_one_instance_the_step_is_its_own() -> None:
    network, settings = network_of(), Settings(learning_rate=0.4)
    trace = backpropagate(network, DATA.inputs[2], DATA.targets[2], settings)
    shown = lens(network, DATA, settings, (2,), (1, 2, 1))
    assert (shown.instances, shown.of) == (1, 1)
    assert shown.error == pytest.approx(trace.error, rel=1e-12)
    assert shown.step == pytest.approx(trace.weight_steps[1][2, 1], rel=1e-12)
    bias = lens(network, DATA, settings, (2,), (1, 2, None))
    assert bias.step == pytest.approx(trace.bias_steps[1][2], rel=1e-12)


def test_a_frozen_bias_takes_no_step() -> None:
    shown = lens(network_of(), DATA, Settings(update_biases=False), ROWS, (0, 0, None))
    assert shown.slope != 0
    assert shown.step == 0
    assert verdict(shown, str) == "Biases are not updated, so η takes no step."
    assert lens(network_of(), DATA, Settings(update_biases=False), ROWS, (0, 0, 0)).step != 0


def test_the_curve_reaches_beyond_the_landing_and_is_fine_near_the_weight() -> None:
    shown = lens(network_of("linear"), DATA, Settings(learning_rate=200.0), ROWS, (2, 0, 1))
    assert abs(shown.step) > 10
    assert shown.values[0] < min(shown.value, shown.landing)
    assert shown.values[-1] > max(shown.value, shown.landing)
    assert np.count_nonzero(np.abs(shown.values - shown.value) < 2) > 50
    assert (np.diff(shown.values) > 0).all()


def test_a_large_network_has_fewer_points_and_a_sample_of_instances() -> None:
    rng = np.random.default_rng(1)
    data = Dataset(rng.uniform(-1, 1, (400, 64)), rng.uniform(0, 1, (400, 10)))
    network = Network.dense([64, 128, 64, 10], seed=0)
    shown = lens(network, data, Settings(), range(400), (0, 5, 6))
    assert shown.instances < shown.of == 400
    assert FEWEST_POINTS <= len(shown.values) <= FEWEST_POINTS + 2


# -- what cannot be shown ----------------------------------------------------------------------------------


def test_there_is_no_lens_for_a_perceptron() -> None:
    with pytest.raises(NetworkError, match="follows no gradient"):
        lens(Network.dense([3, 2], "step"), DATA, Settings(), ROWS, (0, 0, 0))


def test_there_is_no_lens_for_a_missing_connection() -> None:
    with pytest.raises(NetworkError, match="not connected"):
        lens(network_of().with_disconnected(0, 0, 0), DATA, Settings(), ROWS, (0, 0, 0))


def test_an_error_that_cannot_be_computed_is_named() -> None:
    network = Network.dense([3, 2], "linear").with_parameters([np.full((2, 3), 1e200)])
    data = Dataset(np.full((1, 3), 1e150), np.zeros((1, 2)))
    with pytest.raises(DivergenceError, match="E became too large"):
        lens(network, data, Settings(), (0,), (0, 0, 0))


def test_parts_of_the_curve_may_be_too_large() -> None:
    network = Network.dense([3, 2], "linear", initializer="zeros")
    data = Dataset(np.full((1, 3), 1e150), np.zeros((1, 2)))
    shown = lens(network, data, Settings(), (0,), (0, 0, 0), span=1e10)
    assert shown.error == 0
    assert np.isinf(shown.errors[0])


def test_a_step_beyond_all_bounds_is_a_step_that_is_too_large() -> None:
    for activation, rate in (("linear", 1e300), ("sigmoid", 1e308), ("softmax", 1e308)):
        shown = lens(network_of(activation), DATA, Settings(learning_rate=rate), ROWS, (0, 1, 2))
        assert abs(shown.step) > 1e290
        assert np.isfinite(shown.values).all()
        assert not np.isnan(shown.errors).any()
        assert shown.lowest[1] <= shown.error
    wild = lens(network_of("linear"), DATA, Settings(learning_rate=1e300), ROWS, (0, 1, 2))
    assert wild.landing_error == np.inf
    assert verdict(wild, str).startswith("The step is too large")


# -- the sentence ------------------------------------------------------------------------------------------


def parabola(step: float, at: float = 2.0) -> Lens:
    """Return the lens of E = θ² at a θ."""
    values = np.linspace(-4, 4, 81)
    return Lens((0, 0, 0), at, at**2, 2 * at, step, (at + step) ** 2, values, values**2, 4, 4)


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        (
            -0.02,
            "A short step: E falls from 4.00 to 3.92, 2 % of what this weight alone could gain.",
        ),
        (
            -0.001,
            "A short step: E falls by 0.00 from 4.00, less than 1 % of what this weight alone could gain.",
        ),
        (-1.99, "E falls from 4.00 to 0.00: 99 % of what this weight alone could gain."),
        (-1.0, "E falls from 4.00 to 1.00: 75 % of what this weight alone could gain."),
        (-2.0, "E falls from 4.00 to 0.00: all of what this weight alone could gain."),
        (-3.0, "The step goes beyond the lowest point, but E still falls from 4.00 to 1.00."),
        (-5.0, "The step is too large: it jumps over the valley, and E rises from 4.00 to 9.00."),
    ],
)
def test_a_sentence_says_what_the_step_does(step: float, sentence: str) -> None:
    assert verdict(parabola(step), "{:.2f}".format) == sentence


def test_a_level_tangent_is_said() -> None:
    level = parabola(0.0, at=0.0)
    assert verdict(level, str).startswith("The tangent is level: this weight makes no difference to E here")


def test_from_the_left_it_is_the_same() -> None:
    shown = parabola(3.0, at=-2.0)
    assert shown.lowest == pytest.approx((0.0, 0.0), abs=1e-12)
    assert verdict(shown, "{:.2f}".format).startswith("The step goes beyond the lowest point")
