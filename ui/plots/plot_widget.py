"""A pyqtgraph plot as all our plots begin."""

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGraphicsView

pg.setConfigOption("mouseRateLimit", 0)  # the last move of the mouse counts: it is where the mouse is


def plot_widget() -> "pg.PlotWidget":
    """Return an empty plot without menus and buttons, moved and zoomed along x only."""
    widget = pg.PlotWidget(enableMenu=False)  # its Export can raise
    widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    # The marker of a line reaches out of what Qt repaints when the line moves: it would leave pieces behind.
    widget.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
    plot = widget.getPlotItem()
    plot.hideButtons()
    plot.setContentsMargins(0, 4, 8, 0)
    plot.ctrlMenu.setParent(widget, plot.ctrlMenu.windowFlags())  # else it would outlive the plot
    plot.getViewBox().setMouseEnabled(x=True, y=False)
    plot.getViewBox().setDefaultPadding(0)
    return widget
