"""Whether network and data fit each other, and the two cures."""

import pytest

from bpsim.datasets import Dataset
from bpsim.errors import MisfitError
from bpsim.fitting import fitted_dataset, fitted_network, misfit, require_fitting
from bpsim.network import Network
from tests.bpsim.reference import xor


def test_fits() -> None:
    assert misfit(Network.dense([2, 3, 1]), xor()) is None
    assert misfit(Network.dense([2, 3, 1], loss="cross_entropy"), xor()) is None


@pytest.mark.parametrize(
    ("sizes", "sentence"),
    [
        ([3, 2, 1], "The network has 3 inputs, the data 2 inputs."),
        ([1, 2, 1], "The network has 1 input, the data 2 inputs."),
        ([2, 2, 2], "The network has 2 outputs, the data 1 target."),
        ([3, 2, 2], "The network has 3 inputs, the data 2 inputs and 2 outputs, the data 1 target."),
    ],
)
def test_says_which_sizes_differ(sizes: list[int], sentence: str) -> None:
    assert misfit(Network.dense(sizes), xor()) == sentence


def test_targets_that_cross_entropy_cannot_take() -> None:
    data = Dataset([[0], [1]], [[0.5], [1.5]], target_names=["tide"])
    network = Network.dense([1, 1])
    assert misfit(network, data) is None
    assert misfit(network.with_loss("cross_entropy"), data) == (
        "Cross-entropy needs targets from 0 to 1; instance 2 has tide = 1.5."
    )


def test_targets_that_softmax_with_cross_entropy_cannot_take() -> None:
    network = Network.dense([1, 2], "softmax", "cross_entropy")
    assert misfit(network, Dataset([[0], [1]], [[0, 1], [0.25, 0.75]])) is None
    data = Dataset([[0], [1], [2]], [[0, 1], [1, 0], [1, 1]])
    assert misfit(network, data) == (
        "Softmax with cross-entropy needs targets that sum to 1; those of instance 3 do not."
    )
    assert misfit(network.with_loss("mse"), data) is None
    assert misfit(Network.dense([1, 2], loss="cross_entropy"), data) is None  # two sigmoids, two yes-or-nos


def test_cures_make_them_fit() -> None:
    network, data = Network.dense([3, 2, 4]), xor()
    assert fitted_network(network, data).sizes == (2, 2, 1)
    assert misfit(fitted_network(network, data), data) is None
    assert misfit(network, fitted_dataset(network, data)) is None


def test_cure_keeps_the_weights_that_stay() -> None:
    network = Network.dense([3, 2, 4], seed=5)
    cured = fitted_network(network, xor())
    assert cured.weights[0].tolist() == network.weights[0][:, :2].tolist()
    assert cured.weights[1].tolist() == network.weights[1][:1].tolist()
    assert cured.biases[0].tolist() == network.biases[0].tolist()


def test_what_does_not_fit_is_refused_with_the_reason() -> None:
    require_fitting(Network.dense([2, 3, 1]), xor())
    wrong = Network.dense([3, 3, 1])
    with pytest.raises(MisfitError) as error:
        require_fitting(wrong, xor())
    assert str(error.value) == misfit(wrong, xor())
