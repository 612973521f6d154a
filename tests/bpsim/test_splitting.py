"""Splits into training and test instances."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpsim.settings import Settings
from bpsim.splitting import Split, split


@given(st.floats(0, 1, exclude_max=True), st.integers(0, 2**70), st.integers(1, 200))
def test_every_instance_is_on_one_side(share: float, seed: int, instances: int) -> None:
    train, test = split(Settings(test_share=share, split_seed=seed), instances)
    assert sorted(train + test) == list(range(instances))
    assert list(train) == sorted(train)
    assert list(test) == sorted(test)
    assert train
    assert len(test) == min(round(share * instances), instances - 1)
    assert split(Settings(test_share=share, split_seed=seed), instances) == (train, test)


@given(st.floats(0, 1, exclude_max=True), st.integers(0, 2**70), st.integers(1, 200))
def test_one_instance_more_gives_at_most_one_of_the_others_another_role(
    share: float, seed: int, instances: int
) -> None:
    settings = Settings(test_share=share, split_seed=seed)
    before, after = (set(split(settings, n).test) for n in (instances, instances + 1))
    assert len((before ^ after) - {instances}) <= 1


@given(st.floats(0, 1, exclude_max=True), st.integers(0, 2**70), st.integers(1, 100))
def test_those_with_the_smallest_keys_are_tested(share: float, seed: int, instances: int) -> None:
    def mixed(z: np.uint64) -> np.uint64:  # splitmix64, in the arithmetic of NumPy
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))

    with np.errstate(over="ignore"):
        start = mixed(np.uint64(seed % 2**64))
        keys = [int(mixed(start ^ np.uint64(row + 1))) for row in range(instances)]
    assert len(set(keys)) == instances
    train, test = split(Settings(test_share=share, split_seed=seed), instances)
    assert max((keys[row] for row in test), default=-1) < min(keys[row] for row in train)


def test_each_row_is_tested_as_often_as_its_share() -> None:
    counts = np.zeros(20)
    for seed in range(1000):
        counts[list(split(Settings(test_share=0.3, split_seed=seed), 20).test)] += 1
    assert counts.sum() == 6000
    assert np.abs(counts - 300).max() < 75  # five standard deviations


def test_without_a_share_all_are_trained() -> None:
    assert split(Settings(), 3) == Split((0, 1, 2), ())


@pytest.mark.parametrize(
    ("share", "instances", "tested"), [(0.3, 10, 3), (0.99, 4, 3), (0.1, 4, 0), (0.5, 1, 0)]
)
def test_how_many_are_tested(share: float, instances: int, tested: int) -> None:
    assert len(split(Settings(test_share=share), instances).test) == tested


def test_the_seed_decides() -> None:
    splits = {split(Settings(test_share=0.3, split_seed=seed), 20) for seed in range(50)}
    assert len(splits) == 50
    assert split(Settings(test_share=0.3, seed=1), 20) == split(Settings(test_share=0.3, seed=2), 20)


def test_a_known_split() -> None:
    # written down once, so that another version of the program still draws it
    assert split(Settings(test_share=0.3), 10) == Split((0, 1, 3, 4, 5, 7, 8), (2, 6, 9))
