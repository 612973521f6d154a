import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from bpsim.arrays import Array
from ui.plots.loss_curves import BandItem, Line, finite_of, places_on
from ui.plots.pens import run_pen
from ui.plots.plot_widget import plot_widget
from ui.theme import load_theme


@pytest.fixture
def line(qtbot: QtBot) -> Line:
    widget = plot_widget()
    qtbot.addWidget(widget)
    line = Line(widget.getPlotItem().getViewBox(), 6)
    line.set_pen(run_pen(load_theme("light"), 1))
    line.widget = widget  # type: ignore[attr-defined]
    return line


@pytest.mark.parametrize(
    ("heights", "bold"),
    [
        (np.linspace(1, 0, 400), True),
        (np.linspace(1, 0, 2000), True),
        (np.random.default_rng(0).random(2000), False),
        (np.random.default_rng(0).random(400), True),
        (np.full(2000, 0.5), True),
    ],
)
def test_a_curve_keeps_its_dashes_unless_it_fills_its_room(line: Line, heights: Array, bold: bool) -> None:
    line.draw(np.arange(len(heights), dtype=np.float64), heights)
    drawn = line.curve.opts["pen"]
    assert bool(drawn.dashPattern()) == bold
    assert drawn.width() == (2 if bold else 1)
    line.draw(np.arange(3.0), np.ones(3))
    assert line.curve.opts["pen"].width() == 2


def test_few_points_have_dots_and_gaps_have_none(line: Line) -> None:
    line.draw(np.arange(4.0), np.array([1, np.nan, 3, 4]))
    assert line.dots.getData()[0].tolist() == [0, 2, 3]
    line.draw(np.arange(100.0), np.ones(100))
    assert len(line.dots.getData()[0]) == 0


def test_a_line_can_be_hidden_and_taken_away(line: Line) -> None:
    line.set_shown(False)
    assert not line.curve.isVisible()
    line.remove()
    assert line.curve.scene() is None


def test_a_band_goes_there_and_back_over_what_is_known(qtbot: QtBot) -> None:
    widget = plot_widget()
    qtbot.addWidget(widget)
    band = BandItem(widget.getPlotItem().getViewBox())
    band.draw(np.arange(3.0), np.array([1.0, np.nan, 2.0]), np.array([3.0, np.nan, 5.0]))
    box = band.item.path().boundingRect()
    assert (box.left(), box.right(), box.top(), box.bottom()) == (0, 2, 1, 5)
    assert band.item.path().elementCount() == 4


def test_places_on_a_curve_reach_as_far_as_it_does() -> None:
    columns = np.array([0.0, 1.0, 2.0, 3.0, 9.0])
    places = places_on(columns, np.array([1.0, 2.0, 5.0]), np.array([10.0, np.nan, 50.0]))
    assert places.tolist() == [[1, 10], [2, 20], [3, 30]]
    assert places_on(columns, np.array([1.0]), np.array([np.nan])).shape == (0, 2)


def test_numbers_that_can_be_drawn() -> None:
    assert finite_of([np.array([1, np.inf]), np.array([np.nan, 2])]).tolist() == [1, 2]
    assert finite_of([]).tolist() == []


def test_what_is_hidden_has_no_points(line: Line, qtbot: QtBot) -> None:
    x = np.arange(3.0)
    line.draw(x, x)
    assert line.points[0].tolist() == x.tolist()
    line.set_shown(False)
    assert len(line.points[0]) == 0
    band = BandItem(line._view)
    band.draw(x, x - 1, x + 1)
    assert [heights.tolist() for _x, heights in band.points] == [[-1, 0, 1], [1, 2, 3]]
    band.set_shown(False)
    assert band.points == []
