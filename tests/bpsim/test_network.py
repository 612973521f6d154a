"""The network as a value: what each edit changes, what it keeps, and what it refuses."""

from collections.abc import Callable
from dataclasses import FrozenInstanceError
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpsim.backprop import forward
from bpsim.errors import NetworkError
from bpsim.network import Network
from tests.bpsim.reference import bits

Edit = Callable[[Network], Network]

START = (
    Network.dense([2, 3, 2], ["tanh", "sigmoid"], seed=7)
    .with_disconnected(0, 1, 0)
    .with_disconnected(1, 1, 2)
)
DEEP = Network.dense([2, 4, 3, 2], ["relu", "tanh", "linear"], seed=9).with_disconnected(1, 2, 3)
PERCEPTRON = Network.dense([2, 1], "step")


def inside(network: Network) -> list[Any]:
    """Return weights with None for missing connections, and biases."""
    return [
        [[w if m else None for w, m in zip(row, kept, strict=True)] for row, kept in zip(ws, ms, strict=True)]
        for ws, ms in zip(network.weights, network.masks, strict=True)
    ] + [list(b) for b in network.biases]


class TestMaking:
    def test_dense(self) -> None:
        network = Network.dense([2, 3, 1], activation=["tanh", "sigmoid"], loss="cross_entropy", seed=0)
        assert network.sizes == (2, 3, 1)
        assert [w.shape for w in network.weights] == [(3, 2), (1, 3)]
        assert [b.shape for b in network.biases] == [(3,), (1,)]
        assert all(mask.all() for mask in network.masks)
        assert network.activations == ("tanh", "sigmoid")
        assert network.loss == "cross_entropy"
        assert network.n_parameters == 6 + 3 + 3 + 1

    def test_default_is_sigmoid_and_squared_error(self) -> None:
        network = Network.dense([1, 2, 3, 4])
        assert network.activations == ("sigmoid",) * 3
        assert network.loss == "mse"

    def test_same_seed_same_network(self) -> None:
        assert Network.dense([2, 3, 1], seed=4) == Network.dense([2, 3, 1], seed=4)
        assert Network.dense([2, 3, 1], seed=4) != Network.dense([2, 3, 1], seed=5)

    def test_missing_connections_are_not_counted(self) -> None:
        assert START.n_parameters == 6 + 3 + 6 + 2 - 2

    def test_weight_of_a_missing_connection_is_0(self) -> None:
        network = Network([[[1, 2]]], [[0]], [[[True, False]]], ["linear"])  # type: ignore[arg-type]
        assert network.weights[0].tolist() == [[1, 0]]
        assert forward(network, [[5, 7]]).tolist() == [[5]]

    def test_cannot_be_written_to(self) -> None:
        for array in (*START.weights, *START.biases, *START.masks):
            with pytest.raises(ValueError, match="read-only"):
                array[0] = 0
        with pytest.raises(FrozenInstanceError):
            START.loss = "mse"  # type: ignore[misc]

    def test_keeps_no_array_of_the_caller(self) -> None:
        weights, bias = np.ones((1, 2)), np.zeros(1)
        network = Network.dense([2, 1]).with_parameters([weights], [bias])
        weights[0, 0], bias[0] = 5, 5
        assert network.weights[0].tolist() == [[1, 1]]
        assert network.biases[0].tolist() == [0]
        assert weights.flags.writeable


class TestEquality:
    def test_bit_for_bit(self) -> None:
        same = START.with_parameters(START.weights, START.biases)
        assert same == START
        assert same is not START
        tiny = START.with_weight(0, 0, 0, np.nextafter(START.weights[0][0, 0], 1))
        assert tiny != START
        zero = START.with_weight(0, 0, 0, 0.0)
        assert zero != START.with_weight(0, 0, 0, -0.0)

    @pytest.mark.parametrize(
        "edit",
        [
            lambda n: n.with_bias(0, 0, 9),
            lambda n: n.with_loss("cross_entropy"),
            lambda n: n.with_activation(1, "relu"),
            lambda n: n.with_connected(0, 1, 0, 0.0),
        ],
    )
    def test_every_part_counts(self, edit: Edit) -> None:
        assert edit(START) != START

    def test_other_kinds(self) -> None:
        assert START != "network"
        with pytest.raises(TypeError):
            hash(START)


