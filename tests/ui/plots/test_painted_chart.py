import pytest
from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.numbers import NumberFormat
from ui.plots.painted_chart import PaintedChart, room_beside
from ui.theme import THEMES, load_theme

SIZE = (200, 120)
AREA = (40.0, 10.0, 150.0, 80.0)


class Ruled(PaintedChart):
    """A chart of two levels and two places."""

    def paint(self, painter: QPainter, box: QRectF) -> None:
        area = QRectF(*AREA).translated(box.topLeft())
        self._begin(painter)
        heights = (20.5, self._format.text(0.5)), (60.5, "")
        self._paint_levels(painter, box, area, [(box.top() + y, text) for y, text in heights])
        self._paint_places(painter, box, area, [(box.left() + 80, "2"), (box.left() + 150, "3")], "layer")


@pytest.fixture
def chart(qtbot: QtBot) -> Ruled:
    chart = Ruled(load_theme("light"), NumberFormat())
    qtbot.addWidget(chart)
    chart.resize(*SIZE)
    return chart


def painted(chart: Ruled, theme: str = "light", x: int = 0, y: int = 0) -> QImage:
    """Return the chart as it is painted into a file, cut out of a larger picture where it begins."""
    image = QImage(SIZE[0] + x, SIZE[1] + y, QImage.Format.Format_RGB32)
    image.fill(load_theme(theme).color("canvas"))
    painter = QPainter(image)
    chart.paint(painter, QRectF(x, y, *SIZE))
    painter.end()
    return image.copy(x, y, *SIZE)


def marks(image: QImage, room: QRectF) -> int:
    """Return how many pixels of a room something is drawn on."""
    box, empty = room.toRect(), image.pixel(1, 1)
    places = [(x, y) for x in range(box.left(), box.right()) for y in range(box.top(), box.bottom())]
    return sum(image.pixel(x, y) != empty for x, y in places)


@pytest.mark.parametrize("theme", THEMES)
def test_levels_are_lines_across_the_area_in_the_colour_of_the_theme(chart: Ruled, theme: str) -> None:
    chart.set_theme(load_theme(theme))
    image = painted(chart, theme)
    line = load_theme(theme).color("line")
    for y in (20, 60):
        assert image.pixelColor(100, y) == line
        assert image.pixelColor(30, y) != line
    assert image.pixelColor(100, 40) == load_theme(theme).color("canvas")


def test_texts_stand_beside_the_levels_and_below_the_places(chart: Ruled) -> None:
    image, (box, area) = painted(chart), (QRectF(0, 0, *SIZE), QRectF(*AREA))
    assert marks(image, room_beside(box, area, 10, 20)) > 0
    assert marks(image, room_beside(box, area, 50, 20)) == 0  # its text is empty
    assert marks(image, room_beside(box, area, 94, 20)) > 0
    for x, is_text in ((80, True), (115, False), (150, True)):
        assert (marks(image, QRectF(x - 10, 94, 20, 20)) > 0) == is_text


def test_it_is_painted_in_the_same_way_wherever_its_box_begins(chart: Ruled) -> None:
    assert painted(chart, x=30, y=50) == painted(chart)


def test_numbers_are_written_in_the_given_way(chart: Ruled) -> None:
    before = painted(chart)
    chart.set_number_format(NumberFormat(3, ","))
    assert painted(chart) != before


def test_the_mouse_leaves_nothing_pointed_at(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(400, 200)
    chart = Ruled(load_theme("light"), NumberFormat(), window)
    chart.resize(*SIZE)
    with qtbot.waitExposed(window):
        window.show()
    pointed: list[int | None] = []
    chart.pointed.connect(pointed.append)
    for place in (QPoint(50, 40), QPoint(300, 150)):
        QTest.mouseMove(window, place)
        QApplication.processEvents()
    assert pointed == [None]
