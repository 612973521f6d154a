"""What a click or a release would do, drawn before it is done."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from ui.canvas.brushes import face, metrics, mixed
from ui.canvas.items import PictureItem
from ui.canvas.picture import Picture

_HINT_HEIGHT = 22.0


@dataclass(frozen=True)
class Preview:
    """Shapes and a sentence.

    Parameters
    ----------
    circles : tuple of (x, y, radius)
        Nodes as they would be.
    lines : tuple of (x1, y1, x2, y2)
    frame : (x1, y1, x2, y2) or None
        A rubber band.
    hint : str
        What would happen, in words.
    at : (x, y)
        Where the words stand.
    adds : bool
        Whether the circles are new nodes, marked with a +.
    role : str
        The colour by name: "accent", "wrong" for what takes away or cannot be, "outline" for nothing yet.
    """

    circles: tuple[tuple[float, float, float], ...] = ()
    lines: tuple[tuple[float, float, float, float], ...] = ()
    frame: tuple[float, float, float, float] | None = None
    hint: str = ""
    at: tuple[float, float] = (0.0, 0.0)
    adds: bool = False
    role: str = "accent"


class PreviewItem(PictureItem):
    """Paints the preview over everything else."""

    def __init__(self) -> None:
        super().__init__()
        self.preview: Preview | None = None
        self.setZValue(4)

    def show_preview(self, preview: Preview | None) -> None:
        """Paint another preview from now on, or none."""
        if preview != self.preview:
            self.preview = preview
            self.update()

    def _paint_shapes(self, painter: QPainter, picture: Picture, preview: Preview) -> None:
        color = picture.theme.color(preview.role)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color, 2.5, Qt.PenStyle.DashLine))
        for x1, y1, x2, y2 in preview.lines:
            painter.drawLine(QPointF(x1, y1), QPointF(x2, y2))
        painter.setBrush(mixed(color, 0.12, picture.theme.color("canvas")))
        for x, y, radius in preview.circles:
            painter.setPen(QPen(color, 2.5 if radius > 12 else 1.5, Qt.PenStyle.DashLine))
            painter.drawEllipse(QPointF(x, y), radius, radius)
            if preview.adds and radius >= 9:
                painter.setPen(QPen(color, 2.0))
                painter.drawLine(QPointF(x - 5, y), QPointF(x + 5, y))
                painter.drawLine(QPointF(x, y - 5), QPointF(x, y + 5))
        if preview.frame is not None:
            x1, y1, x2, y2 = preview.frame
            painter.setPen(QPen(color, 1.0, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(QPointF(x1, y1), QPointF(x2, y2)).normalized())

    def _paint_hint(self, painter: QPainter, picture: Picture, preview: Preview) -> None:
        width = metrics("text", 12).horizontalAdvance(preview.hint) + 16
        left = min(max(preview.at[0], 4.0), picture.layout.width - width - 4)
        top = min(max(preview.at[1], 4.0), picture.layout.height - _HINT_HEIGHT - 2)
        box = QRectF(left, top, width, _HINT_HEIGHT)
        painter.setPen(QPen(picture.theme.color(preview.role), 1.0))
        painter.setBrush(picture.theme.color("canvas"))
        painter.drawRoundedRect(box, 6, 6)
        painter.setPen(picture.theme.color("wrong" if preview.role == "wrong" else "text"))
        painter.setFont(face("text", 12))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, preview.hint)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if self.picture is None or self.preview is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_shapes(painter, self.picture, self.preview)
        if self.preview.hint:
            self._paint_hint(painter, self.picture, self.preview)
