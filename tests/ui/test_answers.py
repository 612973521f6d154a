import numpy as np

from bpsim.backprop import forward
from bpsim.datasets import Dataset
from bpsim.network import Network
from bpsim.notation import NOTATIONS
from tests.helpers import XOR_INPUTS, XOR_TARGETS, xor_session
from ui.answers import answer_to_test
from ui.numbers import NumberFormat
from ui.view_state import Notice

LECTURE = NOTATIONS["lecture"]
DATA = Dataset(XOR_INPUTS, XOR_TARGETS)


def test_it_says_what_the_network_answers_and_what_it_should() -> None:
    network = Network.dense([2, 2, 1], seed=1)
    answer = float(forward(network, XOR_INPUTS[1])[0])
    error = 0.5 * (1 - answer) ** 2
    assert answer_to_test(network, DATA, 1, NumberFormat(3, ","), NOTATIONS["nielsen"]) == (
        "Instance 2 is kept for testing: it is not trained. "
        f"The network now answers a³₁ = {answer:.3f} for y₁ = 1, C = {error:.3f}.".replace("0.", "0,")
    )


def test_of_classes_it_says_the_winning_one() -> None:
    targets = np.eye(3)[[0, 1, 2, 1]]
    data = Dataset(XOR_INPUTS, targets, target_names=["ant", "bee", "cow"], one_hot=True)
    weights = [np.zeros((3, 2))]
    network = Network.dense([2, 3], "softmax", loss="cross_entropy").with_parameters(
        weights, [[2.0, 0.0, 0.0]]
    )
    share = np.exp(2) / (np.exp(2) + 2)
    told = answer_to_test(network, data, 1, NumberFormat(), LECTURE)
    assert f"answers ant (ŷ₁ = {share:.3f}) for bee, E = {np.log(np.exp(2) + 2):.3f}." in told


def test_numbers_that_are_too_large_are_told_too() -> None:
    network = Network.dense([2, 1], "linear").with_parameters([[[1e308, 1e308]]], [[0.0]])
    assert "ŷ₁ = ∞ for y₁ = 0, E = ∞" in answer_to_test(network, DATA, 3, NumberFormat(), LECTURE)


def test_a_test_instance_that_is_chosen_is_told_with_the_present_weights() -> None:
    session = xor_session(test_share=0.25)
    heard: list[str] = []
    session.noticed.connect(lambda notice: heard.append(notice.text if isinstance(notice, Notice) else ""))
    row = session.moment.split.test[0]
    session.go_to(5)
    before = session.moment
    session.work_on(row)
    assert session.moment is before
    assert heard[-1:] == [answer_to_test(before.network, before.dataset, row, NumberFormat(), LECTURE)]
