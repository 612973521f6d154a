import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.helpers import press
from tests.ui.plots.boundary_hands import click, place_of
from tests.ui.plots.wheel import wheel
from ui.numbers import NumberFormat
from ui.plots.boundary import BoundaryPlot, Place
from ui.plots.boundary_marks import Marks
from ui.theme import load_theme

LIGHT, DARK = load_theme("light"), load_theme("dark")
HOME = ((-1.0, 1.0), (-1.0, 1.0))
Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def plot(qtbot: QtBot) -> BoundaryPlot:
    plot = BoundaryPlot(LIGHT, NumberFormat())
    qtbot.addWidget(plot)
    plot.resize(480, 360)
    plot.show_plot()
    with qtbot.waitExposed(plot):
        plot.show()
    plot.activateWindow()
    plot.chart.set_home(HOME, ("x₁", "x₂"), alike=True)
    colors = [LIGHT.color("class_1"), LIGHT.color("class_2")]
    x, y = np.array([-0.5, 0.5]), np.array([-0.5, 0.5])
    plot.chart.show_points(Marks(x, y, colors, ["o", "s"], np.array([False, True])))
    QApplication.processEvents()
    return plot


def asked(plot: BoundaryPlot) -> list[tuple[object, ...]]:
    """Return the list that what is asked for is put into."""
    calls: list[tuple[object, ...]] = []
    plot.instance_chosen.connect(lambda row: calls.append(("instance", row)))
    plot.room_chosen.connect(
        lambda x, y, second: calls.append(("room", round(x, 1) + 0.0, round(y, 1) + 0.0, second))
    )
    return calls


def test_axes_can_change_without_moving_what_is_in_sight(plot: BoundaryPlot) -> None:
    before = plot.chart.bounds
    plot.chart.set_home(((-2.0, 2.0), (-2.0, 2.0)), ("x₁", "x₂"), alike=True, stay=True)
    assert plot.chart.bounds == before
    QTest.mouseClick(plot._all, Qt.MouseButton.LeftButton)
    assert plot.chart.bounds[1] == pytest.approx((-2, 2))


def test_a_click_on_a_point_chooses_its_instance(plot: BoundaryPlot) -> None:
    calls = asked(plot)
    click(plot.chart, 0.5, 0.5)
    click(plot.chart, -0.51, -0.49)
    assert calls == [("instance", 1), ("instance", 0)]
    assert not plot.hasFocus()


def test_a_click_beside_points_chooses_free_room(plot: BoundaryPlot) -> None:
    calls = asked(plot)
    click(plot.chart, 0.2, -0.6)
    click(plot.chart, 0.2, -0.6, Qt.MouseButton.RightButton)
    click(plot.chart, 0.2, -0.6, modifier=SHIFT)
    click(plot.chart, 0.2, -0.6, Qt.MouseButton.MiddleButton)
    assert calls == [("room", 0.2, -0.6, False), ("room", 0.2, -0.6, True), ("room", 0.2, -0.6, True)]


def test_the_mouse_points_at_places(plot: BoundaryPlot) -> None:
    places: list[Place | None] = []
    plot.pointed.connect(places.append)
    for y in (-0.7, -0.75):  # the mouse may stand there already, which is no move
        QTest.mouseMove(plot.chart.widget.viewport(), place_of(plot.chart, 0.25, y))
        QApplication.processEvents()
    assert places[-1] == pytest.approx((0.25, -0.75), abs=0.01)
    assert plot.place == places[-1]
    QApplication.sendEvent(plot, QEvent(QEvent.Type.Leave))
    assert plot.place is None


def test_arrow_keys_move_the_crosshair_from_the_middle(plot: BoundaryPlot) -> None:
    plot.setFocus()
    (left, right), (below, above) = plot.chart.bounds
    for key in (Key.Key_Right, Key.Key_Right, Key.Key_Up, Key.Key_Left):
        press(plot, key)
    assert plot.place == pytest.approx(((right - left) / 50, (above - below) / 50), abs=1e-9)
    assert all(line.isVisible() for line in plot.chart._crosshair)
    for _ in range(60):
        press(plot, Key.Key_Down)
    assert plot.place is not None
    assert plot.place[1] == pytest.approx(below)
    press(plot, Key.Key_Escape)
    assert plot.place is None
    assert not any(line.isVisible() for line in plot.chart._crosshair)


def test_with_the_focus_arrows_are_the_plots_own_and_not_shortcuts(plot: BoundaryPlot) -> None:
    stepped: list[str] = []
    action = QAction(plot)
    action.setShortcut("Right")
    action.triggered.connect(lambda: stepped.append("step"))
    plot.addAction(action)
    plot.setFocus()
    press(plot, Key.Key_Right)
    assert plot.place is not None
    assert stepped == []
    plot.clear("There is no data.")
    press(plot, Key.Key_Right)
    assert stepped == ["step"]


def test_page_keys_and_enter_choose_instances(plot: BoundaryPlot) -> None:
    calls = asked(plot)
    plot.setFocus()
    for _ in range(2):
        press(plot, Key.Key_PageDown)
        press(plot, Key.Key_Return)
    press(plot, Key.Key_PageUp)
    press(plot, Key.Key_Enter)
    assert calls == [("instance", 0), ("instance", 1), ("instance", 0)]


def test_enter_chooses_free_room_at_the_crosshair(plot: BoundaryPlot) -> None:
    calls = asked(plot)
    plot.setFocus()
    press(plot, Key.Key_Return)  # no crosshair yet
    press(plot, Key.Key_Up)
    press(plot, Key.Key_Return)
    press(plot, Key.Key_Return, SHIFT)
    assert calls == [("room", 0.0, 0.0, False), ("room", 0.0, 0.0, True)]


def test_the_wheel_zooms_and_fit_shows_all_again(plot: BoundaryPlot, qtbot: QtBot) -> None:
    home = plot.chart.bounds
    with qtbot.waitSignal(plot.chart.bounds_changed):
        wheel(plot.chart.widget.viewport(), place_of(plot.chart, 0.0, 0.0))
    (left, right), _ = plot.chart.bounds
    assert right - left < home[0][1] - home[0][0]
    plot.resize(500, 380)
    QApplication.processEvents()
    assert plot.chart.bounds[1][1] < 1  # still zoomed
    QTest.mouseClick(plot._all, Qt.MouseButton.LeftButton)
    assert plot.chart.bounds[1] == pytest.approx((-1, 1))


def test_an_empty_plot_says_why(plot: BoundaryPlot) -> None:
    plot.clear("There is no data.")
    assert plot.is_empty
    assert plot._nothing.isVisible()
    assert plot.accessibleDescription() == "There is no data."
    press(plot, Key.Key_Right)
    assert plot.place is None
    plot.show_plot()
    assert plot.chart.widget.isVisible()
