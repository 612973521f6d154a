"""Which weights are drawn."""

import numpy as np

from bpsim.network import Network
from ui.canvas.strongest import strongest


def test_all_of_a_small_network_are_drawn_but_missing_ones() -> None:
    network = Network.dense((2, 3, 2)).with_disconnected(0, 1, 0)
    choice = strongest(network, network.masks, 100)
    assert choice.complete
    assert choice.drawn == choice.total == 11
    assert list(zip(*choice.pairs[0], strict=True)) == [(0, 0), (0, 1), (1, 1), (2, 0), (2, 1)]


def test_of_a_large_network_the_largest_over_all_layers_are_drawn() -> None:
    network = Network.dense((20, 30, 20), seed=1)
    choice = strongest(network, network.masks, 100)
    assert (choice.drawn, choice.total, choice.complete) == (100, 1200, False)
    sizes = np.sort(np.concatenate([np.abs(w).ravel() for w in network.weights]))
    drawn = [np.abs(w[pair]) for w, pair in zip(network.weights, choice.pairs, strict=True)]
    np.testing.assert_array_equal(np.sort(np.concatenate(drawn)), sizes[-100:])


def test_layers_without_a_mask_have_none() -> None:
    network = Network.dense((2, 3, 2))
    choice = strongest(network, (None, network.masks[1]), 100)
    assert [len(rows) for rows, _ in choice.pairs] == [0, 6]
