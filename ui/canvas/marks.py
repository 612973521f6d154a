"""Badges on nodes that learn nothing: dead, saturated, or the twin of another; the tool tip says why."""

from collections.abc import Iterable
from math import hypot, sqrt

from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from bpsim.layer_stats import NodeMark, stats_of
from bpsim.moment import Moment
from bpsim.network import Node
from ui.canvas.items import PictureItem
from ui.canvas.picture import Picture, Target
from ui.session import Session
from ui.view_state import Selection
from ui.widgets.refresher import Refresher

_BADGE = 6.0  # radius
_SIGNS, _SEEN = 2.8, 1.2  # radius of badges from which on there is room for a sign, and for a dot
_DIAGONAL = 1 / sqrt(2)

Marked = dict[Node, tuple[NodeMark, ...]]


class MarksItem(PictureItem):
    """Paints a badge up on the right of every marked node; inside where nodes are too small for numbers."""

    def __init__(self) -> None:
        super().__init__()
        self.marked: Marked = {}
        self.setZValue(3.5)

    def set_marks(self, marks: Iterable[NodeMark]) -> None:
        """Mark other nodes."""
        marked: Marked = {}
        for mark in marks:
            key = (mark.layer, mark.node)
            marked[key] = (*marked.get(key, ()), mark)
        if marked != self.marked:
            self.marked = marked
            self.update()

    def node_at(self, x: float, y: float) -> Node | None:
        """Return the node whose badge is at a point."""
        if self.picture is None:
            return None
        for node in self.marked:
            center, radius = badge(self.picture, node)
            if radius > 0 and hypot(center.x() - x, center.y() - y) <= radius + 1:
                return node
        return None

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        picture = self.picture
        if picture is None or not self.marked:
            return
        color = picture.theme.color("warning")
        for node, marks in self.marked.items():
            center, radius = badge(picture, node)
            if radius == 0:
                continue
            if radius < _SIGNS:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(color)
                painter.drawEllipse(center, radius, radius)
            else:
                painter.setPen(QPen(color, 1.2))
                painter.setBrush(picture.theme.color("canvas"))
                painter.drawEllipse(center, radius, radius)
                painter.setPen(QPen(color, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
                _paint_sign(painter, marks[0].kind, center, 0.45 * radius)


class Marks(QObject):
    """Keeps the badges up to date: computed after paint, and only so often that nothing waits for them."""

    def __init__(self, view: QWidget, item: MarksItem, session: Session) -> None:
        super().__init__(view)
        self._item, self._session = item, session
        self._refresher = Refresher(view, self._refresh)
        session.moment_changed.connect(self._on_moment_changed)
        session.view_changed.connect(self._refresher.ask)
        self._refresher.ask()

    def tip(self, text: str, target: Target, x: float, y: float) -> str:
        """Return the text of the tool tip at a point, with what is to be said about a marked node."""
        return self._with_reasons(text, self._item.node_at(x, y) or target.node)

    def spoken(self, text: str, selection: Selection) -> str:
        """Return the text about what is selected, with what is to be said about one marked node."""
        node = next(iter(selection.nodes)) if len(selection.nodes) == 1 else None
        return self._with_reasons(text, node).replace("\n\n", ". ")

    def _with_reasons(self, text: str, node: Node | None) -> str:
        marks = self._item.marked.get(node, ()) if node is not None else ()
        return "\n\n".join(part for part in (text, *(mark.why for mark in marks)) if part)

    def _on_moment_changed(self, new: Moment, old: Moment) -> None:
        if new.network.sizes != old.network.sizes:
            self._item.set_marks(())  # they are other nodes now
        if new.network is not old.network or new.dataset is not old.dataset or new.split is not old.split:
            self._refresher.ask()

    def _refresh(self) -> None:
        moment = self._session.moment
        shown = self._session.view.show_marks and moment.misfit is None
        self._item.set_marks(stats_of(moment).marks if shown else ())


def badge(picture: Picture, node: Node) -> tuple[QPointF, float]:
    """Return centre and radius of a node's badge; 0 where there is no room."""
    layout = picture.layout
    (x, y), radius = layout.place(*node), layout.radii[node[0]]
    if not layout.has_numbers(node[0]):
        size = 0.7 * radius
        return QPointF(x, y), size if size >= _SEEN else 0.0
    size = min(_BADGE * layout.scale, 0.45 * radius)
    away = (radius + 0.3 * size) * _DIAGONAL
    return QPointF(x + away, y - away), size


def _paint_sign(painter: QPainter, kind: str, center: QPointF, half: float) -> None:
    """Paint × for a dead node, a flat line for a saturated one, = for a twin."""
    x, y = center.x(), center.y()
    if kind == "dead":
        half *= 0.8
        painter.drawLine(QPointF(x - half, y - half), QPointF(x + half, y + half))
        painter.drawLine(QPointF(x - half, y + half), QPointF(x + half, y - half))
    elif kind == "saturated":
        painter.drawLine(QPointF(x - half, y), QPointF(x + half, y))
    else:
        for apart in (-0.5 * half, 0.5 * half):
            painter.drawLine(QPointF(x - half, y + apart), QPointF(x + half, y + apart))
