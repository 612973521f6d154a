import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpsim.settings import Settings
from bpsim.updates import UpdateCount


@given(st.integers(1, 20), st.integers(1, 30), st.integers(0, 100))
def test_the_count_is_that_of_the_batches_that_closed(n: int, size: int, done: int) -> None:
    settings = Settings(batch_size=size)
    made = sum(settings.closes_batch(place % n + 1, n) for place in range(done))
    count = float(UpdateCount(n, [(0, size)]).after(np.array(float(done))))
    assert np.floor(count) == made
    assert (count == made) == (done == 0 or settings.closes_batch((done - 1) % n + 1, n))


@given(
    st.integers(1, 12),
    st.lists(st.tuples(st.integers(1, 15), st.integers(1, 12)), min_size=1, max_size=4),
    st.integers(0, 80),
)
def test_a_batch_size_may_change_on_the_way(n: int, sizes: list[tuple[int, int]], done: int) -> None:
    starts = np.cumsum([length for length, _size in sizes]) - sizes[0][0]
    pieces = [(int(start), size) for start, (_length, size) in zip(starts, sizes, strict=True)]
    made = 0
    for place in range(done):
        size = [size for start, size in pieces if start <= place][-1]
        made += Settings(batch_size=size).closes_batch(place % n + 1, n)
    assert np.floor(UpdateCount(n, pieces).after(np.array(float(done)))) == made


@given(st.integers(1, 20), st.integers(1, 30), st.integers(0, 300))
def test_a_place_leads_back_to_its_instance(n: int, size: int, done: int) -> None:
    count = UpdateCount(n, [(0, size)])
    assert count.instances(float(count.after(np.array(float(done))))) == pytest.approx(done)


def test_with_a_changed_batch_size_a_place_leads_back_too() -> None:
    count = UpdateCount(10, [(0, 1), (25, 4), (40, 10)])
    for done in range(26, 80):
        assert count.instances(float(count.after(np.array(float(done))))) == pytest.approx(done)


def test_epochs() -> None:
    count = UpdateCount.of_epochs(4)
    assert count.after(np.array([0.0, 1, 4, 10])).tolist() == [0, 0.25, 1, 2.5]
    assert count.instances(2.5) == 10
