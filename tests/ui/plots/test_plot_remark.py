from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QGraphicsRectItem, QGraphicsScene

from ui.plots.plot_remark import PlotRemark
from ui.theme import load_theme

THEME = load_theme("light")


@pytest.fixture
def remark(qapp: object) -> Iterator[PlotRemark]:
    scene = QGraphicsScene()
    ground = QGraphicsRectItem(0, 0, 200, 160)
    ground.setBrush(QColor("blue"))
    scene.addItem(ground)
    remark = PlotRemark(ground)
    remark.set_theme(THEME)
    remark.fit(200, 160)
    yield remark
    scene.clear()


def picture(remark: PlotRemark) -> QImage:
    image = QImage(200, 160, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    remark.scene().render(painter)
    painter.end()
    return image


def test_it_stands_in_the_middle_in_as_many_lines_as_it_needs(remark: PlotRemark) -> None:
    remark.setPlainText("There is nothing to draw.")
    remark.fit(200, 160)
    one_line = remark.boundingRect().height()
    remark.setPlainText("The numbers of this network are no longer finite: there is nothing to draw.")
    remark.fit(200, 160)
    box = remark.mapRectToParent(remark.boundingRect())
    assert box.height() > one_line
    assert (box.center().x(), box.center().y()) == pytest.approx((100, 80))
    assert box.left() >= 0


def test_it_has_a_ground_and_without_a_text_nothing(remark: PlotRemark) -> None:
    middle = remark.mapToParent(remark.boundingRect().center()).toPoint()
    assert picture(remark).pixelColor(middle) == QColor("blue")
    remark.setPlainText("Too large to draw")
    left = remark.mapToParent(remark.boundingRect().topLeft()).toPoint()
    assert picture(remark).pixelColor(left.x() + 6, left.y() + 6).lightness() > 200
