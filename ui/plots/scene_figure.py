"""The picture of a pyqtgraph plot for `ui.plots.saving`."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pyqtgraph as pg
from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem


def scene_size(widget: "pg.PlotWidget") -> QSizeF:
    """Return the size of the picture: as on the screen."""
    return QSizeF(widget.size())


def paint_scene(widget: "pg.PlotWidget", painter: QPainter, box: QRectF) -> None:
    """Paint what a plot shows into a box of its size; its dots are drawn, not copied from the screen."""
    widget.grab()  # the axes find out how wide their numbers are while they are painted
    widget.getPlotItem().layout.activate()
    scene = widget.scene()
    items = [item for item in scene.items() if hasattr(item, "setExportMode")]
    options = {"antialias": True, "painter": painter, "resolutionScale": 1.0}
    with _wider(items, painter.device().devicePixelRatio()):
        try:
            for item in items:
                item.setExportMode(True, options)
            scene.render(painter, box, QRectF(widget.rect()))
        finally:
            for item in items:
                item.setExportMode(False)


@contextmanager
def _wider(items: Iterable[QGraphicsItem], factor: float) -> Iterator[None]:
    """Widen the pens of items for a while: cosmetic ones are so many pixels of the file wide."""
    held = (value for item in items for value in (*vars(item).values(), *getattr(item, "opts", {}).values()))
    pens = {id(value): value for value in held if isinstance(value, QPen) and value.isCosmetic()}
    widths = {key: pen.widthF() for key, pen in pens.items()}
    for pen in pens.values():
        pen.setWidthF(max(pen.widthF(), 1.0) * factor)
    try:
        yield
    finally:
        for key, pen in pens.items():
            pen.setWidthF(widths[key])
