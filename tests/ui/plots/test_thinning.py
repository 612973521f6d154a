import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.plots.thinning import MOST_POINTS, thinned


def test_few_points_stay_as_they_are() -> None:
    values = np.arange(10.0) ** 2
    x, y = thinned(values, 2, 7)
    assert x.tolist() == [2, 3, 4, 5, 6]
    assert y.tolist() == [4, 9, 16, 25, 36]


@pytest.mark.parametrize(("first", "last"), [(-5, 3), (8, 99), (-5, 99)])
def test_beyond_the_ends_there_is_nothing(first: int, last: int) -> None:
    values = np.arange(10.0)
    x, y = thinned(values, first, last)
    assert x.tolist() == y.tolist() == list(range(max(0, first), min(10, last)))


def test_no_values_are_no_curve() -> None:
    x, y = thinned(np.empty(0), -2, 5)
    assert len(x) == len(y) == 0
    x, y = thinned(np.arange(5.0), 9, 12)
    assert len(x) == len(y) == 0


def test_a_million_points_become_few_and_keep_every_peak() -> None:
    values = np.random.default_rng(1).random(1_000_000)
    values[123_456], values[876_543] = 9.0, -9.0
    x, y = thinned(values, 0, len(values))
    assert len(x) == len(y) <= MOST_POINTS + 2
    assert y.max() == 9
    assert abs(x[y.argmax()] - 123_456) <= 1000
    assert y.min() == -9
    assert abs(x[y.argmin()] - 876_543) <= 1000


@given(st.integers(0, 500), st.integers(0, 500), st.integers(4, 40))
def test_the_range_of_the_values_stays(first: int, count: int, most: int) -> None:
    values = np.random.default_rng(first).random(1000)
    last = first + count
    x, y = thinned(values, first, last, most)
    assert len(x) == len(y) <= max(most, 2) + 4
    if count:
        assert y.max() >= values[first:last].max()
        assert y.min() <= values[first:last].min()
        assert np.all(np.diff(x) >= 0)


def test_gaps_do_not_hide_their_neighbours() -> None:
    values = np.full(100_000, np.nan)
    values[::50] = 1.0
    _x, y = thinned(values, 0, len(values))
    assert np.nanmax(y) == np.nanmin(y) == 1.0


def test_a_growing_curve_keeps_what_it_had() -> None:
    values = np.random.default_rng(2).random(9000)
    shorter, longer = thinned(values[:8500], 0, 8500), thinned(values, 0, 8600)
    same = len(shorter[0]) - 2
    assert np.array_equal(shorter[1][:same], longer[1][:same])
