"""One link of the chain of reactions: a quantity, its number, and the derivative that leads on from it."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.fonts import TEXT_SIZE, math_font, text_font
from ui.theme import Theme
from ui.widgets.chain_reading import ReactionText

SYMBOL_SIZE, PARTIAL_SIZE = 16, 13
LINE = 28
SECOND_LINE = 20
MARGIN = 10
INDENT = 14
CAP = 5
"""Half the height of a capital: how far below the middle of a line the writing stands."""
SYMBOL_WIDTH = 64
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ReactionRow(QAbstractButton):
    """Shows a `ReactionText`; pointed at, by the mouse or the keyboard, it says so, and can be clicked."""

    pointed = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._reaction: ReactionText | None = None
        self._lit = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._symbol_font, self._partial_font = math_font(SYMBOL_SIZE), math_font(PARTIAL_SIZE)
        self._value_font = text_font(TEXT_SIZE)

    @property
    def reaction(self) -> ReactionText:
        """What the row shows."""
        assert self._reaction is not None
        return self._reaction

    @property
    def is_lit(self) -> bool:
        """Whether what the row shows is pointed at, here or elsewhere."""
        return self._lit

    def show_reaction(self, reaction: ReactionText) -> None:
        """Show another link."""
        if reaction == self._reaction:
            return
        self._reaction = reaction
        self.setAccessibleName(reaction.spoken)
        self.setToolTip(reaction.spoken)
        self.update()

    def set_lit(self, lit: bool) -> None:
        """Light the row up, or no longer."""
        if lit != self._lit:
            self._lit = lit
            self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    @property
    def _left(self) -> int:
        return MARGIN + (INDENT if self.reaction.indented else 0)

    def needs_two_lines(self, width: int) -> bool:
        """Tell whether the derivative has no room beside the number."""
        return self._left + self._first_width() + self._partial_width() + MARGIN > width

    def _first_width(self) -> int:
        """Return what symbol and number take, and the gap behind them."""
        symbol = QFontMetrics(self._symbol_font).horizontalAdvance(self.reaction.symbol)
        value = QFontMetrics(self._value_font).horizontalAdvance(self.reaction.value)
        return max(symbol + 8, SYMBOL_WIDTH) + value + 8

    def _partial_width(self) -> int:
        return QFontMetrics(self._partial_font).horizontalAdvance(self.reaction.partial)

    def set_two_lines(self, two: bool) -> None:
        """Put the derivative below the number, or beside it."""
        self.setFixedHeight(LINE + (SECOND_LINE if two else 0))

    # -- Qt --------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(200, LINE)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.pointed.emit(True)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pointed.emit(False)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.pointed.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.pointed.emit(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, reaction = self._theme, self.reaction
        marked = self._lit or self.hasFocus()
        painter.setPen(theme.color("accent" if marked else "line"))
        painter.setBrush(theme.color("accent_wash" if self._lit else "field"))
        left = self._left - MARGIN
        painter.drawRoundedRect(QRectF(left + 0.5, 0.5, self.width() - left - 1, self.height() - 1), 6, 6)
        baseline = LINE / 2 + CAP
        painter.setPen(theme.color("text"))
        painter.setFont(self._symbol_font)
        painter.drawText(QPointF(self._left, baseline), reaction.symbol)
        symbol = painter.fontMetrics().horizontalAdvance(reaction.symbol)
        painter.setFont(self._value_font)
        painter.drawText(QPointF(self._left + max(symbol + 8, SYMBOL_WIDTH), baseline), reaction.value)
        painter.setPen(theme.color("accent_text" if self._lit else "text_quiet"))
        painter.setFont(self._partial_font)
        room = self.width() - self._left - MARGIN
        partial = painter.fontMetrics().elidedText(reaction.partial, Qt.TextElideMode.ElideMiddle, room)
        right = self.width() - MARGIN - painter.fontMetrics().horizontalAdvance(partial)
        below = SECOND_LINE if self.height() > LINE else 0
        painter.drawText(QPointF(right, baseline + below), partial)
