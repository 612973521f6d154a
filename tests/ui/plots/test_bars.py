from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.numbers import NumberFormat
from ui.plots.bars import BarChart, Bars, Scale, scale_of
from ui.theme import THEMES, load_theme

BARS = Bars(("2", "3", "4"), "layer", ((0.001, 0.02, 0.4),))


@pytest.fixture
def chart(qtbot: QtBot) -> BarChart:
    chart = BarChart(load_theme("light"), NumberFormat())
    qtbot.addWidget(chart)
    chart.resize(320, 200)
    with qtbot.waitExposed(chart):
        chart.show()
    return chart


def test_a_linear_scale_begins_at_0_and_has_room_above() -> None:
    scale = scale_of(BARS, logarithmic=False)
    assert scale == Scale(0.0, pytest.approx(0.44))
    assert scale.share(0.22) == pytest.approx(0.5)
    assert scale.share(0.0) == 0
    assert scale.share(9.0) == 1


def test_a_logarithmic_scale_has_whole_powers_of_ten_and_shows_the_smallest_bar() -> None:
    scale = scale_of(BARS, logarithmic=True)
    assert (scale.low, scale.high, scale.logarithmic) == (-4, 0, True)
    assert scale.share(0.001) == pytest.approx(0.25)
    assert scale.share(0.0) == 0


@pytest.mark.parametrize("logarithmic", [True, False])
@pytest.mark.parametrize("heights", [(), (None,), (0.0,), (0.0, None), (1.0,), (1e-300, 1e300)])
def test_every_bar_has_a_place_on_the_scale(heights: tuple[float | None, ...], logarithmic: bool) -> None:
    scale = scale_of(Bars(("2",) * len(heights), "", (heights,)), logarithmic)
    assert scale.low < scale.high
    assert all(0 <= scale.share(value) <= 1 for value in heights if value is not None)


def test_shares_have_the_whole_on_their_scale() -> None:
    assert scale_of(Bars(("2",), "", ((0.1,),), shares=True), logarithmic=True) == Scale(0.0, 1.0)


def test_heights_are_as_the_numbers(chart: BarChart) -> None:
    chart.set_bars(BARS)
    boxes = [chart.bar_box(place) for place in range(3)]
    assert boxes[2].height() == pytest.approx(20 * boxes[1].height())
    assert boxes[0].bottom() == boxes[1].bottom() == boxes[2].bottom()
    assert boxes[0].right() < boxes[1].left() < boxes[1].right() < boxes[2].left()
    chart.set_logarithmic(True)
    assert chart.bar_box(1).height() > 30


def test_several_series_stand_side_by_side(chart: BarChart) -> None:
    chart.set_bars(Bars(("2", "3"), "layer", ((0.5, 1.0), (0.25, None)), ("saturated", "dead"), shares=True))
    assert chart.bar_box(0, 0).right() <= chart.bar_box(0, 1).left() + 1e-9
    assert chart.bar_box(0, 1).right() < chart.bar_box(1, 0).left()
    assert chart.bar_box(0, 0).height() == pytest.approx(2 * chart.bar_box(0, 1).height())
    assert chart.bar_box(1, 1).height() == 0
    assert chart.color(0) != chart.color(1)


@pytest.mark.parametrize("theme", THEMES)
def test_bars_are_seen_in_the_colours_of_the_theme(chart: BarChart, theme: str) -> None:
    chart.set_theme(load_theme(theme))
    chart.set_bars(BARS)
    image = QImage(320, 200, QImage.Format.Format_RGB32)
    image.fill(load_theme(theme).color("canvas"))
    painter = QPainter(image)
    chart.paint(painter, QRectF(0, 0, 320, 200))
    painter.end()
    inside = chart.bar_box(2).center().toPoint()
    assert image.pixelColor(inside) == load_theme(theme).color("accent")
    above = QPoint(inside.x(), 8)
    assert image.pixelColor(above) == load_theme(theme).color("canvas")
    chart.set_logarithmic(True)
    assert chart.grab().toImage().pixelColor(chart.bar_box(0).center().toPoint()) == image.pixelColor(inside)


@pytest.mark.parametrize("places", [2, 4, 7, 30])
@pytest.mark.parametrize("width", [200, 320, 700])
def test_the_numbers_of_bars_do_not_touch(chart: BarChart, places: int, width: int) -> None:
    chart.resize(width, 200)
    names = tuple(str(place) for place in range(places))
    chart.set_bars(Bars(names, "layer", ((0.0,) * places, (0.125,) * places), ("one", "two"), shares=True))
    area = chart._area(QRectF(chart.rect()))
    middles = [chart.bar_box(place, number).center().x() for place in range(places) for number in (0, 1)]
    advance = QFontMetricsF(chart.font()).horizontalAdvance
    apart = min(b - a for a, b in pairwise(middles))
    assert chart._apart(area) == pytest.approx(apart)
    written = advance("12.5 %") + 3 <= apart
    assert written or places > 2 or width == 200
    chart.grab()


def test_the_mouse_points_at_a_place(chart: BarChart) -> None:
    chart.set_bars(BARS)
    pointed: list[int | None] = []
    chart.pointed.connect(pointed.append)
    for place in (0, 2, 1):
        QTest.mouseMove(chart, QPoint(round(chart.bar_box(place).center().x()), 40))
        QApplication.processEvents()
    QTest.mouseMove(chart, QPoint(2, 40))
    QApplication.processEvents()
    assert pointed == [0, 2, 1, None]


def test_the_bars_pointed_at_are_marked(chart: BarChart) -> None:
    chart.set_bars(BARS)
    before = chart.grab().toImage()
    chart.point_at(2)
    after = chart.grab().toImage()
    edge = chart.bar_box(2).topLeft().toPoint() + QPoint(20, 0)
    assert after.pixelColor(edge) != before.pixelColor(edge)
    chart.point_at(None)
    assert chart.grab().toImage() == before


@pytest.mark.parametrize("count", [0, 1, 2, 30, 200])
def test_any_number_of_places_can_be_painted(chart: BarChart, count: int) -> None:
    places = tuple(str(place + 2) for place in range(count))
    for series in ((), ((0.5,) * count,), ((0.5,) * count, (None,) * count)):
        chart.set_bars(Bars(places, "layer", series))
        chart.grab()


def test_a_tiny_chart_can_be_painted(chart: BarChart) -> None:
    chart.set_bars(BARS)
    chart.resize(20, 10)
    chart.grab()
    chart.resize(chart.minimumSizeHint())
    assert QColor(chart.grab().toImage().pixel(5, 5)).isValid()
