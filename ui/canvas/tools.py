"""The gestures of the mouse, one class each: from press to release, with one edit at the release.

A gesture is told where the mouse goes and shows a preview of what the release would do; `cancel` leaves
everything as it was.
"""

from math import hypot
from typing import Protocol

from bpsim.network import Node
from ui import drawing
from ui.canvas import edits
from ui.canvas.picture import Picture, Target
from ui.canvas.pointing import quantity_at
from ui.canvas.preview import Preview
from ui.session import Session
from ui.view_state import Selection

DRAG = 6.0
"""Pixels from which on a press with movement is a drag."""

Point = tuple[float, float]


class Canvas(Protocol):
    """What gestures need of the view."""

    @property
    def session(self) -> Session:
        """Whom edits go to."""

    @property
    def picture(self) -> Picture:
        """What is shown."""

    def show_preview(self, preview: Preview | None) -> None:
        """Show what the release would do."""

    def scroll_by(self, dx: float, dy: float) -> None:
        """Move what is seen."""


class Gesture:
    """From press to release; the base of all of them."""

    def __init__(self, canvas: Canvas, start: Point, adding: bool = False) -> None:
        self.canvas, self.start, self.adding = canvas, start, adding

    def move(self, point: Point) -> None:
        """Follow the mouse."""

    def release(self, point: Point) -> None:
        """Do it."""

    def cancel(self) -> None:
        """Leave everything as it was."""
        self.canvas.show_preview(None)

    def _is_drag(self, point: Point) -> bool:
        return hypot(point[0] - self.start[0], point[1] - self.start[1]) > DRAG


class Pan(Gesture):
    """Drag what is seen."""

    def move(self, point: Point) -> None:
        """Follow the mouse: the point that was pressed stays under it."""
        self.canvas.scroll_by(self.start[0] - point[0], self.start[1] - point[1])


class PanOrDeselect(Pan):
    """Drag what is seen; without movement, select nothing."""

    def __init__(self, canvas: Canvas, start: Point, adding: bool = False) -> None:
        super().__init__(canvas, start, adding)
        self._dragged = False

    def move(self, point: Point) -> None:
        """Follow the mouse."""
        self._dragged = self._dragged or self._is_drag(point)
        super().move(point)

    def release(self, point: Point) -> None:
        """Select nothing, and ask about nothing, if it was a click."""
        if not self._dragged:
            self.canvas.session.select(Selection())
            self.canvas.session.set_focus(None)


class Select(Gesture):
    """Select what is clicked; with Shift, as well as what is selected, or not any more."""

    def __init__(self, canvas: Canvas, start: Point, target: Target, adding: bool = False) -> None:
        super().__init__(canvas, start, adding)
        self._target = target

    def release(self, point: Point) -> None:
        """Select it."""
        nodes = frozenset({self._target.node} - {None})
        edges = frozenset({self._target.edge} - {None})
        chosen = Selection(nodes, edges)  # type: ignore[arg-type]
        old = self.canvas.session.selection
        if self.adding:
            chosen = Selection(old.nodes ^ chosen.nodes, old.edges ^ chosen.edges)
        self.canvas.session.select(chosen)


class Ask(Select):
    """Select what is clicked, and ask about the number that stands there."""

    def release(self, point: Point) -> None:
        """Do both."""
        super().release(point)
        self.canvas.session.set_focus(quantity_at(self.canvas.picture.reading, self._target))


class PressNode(Gesture):
    """A press on a node: a click selects it; a drag in its column moves it, a drag out of it connects it."""

    def __init__(self, canvas: Canvas, start: Point, target: Target, adding: bool = False) -> None:
        super().__init__(canvas, start, adding)
        node = (target.layer, target.index)
        self._select = Select(canvas, start, target, adding)
        self._moving = MoveNode(canvas, start, node)
        self._connecting = ConnectNodes(canvas, start, node)
        self._dragged = False

    def _chosen(self, point: Point) -> Gesture:
        if not self._dragged:
            return self._select
        column = self.canvas.picture.layout.column_at(point[0])
        return self._moving if column == self._moving.node[0] else self._connecting

    def move(self, point: Point) -> None:
        """Show what the release would do here."""
        self._dragged = self._dragged or self._is_drag(point)
        self._chosen(point).move(point)

    def release(self, point: Point) -> None:
        """Do it."""
        self.canvas.show_preview(None)
        self._chosen(point).release(point)


class MoveNode(Gesture):
    """Drag a node up or down to another place in its layer."""

    def __init__(self, canvas: Canvas, start: Point, node: Node) -> None:
        super().__init__(canvas, start)
        self.node = node

    def _new_index(self, point: Point) -> int:
        layer, old = self.node
        rows = self.canvas.picture.layout.rows[layer]
        return int(sum(row < point[1] for index, row in enumerate(rows.tolist()) if index != old))

    def move(self, point: Point) -> None:
        """Show the node under the mouse, and its new number."""
        layer, old = self.node
        layout, new = self.canvas.picture.layout, self._new_index(point)
        x, radius = layout.columns[layer], layout.radii[layer]
        hint = (
            f"Move to place {new + 1}"
            if new != old
            else "Drag to another place, or to a node of the next layer"
        )
        self.canvas.show_preview(
            Preview(((x, point[1], radius),), hint=hint, at=(x + radius + 14, point[1] - 11),
                    role="accent" if new != old else "outline")
        )  # fmt: skip

    def release(self, point: Point) -> None:
        """Move it."""
        edits.move_node(self.canvas.session, *self.node, self._new_index(point))


