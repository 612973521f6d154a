"""The name of a lower axis, at the end of its numbers: there it takes no height."""

from collections.abc import Callable

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QGraphicsSimpleTextItem

from ui.fonts import SMALL_SIZE, text_font
from ui.plots.ticks import Labelled, labelled_ticks

AXIS_HEIGHT = 20
"""Of an axis that has its name there."""
TEXT_GAP = 5
"""Between axes and their numbers."""

_NAME_GAP = 6


class AxisName(QGraphicsSimpleTextItem):
    """Writes the name of an axis, and leaves its place free of numbers."""

    def __init__(self, axis: "pg.AxisItem") -> None:
        super().__init__(axis)
        axis.setHeight(AXIS_HEIGHT)
        self._name = ""
        self._metrics = QFontMetricsF(text_font(SMALL_SIZE))
        self.setFont(text_font(SMALL_SIZE))

    @property
    def name(self) -> str:
        """What the axis is called, also where there is no room for all of it."""
        return self._name

    def set_name(self, name: str) -> None:
        """Call the axis something else; it is written by `fit`."""
        self._name = name

    def fit(
        self,
        bounds: tuple[float, float],
        length: float,
        most: int,
        write: Callable[[float], str],
        smallest_step: float = 0.0,
    ) -> Labelled:
        """Write the name, shortened to half of the axis, and return the numbers that stand before it.

        Parameters
        ----------
        bounds : (float, float)
            What of the axis is in sight.
        length : float
            How many pixels it takes.
        most, smallest_step
            As in `round_ticks`.
        write : callable
            ``write(tick)`` returns what stands at a number.
        """
        low, high = bounds
        text = self._metrics.elidedText(self._name, Qt.TextElideMode.ElideRight, length / 2)
        begin = length - self._metrics.horizontalAdvance(text)
        self.setText(text)
        self.setPos(begin, TEXT_GAP)

        def written(ticks: list[float]) -> Labelled:
            placed = [(tick, write(tick), (tick - low) / (high - low) * length) for tick in ticks]
            width = self._metrics.horizontalAdvance
            return [(tick, text) for tick, text, x in placed if x + width(text) / 2 <= begin - _NAME_GAP]

        return labelled_ticks(low, high, most, written, smallest_step)