class TestNames:
    @pytest.mark.parametrize(
        ("sizes", "titles", "nodes"),
        [
            ([1, 1], ["Input layer", "Output layer"], ["input 1", "output 1"]),
            (
                [1, 1, 1],
                ["Input layer", "Hidden layer", "Output layer"],
                ["input 1", "hidden node 1", "output 1"],
            ),
            (
                [1, 1, 1, 1],
                ["Input layer", "Hidden layer 1", "Hidden layer 2", "Output layer"],
                ["input 1", "node 1 of hidden layer 1", "node 1 of hidden layer 2", "output 1"],
            ),
        ],
    )
    def test_of_layers_and_nodes(self, sizes: list[int], titles: list[str], nodes: list[str]) -> None:
        network = Network.dense(sizes)
        assert [network.layer_title(l) for l in range(len(sizes))] == titles
        assert [network.node_name(l, 0) for l in range(len(sizes))] == nodes


class TestNumbers:
    def test_weight(self) -> None:
        network = START.with_weight(1, 0, 2, 0.125)
        expected = inside(START)
        expected[1][0][2] = 0.125
        assert inside(network) == expected

    def test_bias(self) -> None:
        expected = inside(START)
        expected[2][1] = -3.0
        assert inside(START.with_bias(0, 1, -3)) == expected

    def test_parameters(self) -> None:
        network = START.with_parameters(weights=[np.ones((3, 2)), np.ones((2, 3))])
        assert network.weights[0].tolist() == [[1, 1], [0, 1], [1, 1]]  # the missing one stays missing
        assert bits(network.biases) == bits(START.biases)
        assert bits(START.with_parameters(biases=[[0, 0, 0], [0, 0]]).weights) == bits(START.weights)

    def test_initialized(self) -> None:
        network = START.initialized("constant", seed=0, scale=2.0)
        assert inside(network)[0] == [[2, 2], [None, 2], [2, 2]]
        assert network.activations == START.activations
        again = START.initialized("uniform", 3)
        assert again == START.initialized("uniform", 3)
        assert again != START.initialized("uniform", 4)

    def test_new_weights_are_those_of_a_new_network(self) -> None:
        network = Network.dense([2, 3, 2], ["tanh", "sigmoid"], seed=1)
        assert network.initialized("he", 5) == Network.dense(
            [2, 3, 2], ["tanh", "sigmoid"], initializer="he", seed=5
        )


class TestFunctions:
    def test_activation_of_one_layer(self) -> None:
        assert DEEP.with_activation(2, "elu").activations == ("relu", "elu", "linear")
        assert bits(DEEP.with_activation(2, "elu").weights) == bits(DEEP.weights)

    def test_all_activations(self) -> None:
        assert DEEP.with_all_activations("softplus").activations == ("softplus",) * 3
        assert DEEP.with_all_activations("softmax").activations == ("relu", "tanh", "softmax")
        assert PERCEPTRON.with_all_activations("step").activations == ("step",)

    def test_loss(self) -> None:
        assert START.with_loss("cross_entropy").loss == "cross_entropy"


class TestConnections:
    def test_disconnected(self) -> None:
        expected = inside(START)
        expected[0][2][1] = None
        assert inside(START.with_disconnected(0, 2, 1)) == expected

    def test_connected(self) -> None:
        expected = inside(START)
        expected[0][1][0] = 0.75
        assert inside(START.with_connected(0, 1, 0, 0.75)) == expected

    def test_round_trip(self) -> None:
        value = float(START.weights[0][0, 0])
        assert START.with_disconnected(0, 0, 0).with_connected(0, 0, 0, value) == START

    def test_missing_weight_cannot_be_set(self) -> None:
        with pytest.raises(NetworkError, match=r"^These two nodes are not connected: connect them first\.$"):
            START.with_weight(0, 1, 0, 1.0)


