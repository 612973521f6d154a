"""A line of mathematics in the face of formulas, broken before a sign where there is no room."""

import re

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.fonts import math_font

SIZE = 15
LINE = 22
"""The face itself asks for far higher lines, for its tallest signs."""
INDENT = 16
_SIGN = re.compile(r" (?=[=≈+−·] )")
"""The blank before a sign that a line may begin with."""
_RELATION = re.compile(r" (?=[=≈] )")


class MathLine(QWidget):
    """Shows a text such as "product = ∂E/∂θ = 0.5", over several lines if need be."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self.setFont(math_font(SIZE))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        """What is shown."""
        return self._text

    @property
    def lines(self) -> list[str]:
        """The lines that it takes in the present width."""
        return _broken(self._text, QFontMetrics(math_font(SIZE)), self.width())

    def set_text(self, text: str) -> None:
        """Show another text."""
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self.setToolTip(text)
            self._fit()
            self.update()

    def _fit(self) -> None:
        self.setFixedHeight(LINE * max(len(self.lines), 1))

    # -- Qt --------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(200, LINE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(math_font(SIZE))
        painter.setPen(self.palette().color(self.foregroundRole()))
        for number, line in enumerate(self.lines):
            left = INDENT if number else 0
            place = self.rect().adjusted(left, number * LINE, 0, 0)
            place.setHeight(LINE)
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, line)


def _broken(text: str, metrics: QFontMetrics, width: int) -> list[str]:
    """Return the text in lines that fit; a piece that is wider by itself ends in "…"."""
    lines: list[str] = []
    for piece in _pieces(text, metrics, width - INDENT):
        room = width - (INDENT if len(lines) > 1 else 0)
        longer = f"{lines[-1]} {piece}" if lines else piece
        if lines and metrics.horizontalAdvance(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(metrics.elidedText(piece, Qt.TextElideMode.ElideRight, width - INDENT * bool(lines)))
    return lines


def _pieces(text: str, metrics: QFontMetrics, room: int) -> list[str]:
    """Return what is kept together: what stands between two = or ≈, and less only where that is too wide."""
    sides = _RELATION.split(text)
    whole = [[side] if metrics.horizontalAdvance(side) <= room else _SIGN.split(side) for side in sides]
    return [piece for pieces in whole for piece in pieces]
