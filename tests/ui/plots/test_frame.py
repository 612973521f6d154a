import pytest
from PySide6.QtCore import QPointF, QRectF

from ui.plots.frame import Frame

FRAME = Frame(-2.0, 6.0, 0.0, 10.0, QRectF(40, 10, 400, 100))


def test_numbers_stand_where_their_shares_of_the_box_are() -> None:
    assert FRAME.point(-2.0, 0.0) == QPointF(40, 110)
    assert FRAME.point(6.0, 10.0) == QPointF(440, 10)
    assert FRAME.point(2.0, 2.5) == QPointF(240, 85)


@pytest.mark.parametrize("x", [-2.0, 1.25, 6.0, 9.0])
def test_a_place_tells_which_x_is_drawn_there(x: float) -> None:
    assert FRAME.x_at(FRAME.point(x, 3.0).x()) == pytest.approx(x)


@pytest.mark.parametrize(("y", "place"), [(1e300, 10 - 4900), (-1e300, 110 + 5000), (float("inf"), -4890)])
def test_what_is_far_outside_stays_near_enough_to_be_drawn(y: float, place: float) -> None:
    assert FRAME.point(0.0, y).y() == place
