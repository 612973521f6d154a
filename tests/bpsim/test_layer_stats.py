import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpsim.activations import ACTIVATIONS
from bpsim.arrays import Array
from bpsim.backprop import backpropagate
from bpsim.datasets import Dataset
from bpsim.layer_stats import (
    CAN_DIE,
    FEWEST_INSTANCES,
    MOST_INSTANCES,
    SATURATED,
    STEEPEST,
    LayerStats,
    layer_stats,
    sample,
    verdict,
)
from bpsim.network import Network
from bpsim.notation import NOTATIONS
from bpsim.settings import Settings

XOR = Dataset([[0, 0], [0, 1], [1, 0], [1, 1]], [[0], [1], [1], [0]])
LECTURE = NOTATIONS["lecture"]
THAN = "than that of the output layer"


def stats_of(network: Network, data: Dataset = XOR, settings: Settings | None = None) -> LayerStats:
    return layer_stats(network, data, settings or Settings(), range(len(data)))


def marks_of(network: Network, kind: str, data: Dataset = XOR) -> list[tuple[int, int]]:
    return [(mark.layer, mark.node) for mark in stats_of(network, data).marks if mark.kind == kind]


# -- the numbers -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("update_biases", [True, False])
@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu", "elu", "leaky_relu", "softplus", "linear"])
def test_means_are_those_of_the_single_instances(activation: str, update_biases: bool) -> None:
    rng = np.random.default_rng(1)
    network = Network.dense([3, 6, 4, 2], [activation, "tanh", "sigmoid"], seed=5)
    network = network.with_disconnected(0, 2, 1).with_disconnected(1, 0, 0)
    data = Dataset(rng.uniform(-3, 3, (9, 3)), rng.uniform(0, 1, (9, 2)))
    settings = Settings(learning_rate=0.3, update_biases=update_biases)
    rows = [0, 2, 3, 5, 8]
    found = layer_stats(network, data, settings, rows)
    traces = [backpropagate(network, data.inputs[p], data.targets[p], settings) for p in rows]
    assert (found.instances, found.of) == (5, 5)
    assert found.deltas[0] is found.steps[0] is found.saturated[0] is found.dead[0] is None
    for layer in (1, 2, 3):
        deltas = np.array([trace.deltas[layer] for trace in traces])
        assert found.deltas[layer] == pytest.approx(np.abs(deltas).mean(), rel=1e-12)
        steps = [
            of_parameters(network, layer, trace.weight_steps, trace.bias_steps, settings) for trace in traces
        ]
        assert found.steps[layer] == pytest.approx(np.abs(steps).mean(), rel=1e-12)
        slopes = np.array([trace.derivatives[layer] for trace in traces])
        steepest = STEEPEST.get(network.activations[layer - 1])
        flat = slopes < SATURATED * steepest if steepest else np.zeros(1)
        assert found.saturated[layer] == pytest.approx(flat.mean())
        dead = (slopes == 0).all(axis=0) if network.activations[layer - 1] == "relu" else np.zeros(1)
        assert found.dead[layer] == pytest.approx(dead.mean())


def of_parameters(
    network: Network, layer: int, steps: tuple[Array, ...], bias_steps: tuple[Array, ...], settings: Settings
) -> Array:
    present = steps[layer - 1][network.masks[layer - 1]]
    return np.concatenate([present, bias_steps[layer - 1]]) if settings.update_biases else present


def test_a_layer_without_parameters_takes_no_steps() -> None:
    network = Network.dense([1, 1, 1], seed=0).with_disconnected(0, 0, 0)
    data = Dataset([[1.0]], [[1.0]])
    assert layer_stats(network, data, Settings(update_biases=False), [0]).steps[1] == 0


