from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.plots.boundary_hands import click, place_of
from tests.ui.plots.wheel import wheel
from ui.field_colors import value_pixels
from ui.fonts import SMALL_SIZE, text_font
from ui.numbers import NumberFormat
from ui.plots.boundary_chart import BoundaryChart
from ui.plots.boundary_marks import Marks
from ui.theme import load_theme

LIGHT, DARK = load_theme("light"), load_theme("dark")
HOME = ((-1.0, 1.0), (-1.0, 1.0))
LEFT, RIGHT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def chart(qtbot: QtBot) -> Iterator[BoundaryChart]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(480, 360)
    chart = BoundaryChart(LIGHT, NumberFormat(), window)
    QVBoxLayout(window).addWidget(chart.widget)
    with qtbot.waitExposed(window):
        window.show()
    chart.set_home(HOME, ("x₁", "x₂"), alike=True)
    QApplication.processEvents()
    yield chart
    window.hide()


def resize(chart: BoundaryChart, width: int, height: int) -> None:
    chart.widget.window().resize(width, height)
    QApplication.processEvents()


def color_at(chart: BoundaryChart, x: float, y: float) -> str:
    QApplication.processEvents()
    return chart.widget.grab().toImage().pixelColor(place_of(chart, x, y)).name()


def test_all_of_the_data_is_in_sight_on_one_scale(chart: BoundaryChart) -> None:
    (left, right), (below, above) = chart.bounds
    assert left <= -1 <= 1 <= right
    assert (below, above) == pytest.approx((-1, 1))
    width, height = chart.pixels
    assert (right - left) / width == pytest.approx((above - below) / height, rel=0.02)
    resize(chart, 300, 500)
    QApplication.processEvents()
    (left, right), (below, above) = chart.bounds
    assert below <= -1 <= 1 <= above
    assert (left, right) == pytest.approx((-1, 1))


def test_axes_of_very_different_ranges_have_scales_of_their_own(chart: BoundaryChart) -> None:
    chart.set_home(((0.0, 1.0), (0.0, 1000.0)), ("x₁", "x₂"), alike=True)
    assert np.ravel(chart.bounds) == pytest.approx([0, 1, 0, 1000])
    chart.set_home(((0.0, 1.0), (0.0, 2.0)), ("x₁", "ŷ₁"), alike=False)
    assert np.ravel(chart.bounds) == pytest.approx([0, 1, 0, 2])


def test_the_names_of_the_axes_stand_on_no_number(chart: BoundaryChart) -> None:
    for names, high in ((("x₁", "x₂"), 1.0), (("length", "a name that is longer than the plot"), 1234.5)):
        chart.set_home(((-high, high), (-high, high)), names, alike=True)
        resize(chart, 260, 190)
        chart.widget.grab()
        QApplication.processEvents()
        left, bottom = (chart.widget.getPlotItem().getAxis(side) for side in ("left", "bottom"))
        metrics = QFontMetricsF(text_font(SMALL_SIZE))
        name = chart._name.sceneBoundingRect()
        ends = [
            chart._view.mapViewToScene(QPointF(tick, 0)).x() + metrics.horizontalAdvance(text) / 2
            for tick, text in bottom._tickLevels[0]
        ]
        assert len(ends) >= 2
        assert max(ends) < name.left()
        assert name.right() <= chart._view.sceneBoundingRect().right() + 1
        room = left.width() - max(metrics.horizontalAdvance(text) for _tick, text in left._tickLevels[0])
        assert left.label.mapRectToParent(left.label.boundingRect()).right() <= room


@pytest.mark.parametrize("size", [(150, 120), (200, 130), (260, 190), (480, 360)])
def test_both_axes_have_two_numbers_at_least(chart: BoundaryChart, size: tuple[int, int]) -> None:
    resize(chart, *size)
    for reach in (0.7, 1.2, 1.9, 2.4, 9.0, 6000.0):
        chart.set_home(((-reach, 1.1 * reach), (-0.9 * reach, reach)), ("x₁", "x₂"), alike=True)
        chart.widget.grab()
        QApplication.processEvents()
        assert all(len(axis._tickLevels[0]) >= 2 for axis in chart._axes.values())


