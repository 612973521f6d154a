"""A slider over several powers of ten."""

from math import log10

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from ui.widgets.jumping_slider import JumpingSlider

_STEPS = 100  # positions for each power of ten
_ARROW_KEY = 5  # about 12 %
_PAGE_KEY = 50  # about three times


class LogSlider(JumpingSlider):
    """Chooses a number from `lowest` to `highest` by its power of ten, rounded to two significant digits.

    `number_changed` comes with every move, `released` once at the end of it, so that it can become one undo
    step. The number that is set from outside stays exact, also beyond the ends.
    """

    number_changed = Signal(float)
    released = Signal(float)

    def __init__(self, lowest: float, highest: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lowest = lowest
        self._number = lowest
        self._sent = lowest
        self.setRange(0, round(_STEPS * log10(highest / lowest)))
        self.setSingleStep(_ARROW_KEY)
        self.setPageStep(_PAGE_KEY)
        self.valueChanged.connect(self._on_moved)

    @property
    def number(self) -> float:
        """The number that was last set or chosen."""
        return self._number

    def set_number(self, number: float) -> None:
        """Show a number (> 0) without telling anybody; one that is being dragged is left alone."""
        if self.isSliderDown():
            return
        self._number = self._sent = number
        with QSignalBlocker(self):
            self.setValue(round(_STEPS * log10(number / self._lowest)))

    def _on_moved(self, position: int) -> None:
        number = float(f"{self._lowest * 10 ** (position / _STEPS):.1e}")
        if number != self._number:
            self._number = number
            self.number_changed.emit(number)

    def _release(self) -> None:
        if self._number != self._sent:
            self._sent = self._number
            self.released.emit(self._number)

    # -- Qt --------------------------------------------------------------------------------------------------

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._release()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        super().keyReleaseEvent(event)
        if not event.isAutoRepeat():
            self._release()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not self.hasFocus():
            event.ignore()  # the panel under the mouse scrolls instead
            return
        super().wheelEvent(event)
        self._release()
