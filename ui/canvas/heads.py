"""The heads of the layers: title, and the choice of activation. They stay in sight when one scrolls down."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from bpsim.activations import ACTIVATIONS
from ui.canvas.brushes import elided, face, metrics
from ui.canvas.items import PictureItem
from ui.canvas.picture import Picture

_CENTER = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_TITLE, _LABEL = 13, 12  # sizes of type
_TOP, _LINE = 10.0, 24.0
_BETWEEN = 8.0  # title and activation on one line


class HeadsItem(PictureItem):
    """The heads of all layers, at the top of what is seen; and the error where there is no room below."""

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(3.5)

    def stay_at(self, top: float) -> None:
        """Stand where what is seen begins."""
        if top != self.y():
            self.setY(top)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        picture = self.picture
        if picture is None:
            return
        layout = picture.layout
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.y() > 0:
            painter.fillRect(QRectF(0, 0, layout.width, layout.heads_end), picture.theme.color("canvas"))
        for layer in range(len(layout.sizes)):
            paint_head(painter, picture, layer)
        if layout.sizes[-1] > 1 and not picture.shows_error_below:
            _paint_error(painter, picture)


def _paint_error(painter: QPainter, picture: Picture) -> None:
    """Paint the error of the instance beside the head of the outputs, in the largest type that fits."""
    layout, text, last = picture.layout, picture.reading.total_error(), len(picture.layout.sizes) - 1
    left = max(_title_box(picture, last).right(), head_box(picture, last).right()) + 10 * layout.scale
    room = layout.width - left - 4
    sizes = range(round(_TITLE * layout.scale), 8, -1)
    size = next((s for s in sizes if metrics("text", s, bold=True).horizontalAdvance(text) <= room), 0)
    if size:
        painter.setFont(face("text", size, bold=True))
        painter.setPen(picture.theme.color("text"))
        painter.drawText(QRectF(left, _TOP * layout.scale, room, _LINE * layout.scale), _LEFT, text)


def paint_head(painter: QPainter, picture: Picture, layer: int) -> None:
    """Paint the head of a layer: a drop-down while the network is drawn, words otherwise."""
    painter.setFont(face("text", round(_TITLE * picture.layout.scale)))
    painter.setPen(picture.theme.color("text_quiet"))
    painter.drawText(_title_box(picture, layer), _CENTER, _title(picture, layer))
    if layer > 0 and picture.reading.drawing:
        _paint_choice(painter, picture, layer)
    elif layer > 0:
        size, box = round(_LABEL * picture.layout.scale), head_box(picture, layer)
        painter.setFont(face("text", size))
        painter.drawText(box, _CENTER, elided(_label(picture, layer), box.width(), size))


def head_box(picture: Picture, layer: int) -> QRectF:
    """Return the box of the activation at the head of a layer: below the title, or beside it."""
    layout, scale = picture.layout, picture.layout.scale
    width = _choice_width(picture, layer)
    if layout.has_low_heads:
        left = layout.columns[layer] + (_title_width(picture, layer) + _BETWEEN * scale - width) / 2
        return QRectF(left, _TOP * scale, width, _LINE * scale)
    return QRectF(layout.columns[layer] - width / 2, (_TOP + _LINE) * scale, width, _LINE * scale)


def _title_box(picture: Picture, layer: int) -> QRectF:
    layout, scale = picture.layout, picture.layout.scale
    width, middle = _title_width(picture, layer), layout.columns[layer]
    if layout.has_low_heads and layer > 0:
        middle -= (_choice_width(picture, layer) + _BETWEEN * scale) / 2
    return QRectF(middle - width / 2 - 2, _TOP * scale, width + 4, _LINE * scale)


def _choice_width(picture: Picture, layer: int) -> float:
    layout = picture.layout
    text = metrics("text", round(_LABEL * layout.scale)).horizontalAdvance(_label(picture, layer))
    wide = text + 4 if not picture.reading.drawing else max(text + 32 * layout.scale, 84 * layout.scale)
    title = _title_width(picture, layer) + _BETWEEN * layout.scale if layout.has_low_heads else 0.0
    return min(wide, layout.gap - 8 - title)


def _title_width(picture: Picture, layer: int) -> float:
    return metrics("text", round(_TITLE * picture.layout.scale)).horizontalAdvance(_title(picture, layer))


def _title(picture: Picture, layer: int) -> str:
    """Return the longest form of a layer's title that there is room for."""
    title, layout = picture.reading.network.layer_title(layer), picture.layout
    measure = metrics("text", round(_TITLE * layout.scale))
    room = layout.gap - 8 if not layout.has_low_heads else layout.gap / 2
    forms = (title, title.replace(" layer", ""), str(layer + 1))
    return next((form for form in forms if measure.horizontalAdvance(form) <= room), forms[-1])


def _label(picture: Picture, layer: int) -> str:
    return ACTIVATIONS[picture.reading.network.activations[layer - 1]].label


def _paint_choice(painter: QPainter, picture: Picture, layer: int) -> None:
    theme, scale, box = picture.theme, picture.layout.scale, head_box(picture, layer)
    hovered = picture.hovered.kind == "head" and picture.hovered.layer == layer
    painter.setPen(QPen(theme.color("accent" if hovered else "edge"), 1.0))
    painter.setBrush(theme.color("hover" if hovered else "field"))
    painter.drawRoundedRect(box, 6, 6)
    size, inner = round(_LABEL * scale), box.adjusted(9 * scale, 0, -20 * scale, 0)
    painter.setPen(theme.color("text"))
    painter.setFont(face("text", size))
    painter.drawText(inner, _LEFT, elided(_label(picture, layer), inner.width(), size))
    painter.setPen(QPen(theme.color("text_quiet"), 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    middle, half = QPointF(box.right() - 12 * scale, box.center().y() + 2), 4.0
    painter.drawPolyline([middle + QPointF(-half, -half), middle, middle + QPointF(half, -half)])