def test_a_field_lies_where_its_bounds_are(chart: BoundaryChart) -> None:
    values = np.array([[0.0, 1.0], [1.0, 0.0]])  # the first row below
    chart.show_field(value_pixels(LIGHT, values, (0.0, 1.0)), HOME)
    QApplication.processEvents()
    image = chart.widget.grab().toImage()
    low = image.pixelColor(place_of(chart, -0.8, -0.8))
    high = image.pixelColor(place_of(chart, 0.8, -0.8))
    assert low.blue() > low.red()
    assert high.red() > high.blue()
    assert image.pixelColor(place_of(chart, 0.8, 0.8)) == low


def test_a_curve_takes_the_place_of_a_field(chart: BoundaryChart) -> None:
    chart.show_field(value_pixels(LIGHT, np.ones((2, 2)), (0.0, 1.0)), HOME)
    chart.show_curve(np.array([-1.0, 0.0, 1.0]), np.array([0.0, 0.0, np.inf]))
    assert not chart._image.isVisible()
    assert chart._curve.isVisible()
    chart.show_curve(np.array([-1.0, 1.0]), np.array([np.nan, np.nan]))
    assert chart._curve.getData()[0] is None or not len(chart._curve.getData()[0])
    chart.show_field(value_pixels(LIGHT, np.ones((2, 2)), (0.0, 1.0)), HOME)
    assert not chart._curve.isVisible()


def test_ticks_are_written_in_the_programs_format(chart: BoundaryChart) -> None:
    texts = [text for _tick, text in chart._axes["bottom"]._tickLevels[0]]
    assert "0.5" in texts
    assert "−1" in texts
    chart.set_number_format(NumberFormat(3, ","))
    assert "0,5" in [text for _tick, text in chart._axes["bottom"]._tickLevels[0]]


def test_the_theme_can_change(chart: BoundaryChart) -> None:
    chart.set_theme(DARK)
    chart.widget.grab()
    assert chart.widget.backgroundBrush().color() == DARK.color("canvas")


def test_new_axes_show_all_unless_what_is_in_sight_is_to_stay(chart: BoundaryChart) -> None:
    before = chart.bounds
    wide = ((-2.0, 2.0), (-2.0, 2.0))
    chart.set_home(wide, ("x₁", "x₂"), alike=True, stay=True)
    resize(chart, 500, 380)
    assert chart.bounds[1] == pytest.approx(before[1], abs=0.2)
    chart.show_home()
    assert chart.bounds[1] == pytest.approx((-2, 2))
    chart.set_home(HOME, ("x₁", "x₂"), alike=True)
    assert chart.bounds[1] == pytest.approx((-1, 1))


def test_what_was_zoomed_stays_where_the_room_changes(chart: BoundaryChart, qtbot: QtBot) -> None:
    with qtbot.waitSignal(chart.bounds_changed):
        wheel(chart.widget.viewport(), place_of(chart, 0.0, 0.0))
    resize(chart, 500, 380)
    assert chart.bounds[1][1] < 1
    chart.show_home()
    resize(chart, 460, 300)
    assert chart.bounds[1] == pytest.approx((-1, 1))


def test_a_click_tells_the_place_and_which_kind_it_is(chart: BoundaryChart) -> None:
    heard: list[tuple[float, float, bool]] = []
    chart.clicked.connect(lambda x, y, second: heard.append((round(x, 1), round(y, 1), second)))
    click(chart, 0.5, -0.5)
    click(chart, 0.5, -0.5, RIGHT)
    click(chart, 0.5, -0.5, modifier=SHIFT)
    click(chart, 0.5, -0.5, MIDDLE)
    assert heard == [(0.5, -0.5, False), (0.5, -0.5, True), (0.5, -0.5, True)]
    QTest.mouseClick(chart.widget.viewport(), LEFT, pos=QPoint(3, 40))  # on the numbers of the axis
    QApplication.processEvents()
    assert len(heard) == 3


