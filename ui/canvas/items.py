"""The graphics items of weights: their lines, and the texts beside them."""

from collections.abc import Iterator
from math import hypot

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from bpsim.arrays import Mask
from ui.canvas.brushes import WIDTHS, ZERO, dense_pen, face, lit_dense_pen, mixed, value_color, weight_pen
from ui.canvas.labels import Label
from ui.canvas.layout import Layout
from ui.canvas.picture import Picture
from ui.canvas.strongest import Indices
from ui.view_state import Edge

_SMOOTH = 700  # lines up to which each can be told apart: smooth, by width, dashed if negative
_ARROWS = 200  # arrow heads that can be told apart
_ARROW = 12.0

Lines = list[tuple[QPen, list[QLineF]]]


class PictureItem(QGraphicsItem):
    """An item that paints a part of a `Picture`."""

    def __init__(self) -> None:
        super().__init__()
        self.picture: Picture | None = None
        self._area = QRectF()
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def show_picture(self, picture: Picture) -> None:
        """Paint another picture from now on."""
        area = QRectF(0, 0, picture.layout.width, picture.layout.height)
        if area != self._area:
            self.prepareGeometryChange()
            self._area = area
        self.picture = picture
        self.update()

    def boundingRect(self) -> QRectF:
        return self._area


class _Places(dict[tuple[int, int], QLineF]):
    """The lines of the weights (i, j) between two layers; each is made when it is first asked for."""

    def __init__(self, layout: Layout, l: int) -> None:
        super().__init__()
        self.layout, self._l = layout, l

    def __missing__(self, pair: tuple[int, int]) -> QLineF:
        layout, l, (i, j) = self.layout, self._l, pair
        line = QLineF(layout.columns[l], layout.rows[l][j], layout.columns[l + 1], layout.rows[l + 1][i])
        return self.setdefault(pair, line)


