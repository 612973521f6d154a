"""Made data: truth tables by hand, shapes by geometry, seeds by repetition."""

from typing import Any

import numpy as np
import pytest

from bpsim.data_errors import DataError
from bpsim.made_data import DATASETS, Parameter

TABLE = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]
RANDOM = [name for name, made in DATASETS.items() if made.random]


@pytest.mark.parametrize(
    ("name", "targets"), [("and", [0, 0, 0, 1]), ("or", [0, 1, 1, 1]), ("xor", [0, 1, 1, 0])]
)
def test_truth_tables(name: str, targets: list[float]) -> None:
    data = DATASETS[name].make()
    assert data.inputs.tolist() == TABLE
    assert data.targets[:, 0].tolist() == targets
    assert data.name == name.upper()
    assert DATASETS[name].parameters == ()


def test_parity_of_three_bits() -> None:
    data = DATASETS["parity"].make(bits=3)
    assert data.inputs.tolist() == [[a, b, c] for a in (0, 1) for b in (0, 1) for c in (0, 1)]
    assert data.targets[:, 0].tolist() == [0, 1, 1, 0, 1, 0, 0, 1]
    assert DATASETS["parity"].make(bits=2).targets.tolist() == DATASETS["xor"].make().targets.tolist()


@pytest.mark.parametrize("name", RANDOM)
def test_the_same_seed_gives_the_same_data(name: str) -> None:
    made = DATASETS[name]
    assert made.make(seed=3) == made.make(seed=3)
    assert made.make(seed=3) != made.make(seed=4)
    assert made.make(seed=3, noise=0.0) != made.make(seed=4, noise=0.0)


@pytest.mark.parametrize("name", list(DATASETS))
def test_what_the_seed_does_not_change_says_so(name: str) -> None:
    made = DATASETS[name]
    assert (made.make(seed=1) == made.make(seed=2)) is not made.random


@pytest.mark.parametrize("name", RANDOM)
@pytest.mark.parametrize("size", [10, 11, 150])
def test_the_size_is_the_number_of_instances(name: str, size: int) -> None:
    assert len(DATASETS[name].make(size=size)) == size


@pytest.mark.parametrize("name", ["moons", "circles", "spirals"])
def test_two_classes_are_balanced_and_mixed(name: str) -> None:
    targets = DATASETS[name].make(size=101).targets[:, 0]
    assert sorted(targets.tolist()) == [0.0] * 51 + [1.0] * 50
    assert 10 < np.count_nonzero(np.diff(targets)) < 91


@pytest.mark.parametrize("name", list(DATASETS))
def test_every_end_of_every_range_makes_data(name: str) -> None:
    made = DATASETS[name]
    for parameter in made.parameters:
        for value in (parameter.smallest, parameter.largest):
            values: dict[str, Any] = {parameter.name: value}
            assert len(made.make(**values)) >= 4


def test_moons_without_noise_lie_on_two_half_circles() -> None:
    data = DATASETS["moons"].make(noise=0.0)
    upper, lower = (data.inputs[data.targets[:, 0] == target] for target in (0, 1))
    np.testing.assert_allclose(np.hypot(*upper.T), 1.0)
    assert upper[:, 1].min() >= 0.0
    np.testing.assert_allclose(np.hypot(*(lower - [1.0, 0.5]).T), 1.0)
    assert lower[:, 1].max() <= 0.5


def test_circles_without_noise_have_two_radii() -> None:
    data = DATASETS["circles"].make(noise=0.0)
    np.testing.assert_allclose(np.hypot(*data.inputs.T), np.where(data.targets[:, 0] == 0, 1.0, 0.5))


def test_spirals_without_noise_are_each_other_turned_half_round() -> None:
    data = DATASETS["spirals"].make(noise=0.0)
    first, second = (data.inputs[data.targets[:, 0] == target] for target in (0, 1))
    radius = np.hypot(*first.T)
    np.testing.assert_allclose([radius.min(), radius.max()], [0.1, 1.0])
    angle = np.unwrap(np.arctan2(*first[np.argsort(radius)].T[::-1]))
    np.testing.assert_allclose(angle[-1] - angle[0], 2 * np.pi * 1.5 * 0.9)
    np.testing.assert_allclose(np.sort(-second[:, 0]), np.sort(first[:, 0]))


def test_clusters_are_one_hot_classes_around_their_centres() -> None:
    data = DATASETS["clusters"].make(size=400, classes=4, noise=0.1)
    assert data.class_names == ("class 1", "class 2", "class 3", "class 4")
    assert data.targets.sum(axis=0).tolist() == [100.0] * 4
    centres = [data.inputs[data.targets[:, k] == 1].mean(axis=0) for k in range(4)]
    np.testing.assert_allclose(centres, [[1, 0], [0, 1], [-1, 0], [0, -1]], atol=0.05)
    assert set(data.targets.sum(axis=1)) == {1}


def test_the_sine_is_a_sine_with_the_noise_asked_for() -> None:
    data = DATASETS["sine"].make(size=1000, noise=0.0)
    np.testing.assert_array_equal(data.targets[:, 0], np.sin(data.inputs[:, 0]))
    np.testing.assert_allclose([data.inputs.min(), data.inputs.max()], [-np.pi, np.pi])
    noisy = DATASETS["sine"].make(size=1000, noise=0.2)
    np.testing.assert_allclose((noisy.targets - np.sin(noisy.inputs)).std(), 0.2, rtol=0.1)


def test_records_are_complete_and_named_as_in_the_table() -> None:
    for name, made in DATASETS.items():
        assert made.name == name
        assert made.label
        assert made.description.endswith(".")
        assert made.random == any(parameter.name == "noise" for parameter in made.parameters)


def test_a_parameter_out_of_range_or_unknown_is_refused() -> None:
    moons = DATASETS["moons"]
    with pytest.raises(
        DataError, match=r"^Number of instances needs to be a whole number from 10 to 10000, not 5\.$"
    ):
        moons.make(size=5)
    with pytest.raises(DataError, match=r"not 20\.5\.$"):
        moons.make(size=20.5)
    with pytest.raises(DataError, match=r"^Noise \(standard deviation\) needs to be from 0 to 1, not nan\.$"):
        moons.make(noise=float("nan"))
    with pytest.raises(DataError, match=r"^two moons has no parameter 'bits'; it has size, noise\.$"):
        moons.make(bits=3)
    with pytest.raises(DataError, match=r"^XOR has no parameter 'size'; it has none\.$"):
        DATASETS["xor"].make(size=10)


def test_a_checked_parameter_is_a_python_number() -> None:
    assert isinstance(Parameter("n", "n", 1, 0, 5, whole=True).check(2.0), int)
    assert isinstance(Parameter("n", "n", 1, 0, 5).check(2), float)
