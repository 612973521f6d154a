"""What charts painted by hand have in common: their numbers beside the axes, and what the mouse is at."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.fonts import SMALL_SIZE, text_font
from ui.numbers import NumberFormat
from ui.theme import Theme

GAP = 6.0
"""Between a text and what it stands at."""
LEVEL_PIXELS = 28
"""The upright axis has a number every so many pixels."""
CENTER = Qt.AlignmentFlag.AlignCenter
RIGHT_MIDDLE = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class PaintedChart(QWidget):
    """Is quick to make, and drawn in the same way on the screen and into a file.

    `pointed(index)` tells what the mouse is at, None where it is at nothing. A subclass says what is painted.
    """

    pointed = Signal(object)

    def __init__(self, theme: Theme, number_format: NumberFormat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._format = theme, number_format
        self._pointed: int | None = None
        self.setMouseTracking(True)
        self.setFont(text_font(SMALL_SIZE - 1))

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def set_number_format(self, number_format: NumberFormat) -> None:
        self._format = number_format
        self.update()

    def point_at(self, index: int | None) -> None:
        """Mark what has this index, None marks nothing."""
        self._pointed = index
        self.update()

    # -- painting ------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, box: QRectF) -> None:
        """Paint the chart into a box, without its background."""
        raise NotImplementedError

    def _begin(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font())

    @property
    def _below(self) -> float:
        """How much room there is below the area for what `_paint_places` writes."""
        return QFontMetricsF(self.font()).height() + GAP + 2

    def _paint_levels(
        self, painter: QPainter, box: QRectF, area: QRectF, levels: Iterable[tuple[float, str]]
    ) -> None:
        """Paint lines across the area at some heights, with what stands left of them."""
        for y, text in levels:
            painter.setPen(QPen(self._theme.color("line"), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(self._theme.color("text_quiet"))
            painter.drawText(room_beside(box, area, y - 10, 20), RIGHT_MIDDLE, text)

    def _paint_places(
        self, painter: QPainter, box: QRectF, area: QRectF, places: Iterable[tuple[float, str]], axis: str
    ) -> None:
        """Write what stands below the area at some places, and left of it what they are places of."""
        top, height = area.bottom() + 5, QFontMetricsF(self.font()).height()
        painter.setPen(self._theme.color("text_quiet"))
        for x, text in places:
            painter.drawText(QRectF(x - 40, top, 80, height), CENTER, text)
        painter.drawText(room_beside(box, area, top, height), RIGHT_MIDDLE, axis)

    # -- Qt ------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        self.paint(QPainter(self), QRectF(self.rect()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pointed.emit(None)


def room_beside(box: QRectF, area: QRectF, top: float, height: float) -> QRectF:
    """Return the room for a text left of the area."""
    return QRectF(box.left(), top, area.left() - GAP - box.left(), height)