class EdgesItem(PictureItem):
    """The weights between two layers: one item for all of them."""

    def __init__(self, l: int) -> None:
        super().__init__()
        self._l = l
        self.lines: Lines = []
        self._lit_lines: Lines = []
        self._places: _Places | None = None
        self.setZValue(0)

    def show_picture(self, picture: Picture) -> None:
        """Paint another picture from now on; lines are made anew only if something about them is new."""
        old = self.picture
        if old is None or not _same_lines(old, picture):
            self.lines = self._make(picture, picture.shown.pairs[self._l], lit=False)
        self._lit_lines = self._make(picture, picture.lit.pairs[self._l], lit=True)
        super().show_picture(picture)

    def _make(self, picture: Picture, indices: Indices, lit: bool) -> Lines:
        """Return the lines of some weights by pen, those of small weights first."""
        rows, columns = indices
        if len(rows) == 0:
            return []
        steps, signs = self._steps(picture, indices)
        lines: Lines = []
        for step in sorted(set(steps.tolist())):
            for sign in (True, False) if step % 2 else (False, True):
                chosen = (steps == step) & (signs == sign)
                if chosen.any():
                    pen = _pen(picture, sign, step, lit)
                    lines.append((pen, self._geometry(picture, rows[chosen], columns[chosen])))
        return lines

    def _steps(self, picture: Picture, indices: Indices) -> tuple[NDArray[np.intp], Mask]:
        """Return how strong each line is, 0 to `WIDTHS` − 1 or `ZERO`, and whether its weight is ≥ 0."""
        network = picture.reading.network
        weights = network.weights[self._l][indices]
        if picture.shown.drawn > _SMOOTH:
            steps = np.argsort(np.argsort(np.abs(weights))) * WIDTHS // len(weights)
        else:
            largest = max(float(np.abs(w).max()) for w in network.weights) or 1.0
            steps = np.minimum(np.abs(weights) / largest * WIDTHS, WIDTHS - 1).astype(np.intp)
        return np.where(weights == 0, ZERO, steps), weights >= 0

    def _geometry(self, picture: Picture, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> list[QLineF]:
        if self._places is None or self._places.layout is not picture.layout:
            self._places = _Places(picture.layout, self._l)
        places = self._places
        return [places[pair] for pair in zip(rows.tolist(), columns.tolist(), strict=True)]

    def _marked(self, picture: Picture) -> Iterator[tuple[Edge, str]]:
        """Yield the selected weights and the one under the mouse, with the role of their mark."""
        for edge in picture.selection.edges:
            if edge[0] == self._l:
                yield edge, "accent"
        hovered = picture.hovered.edge
        for edge in picture.pointed.edges:
            if edge[0] == self._l:
                yield edge, "warning"
        if hovered is not None and hovered[0] == self._l and hovered not in picture.pointed.edges:
            yield hovered, "outline"

    def _paint_marks(self, painter: QPainter, picture: Picture) -> None:
        for edge, role in self._marked(picture):
            color = mixed(picture.theme.color(role), 0.3, picture.theme.color("canvas"))
            painter.setPen(QPen(color, 11.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            painter.drawLine(_line(picture, edge))

    def _paint_arrows(self, painter: QPainter, picture: Picture) -> None:
        flow, (rows, columns) = picture.reading.flow, picture.lit.pairs[self._l]
        if flow == 0 or len(rows) > _ARROWS:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(picture.theme.color("accent"))
        for i, j in zip(rows.tolist(), columns.tolist(), strict=True):
            ends = (self._l, j), (self._l + 1, i)
            source, target = ends if flow > 0 else ends[::-1]
            if picture.layout.radii[target[0]] >= 4:
                painter.drawPolygon(_arrow_head(picture, source, target))

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        picture = self.picture
        if picture is None:
            return
        self._paint_marks(painter, picture)
        covered = picture.lit.total == picture.shown.total
        for lines, choice in (
            ([] if covered else self.lines, picture.shown),
            (self._lit_lines, picture.lit),
        ):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, choice.drawn <= _SMOOTH)
            for pen, group in lines:
                painter.setPen(pen)
                painter.drawLines(group)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        self._paint_arrows(painter, picture)


class LabelsItem(PictureItem):
    """The texts beside weights."""

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(3)

    def _paint_label(self, painter: QPainter, picture: Picture, label: Label) -> None:
        l, i, j = label.edge
        theme, reading = picture.theme, picture.reading
        color = value_color(theme, float(reading.network.weights[l][i, j]))
        if label.leader is not None:
            painter.setPen(QPen(color, 1.0, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(label.x, label.y), QPointF(*label.leader))
        prominent = reading.is_lit(label.edge) or label.rank <= 1
        left, top, right, bottom = label.box
        box = QRectF(left, top, right - left, bottom - top)
        painter.setPen(QPen(color, 1.2) if prominent else Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("canvas"))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setPen(color if prominent or not reading.something_lit else theme.color("text_quiet"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, label.text)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        picture = self.picture
        if picture is None:
            return
        for label in picture.labels:
            painter.setFont(face("text", label.form.size))
            self._paint_label(painter, picture, label)


def _pen(picture: Picture, positive: bool, step: int, lit: bool) -> QPen:
    """Return the pen of a line, by how many there are."""
    theme, away = picture.theme, picture.fades and not lit
    if picture.shown.drawn <= _SMOOTH:
        stronger = min(step + lit, WIDTHS - 1) if step != ZERO else ZERO
        return weight_pen(theme, positive, stronger, away)
    if lit and picture.lit.drawn <= _SMOOTH:
        return lit_dense_pen(theme, positive, step)
    return dense_pen(theme, positive, step, away)


def _same_lines(old: Picture, new: Picture) -> bool:
    return (
        old.layout is new.layout
        and old.shown is new.shown
        and old.theme is new.theme
        and old.reading.network is new.reading.network
        and old.fades == new.fades
    )


def _line(picture: Picture, edge: Edge) -> QLineF:
    l, i, j = edge
    return QLineF(QPointF(*picture.layout.place(l, j)), QPointF(*picture.layout.place(l + 1, i)))


def _arrow_head(picture: Picture, source: tuple[int, int], target: tuple[int, int]) -> QPolygonF:
    """Return a triangle whose tip touches the ring around the target."""
    (x1, y1), (x2, y2) = picture.layout.place(*source), picture.layout.place(*target)
    length = hypot(x2 - x1, y2 - y1)
    dx, dy = (x2 - x1) / length, (y2 - y1) / length
    radius, size = (
        picture.layout.radii[target[0]],
        min(_ARROW * picture.layout.scale, picture.layout.radii[target[0]]),
    )
    tip = radius + (7.0 if target in picture.reading.lit_nodes else 1.0)
    back, half = tip + size, size * 0.42
    return QPolygonF(
        _points(
            (x2 - dx * tip, y2 - dy * tip),
            (x2 - dx * back - dy * half, y2 - dy * back + dx * half),
            (x2 - dx * back + dy * half, y2 - dy * back - dx * half),
        )
    )


def _points(*places: tuple[float, float]) -> list[QPointF]:
    return [QPointF(x, y) for x, y in places]
