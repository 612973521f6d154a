import numpy as np
import pytest

from bpsim.activations import ACTIVATIONS
from bpsim.backprop import forward, forward_pass
from bpsim.datasets import Dataset
from bpsim.errors import MisfitError
from bpsim.fields import cost, curve, field, level_line, node_scale, output_scale, predict, value_range
from bpsim.network import Network
from bpsim.scoring import Classes

BOUNDS = ((-1.0, 3.0), (0.0, 2.0))
HELD = np.array([9.0, 0.25, 9.0, -0.5])


@pytest.mark.parametrize("output", [0, 1, 2])
def test_every_cell_is_the_forward_pass_of_its_centre(output: int) -> None:
    network = Network.dense([4, 5, 3], ["tanh", "softmax"], seed=2)
    shown = field(network, (2, 0), HELD, BOUNDS, (7, 5), output)
    np.testing.assert_allclose(shown.first, -1 + (np.arange(7) + 0.5) * 4 / 7)
    np.testing.assert_allclose(shown.second, [0.2, 0.6, 1.0, 1.4, 1.8])
    assert shown.values.shape == (5, 7)
    assert shown.clarity is None
    for row, y in enumerate(shown.second):
        for column, x in enumerate(shown.first):
            expected = forward(network, [y, 0.25, x, -0.5])[output]
            assert shown.values[row, column] == pytest.approx(expected, rel=1e-12)


def test_one_number_is_a_square_of_cells() -> None:
    assert field(Network.dense([2, 1]), (0, 1), np.zeros(2), BOUNDS, 6).values.shape == (6, 6)


def test_the_winning_class_is_the_one_with_the_largest_prediction() -> None:
    network = Network.dense([2, 4, 3], ["tanh", "softmax"], seed=1, scale=4)
    shown = field(network, (0, 1), np.zeros(2), BOUNDS, 9, "class")
    assert shown.clarity is not None
    assert len(np.unique(shown.values)) > 1
    for row, y in enumerate(shown.second):
        for column, x in enumerate(shown.first):
            ranked = np.sort(forward(network, [x, y]))
            assert shown.values[row, column] == np.argmax(forward(network, [x, y]))
            assert shown.clarity[row, column] == pytest.approx(ranked[-1] - ranked[-2])


def test_a_single_output_says_the_class_by_its_threshold() -> None:
    network = Network.dense([2, 1], "tanh").with_parameters([[[1.0, 0.0]]], [[0.0]])
    shown = field(network, (0, 1), np.zeros(2), ((-2.0, 2.0), (-2.0, 2.0)), 4, "class", Classes(-1.0, 1.0))
    np.testing.assert_array_equal(shown.values, [[0, 0, 1, 1]] * 4)
    assert shown.clarity is not None
    np.testing.assert_allclose(shown.clarity[0], np.abs(np.tanh([-1.5, -0.5, 0.5, 1.5])))


def test_the_fields_of_the_nodes_come_from_the_same_pass() -> None:
    network = Network.dense([2, 3, 4, 1], "tanh", seed=3)
    shown = field(network, (0, 1), np.zeros(2), BOUNDS, (60, 40), node_resolution=10)
    assert [nodes.shape for nodes in shown.nodes] == [(3, 10, 10), (4, 10, 10), (1, 10, 10)]
    x, y = shown.first[2::6], shown.second[1::4]
    for layer, nodes in enumerate(shown.nodes, start=1):
        for row, column in ((0, 0), (3, 7), (9, 9)):
            expected = forward_pass(network, np.array([x[column], y[row]]))[1][layer]
            np.testing.assert_allclose(nodes[:, row, column], expected, rtol=1e-12)


def test_coarse_fields_give_the_nodes_all_their_cells() -> None:
    shown = field(Network.dense([2, 3, 1]), (0, 1), np.zeros(2), BOUNDS, 8)
    np.testing.assert_array_equal(shown.nodes[-1][0], shown.values)


def test_what_is_held_needs_a_value_for_each_input() -> None:
    with pytest.raises(MisfitError, match="each of the 2 inputs"):
        field(Network.dense([2, 1]), (0, 1), HELD, BOUNDS)