class TestNodes:
    @pytest.mark.parametrize("index", [0, 1, 2, 3])
    def test_hidden_node_added(self, index: int) -> None:
        network = START.with_node_added(1, index, seed=2)
        assert network.sizes == (2, 4, 2)
        values = inside(network)
        new_row, new_bias = values[0].pop(index), values[2].pop(index)
        new_column = [row.pop(index) for row in values[1]]
        assert values == inside(START)
        assert all(-1 <= w <= 1 for w in (*new_row, *new_column, new_bias))  # fully connected: no None
        assert len({*new_row, *new_column, new_bias}) == 5

    @pytest.mark.parametrize(("layer", "sizes"), [(0, (3, 3, 2)), (2, (2, 3, 3))])
    def test_input_and_output_node_added(self, layer: int, sizes: tuple[int, ...]) -> None:
        network = START.with_node_added(layer, 1)
        assert network.sizes == sizes
        assert network.with_nodes_removed([(layer, 1)]) == START

    def test_seed(self) -> None:
        assert START.with_node_added(1, 0, seed=2) == START.with_node_added(1, 0, seed=2)
        assert START.with_node_added(1, 0, seed=2) != START.with_node_added(1, 0, seed=3)

    def test_removed(self) -> None:
        network = DEEP.with_nodes_removed([(1, 0), (1, 2), (2, 1)])
        assert network.sizes == (2, 2, 2, 2)
        assert network.weights[0].tolist() == DEEP.weights[0][[1, 3]].tolist()
        assert network.weights[1].tolist() == DEEP.weights[1][[0, 2]][:, [1, 3]].tolist()
        assert network.masks[1].tolist() == [[True, True], [True, False]]
        assert network.weights[2].tolist() == DEEP.weights[2][:, [0, 2]].tolist()
        assert network.biases[0].tolist() == DEEP.biases[0][[1, 3]].tolist()
        assert network.biases[1].tolist() == DEEP.biases[1][[0, 2]].tolist()
        assert network.activations == DEEP.activations

    def test_last_node_of_a_layer_stays(self) -> None:
        with pytest.raises(NetworkError, match=r"^Hidden layer: a layer needs at least one node\.$"):
            START.with_nodes_removed([(1, 0), (1, 1), (1, 2)])

    @pytest.mark.parametrize(("old", "new"), [(0, 2), (2, 0), (1, 1), (0, 1)])
    def test_moved(self, old: int, new: int) -> None:
        network = START.with_node_moved(1, old, new)
        expected = inside(START)
        expected[0].insert(new, expected[0].pop(old))
        expected[2].insert(new, expected[2].pop(old))
        for row in expected[1]:
            row.insert(new, row.pop(old))
        assert inside(network) == expected
        assert network.with_node_moved(1, new, old) == START

    def test_moved_hidden_node_computes_the_same(self) -> None:
        inputs = [[0.3, -0.2], [1, 2]]
        np.testing.assert_allclose(
            forward(START.with_node_moved(1, 0, 2), inputs), forward(START, inputs), rtol=1e-14
        )

    def test_moved_input_takes_its_column_along(self) -> None:
        np.testing.assert_allclose(
            forward(START.with_node_moved(0, 0, 1), [[5, 7]]), forward(START, [[7, 5]]), rtol=1e-14
        )

    @pytest.mark.parametrize("size", [1, 2, 3, 6])
    def test_layer_size(self, size: int) -> None:
        network = START.with_layer_size(1, size, seed=1)
        kept = min(size, 3)
        assert network.sizes == (2, size, 2)
        assert inside(network)[0][:kept] == inside(START)[0][:kept]
        assert [row[:kept] for row in inside(network)[1]] == [row[:kept] for row in inside(START)[1]]
        if size == 6:
            assert len(set(network.biases[0])) == 6

    def test_layer_of_no_node(self) -> None:
        with pytest.raises(NetworkError, match=r"^Output layer: a layer needs at least one node\.$"):
            START.with_layer_size(2, 0)


