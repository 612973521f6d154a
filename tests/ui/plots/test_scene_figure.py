import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from ui.plots.plot_widget import plot_widget
from ui.plots.saving import Figure, Table, to_pdf, to_png, to_svg
from ui.plots.scene_figure import paint_scene, scene_size
from ui.theme import load_theme


@pytest.fixture
def plot(qtbot: QtBot) -> "pg.PlotWidget":
    widget = plot_widget()
    qtbot.addWidget(widget)
    widget.setBackground(load_theme("light").color("canvas"))
    widget.resize(320, 200)
    with qtbot.waitExposed(widget):
        widget.show()
    widget.getPlotItem().addItem(pg.PlotCurveItem([0, 1, 2], [0, 1, 0], pen=pg.mkPen("#ff0000", width=6)))
    widget.getPlotItem().addItem(pg.ScatterPlotItem([1], [1], size=14, pen=None, brush="#0000ff"))
    return widget


def figure(widget: "pg.PlotWidget") -> Figure:
    return Figure(
        "test", "A test", scene_size(widget), lambda *where: paint_scene(widget, *where),
        lambda: Table((), ()), load_theme("light"),
    )  # fmt: skip


def test_the_picture_is_as_large_as_the_plot(plot: "pg.PlotWidget") -> None:
    assert scene_size(plot) == QSizeF(320, 200)


def test_curves_and_dots_are_in_the_picture_where_they_are_on_the_screen(plot: "pg.PlotWidget") -> None:
    shown = plot.grab().toImage()
    image = QImage.fromData(to_png(figure(plot)))
    above = image.height() // 2 - 200 - 12
    for color in ("#ff0000", "#0000ff"):
        on_screen, in_file = places(shown, color), places(image, color)
        assert len(in_file) > 2 * len(on_screen)
        moved = on_screen.mean(axis=0) + np.array([12, above])
        assert in_file.mean(axis=0) / 2 == pytest.approx(moved, abs=1)


def test_dots_are_drawn_and_not_copied_from_the_screen(plot: "pg.PlotWidget") -> None:
    plot.grab()
    assert b"<image" not in to_svg(figure(plot))
    assert b"/Subtype /Image" not in to_pdf(figure(plot))


def test_the_screen_is_as_before_afterwards(plot: "pg.PlotWidget") -> None:
    before = plot.grab().toImage()
    to_svg(figure(plot))
    assert plot.grab().toImage() == before


def places(image: QImage, color: str) -> np.ndarray:
    wanted = QColor(color).rgb()
    pixels = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return np.array([place for place in pixels if image.pixel(*place) == wanted])
