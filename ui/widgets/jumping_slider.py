"""A slider whose handle jumps to where the mouse is pressed."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider, QWidget

_NEAR = 2  # pixels beside the handle that count as on it


class JumpingSlider(QSlider):
    """Lies flat, and is dragged from wherever it is pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _jump_to(self, x: int) -> None:
        """Put the handle under the mouse, where the drag then begins."""
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_SliderHandle
        handle = self.style().subControlRect(QStyle.ComplexControl.CC_Slider, option, part, self)
        if not handle.left() - _NEAR <= x <= handle.right() + _NEAR:
            room = self.width() - handle.width()
            left = x - handle.width() // 2
            self.setValue(QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), left, room))

    # -- Qt --------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._jump_to(round(event.position().x()))
        super().mousePressEvent(event)