class TestLayers:
    @pytest.mark.parametrize("layer", [1, 2, 3])
    def test_added(self, layer: int) -> None:
        network = DEEP.with_layer_added(layer, 5, "elu", seed=1)
        sizes, activations = list(DEEP.sizes), list(DEEP.activations)
        sizes.insert(layer, 5)
        activations.insert(layer - 1, "elu")
        assert network.sizes == tuple(sizes)
        assert network.activations == tuple(activations)
        for l in range(3):  # all other weight pairs, and all other biases, are kept
            if l != layer - 1:
                there = l if l < layer - 1 else l + 1
                assert bits(network.weights[there]) == bits(DEEP.weights[l])
                assert bits(network.masks[there]) == bits(DEEP.masks[l])
            assert bits(network.biases[l if l < layer - 1 else l + 1]) == bits(DEEP.biases[l])
        assert network.masks[layer - 1].all()
        assert network.masks[layer].all()
        assert np.abs(network.weights[layer - 1]).max() <= 1

    @pytest.mark.parametrize("layer", [1, 2])
    def test_removed(self, layer: int) -> None:
        network = DEEP.with_layer_removed(layer, seed=1)
        sizes, activations = list(DEEP.sizes), list(DEEP.activations)
        del sizes[layer], activations[layer - 1]
        assert network.sizes == tuple(sizes)
        assert network.activations == tuple(activations)
        assert network.masks[layer - 1].all()
        kept = [l for l in range(3) if l != layer - 1]
        assert [bits(b) for b in network.biases] == [bits(DEEP.biases[l]) for l in kept]
        other = {1: (1, 2), 2: (0, 0)}[layer]  # the pair that does not touch the layer: its place, and before
        assert bits(network.weights[other[0]]) == bits(DEEP.weights[other[1]])

    def test_added_and_removed_keeps_the_rest(self) -> None:
        network = DEEP.with_layer_added(2, 5).with_layer_removed(2)
        assert bits(network.biases) == bits(DEEP.biases)
        assert bits(network.weights[0]) == bits(DEEP.weights[0])
        assert bits(network.weights[2]) == bits(DEEP.weights[2])

    @pytest.mark.parametrize("layer", [0, 4])
    def test_not_outside(self, layer: int) -> None:
        with pytest.raises(
            NetworkError, match="A hidden layer stands between the input layer and the output"
        ):
            DEEP.with_layer_added(layer, 2)

    @pytest.mark.parametrize("layer", [0, 3])
    def test_input_and_output_layer_stay(self, layer: int) -> None:
        with pytest.raises(NetworkError, match="The input layer and the output layer cannot be removed"):
            DEEP.with_layer_removed(layer)

    def test_perceptron_with_step_takes_no_hidden_layer(self) -> None:
        with pytest.raises(NetworkError, match="choose another activation for the output layer first"):
            PERCEPTRON.with_layer_added(1, 2)
        assert PERCEPTRON.with_activation(1, "sigmoid").with_layer_added(1, 2).sizes == (2, 2, 1)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (
            lambda: Network.dense([3]),
            "A network needs an input and an output layer, each with at least one node.",
        ),
        (
            lambda: Network.dense([2, 0, 1]),
            "A network needs an input and an output layer, each with at least one node.",
        ),
        (
            lambda: Network.dense([2, 1], ["tanh", "tanh"]),
            "A network needs weights, biases, masks and an activation for every layer but the input layer; "
            "got 1, 1, 1 and 2 of them.",
        ),
        (
            lambda: Network.dense([2, 2, 1]).with_parameters(weights=[np.ones((2, 2)), np.ones((1, 3))]),
            "Masks 2 have the shape (1, 2); beside weights 2 it is (1, 3).",
        ),
        (
            lambda: Network.dense([2, 2, 1]).with_parameters(biases=[[0, 0, 0], [0]]),
            "Biases 1 have the shape (3,); beside weights 1 it is (2,).",
        ),
        (
            lambda: Network.dense([2, 2, 1]).with_parameters(biases=[[[0, 0], [0, 0]], [0]]),
            "Biases 1 have the shape (2, 2); beside weights 1 it is (2,).",
        ),
        (
            lambda: Network.dense([1, 1]).with_parameters(biases=[0.0]),
            "Biases 1 have the shape (); beside weights 1 it is (1,).",
        ),
        (
            lambda: Network.dense([1, 1]).with_parameters(weights=[[1, 2]]),
            "Weights 1 need a row for each target and a column for each source.",
        ),
        (
            lambda: Network.dense([2, 2]).with_parameters(weights=[[[1, 2], [3]]]),
            "Weights and biases must be numbers, in rows of equal length.",
        ),
        (
            lambda: Network.dense([1, 1]).with_parameters(weights=[[["a"]]]),
            "Weights and biases must be numbers, in rows of equal length.",
        ),
        (
            lambda: Network(
                [np.ones((2, 1)), np.ones((1, 3))],
                [[0, 0], [0]],
                [np.ones((2, 1)), np.ones((1, 3))],
                ["tanh", "tanh"],
            ),
            "Weights 2 have 3 columns; layer 2 has 2 nodes.",
        ),
        (
            lambda: START.with_weight(1, 0, 0, float("nan")),
            "Every weight and bias must be a finite number; layer 3 has one that is not.",
        ),
        (
            lambda: START.with_bias(0, 0, float("inf")),
            "Every weight and bias must be a finite number; layer 2 has one that is not.",
        ),
        (
            lambda: START.initialized("uniform", 0, float("nan")),
            "Every weight and bias must be a finite number; layer 2 has one that is not.",
        ),
        (
            lambda: START.initialized("ones", 0),
            "Start weights “ones” are unknown; choose uniform, xavier, he, zeros, constant.",
        ),
        (
            lambda: START.with_activation(1, "cosine"),
            "Activation “cosine” is unknown; choose sigmoid, tanh, relu, leaky_relu, elu, softplus, linear, "
            "softmax, step.",
        ),
        (
            lambda: START.with_all_activations("cosine"),
            "Activation “cosine” is unknown; choose sigmoid, tanh, relu, leaky_relu, elu, softplus, linear, "
            "softmax, step.",
        ),
        (
            lambda: START.with_activation(0, "tanh"),
            "The input layer hands its values on: it has no activation function.",
        ),
        (
            lambda: START.with_activation(1, "softmax"),
            "softmax compares all outputs, so it stands in the output layer only.",
        ),
        (
            lambda: START.with_activation(2, "step"),
            "The step function has no derivative to pass an error back through, so it works in a "
            "single-layer perceptron only: choose another activation for the output layer first.",
        ),
        (lambda: START.with_loss("huber"), "Error “huber” is unknown; choose mse, cross_entropy."),
        (
            lambda: DEEP.with_loss("cross_entropy"),
            "Cross-entropy goes with sigmoid or softmax outputs, not with linear: choose the mean squared "
            "error first, or another output activation.",
        ),
    ],
)
def test_refuses_in_a_sentence(make: Callable[[], Network], sentence: str) -> None:
    with pytest.raises(NetworkError) as error:
        make()
    assert str(error.value) == sentence


