"""A sentence in the middle of a plot that cannot show what it should."""

from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QTextOption
from PySide6.QtWidgets import QGraphicsItem, QGraphicsTextItem, QStyleOptionGraphicsItem, QWidget

from ui.fonts import SMALL_SIZE, text_font
from ui.theme import Theme

_MARGIN = 12
_GROUND = 0.88  # opacity of what lies behind the text


class PlotRemark(QGraphicsTextItem):
    """Writes in as many lines as the width needs; without a text there is nothing to see."""

    def __init__(self, parent: QGraphicsItem) -> None:
        super().__init__(parent)
        self._ground = QColor()
        self.setFont(text_font(SMALL_SIZE))
        self.document().setDefaultTextOption(QTextOption(Qt.AlignmentFlag.AlignHCenter))
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.setDefaultTextColor(theme.color("wrong"))
        self._ground = theme.color("canvas")
        self._ground.setAlphaF(_GROUND)
        self.update()

    def fit(self, width: int, height: int) -> None:
        """Stand in the middle of so many pixels."""
        self.setTextWidth(max(1, width - 2 * _MARGIN))
        self.setPos(_MARGIN, (height - self.boundingRect().height()) / 2)

    # -- Qt ------------------------------------------------------------------------------------------------

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if self.toPlainText():
            painter.fillRect(self.boundingRect(), self._ground)
            super().paint(painter, option, cast(QWidget, widget))  # it may be None: the stub is too strict
