from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from ui.plots.boundary_marks import NO_MARKS, MarkLayer, Marks
from ui.plots.plot_widget import plot_widget
from ui.theme import load_theme

LIGHT = load_theme("light")


def marks() -> Marks:
    colors = [LIGHT.color("class_1"), LIGHT.color("class_2"), LIGHT.color("class_1")]
    hollow = np.array([False, False, True])
    return Marks(np.array([0.0, 1.0, 2.0]), np.array([0.0, 1.0, 0.0]), colors, ["o", "s", "o"], hollow)


@pytest.fixture
def layer(qapp: QApplication) -> Iterator[MarkLayer]:
    widget = plot_widget()
    layer = MarkLayer(widget.getPlotItem().getViewBox())
    layer.show(marks(), LIGHT)
    yield layer
    widget.close()
    widget.deleteLater()


def test_the_nearest_instance_is_the_one_within_reach() -> None:
    pixel = (0.01, 0.02)
    assert marks().nearest(1.05, 1.0, pixel, 9) == 1
    assert marks().nearest(1.0, 1.17, pixel, 9) == 1
    assert marks().nearest(1.1, 1.0, pixel, 9) is None
    assert NO_MARKS.nearest(0, 0, pixel, 1e9) is None


def test_points_are_filled_or_hollow(layer: MarkLayer) -> None:
    brushes = [spot.brush().color() for spot in layer._points.points()]
    assert brushes == [LIGHT.color("class_1"), LIGHT.color("class_2"), LIGHT.color("canvas")]
    pens = [spot.pen().color() for spot in layer._points.points()]
    assert pens == [LIGHT.color("text"), LIGHT.color("text"), LIGHT.color("class_1")]
    assert [spot.symbol() for spot in layer._points.points()] == ["o", "s", "o"]


def test_hollow_points_have_an_edge_around_their_ring(layer: MarkLayer) -> None:
    assert [(spot.pos().x(), spot.pos().y()) for spot in layer._edges.points()] == [(2, 0)]
    assert layer._edges.points()[0].brush().color() == QColor(LIGHT.color("text"))


def test_crosses_stand_on_what_is_wrong(layer: MarkLayer) -> None:
    layer.show_wrong(np.array([False, True, True]))
    assert [spot.pos().x() for spot in layer._crosses.points()] == [1, 2]
    assert layer.wrong_rows == [1, 2]
    layer.show_wrong(np.zeros(3, dtype=np.bool_))
    assert len(layer._crosses.points()) == 0


def test_the_ring_stands_around_the_present_one(layer: MarkLayer) -> None:
    layer.show_present(2)
    assert [(spot.pos().x(), spot.pos().y()) for spot in layer._ring.points()] == [(2, 0)]
    layer.show_present(None)
    assert len(layer._ring.points()) == len(layer._halo.points()) == 0


def test_other_points_begin_without_crosses_and_ring(layer: MarkLayer) -> None:
    layer.show_wrong(np.ones(3, dtype=np.bool_))
    layer.show_present(1)
    layer.show(marks(), LIGHT)
    assert layer.wrong_rows == []
    assert layer.present is None
    assert len(layer._crosses.points()) == len(layer._ring.points()) == 0


def test_points_are_as_large_as_there_is_room_for(layer: MarkLayer) -> None:
    layer.fit((300, 200))
    assert layer._points.points()[0].size() == 10
    layer.fit((30, 20))
    assert [spot.size() for spot in layer._points.points()] == [6, 6, 6]
    assert layer._crosses.opts["size"] == 7
    layer.fit((3, 2))
    assert layer._points.points()[0].size() == 5
    layer.show(marks(), LIGHT)
    assert layer._points.points()[0].size() == 5
