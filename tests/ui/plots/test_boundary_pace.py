import pytest

from bpsim.fields import cost
from bpsim.network import Network
from ui.plots.boundary_pace import COARSE_SECONDS, FINE_SECONDS, Pace

SMALL, LARGE = Network.dense([2, 3, 1]), Network.dense([64, 128, 64, 10])
PIXELS = (600, 300)


def test_a_small_network_has_cells_of_a_few_pixels() -> None:
    assert Pace().resolution(SMALL, PIXELS, fine=False) == (200, 100)
    assert Pace().resolution(SMALL, PIXELS, fine=True) == (300, 150)


def test_a_large_network_has_as_many_cells_as_there_is_time_for() -> None:
    pace = Pace()
    columns, rows = pace.resolution(LARGE, PIXELS, fine=False)
    assert columns == pytest.approx(2 * rows, abs=2)
    pace.note(LARGE, columns * rows, 4 * COARSE_SECONDS)
    fewer, _ = pace.resolution(LARGE, PIXELS, fine=False)
    assert fewer < columns
    assert pace.resolution(LARGE, PIXELS, fine=True)[0] > fewer


def test_it_learns_what_a_cell_takes() -> None:
    pace, seconds = Pace(), 2e-9
    for _ in range(8):
        columns, rows = pace.resolution(LARGE, PIXELS, fine=False)
        pace.note(LARGE, columns * rows, columns * rows * cost(LARGE) * seconds)
    columns, rows = pace.resolution(LARGE, PIXELS, fine=False)
    fewest = rows == 8
    assert fewest or columns * rows * cost(LARGE) * seconds == pytest.approx(COARSE_SECONDS, rel=0.2)


def test_a_single_field_that_was_held_up_does_not_count() -> None:
    pace = Pace()
    usual = pace.resolution(LARGE, PIXELS, fine=False)
    for seconds in (COARSE_SECONDS, COARSE_SECONDS, 1.0):
        pace.note(LARGE, usual[0] * usual[1], seconds)
    assert pace.resolution(LARGE, PIXELS, fine=False) == pytest.approx(usual, abs=2)


def test_there_are_always_some_cells() -> None:
    pace = Pace()
    pace.resolution(LARGE, PIXELS, fine=False)
    pace.note(LARGE, 100, 60.0)
    columns, rows = pace.resolution(LARGE, PIXELS, fine=False)
    assert (columns, rows) == (16, 8)
    assert Pace().resolution(LARGE, (1, 1), fine=True) >= (1, 1)


def test_another_network_starts_anew() -> None:
    pace = Pace()
    pace.resolution(LARGE, PIXELS, fine=False)
    pace.note(LARGE, 100, 60.0)
    assert pace.resolution(SMALL, PIXELS, fine=False) == (200, 100)


def test_the_fine_field_has_more_time() -> None:
    assert COARSE_SECONDS < FINE_SECONDS