def test_numbers_that_are_too_large_are_no_error() -> None:
    huge = Network.dense([2, 1], "linear").with_parameters([[[1e308, 1e308]]])
    assert np.isinf(field(huge, (0, 1), np.zeros(2), ((5.0, 9.0), (5.0, 9.0)), 4).values).all()


def test_a_curve_is_the_forward_pass_of_each_place() -> None:
    network = Network.dense([1, 4, 2], "tanh", seed=5)
    shown = curve(network, (-2.0, 2.0), 11)
    assert shown.x[[0, -1]].tolist() == [-2.0, 2.0]
    for x, prediction in zip(shown.x, shown.predictions, strict=True):
        np.testing.assert_allclose(prediction, forward(network, [x]), rtol=1e-12)


def test_a_curve_needs_a_single_input() -> None:
    with pytest.raises(MisfitError, match="one input"):
        curve(Network.dense([2, 1]), (0.0, 1.0))


def test_many_instances_are_predicted_as_each_alone() -> None:
    network = Network.dense([64, 128, 64, 10], ["tanh", "tanh", "softmax"], seed=1)
    inputs = np.random.default_rng(0).uniform(-1, 1, (130, 64))
    predictions = predict(network, inputs)
    assert predictions.shape == (130, 10)
    np.testing.assert_allclose(predictions, forward(network, inputs), rtol=1e-12)


def test_the_range_of_every_activation() -> None:
    ranges = {name: value_range(name) for name in ACTIVATIONS}
    assert ranges == {
        "sigmoid": (0.0, 1.0), "tanh": (-1.0, 1.0), "relu": None, "leaky_relu": None, "elu": None,
        "softplus": None, "linear": None, "softmax": (0.0, 1.0), "step": (0.0, 1.0),
    }  # fmt: skip


def test_larger_networks_cost_more() -> None:
    small, middle, large = (Network.dense(sizes) for sizes in ([2, 2, 1], [2, 8, 8, 1], [64, 128, 64, 10]))
    assert 0 < cost(small) < cost(middle) < cost(large)


def test_the_scale_of_an_output_is_that_of_its_targets() -> None:
    network = Network.dense([1, 2], "tanh")
    data = Dataset([[0.0], [1.0]], [[0.1, 3.0], [0.9, 3.0]])
    assert output_scale(network, data, 0) == (0.1, 0.9)
    assert output_scale(network, data, 1) == (-1.0, 1.0)
    assert output_scale(Network.dense([1, 2], "linear"), data, 1) == (2.0, 4.0)


def test_the_scale_of_a_node_is_the_range_of_its_function() -> None:
    assert node_scale("sigmoid", np.array([0.2, 0.3])) == (0.0, 1.0)
    assert node_scale("relu", np.array([0.0, 2.5, np.inf])) == (-2.5, 2.5)
    assert node_scale("relu", np.zeros(3)) == (-1.0, 1.0)


def test_the_line_of_a_level_lies_where_the_prediction_has_it() -> None:
    network = Network.dense([2, 6, 1], "tanh", seed=4, scale=2)
    shown = field(network, (0, 1), np.zeros(2), ((-2.0, 2.0), (-2.0, 2.0)), 80)
    x, y = level_line(shown, 0.1)
    assert len(x) > 20
    assert len(x) % 2 == 0
    np.testing.assert_allclose(forward(network, np.column_stack([x, y]))[:, 0], 0.1, atol=2e-3)


def test_the_line_of_a_plane_is_straight() -> None:
    network = Network.dense([2, 1], "linear").with_parameters([[[1.0, 2.0]]], [[-1.0]])
    x, y = level_line(field(network, (0, 1), np.zeros(2), ((0.0, 2.0), (0.0, 1.0)), (9, 6)), 0.5)
    np.testing.assert_allclose(x + 2 * y - 1, 0.5, atol=1e-12)
    lengths = np.hypot(x[::2] - x[1::2], y[::2] - y[1::2])
    assert lengths.sum() == pytest.approx(
        np.hypot(4 / 3 - 1 / 9, (4 / 3 - 1 / 9) / 2)
    )  # from centre to centre


def test_there_is_no_line_of_a_level_that_is_not_passed() -> None:
    shown = field(Network.dense([2, 1]), (0, 1), np.zeros(2), BOUNDS, 9)
    assert [len(part) for part in level_line(shown, 1.5)] == [0, 0]
