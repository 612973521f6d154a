"""A small picture of a data set."""

from collections.abc import Callable
from html import escape

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bpsim.arrays import Array
from bpsim.datasets import Dataset
from ui.widgets.labels import quiet_label

MARGIN = 12
RADIUS = 3.5
MOST_POINTS = 2000
MARKS = "○●□■△▲◇◆"
"""The mark of each class, hollow and full by turns."""


class DataPreview(QWidget):
    """Draws the instances over two inputs, with a mark for each class, or a target over one input."""

    def __init__(self) -> None:
        super().__init__()
        self._picture = _Picture()
        self._text = ""
        self._legend = quiet_label()
        self._legend.setTextFormat(Qt.TextFormat.RichText)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._picture, 1)
        column.addWidget(self._legend)

    def show_data(self, data: Dataset | None) -> None:
        """Draw a data set; None: nothing."""
        if data is None:
            self._picture.show_points(np.zeros((0, 2)), np.zeros(0, dtype=np.intp))
            self._show_legend("")
            return
        marks, legend = _marks(data)
        points = _points(data)
        most = min(MOST_POINTS, len(points))
        self._picture.show_points(points[:most], marks[:most])
        self._show_legend(legend if len(points) else f"{len(data.input_names)} inputs: no picture.")

    @property
    def legend(self) -> str:
        """What the marks mean."""
        return self._text

    def _show_legend(self, text: str) -> None:
        """Show a text with its marks in the colours that they have in the picture."""
        self._text = text
        colors = [color.name() for color in _colors(self.palette())]
        parts = [
            f'<span style="color: {colors[MARKS.index(letter) % 2]}">{letter}</span>'
            if letter in MARKS
            else escape(letter)
            for letter in text.replace("  ", "\u00a0 ")
        ]
        self._legend.setText("".join(parts))


class _Picture(QWidget):
    """Points in a frame, in the colours of the palette."""

    def __init__(self) -> None:
        super().__init__()
        self._points = np.zeros((0, 2))
        self._marks = np.zeros(0, dtype=np.intp)
        self.setMinimumSize(240, 220)

    def show_points(self, points: Array, marks: np.ndarray) -> None:
        """Draw points, each with the number of its mark."""
        self._points, self._marks = points, marks
        self.update()

    def _placed(self, frame: QRectF) -> list[QPointF]:
        """Return the points in the frame, both axes to the same scale where their ranges are alike."""
        if not len(self._points):
            return []
        low, high = self._points.min(axis=0), self._points.max(axis=0)
        span = np.where(high > low, high - low, 1.0)
        if span.max() < 2 * span.min():
            span = np.full(2, span.max())
        shares = (self._points - (low + high) / 2) / span
        center, width, height = frame.center(), frame.width(), frame.height()
        side = min(width, height) if span[0] == span[1] else 0.0
        sides = (side or width, side or height)
        return [QPointF(center.x() + x * sides[0], center.y() - y * sides[1]) for x, y in shares.tolist()]

    # -- Qt ----------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        outer = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(palette.color(QPalette.ColorRole.Midlight))
        painter.setBrush(palette.color(QPalette.ColorRole.Base))
        painter.drawRoundedRect(outer, 6, 6)
        inner = outer.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        colors = _colors(palette)
        for place, mark in zip(self._placed(inner), self._marks.tolist(), strict=True):
            full = bool(mark % 2)
            painter.setPen(QPen(colors[full], 1.2))
            painter.setBrush(colors[full] if full else QColor(Qt.GlobalColor.transparent))
            painter.drawPath(_SHAPES[mark // 2 % len(_SHAPES)](place))


def _colors(palette: QPalette) -> tuple[QColor, QColor]:
    """Return the colours of hollow and of full marks."""
    return palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.Accent)


def _circle(center: QPointF) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(center, RADIUS, RADIUS)
    return path


def _polygon(*corners: tuple[float, float]) -> Callable[[QPointF], QPainterPath]:
    def path_at(center: QPointF) -> QPainterPath:
        path = QPainterPath(center + QPointF(*corners[0]) * RADIUS)
        for corner in corners[1:]:
            path.lineTo(center + QPointF(*corner) * RADIUS)
        path.closeSubpath()
        return path

    return path_at


_SHAPES = (
    _circle,
    _polygon((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    _polygon((0, -1.2), (1.1, 0.8), (-1.1, 0.8)),
    _polygon((0, -1.3), (1.1, 0), (0, 1.3), (-1.1, 0)),
)


def _points(data: Dataset) -> Array:
    """Return where the instances stand, shape (N, 2), or (0, 2) where there is no plane for them."""
    inputs = data.inputs
    if inputs.shape[1] == 1:
        return np.column_stack([inputs[:, 0], data.targets[:, 0]])
    return inputs if inputs.shape[1] == 2 else np.zeros((0, 2))


def _marks(data: Dataset) -> tuple[np.ndarray, str]:
    """Return the number of each instance's mark, and what the marks mean."""
    inputs, target, names = data.inputs.shape[1], data.target_names[0], data.input_names
    if inputs == 1:
        return np.ones(len(data), dtype=np.intp), f"{target} (up) over {names[0]}"
    over = f"{names[1]} (up) over {names[0]}"
    if data.one_hot:
        legend = "  ".join(f"{MARKS[k % len(MARKS)]} {name}" for k, name in enumerate(data.class_names))
        return data.targets.argmax(axis=1) % len(MARKS), f"{over}   {legend}"
    middle = (data.targets[:, 0].min() + data.targets[:, 0].max()) / 2
    high = (data.targets[:, 0] > middle).astype(np.intp)
    low_text, high_text = f"{data.targets[:, 0].min():g}", f"{data.targets[:, 0].max():g}"
    return high, f"{over}   {MARKS[0]} {target} = {low_text}  {MARKS[1]} {target} = {high_text}"
