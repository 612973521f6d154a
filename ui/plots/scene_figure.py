"""The picture of a pyqtgraph plot for `ui.plots.saving`."""

import pyqtgraph as pg
from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QPainter


def scene_size(widget: "pg.PlotWidget") -> QSizeF:
    """Return the size of the picture: as on the screen."""
    return QSizeF(widget.size())


def paint_scene(widget: "pg.PlotWidget", painter: QPainter, box: QRectF) -> None:
    """Paint what a plot shows into a box of its size; its dots are drawn, not copied from the screen."""
    scene = widget.scene()
    items = [item for item in scene.items() if hasattr(item, "setExportMode")]
    options = {"antialias": True, "painter": painter, "resolutionScale": 1.0}
    try:
        for item in items:
            item.setExportMode(True, options)
        scene.render(painter, box, QRectF(widget.rect()))
    finally:
        for item in items:
            item.setExportMode(False)
