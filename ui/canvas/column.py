"""The graphics item of a layer: its head and its nodes."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from ui.canvas.brushes import elided, face, fitting_size, metrics, mixed, value_color
from ui.canvas.fields import paint_plate
from ui.canvas.items import PictureItem
from ui.canvas.picture import Picture

_CENTER = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_NO_PEN = Qt.PenStyle.NoPen
_DOT = 4.0  # radius up to which a node is a dot
_TEXTS = 13.0  # distance of nodes from which on there are texts at all
_SPECIAL = 200  # nodes that can stand out from the others
_LIVE_STEPS = 6  # shades of δ on either side of 0 while a run trains


class ColumnItem(PictureItem):
    """One layer: a single item for all of its nodes, so that a thousand of them are drawn in time."""

    def __init__(self, layer: int) -> None:
        super().__init__()
        self._layer = layer
        self.setZValue(2)
        self.setFlag(self.GraphicsItemFlag.ItemUsesExtendedStyleOption)

    # -- what to paint ----------------------------------------------------------------------------------

    def _nodes_in(self, picture: Picture, area: QRectF) -> Iterator[int]:
        """Yield the nodes that are in sight."""
        layout = picture.layout
        rows, reach = layout.rows[self._layer], layout.pitches[self._layer] + layout.radii[self._layer]
        first, last = np.searchsorted(rows, (area.top() - reach, area.bottom() + reach))
        yield from range(int(first), int(last))

    def _fill(self, picture: Picture, node: int) -> QColor:
        delta = picture.reading.delta(self._layer, node)
        if delta is None:
            return picture.theme.color("canvas")
        return picture.theme.delta_color(delta, picture.reading.delta_limit)

    def _is_strong(self, picture: Picture, node: int) -> bool:
        """Tell whether a node takes part now, or everything does."""
        reading, key = picture.reading, (self._layer, node)
        everything = not reading.something_lit or reading.phase == "update"
        return everything or key in reading.lit_nodes or key in reading.helping_nodes

    # -- nodes that are dots ----------------------------------------------------------------------------

    def _paint_dots(self, painter: QPainter, picture: Picture, nodes: list[int]) -> None:
        """Paint nodes that are too small for anything but a colour, and in full those that stand out."""
        if picture.live:
            self._paint_live_dots(painter, picture)
        else:
            self._paint_still_dots(painter, picture, nodes)
        lit = frozenset() if picture.live else picture.reading.lit_nodes
        mouse_and_keys = {picture.current, picture.hovered.node}
        special = lit | picture.selection.nodes | picture.pointed.nodes | mouse_and_keys
        for key in special if len(special) <= _SPECIAL else ():
            if key is not None and key[0] == self._layer:
                self._paint_disc(painter, picture, key[1], self._fill(picture, key[1]))

    def _paint_still_dots(self, painter: QPainter, picture: Picture, nodes: list[int]) -> None:
        theme, reading, layer = picture.theme, picture.reading, self._layer
        x, radius = picture.layout.columns[layer], picture.layout.radii[layer]
        rest = theme.color("outline" if reading.something_lit and not reading.updating else "text")
        deltas, rows = reading.known_deltas[layer], picture.layout.rows[layer].tolist()
        painter.setPen(QPen(rest, 0.5))
        painter.setBrush(rest)
        for node in nodes:
            if node < len(deltas):
                painter.setBrush(theme.delta_color(float(deltas[node]), reading.delta_limit))
            elif node == len(deltas):
                painter.setBrush(rest)
            painter.drawEllipse(QPointF(x, rows[node]), radius, radius)

    def _paint_live_dots(self, painter: QPainter, picture: Picture) -> None:
        """Paint all dots of a layer in few colours, those of one colour at once: it has to be quick."""
        layout, layer, limit = picture.layout, self._layer, picture.reading.delta_limit
        rows, width, deltas = layout.rows[layer], 2 * layout.radii[layer], picture.reading.known_deltas[layer]

        def paint(rows: NDArray[np.float64], color: QColor, width: float) -> None:
            painter.setPen(QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawPoints([QPointF(layout.columns[layer], y) for y in rows.tolist()])

        paint(rows, picture.theme.color("text"), width + 1)
        if len(deltas) < len(rows):
            return
        shares = deltas / limit if limit > 0 else np.zeros(len(deltas))
        steps = np.rint(np.clip(shares, -1, 1) * _LIVE_STEPS)
        for step in sorted(set(steps.tolist())):
            paint(rows[steps == step], picture.theme.delta_color(step, _LIVE_STEPS), width)

    # -- nodes ------------------------------------------------------------------------------------------

    def _paint_disc(self, painter: QPainter, picture: Picture, node: int, fill: QColor) -> None:
        layout, theme, key = picture.layout, picture.theme, (self._layer, node)
        center, radius = QPointF(*layout.place(*key)), layout.radii[self._layer]
        if key in picture.selection.nodes:
            painter.setPen(QPen(theme.color("accent"), 1.0))
            painter.setBrush(theme.color("accent_wash"))
            painter.drawEllipse(center, radius + 6, radius + 6)
        if key in picture.reading.lit_nodes and not picture.live:
            painter.setPen(QPen(theme.color("accent"), 3.0 if radius > 8 else 2.0))
            painter.setBrush(theme.color("canvas"))
            apart = 2 if radius <= 8 else 5 if layout.lines(self._layer) == 2 else 3
            painter.drawEllipse(center, radius + apart, radius + apart)
        if key in picture.pointed.nodes:
            painter.setPen(QPen(mixed(theme.color("warning"), 0.5, theme.color("canvas")), 4.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(center, radius + 8, radius + 8)
        if key == picture.current:
            painter.setPen(QPen(theme.color("text"), 1.0, Qt.PenStyle.DotLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(center, radius + 9, radius + 9)
        strong = self._is_strong(picture, node)
        hovered = picture.hovered.node == key
        role = "accent" if hovered and picture.reading.drawing else "text" if strong else "outline"
        painter.setPen(QPen(theme.color(role), 2.0 if strong else 1.5))
        painter.setBrush(fill)
        painter.drawEllipse(center, radius, radius)
        if picture.fields is not None:
            picture.fields.paint(painter, center, radius, key)

    def _fitting_number(self, picture: Picture, node: int) -> tuple[str, int]:
        """Return a number and its size of type: with fewer digits where room is scarce, or none at all."""
        radius, digits = picture.layout.radii[self._layer], picture.reading.view.digits
        for fewer in (digits, *range(min(digits - 1, 3), 0, -1)):
            text = picture.reading.number(self._layer, node, fewer)
            size = fitting_size(text, 1.86 * radius, round(15 * radius / 33), 8)
            if size is not None:
                return text, size
        return "", 0

    def _paint_number(self, painter: QPainter, picture: Picture, node: int, fill: QColor) -> None:
        layout, radius = picture.layout, picture.layout.radii[self._layer]
        x, y = layout.place(self._layer, node)
        text, size = self._fitting_number(picture, node)
        second = picture.reading.second(self._layer, node)
        if not text:
            return
        ink = picture.theme.text_on(fill)
        if picture.reading.delta(self._layer, node) is None:
            ink = picture.theme.color("text" if self._is_strong(picture, node) else "text_quiet")
        small = fitting_size(second, 1.75 * radius - 4, round(12 * radius / 33), 8) if second else None
        shift = 0.2 * radius if small else 0.0
        if picture.fields is not None and self._layer > 0:
            lines = [(text, size), (second, small)] if small else [(text, size)]
            edge = picture.theme.color("canvas")
            paint_plate(painter, QPointF(x, y), lines, fill, edge)
        painter.setPen(ink)
        painter.setFont(face("text", size))
        painter.drawText(QRectF(x - radius, y - radius - shift, 2 * radius, 2 * radius), _CENTER, text)
        if small:
            painter.setFont(face("text", small))
            painter.drawText(QRectF(x - radius, y + 0.12 * radius, 2 * radius, 0.6 * radius), _CENTER, second)

    def _paint_symbol(self, painter: QPainter, picture: Picture, node: int) -> None:
        theme, layer = picture.theme, self._layer
        if layer > 0 and not picture.shows_symbols(layer) and not picture.names_beside(layer):
            return
        box = symbol_box(picture, layer, node)
        lit = (layer, node) in picture.reading.lit_nodes
        if layer > 0 and (picture.names_beside(layer) or picture.layout.lines(layer) == 2):
            painter.fillRect(box, theme.color("canvas"))
        painter.setFont(face("math", symbol_size(picture, layer)))
        painter.setPen(theme.color("accent" if lit else "text_quiet"))
        painter.drawText(box, _CENTER, picture.reading.symbol(layer, node))

    def _paint_bias(self, painter: QPainter, picture: Picture, node: int) -> None:
        box = bias_box(picture, self._layer, node)
        text, size = bias_text(picture, self._layer, node)
        theme, hovered = (
            picture.theme,
            picture.hovered.kind == "bias" and picture.hovered.node == (self._layer, node),
        )
        lit = (self._layer, node) in picture.reading.lit_nodes and picture.reading.phase in (
            "forward",
            "gradient",
        )
        strong = self._is_strong(picture, node)
        color = value_color(theme, float(picture.reading.network.biases[self._layer - 1][node]))
        border = theme.color("accent") if hovered else color if lit or picture.reading.updating else None
        painter.setPen(QPen(border, 1.2) if border else _NO_PEN)
        painter.setBrush(theme.color("canvas"))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setPen(color if strong else mixed(color, 0.75, theme.color("text_quiet")))
        painter.setFont(face("text", size))
        painter.drawText(box, _CENTER, text)

    def _paint_beside(self, painter: QPainter, picture: Picture, node: int) -> None:
        layout, theme, scale = picture.layout, picture.theme, picture.layout.scale
        (x, y), line = layout.place(self._layer, node), 16.5 * scale
        lines = picture.reading.beside(node)[: int(layout.pitches[self._layer] // line)]
        size = round(13 * scale)
        left, top = x + layout.radii[self._layer] + 16, y - line * len(lines) / 2
        for number, text in enumerate(lines):
            room = layout.width - left - 4
            fitting = fitting_size(text, room, size, 8) or 8
            painter.setPen(theme.color("text" if number == 0 else "text_quiet"))
            painter.setFont(face("text", fitting))
            painter.drawText(
                QRectF(left, top + number * line, room, line), _LEFT, elided(text, room, fitting)
            )

    def _paint_total_error(self, painter: QPainter, picture: Picture) -> None:
        layout, scale, text = picture.layout, picture.layout.scale, picture.reading.total_error()
        if layout.sizes[self._layer] == 1 or not picture.shows_error_below:
            return
        painter.setPen(picture.theme.color("text"))
        painter.setFont(face("text", round(13 * scale), bold=True))
        left = layout.columns[self._layer] + layout.radii[self._layer] + 16
        painter.drawText(QRectF(left, picture.error_top, layout.width - left, 20 * scale), _LEFT, text)

    def _paint_texts(self, painter: QPainter, picture: Picture, node: int, fill: QColor) -> None:
        layout = picture.layout
        if layout.has_numbers(self._layer):
            self._paint_number(painter, picture, node, fill)
        self._paint_symbol(painter, picture, node)
        if self._layer == len(layout.sizes) - 1:
            self._paint_beside(painter, picture, node)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        picture = self.picture
        if picture is None or self._layer >= len(picture.layout.sizes):
            return
        area = option.exposedRect
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        nodes = list(self._nodes_in(picture, area))
        if picture.layout.radii[self._layer] <= _DOT:
            self._paint_dots(painter, picture, nodes)
            return
        if picture.live:
            for node in nodes:
                self._paint_disc(painter, picture, node, self._fill(picture, node))
            return
        fills = [self._fill(picture, node) for node in nodes]
        for node, fill in zip(nodes, fills, strict=True):
            self._paint_disc(painter, picture, node, fill)
        if picture.shows_biases(self._layer) or picture.biases_beside(self._layer):
            for node in nodes:  # over the rings of the nodes, which would strike them through
                self._paint_bias(painter, picture, node)
        if picture.layout.pitches[self._layer] >= _TEXTS:
            for node, fill in zip(nodes, fills, strict=True):
                self._paint_texts(painter, picture, node, fill)
        if self._layer == len(picture.layout.sizes) - 1:
            self._paint_total_error(painter, picture)


def symbol_size(picture: Picture, layer: int) -> int:
    """Return the size of the symbols of a layer: smaller where nodes are closer to each other than a line."""
    if layer > 0 and picture.shows_symbols(layer):
        return round(16 * picture.layout.scale)
    return min(
        round((16 if layer == 0 else 13) * picture.layout.scale), int(0.65 * picture.layout.pitches[layer])
    )


def symbol_box(picture: Picture, layer: int, node: int) -> QRectF:
    """Return the box of a node's symbol: above it, or on its left."""
    layout, key = picture.layout, (layer, node)
    (x, y), radius, size = layout.place(layer, node), layout.radii[layer], symbol_size(picture, layer)
    width = metrics("math", size).horizontalAdvance(picture.reading.symbol(layer, node)) + 4
    height = min(18 * layout.scale, 1.4 * size)
    stands_out = key in picture.reading.lit_nodes or key in picture.selection.nodes
    if layer > 0 and picture.shows_symbols(layer):
        lift = (6.0 if layout.lines(layer) == 2 else 4.0) if stands_out else 1.0
        return QRectF(x - width / 2, y - radius - lift - height, width, height)
    apart = 10.0 if layer == 0 else 7.0 if stands_out else 2.0
    return QRectF(x - radius - apart - width, y - height / 2, width, height)


