"""Nodes, layers and numbers in words."""

import pytest

from bpsim.naming import all_of, capitalized, count, every_node, layer_name, listed, nodes, whole_layer
from bpsim.network import Network

SMALL, DEEP, WIDE = Network.dense((2, 3, 2)), Network.dense((1, 4, 5, 1)), Network.dense((64, 128, 13))


def test_numbers_and_lists() -> None:
    assert [count(n) for n in (0, 1, 12, 13)] == ["no", "one", "twelve", "13"]
    assert [listed(names) for names in (["a"], ["a", "b"], ["a", "b", "c"])] == ["a", "a and b", "a, b and c"]
    assert [all_of(n, "instances") for n in (2, 4, 100)] == [
        "both instances", "all four instances", "all 100 instances",
    ]  # fmt: skip


def test_layers() -> None:
    assert [layer_name(SMALL, l) for l in range(3)] == [
        "the input layer",
        "the hidden layer",
        "the output layer",
    ]
    assert [layer_name(DEEP, l) for l in (1, 2)] == ["hidden layer 1", "hidden layer 2"]
    assert [whole_layer(SMALL, l) for l in range(3)] == [
        "both inputs", "all three hidden nodes", "both output nodes",
    ]  # fmt: skip
    assert [whole_layer(DEEP, l, "the") for l in range(4)] == [
        "input 1", "the four nodes of hidden layer 1", "the five nodes of hidden layer 2", "output 1",
    ]  # fmt: skip
    assert whole_layer(WIDE, 1, "the") == "the 128 hidden nodes"


@pytest.mark.parametrize(
    ("network", "layer", "indices", "words"),
    [
        (SMALL, 1, [0, 1, 2], "all three hidden nodes"),
        (SMALL, 1, [2], "hidden node 3"),
        (SMALL, 1, [0, 2], "hidden nodes 1 and 3"),
        (DEEP, 2, [0, 2, 4], "nodes 1, 3 and 5 of hidden layer 2"),
        (DEEP, 2, [1, 2, 3, 4], "nodes 2 to 5 of hidden layer 2"),
        (DEEP, 2, [0, 1, 3, 4], "four nodes of hidden layer 2"),
        (WIDE, 0, [0, 1], "inputs 1 and 2"),
        (WIDE, 2, [0, 1], "outputs 1 and 2"),
        (WIDE, 1, list(range(0, 128, 2)), "64 hidden nodes"),
    ],
)
def test_some_nodes(network: Network, layer: int, indices: list[int], words: str) -> None:
    assert nodes(network, layer, indices) == words


def test_thousands_stand_apart() -> None:
    assert [count(number) for number in (12, 13, 1000)] == ["twelve", "13", "1\u202f000"]


def test_all_nodes_of_a_layer_without_counting_them() -> None:
    network = Network.dense([2, 3, 3, 1])
    assert [every_node(network, layer) for layer in range(4)] == [
        "the inputs", "the nodes of hidden layer 1", "the nodes of hidden layer 2", "the output nodes",
    ]  # fmt: skip


def test_a_capital_is_put_first_and_the_rest_stays() -> None:
    assert [capitalized(text) for text in ("θ of L", "input 1", "E")] == ["Θ of L", "Input 1", "E"]
