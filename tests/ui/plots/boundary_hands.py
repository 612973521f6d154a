"""The mouse over the plot of a decision boundary."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.plots.boundary_chart import BoundaryChart


def place_of(chart: BoundaryChart, x: float, y: float) -> QPoint:
    """Return the pixel at which a place is drawn."""
    return chart.widget.mapFromScene(chart._view.mapViewToScene(QPointF(x, y)))


def click(
    chart: BoundaryChart,
    x: float,
    y: float,
    button: Qt.MouseButton = Qt.MouseButton.LeftButton,
    modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """Press and release a button of the mouse at a place."""
    QTest.mouseClick(chart.widget.viewport(), button, modifier, place_of(chart, x, y))
    QApplication.processEvents()