def test_of_many_instances_a_sample_is_taken_at_equal_distances() -> None:
    small, large = Network.dense([1, 2, 1]), Network.dense([64, 128, 64, 10])
    assert sample(range(5), large).tolist() == [0, 1, 2, 3, 4]
    assert sample([7, 3], small).tolist() == [7, 3]
    rows = sample(range(1000), small)
    assert len(rows) == MOST_INSTANCES
    assert (rows[0], rows[-1]) == (0, 999)
    assert set(np.diff(rows)) == {3, 4}
    assert FEWEST_INSTANCES < len(sample(range(1000), large)) < MOST_INSTANCES
    data = Dataset(np.linspace(-1, 1, 1000)[:, np.newaxis], np.zeros((1000, 1)))
    found = layer_stats(small, data, Settings(), range(0, 1000, 2))
    assert (found.instances, found.of) == (MOST_INSTANCES, 500)


def test_numbers_too_large_to_compute_are_unknown() -> None:
    network = Network.dense([1, 1, 1], "linear").with_parameters([[[1e200]], [[1e200]]], [[0], [0]])
    found = stats_of(network, Dataset([[1.0]], [[0.0]]))
    assert found.deltas[1] is None
    assert found.steps[1] is None
    assert verdict(found, LECTURE) == "The numbers are too large to compute: the gradient has exploded."


def test_every_activation_with_flat_ends_is_known_with_its_steepest_slope() -> None:
    z = np.linspace(-60, 60, 120_001)
    for name, activation in ACTIVATIONS.items():
        if name == "softmax":
            continue
        slopes = activation.derivative(z)
        fades = 0 < min(slopes[0], slopes[-1]) < 1e-9
        assert (name in STEEPEST) == fades, name
        assert (name in CAN_DIE) == (slopes.min() == 0), name
        if fades:
            assert slopes.max() == pytest.approx(STEEPEST[name])


# -- marks -------------------------------------------------------------------------------------------------


def test_zeros_make_all_hidden_nodes_twins() -> None:
    network = Network.dense([2, 3, 2, 1], initializer="zeros")
    assert marks_of(network, "twin") == [(1, 0), (1, 1), (1, 2), (2, 0), (2, 1)]
    first = stats_of(network).marks[0]
    assert first.why.startswith("Twin of nodes 2 and 3 of this layer: their weights in and out and their")
    assert "Twin of node 2 of this layer:" in stats_of(network).marks[3].why


def test_twins_stay_twins_while_they_learn() -> None:
    network = Network.dense([2, 5, 1], initializer="constant", scale=0.3)
    for _ in range(50):
        for x, y in zip(XOR.inputs, XOR.targets, strict=True):
            network = backpropagate(network, x, y).updated
    assert len(marks_of(network, "twin")) == 5


def test_only_what_is_equal_in_everything_is_a_twin() -> None:
    equal = Network.dense([2, 4, 2], initializer="constant", scale=0.5)
    assert len(marks_of(equal, "twin", two_outputs())) == 4
    assert marks_of(equal.with_bias(0, 1, 0.6), "twin", two_outputs()) == [(1, 0), (1, 2), (1, 3)]
    assert marks_of(equal.with_weight(0, 1, 0, 0.6), "twin", two_outputs()) == [(1, 0), (1, 2), (1, 3)]
    assert marks_of(equal.with_weight(1, 0, 1, 0.6), "twin", two_outputs()) == [(1, 0), (1, 2), (1, 3)]
    two_pairs = equal.with_bias(0, 0, 0.6).with_bias(0, 2, 0.6)
    assert len(marks_of(two_pairs, "twin", two_outputs())) == 4
    assert {"Twin of node 3 of", "Twin of node 4 of"} == {
        mark.why[:17] for mark in stats_of(two_pairs, two_outputs()).marks if mark.node in (0, 1)
    }
    assert marks_of(Network.dense([2, 30, 1], seed=1), "twin") == []


@pytest.mark.parametrize("size", [1e-12, 1e-3, 1e12])
def test_small_and_large_weights_are_told_apart_too(size: float) -> None:
    network = Network.dense([2, 8, 1], seed=1, scale=size)
    assert marks_of(network, "twin") == []
    mixed = network.with_parameters(biases=[np.full(8, 1.0), [0.0]])
    assert marks_of(mixed, "twin") == []