EDITS: dict[str, Callable[[Network, st.DataObject], Network]] = {
    "weight": lambda n, d: n.with_bias(0, d.draw(st.integers(0, n.sizes[1] - 1)), 0.5),
    "disconnect": lambda n, d: n.with_disconnected(0, 0, d.draw(st.integers(0, n.sizes[0] - 1))),
    "connect": lambda n, d: n.with_connected(0, 0, d.draw(st.integers(0, n.sizes[0] - 1)), 0.5),
    "add node": lambda n, d: n.with_node_added(d.draw(st.integers(0, len(n.sizes) - 1)), 0),
    "size": lambda n, d: n.with_layer_size(
        d.draw(st.integers(0, len(n.sizes) - 1)), d.draw(st.integers(1, 4))
    ),
    "add layer": lambda n, d: n.with_layer_added(d.draw(st.integers(1, len(n.sizes) - 1)), 2),
    "remove layer": lambda n, d: n.with_layer_removed(1) if len(n.sizes) > 2 else n,
    "move": lambda n, d: n.with_node_moved(0, 0, n.sizes[0] - 1),
    "new weights": lambda n, d: n.initialized("uniform", d.draw(st.integers(0, 5))),
}


@given(st.data())
def test_any_row_of_edits_leaves_a_network_and_the_original(data: st.DataObject) -> None:
    before = bits(START)
    network = START
    for name in data.draw(st.lists(st.sampled_from(sorted(EDITS)), max_size=8)):
        network = EDITS[name](network, data)
        for w, m in zip(network.weights, network.masks, strict=True):
            assert w.shape == m.shape
            assert not w[~m].any()
            assert not w.flags.writeable
        assert network.sizes[1:] == tuple(len(b) for b in network.biases)
        assert forward(network, np.ones((1, network.sizes[0]))).shape == (1, network.sizes[-1])
    assert bits(START) == before
