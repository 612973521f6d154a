import numpy as np
import pytest

from bpsim.datasets import Dataset
from bpsim.network import Network
from bpsim.scoring import Classes, accuracy, classes, confusion, correct, counts, share_right

ONE_HOT = Classes(names=("a", "b", "c"))


def passing(outputs: int) -> Network:
    """Return a network whose ŷ are its inputs."""
    network = Network.dense([outputs, outputs], "linear")
    return network.with_parameters([np.eye(outputs)], [np.zeros(outputs)])


@pytest.mark.parametrize(
    ("targets", "low", "high"),
    [
        ([0.0, 1.0, 1.0], 0.0, 1.0),
        ([-1.0, 1.0], -1.0, 1.0),
        ([0.1, 0.9, 0.9], 0.1, 0.9),
        ([-0.9, 0.9], -0.9, 0.9),
        ([0.0, 0.0], 0.0, 1.0),
        ([1.0], 0.0, 1.0),
        ([-1.0, -1.0], -1.0, 1.0),
    ],
)
def test_a_single_target_with_two_values_stands_for_classes(
    targets: list[float], low: float, high: float
) -> None:
    meaning = classes(Dataset(np.zeros((len(targets), 1)), targets))
    assert meaning == Classes(low, high)
    assert meaning.count == 2


@pytest.mark.parametrize("targets", [[0.3, 0.8], [0.0, 0.5, 1.0], [0.5], [2.0, -2.0], [0.0, -1.0], [0.7]])
def test_other_numbers_are_plain_numbers(targets: list[float]) -> None:
    data = Dataset(np.zeros((len(targets), 1)), targets)
    assert classes(data) is None
    assert accuracy(passing(1), data) is None
    assert confusion(passing(1), data) is None


def test_targets_of_which_one_is_high_stand_for_classes() -> None:
    for low, high in ((0.0, 1.0), (0.1, 0.9), (-1.0, 1.0)):
        targets = np.where(np.eye(3)[[2, 0, 1, 0]] == 1, high, low)
        meaning = classes(Dataset(np.zeros((4, 1)), targets, target_names=["a", "b", "c"]))
        assert meaning == Classes(low, high, ("a", "b", "c"))
        assert meaning.count == 3


@pytest.mark.parametrize("targets", [[[0.0, 0.0], [1.0, 0.0]], [[1.0, 1.0], [0.0, 1.0]], [[0.01, 0.98]]])
def test_targets_that_are_not_one_of_several_are_plain_numbers(targets: list[list[float]]) -> None:
    assert classes(Dataset(np.zeros((len(targets), 1)), targets)) is None


def test_a_class_gives_its_targets() -> None:
    assert Classes(0.1, 0.9).targets(0) == (0.1,)
    assert Classes(0.1, 0.9).targets(1) == (0.9,)
    assert ONE_HOT.targets(1) == (0.0, 1.0, 0.0)


def test_the_class_of_a_single_output_begins_at_the_middle() -> None:
    assert Classes(0.0, 1.0).of(np.array([[0.4999], [0.5], [7.0]])).tolist() == [0, 1, 1]
    assert Classes(-1.0, 1.0).of(np.array([[-0.1], [0.0], [0.1]])).tolist() == [0, 1, 1]
    assert Classes(0.1, 0.9).of(np.array([[0.45], [0.55]])).tolist() == [0, 1]


def test_of_equal_predictions_the_first_wins() -> None:
    assert ONE_HOT.of(np.array([[0.2, 0.6, 0.6], [0.1, 0.1, 0.1]])).tolist() == [1, 0]


def test_clarity_is_the_lead_of_the_winner() -> None:
    values = np.array([[0.7, 0.1, 0.2], [0.4, 0.4, 0.2], [5.0, 1.0, 0.0]])
    np.testing.assert_allclose(ONE_HOT.clarity(values), [0.5, 0.0, 1.0])
    np.testing.assert_allclose(Classes(-1.0, 1.0, ("a", "b")).clarity(np.array([[1.0, 0.0]])), [0.5])


def test_clarity_of_a_single_output_is_its_distance_from_the_threshold() -> None:
    np.testing.assert_allclose(Classes().clarity(np.array([[0.5], [0.75], [0.0], [3.0]])), [0, 0.5, 1, 1])
    np.testing.assert_allclose(Classes(0.1, 0.9).clarity(np.array([[0.9], [0.3]])), [1, 0.5])


def test_xor_by_hand() -> None:
    # ŷ = x₁ says the class of XOR right for (0, 0) and (1, 0), wrong for (0, 1) and (1, 1).
    network = Network.dense([2, 1], "linear").with_parameters([[[1.0, 0.0]]], [[0.0]])
    data = Dataset([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0])
    table = confusion(network, data)
    assert table is not None
    assert table.tolist() == [[1, 1], [1, 1]]
    assert accuracy(network, data) == 0.5
    assert accuracy(network, data, [0, 2]) == 1
    assert accuracy(network, data, [1, 2, 3]) == pytest.approx(1 / 3)
    assert accuracy(network, data, []) is None


def test_one_hot_agrees_with_scikit_learn() -> None:
    # sklearn.metrics.confusion_matrix(true, scores.argmax(1)) and accuracy_score, scikit-learn 1.x
    true = [2, 1, 2, 2, 1, 2, 2, 0, 0, 0, 0, 2]
    scores = [
        [0.0, 0.83, 0.17], [0.26, 0.47, 0.27], [0.23, 0.28, 0.49], [0.05, 0.77, 0.18], [0.27, 0.68, 0.06],
        [0.03, 0.59, 0.38], [0.69, 0.15, 0.16], [0.68, 0.3, 0.01], [0.15, 0.52, 0.33], [0.6, 0.0, 0.39],
        [0.07, 0.1, 0.84], [0.2, 0.55, 0.25],
    ]  # fmt: skip
    data = Dataset(scores, np.eye(3)[true], one_hot=True)
    table = confusion(passing(3), data)
    assert table is not None
    assert table.tolist() == [[2, 1, 1], [0, 2, 0], [1, 4, 1]]
    assert accuracy(passing(3), data) == pytest.approx(0.4166666666666667)


def test_a_single_target_agrees_with_scikit_learn() -> None:
    true = [0, 1, 0, 0, 0, 1, 1, 1, 1, 1]
    scores = [[0.36], [0.6], [0.06], [0.39], [0.32], [0.15], [0.82], [0.38], [0.98], [0.59]]
    table = confusion(passing(1), Dataset(scores, true))
    assert table is not None
    assert table.tolist() == [[4, 0], [2, 4]]
    assert accuracy(passing(1), Dataset(scores, true)) == pytest.approx(0.8)


def test_counts_are_by_true_class_and_by_what_the_network_says() -> None:
    targets, predictions = np.eye(3)[[0, 0, 2]], np.eye(3)[[0, 1, 2]]
    table = counts(ONE_HOT, targets, predictions)
    assert table.tolist() == [[1, 1, 0], [0, 0, 0], [0, 0, 1]]
    assert share_right(table) == pytest.approx(2 / 3)
    assert correct(ONE_HOT, targets, predictions).tolist() == [True, False, True]
    assert share_right(np.zeros((2, 2), dtype=np.intp)) is None