def test_the_mouse_points_at_places_within_the_axes(chart: BoundaryChart) -> None:
    places: list[tuple[float, float] | None] = []
    chart.pointed.connect(places.append)
    for place in (place_of(chart, 0.5, 0.5), place_of(chart, 0.25, -0.75), QPoint(3, 40)):
        QTest.mouseMove(chart.widget.viewport(), place)
        QApplication.processEvents()
    assert places[-2] == pytest.approx((0.25, -0.75), abs=0.01)
    assert places[-1] is None


def test_a_point_is_meant_from_a_few_pixels_around_it(chart: BoundaryChart) -> None:
    assert chart.instance_at(0.5, 0.5) is None
    colors = [LIGHT.color("class_1"), LIGHT.color("class_2")]
    x, y = np.array([-0.5, 0.5]), np.array([-0.5, 0.5])
    chart.show_points(Marks(x, y, colors, ["o", "s"], np.array([False, False])))
    pixel = 2 / chart.pixels[1]
    assert chart.instance_at(0.5, 0.5) == 1
    assert chart.instance_at(-0.5 + 7 * pixel, -0.5) == 0
    assert chart.instance_at(-0.5 + 12 * pixel, -0.5) is None
    assert color_at(chart, -0.5, -0.5) == colors[0].name()
    chart.show_wrong(np.array([False, True]))
    assert chart.points.wrong_rows == [1]


def test_the_crosshair_stands_on_a_place_and_goes_away(chart: BoundaryChart) -> None:
    plain = chart.widget.grab().toImage()
    chart.show_crosshair((0.3, -0.4))
    assert [line.value() for line in chart._crosshair] == [0.3, -0.4]
    assert chart.widget.grab().toImage() != plain
    chart.show_crosshair(None)
    assert chart.widget.grab().toImage() == plain


def test_a_line_is_drawn_between_each_two_points(chart: BoundaryChart) -> None:
    chart.show_line(np.array([-0.5, 0.5, -0.5, 0.5]), np.array([-0.5, -0.5, 0.5, 0.5]))
    ground = LIGHT.color("canvas").name()
    assert color_at(chart, 0.0, -0.5) != ground
    assert color_at(chart, 0.0, 0.5) != ground
    assert color_at(chart, 0.0, 0.0) == ground  # from the second point to the third there is none


def test_a_remark_is_said_in_the_plot_and_goes_away(chart: BoundaryChart) -> None:
    plain = chart.widget.grab().toImage()
    chart.show_remark("Nothing can be drawn.")
    assert chart.remark == "Nothing can be drawn."
    assert chart.widget.grab().toImage() != plain
    chart.show_remark("")
    assert chart.widget.grab().toImage() == plain


def test_a_curve_of_huge_numbers_can_be_painted(chart: BoundaryChart) -> None:
    chart.show_curve(np.linspace(-1, 1, 5), np.array([-1e300, -3.0, np.nan, 1e200, np.inf]))
    chart.widget.grab()
    y = chart._curve.getData()[1]
    assert np.abs(y[np.isfinite(y)]).max() < 1e3
    assert y[1] == -3
    assert np.isfinite(y).tolist() == [True, True, False, True, False]


def test_what_is_pointed_at_changes_with_the_range(chart: BoundaryChart) -> None:
    places: list[tuple[float, float] | None] = []
    chart.pointed.connect(places.append)
    viewport, place = chart.widget.viewport(), place_of(chart, 0.5, 0.5)
    QTest.mouseMove(viewport, place)
    QApplication.processEvents()
    wheel(viewport, place_of(chart, -0.6, -0.4))
    assert places[-1] == pytest.approx((-0.6, -0.4), abs=0.02)
    chart.show_home()
    assert places[-1] == pytest.approx((-0.6, -0.4), abs=0.02)
    chart.forget_mouse()
    count = len(places)
    chart.set_home(((-2.0, 2.0), (-2.0, 2.0)), ("x₁", "x₂"), alike=True)
    assert len(places) == count