def bias_text(picture: Picture, layer: int, node: int) -> tuple[str, int]:
    """Return the text below a node and its size of type, such that it fits beside those of other layers."""
    reading, scale = picture.reading, picture.layout.scale
    room = (0.4 if picture.biases_beside(layer) else 0.9) * picture.layout.gap
    usual, small = round(11 * scale), max(8, round(9 * scale))
    texts = reading.bias_texts(layer, node)
    for form, size in ((texts[0], usual), *((text, small) for text in texts)):
        if metrics("text", size).horizontalAdvance(form) + 12 * scale <= room:
            return form, size
    return texts[-1], small


def bias_box(picture: Picture, layer: int, node: int) -> QRectF:
    """Return the box of the text below a node."""
    layout = picture.layout
    (x, y), scale = layout.place(layer, node), layout.scale
    text, size = bias_text(picture, layer, node)
    width = metrics("text", size).horizontalAdvance(text) + 12 * scale
    lit = (layer, node) in picture.reading.lit_nodes or (layer, node) in picture.selection.nodes
    if picture.biases_beside(layer):
        apart = 7.0 if lit else 2.0
        return QRectF(x + layout.radii[layer] + apart, y - 7.5 * scale, width, 15 * scale)
    left = x - width / 2
    if layer == len(layout.sizes) - 1:  # ŷ, y and E of the outputs stand on their right
        left = min(left, x + layout.radii[layer] + 12 - width)
    return QRectF(left, y + layout.radii[layer] + (5 if lit else 2), width, 15.5 * scale)
