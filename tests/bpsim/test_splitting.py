"""Splits into training and test instances."""

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
    assert split(Settings(test_share=0.3), 10) == Split((0, 1, 2, 4, 6, 8, 9), (3, 5, 7))
