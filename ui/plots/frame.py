"""Where the numbers of a chart painted by hand stand."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

_FAR = 50.0  # heights of the frame


@dataclass(frozen=True)
class Frame:
    """Which x and which y are in sight, and in which box."""

    left: float
    right: float
    bottom: float
    top: float
    box: QRectF

    def point(self, x: float, y: float) -> QPointF:
        """Return where a pair of x and y is drawn; what is far above or below stays countable."""
        across = (x - self.left) / (self.right - self.left)
        up = min(max((y - self.bottom) / (self.top - self.bottom), -_FAR), _FAR)
        box = self.box
        return QPointF(box.left() + across * box.width(), box.bottom() - up * box.height())

    def x_at(self, place: float) -> float:
        """Return the x that is drawn at a place."""
        return self.left + (place - self.box.left()) / self.box.width() * (self.right - self.left)
