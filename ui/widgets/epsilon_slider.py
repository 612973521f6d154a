"""A slider that varies a number by ε and lets it go again."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from ui.widgets.jumping_slider import JumpingSlider

LARGEST = 2.0
_STEPS = 100
_ARROW_KEY, _PAGE_KEY = 5, 20


class EpsilonSlider(JumpingSlider):
    """Chooses ε from −2 to 2, finely near 0.

    Let go of with the mouse, by Escape or by going elsewhere it is 0 again.
    """

    epsilon_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(-_STEPS, _STEPS)
        self.setSingleStep(_ARROW_KEY)
        self.setPageStep(_PAGE_KEY)
        self.valueChanged.connect(lambda _value: self.epsilon_changed.emit(self.epsilon))

    @property
    def epsilon(self) -> float:
        """The chosen ε, of two significant digits: the cube of the way from the middle."""
        return float(f"{LARGEST * (self.value() / _STEPS) ** 3:.1e}")

    def let_go(self) -> None:
        """Go back to 0."""
        self.setSliderDown(False)
        self.setValue(0)

    # -- Qt --------------------------------------------------------------------------------------------------

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.let_go()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.value():
            self.let_go()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.let_go()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the panel scrolls