def test_weights_that_have_grown_without_bound_are_told_apart() -> None:
    out = np.array([[5.7e153, -0.0052, -3.9e131]])
    network = Network.dense([1, 3, 1], initializer="zeros").with_parameters(
        [np.ones((3, 1)), out], [np.zeros(3), [0.0]]
    )
    assert marks_of(network, "twin", Dataset([[0.0]], [[0.0]])) == []
    twin = network.with_weight(1, 0, 2, -0.0052 * (1 + 1e-12))
    assert marks_of(twin, "twin", Dataset([[0.0]], [[0.0]])) == [(1, 1), (1, 2)]


@given(st.integers(0, 2**32), st.sampled_from([0.0, 1e-14, 1e-12, 1e-7, 1e-3]))
def test_twins_are_those_of_a_comparison_of_every_number_with_every_other(seed: int, off: float) -> None:
    rng = np.random.default_rng(seed)
    kinds = rng.choice([0.0, 5e-324, 1e-300, -1e-300, -0.0052, 0.0052, 1.0, 5.7e153, -1e300], (3, 5))
    rows = kinds[rng.integers(0, 3, 6)] * (1 + off * rng.uniform(-1, 1, (6, 5)))
    network = Network.dense([2, 6, 2]).with_parameters(
        [rows[:, :2], rows[:, 2:4].T], [rows[:, 4], np.zeros(2)]
    )

    def equal(left: int, right: int) -> bool:
        pairs = zip(rows[left], rows[right], strict=True)
        return all(a == b or math.isclose(a, b, rel_tol=1e-9) for a, b in pairs)

    twins = [i for i in range(6) if any(i != k and equal(i, k) for k in range(6))]
    assert marks_of(network, "twin", Dataset([[0.0, 0.0]], [[0.0, 0.0]])) == [(1, node) for node in twins]


def test_a_missing_connection_is_not_a_weight_of_0() -> None:
    zeros = Network.dense([2, 2, 1], initializer="zeros")
    assert marks_of(zeros.with_disconnected(0, 0, 1), "twin") == []


def test_many_twins_are_not_all_named() -> None:
    network = Network.dense([2, 9, 1], initializer="zeros")
    assert stats_of(network).marks[0].why.startswith("Twin of nodes 2, 3, 4, 5 and 4 more of this layer:")


def two_outputs() -> Dataset:
    return Dataset(XOR.inputs, np.column_stack([XOR.targets, 1 - XOR.targets]))


def test_large_weights_saturate() -> None:
    network = Network.dense([2, 2, 1]).with_parameters(
        [[[9.0, 9.0], [0.5, 0.5]], [[0.5, 0.5]]], [[5.0, 0.0], [0.0]]
    )
    found = stats_of(network)
    assert found.saturated == (None, 0.5, 0.0)
    (mark,) = found.marks
    assert (mark.layer, mark.node, mark.kind) == (1, 0, "saturated")
    assert mark.why.startswith("Saturated: for each of the 4 instances z is so far from 0 that g′(z) is less")


def test_nearly_every_instance_is_enough_to_be_saturated() -> None:
    inputs = np.append(np.full(39, 10.0), 0.0)[:, np.newaxis]
    data = Dataset(inputs, np.zeros((40, 1)))
    network = Network.dense([1, 1, 1]).with_parameters([[[1.0]], [[0.0]]], [[0.0], [0.0]])
    (mark,) = stats_of(network, data).marks
    assert "for 39 of 40 instances" in mark.why
    fewer = Dataset(np.where(np.arange(40) < 3, 0.0, 10.0)[:, np.newaxis], np.zeros((40, 1)))
    assert stats_of(network, fewer).marks == ()