class ConnectNodes(Gesture):
    """Drag from a node to one of a neighbouring layer: connects them, or disconnects connected ones."""

    def __init__(self, canvas: Canvas, start: Point, node: Node) -> None:
        super().__init__(canvas, start)
        self._node = node

    def _weight(self, point: Point) -> tuple[int, int, int] | None:
        """Return the weight between both nodes, None where there can be none."""
        other = self.canvas.picture.layout.node_at(*point)
        if other is None or abs(other[0] - self._node[0]) != 1:
            return None
        (l, j), (_, i) = sorted((other, self._node))
        return l, i, j

    def move(self, point: Point) -> None:
        """Show the line, and whether it would connect or disconnect."""
        layout, weight = self.canvas.picture.layout, self._weight(point)
        x, y = layout.place(*self._node)
        end, hint, role = point, "", "outline"
        other = layout.node_at(*point)
        if weight is not None and other is not None:
            end = layout.place(*other)
            connected = bool(self.canvas.picture.reading.network.masks[weight[0]][weight[1:]])
            hint, role = ("Disconnect", "wrong") if connected else ("Connect", "accent")
        elif other is not None and other != self._node:
            hint, role = "Only nodes of neighbouring layers can be connected", "wrong"
        at = (point[0] + 14, point[1] + 14)
        self.canvas.show_preview(Preview(lines=((x, y, *end),), hint=hint, at=at, role=role))

    def release(self, point: Point) -> None:
        """Connect or disconnect them."""
        weight, session = self._weight(point), self.canvas.session
        other = self.canvas.picture.layout.node_at(*point)
        if weight is not None:
            drawing.toggle_weight(session, *weight)
        elif other is not None and other != self._node:
            session.notice("A connection leads from a node to one of the next layer.")


class PressRoom(Gesture):
    """A press on free room: a click adds a node or a layer there, a drag draws a rubber band."""

    def __init__(self, canvas: Canvas, start: Point, target: Target, adding: bool = False) -> None:
        super().__init__(canvas, start, adding)
        self._click: Gesture = _ADDING.get(target.kind, Deselect)(canvas, start, target)
        self._band = RubberBand(canvas, start, adding)
        self._dragged = False

    def move(self, point: Point) -> None:
        """Show what the release would do here."""
        self._dragged = self._dragged or self._is_drag(point)
        (self._band if self._dragged else self._click).move(point)

    def release(self, point: Point) -> None:
        """Do it."""
        self.canvas.show_preview(None)
        (self._band if self._dragged else self._click).release(point)


class RubberBand(Gesture):
    """Drag a frame around nodes to select them."""

    def move(self, point: Point) -> None:
        """Show the frame."""
        self.canvas.show_preview(Preview(frame=(*self.start, *point)))

    def release(self, point: Point) -> None:
        """Select what is in it."""
        session = self.canvas.session
        nodes = frozenset(self.canvas.picture.layout.nodes_within(*self.start, *point))
        old = session.selection if self.adding else Selection()
        session.select(Selection(old.nodes | nodes, old.edges))


class _Click(Gesture):
    """A click at a target."""

    def __init__(self, canvas: Canvas, start: Point, target: Target) -> None:
        super().__init__(canvas, start)
        self.target = target


class Deselect(_Click):
    """Select nothing."""

    def release(self, point: Point) -> None:
        """Do it."""
        self.canvas.session.select(Selection())


class AddNode(_Click):
    """Add a node at this place of a column."""

    def move(self, point: Point) -> None:
        """Show the node."""
        self.canvas.show_preview(preview_of(self.canvas.picture, self.target))

    def release(self, point: Point) -> None:
        """Add it, and select it."""
        session, place = self.canvas.session, (self.target.layer, self.target.index)
        before = session.moment.network
        drawing.add_node(session, *place)
        if session.moment.network is not before:
            session.select(Selection(frozenset({place})))


class AddLayer(_Click):
    """Add a hidden layer between two columns."""

    def move(self, point: Point) -> None:
        """Show the layer."""
        self.canvas.show_preview(preview_of(self.canvas.picture, self.target))

    def release(self, point: Point) -> None:
        """Add it, and select its nodes."""
        session, layer = self.canvas.session, self.target.layer
        before = session.moment.network
        drawing.add_layer(session, layer)
        if session.moment.network is not before:
            nodes = frozenset((layer, index) for index in range(session.moment.network.sizes[layer]))
            session.select(Selection(nodes))


_ADDING: dict[str, type[_Click]] = {"slot": AddNode, "gap": AddLayer}


def preview_of(picture: Picture, target: Target) -> Preview | None:
    """Return what a click at a target would do, None where it adds nothing."""
    layout = picture.layout
    if target.kind == "slot":
        x, y, radius = layout.slot_place(target.layer, target.index)
        title = picture.reading.network.layer_title(target.layer).lower()
        at = (layout.columns[target.layer] + max(layout.radii[target.layer], radius) + 14, y - 11)
        return Preview(
            ((x, y, radius),), hint=f"Add node {target.index + 1} of the {title}", at=at, adds=True
        )
    if target.kind == "gap":
        x, middle = layout.gap_place(target.layer), (layout.top + layout.bottom) / 2
        radius = min(22.0, 0.12 * layout.gap)
        line = (x, layout.top - 8, x, layout.bottom)
        circles = ((x, middle - 1.6 * radius, radius), (x, middle + 1.6 * radius, radius))
        hint = f"Add a hidden layer of {drawing.NEW_LAYER_SIZE} nodes"
        return Preview(circles, (line,), hint=hint, at=(x + radius + 10, layout.top - 8), adds=True)
    return None
