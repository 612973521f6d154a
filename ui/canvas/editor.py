"""A field over the drawing to type one number into."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.canvas import edits
from ui.canvas.picture import Picture, Target
from ui.canvas.reading import low
from ui.canvas.tips import node_sentence, weight_sentence
from ui.numbers import NumberFormat
from ui.session import Session
from ui.view_state import Edge, Selection
from ui.widgets.number_field import NumberField

_WIDTH, _HEIGHT = 110, 28
_FRAME = 28  # what the field is wider than its text


@dataclass(frozen=True)
class Edited:
    """A number that is typed: what it is, its value, where it stands, and what to do with the new one."""

    name: str
    value: float
    place: tuple[float, float]
    set_value: Callable[[float], None]


class NumberEditor(NumberField):
    """Takes one number: Enter and leaving hand it on, Esc leaves everything as it was."""

    closed = Signal(bool)
    """Says whether the keyboard was in the field: the one who opened it then takes it over."""

    def __init__(self, edited: Edited, number_format: NumberFormat, parent: QWidget) -> None:
        super().__init__(number_format, parent=parent)
        self._open = True
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAccessibleName(edited.name)
        self.setToolTip(edited.name)
        self.set_value(edited.value)
        self.value_entered.connect(edited.set_value)

    def open_at(self, place: QPoint) -> None:
        """Show it with its middle at a place of the parent, with the number selected."""
        parent = self.parentWidget()
        assert parent is not None
        area = parent.rect()
        width = max(_WIDTH, self.fontMetrics().horizontalAdvance(self._full_text()) + _FRAME)
        left = min(max(place.x() - width // 2, 2), max(area.width() - width - 2, 2))
        top = min(max(place.y() - _HEIGHT // 2, 2), max(area.height() - _HEIGHT - 2, 2))
        self.setGeometry(left, top, width, _HEIGHT)
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setSelection(len(self.text()), -len(self.text()))  # the cursor, and so what is seen, at the head

    def close_editor(self) -> None:
        """Take it away, the keyboard first: Qt would hand that of a hidden field on as Tab does."""
        if self._open:
            self._open = False
            self.closed.emit(self.hasFocus())
            self.hide()
            self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.setModified(False)
            self.close_editor()
            return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.problem:
            self.close_editor()

    def focusNextPrevChild(self, _following: bool) -> bool:  # noqa: N802
        self._enter()
        if not self.problem:
            self.close_editor()
        return True

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.close_editor()


def edited_at(session: Session, picture: Picture, target: Target) -> Edited | None:
    """Return the number that a double click at a target edits, None where there is none."""
    if target.edge is not None:
        return _weight(session, picture, target.edge)
    if target.node is None:
        return None
    layer, index = target.node
    return _input(session, picture, index) if layer == 0 else _bias(session, picture, layer, index)


def edited_in(session: Session, picture: Picture, selection: Selection) -> Edited | None:
    """Return the number that belongs to a selection: one weight, one node, or two connected nodes."""
    nodes, edges = sorted(selection.nodes), sorted(selection.edges)
    if len(edges) == 1 and not nodes:
        return _weight(session, picture, edges[0])
    if len(nodes) == 1 and not edges:
        return edited_at(session, picture, Target("node", *nodes[0]))
    if len(nodes) == 2 and nodes[1][0] == nodes[0][0] + 1:
        (l, j), (_, i) = nodes
        if picture.reading.network.masks[l][i, j]:
            return _weight(session, picture, (l, i, j))
    return None


def _weight(session: Session, picture: Picture, edge: Edge) -> Edited:
    l, i, j = edge
    network = session.moment.network
    label = next((label for label in picture.labels if label.edge == edge), None)
    start, end = picture.layout.place(l, j), picture.layout.place(l + 1, i)
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2) if label is None else (label.x, label.y)
    return Edited(
        weight_sentence(network, edge), float(network.weights[l][i, j]), middle,
        lambda value: edits.set_weight(session, edge, value),
    )  # fmt: skip


def _bias(session: Session, picture: Picture, layer: int, index: int) -> Edited:
    network = session.moment.network
    x, y = picture.layout.place(layer, index)
    drop = picture.layout.radii[layer] + 11 if picture.shows_biases(layer) else 0.0
    return Edited(
        f"Bias of {network.node_name(layer, index)}", float(network.biases[layer - 1][index]), (x, y + drop),
        lambda value: edits.set_bias(session, (layer, index), value),
    )  # fmt: skip


def _input(session: Session, picture: Picture, index: int) -> Edited | None:
    datum = picture.reading.datum(index)
    if datum is None:
        session.notice("The data have no value for this input: network and data do not fit.")
        return None
    name = f"{node_sentence(session.moment.network, 0, index)}: x{low(index + 1)} of this instance"
    return Edited(
        name, datum, picture.layout.place(0, index), lambda value: edits.set_input(session, index, value)
    )