def test_an_output_that_is_right_may_be_saturated() -> None:
    network = Network.dense([1, 1]).with_parameters([[[0.0]]], [[9.0]])
    right, wrong = Dataset([[1.0], [2.0]], [[1.0], [1.0]]), Dataset([[1.0], [2.0]], [[0.0], [1.0]])
    assert stats_of(network, right).marks == ()
    assert stats_of(network, right).saturated == (None, 1.0)
    assert marks_of(network, "saturated", wrong) == [(1, 0)]


def test_where_g_prime_cancels_no_output_is_saturated() -> None:
    network = Network.dense([1, 1], loss="cross_entropy").with_parameters([[[0.0]]], [[9.0]])
    found = stats_of(network, Dataset([[1.0]], [[0.0]]))
    assert found.saturated == (None, 0.0)
    assert found.marks == ()


def test_a_relu_below_0_for_every_instance_is_dead() -> None:
    network = Network.dense([2, 2, 1], ["relu", "sigmoid"]).with_parameters(
        [[[1.0, 1.0], [1.0, 1.0]], [[0.5, 0.4]]], [[-3.0, -1.5], [0.0]]
    )
    found = stats_of(network)
    assert found.dead == (None, 0.5, 0.0)
    (mark,) = found.marks
    assert (mark.layer, mark.node, mark.kind) == (1, 0, "dead")
    assert mark.why.startswith("Dead: z ≤ 0 for each of the 4 instances, so g′(z) = 0 and δ = 0")
    (only,) = stats_of(network, Dataset([[0, 0]], [[0]])).marks[:1]
    assert "for the only instance" in only.why


def test_a_dead_node_really_does_not_learn() -> None:
    network = Network.dense([2, 3, 1], ["relu", "sigmoid"], seed=4).with_bias(0, 1, -9.0)
    assert (1, 1) in marks_of(network, "dead")
    for x, y in zip(XOR.inputs, XOR.targets, strict=True):
        assert not backpropagate(network, x, y).weight_steps[0][1].any()


def test_a_usual_network_has_no_marks() -> None:
    assert stats_of(Network.dense([2, 3, 1], seed=1)).marks == ()


# -- the sentence ------------------------------------------------------------------------------------------


def some(*deltas: float) -> LayerStats:
    rest = (None, *[0.0] * len(deltas))
    return LayerStats(4, 4, (None, *deltas), rest, rest, rest, ())


@pytest.mark.parametrize(
    ("deltas", "sentence"),
    [
        ((0.1, 0.2), ""),
        ((0.2,), ""),
        ((0.1, 0.0), ""),
        ((0.1 / 4321, 0.1), f"δ of layer 2 is 4\u202f300 times smaller {THAN}: the gradient vanishes."),
        ((0.05, 1e-4, 0.1), f"δ of layer 3 is 1\u202f000 times smaller {THAN}: the gradient vanishes."),
        ((1e-10, 1e-3, 0.1), f"δ of layer 2 is 1·10⁹ times smaller {THAN}: the gradient vanishes."),
        ((250.0, 3.0, 1.0), f"δ of layer 2 is 250 times larger {THAN}: the gradient explodes."),
        ((0.0, 0.1), "δ of layer 2 is 0 for every instance: the weights that lead to it do not change."),
    ],
)
def test_a_sentence_says_where_the_gradient_vanishes_or_explodes(
    deltas: tuple[float, ...], sentence: str
) -> None:
    assert verdict(some(*deltas), LECTURE) == sentence


def test_letter_and_layer_follow_the_notation() -> None:
    assert verdict(some(1e-4, 0.1), NOTATIONS["pytorch"]).startswith(
        "dL/dz of layer 1 is 1\u202f000 times smaller"
    )


def test_the_gradient_of_a_deep_sigmoid_network_vanishes() -> None:
    network = Network.dense([2, 8, 8, 8, 8, 1], seed=0)
    found = stats_of(network)
    known = [delta for delta in found.deltas if delta is not None]
    assert known == sorted(known)
    assert "smaller than that of the output layer: the gradient vanishes" in verdict(found, LECTURE)
