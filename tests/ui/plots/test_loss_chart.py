import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.plots.loss_chart import room_for


@pytest.mark.parametrize(("last", "end"), [(0, 4.25), (3, 4.25), (4, 4.25), (5, 5.625), (57, 61.25)])
def test_the_axis_has_room_for_some_more(last: int, end: float) -> None:
    assert room_for(last, 4) == end


@given(st.integers(0, 10**9))
def test_the_axis_is_used_well(last: int) -> None:
    end = room_for(last, 4)
    assert last < end
    assert last < 4 or end < last * 1.4


def test_the_axis_seldom_changes_as_the_training_goes_on() -> None:
    ends = {room_for(last, 4) for last in np.arange(1000, 2000)}
    assert len(ends) <= 20
