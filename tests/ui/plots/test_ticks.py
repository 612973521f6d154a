import math
from functools import partial
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.numbers import NumberFormat
from ui.plots.ticks import Labelled, decade_ticks, labelled_ticks, round_ticks, tick_text


@pytest.mark.parametrize(
    ("low", "high", "most", "ticks"),
    [
        (0, 1, 5, [0, 0.2, 0.4, 0.6, 0.8, 1.0]),
        (0, 0.35, 4, [0, 0.1, 0.2, 0.3]),
        (3, 57, 6, [10, 20, 30, 40, 50]),
        (0, 1_000_000, 5, [0, 200_000, 400_000, 600_000, 800_000, 1_000_000]),
    ],
)
def test_round_numbers(low: float, high: float, most: int, ticks: list[float]) -> None:
    assert round_ticks(low, high, most) == pytest.approx(ticks)


def test_what_is_counted_has_whole_numbers() -> None:
    assert round_ticks(0, 3, 20, 1) == [0, 1, 2, 3]
    assert round_ticks(0.2, 0.8, 20, 1) == []


@given(st.floats(-1e3, 1e3), st.floats(1e-3, 1e6), st.integers(2, 30))
def test_ticks_are_in_sight_evenly_spaced_and_not_too_many(low: float, width: float, most: int) -> None:
    high = low + width
    ticks = round_ticks(low, high, most)
    assert len(ticks) <= most + 1
    assert all(low - width / 1e6 <= tick <= high + width / 1e6 for tick in ticks)
    gaps = [after - before for before, after in pairwise(ticks)]
    assert gaps == pytest.approx(gaps[:1] * len(gaps), rel=1e-3)


def test_powers_of_ten() -> None:
    assert decade_ticks(-3, 1, 8) == [-3, -2, -1, 0, 1]
    assert decade_ticks(-3, 1, 2) == [-2, 0]
    assert decade_ticks(-30, 1, 5) == [-28, -21, -14, -7, 0]


def test_between_powers_of_ten_there_is_2_and_5_where_there_is_room() -> None:
    assert [round(10**tick, 6) for tick in decade_ticks(-1, 0, 6)] == [0.1, 0.2, 0.5, 1]
    assert decade_ticks(-1, 0, 2) == [-1, 0]


def _all(ticks: list[float]) -> Labelled:
    return [(tick, f"{tick:g}") for tick in ticks]


def _only_above(least: float, ticks: list[float]) -> Labelled:
    return [(tick, f"{tick:g}" if tick > least else "") for tick in ticks]


def test_where_one_number_would_stand_alone_there_are_more() -> None:
    assert round_ticks(-1.2, 1.2, 2) == [0]
    assert [text for _tick, text in labelled_ticks(-1.2, 1.2, 2, _all)] == ["-1", "0", "1"]
    assert [text for _tick, text in labelled_ticks(0, 1, 5, _all)] == ["0", "0.2", "0.4", "0.6", "0.8", "1"]


@given(st.floats(-1e3, 1e3), st.floats(1e-3, 1e6), st.integers(2, 30), st.floats(0, 0.5))
def test_two_numbers_are_written_also_where_some_have_no_room(
    low: float, width: float, most: int, hidden: float
) -> None:
    labelled = labelled_ticks(low, low + width, most, partial(_only_above, low + hidden * width))
    assert sum(bool(text) for _tick, text in labelled) >= 2


def test_what_is_counted_stays_whole() -> None:
    assert labelled_ticks(0.2, 1.8, 2, _all, 1) == [(1, "1")]


@pytest.mark.parametrize(
    ("low", "high"),
    [(0.0, 0.0), (0.0, 5e-324), (0.0, 1e-320), (-1e308, 1e308), (0.0, math.inf), (0.0, math.nan)],
)
@pytest.mark.parametrize("most", [1, 2, 9])
def test_there_is_nothing_to_write_where_the_machine_has_no_steps(low: float, high: float, most: int) -> None:
    assert round_ticks(low, high, most) == []
    assert labelled_ticks(low, high, most, _all) == []


@pytest.mark.parametrize("size", [1e-300, 1.7e308])
def test_there_are_numbers_up_to_the_edge_of_the_range(size: float) -> None:
    assert all(math.isfinite(tick) for most in range(1, 9) for tick in round_ticks(0, size, most))
    assert len(labelled_ticks(0, size, 5, _all)) >= 2


def test_thousands_stand_apart() -> None:
    numbers = NumberFormat(3, ",")
    assert tick_text(63_050, numbers) == "63\u202f050"
    assert tick_text(-2000, numbers) == "−2\u202f000"
    assert [tick_text(value, numbers) for value in (0.1 + 0.2, 500, 2e7)] == ["0,3", "500", "2,0e7"]
