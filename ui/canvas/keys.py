"""What the keys do on the drawing while the network is drawn: everything that the mouse does."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from bpsim.network import Network, Node
from ui import drawing
from ui.canvas import edits
from ui.session import Session
from ui.view_state import Edge, Selection

Key, Modifier = Qt.Key, Qt.KeyboardModifier

_WALK: dict[int, tuple[int, int]] = {
    Key.Key_Left: (-1, 0), Key.Key_Right: (1, 0), Key.Key_Up: (0, -1), Key.Key_Down: (0, 1),
}  # fmt: skip


@dataclass
class Keyboard:
    """Where the keyboard is, and what its keys do there.

    Arrows walk and select, with Shift they add to the selection, with Ctrl they only walk and Space selects
    or deselects; Alt with ↑ and ↓ moves the node. W selects the weights into the node one after the other.
    Insert and + add a node, C connects or disconnects two selected nodes, L adds a layer after this one,
    Delete deletes, Enter edits the number.
    """

    session: Session
    edit_selected: Callable[[], None]
    current: Node | None = None

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key says; False if it says nothing here."""
        action = self._action(event)
        if action is None:
            return False
        action()
        return True

    def means_something(self, event: QKeyEvent) -> bool:
        """Tell whether a key does something here, so that it is not the window's."""
        return self._action(event) is not None

    def forget(self, network: Network) -> None:
        """Leave a node that does not exist any more."""
        if self.current is not None:
            layer, index = self.current
            gone = layer >= len(network.sizes) or index >= network.sizes[layer]
            self.current = None if gone else self.current

    def step(self, forwards: bool) -> bool:
        """Go to the next or previous node of all; False where there is none."""
        sizes = self.session.moment.network.sizes
        nodes = [(layer, index) for layer, size in enumerate(sizes) for index in range(size)]
        at = nodes.index(self.current) if self.current in nodes else (-1 if forwards else len(nodes))
        following = at + (1 if forwards else -1)
        if not 0 <= following < len(nodes):
            return False
        self._go(nodes[following])
        return True

    def _action(self, event: QKeyEvent) -> Callable[[], None] | None:
        key, modifiers = event.key(), event.modifiers() & ~Modifier.KeypadModifier
        if key in _WALK:
            return self._walking(key, modifiers)
        plain = modifiers == Modifier.NoModifier
        if key == Key.Key_Plus and modifiers in (Modifier.NoModifier, Modifier.ShiftModifier):
            return lambda: self._add_node()
        return self._simple().get(key) if plain else None

    def _simple(self) -> dict[int, Callable[[], None]]:
        session = self.session
        return {
            Key.Key_Insert: self._add_node,
            Key.Key_Delete: lambda: drawing.delete_selected(session),
            Key.Key_Backspace: lambda: drawing.delete_selected(session),
            Key.Key_Return: self.edit_selected,
            Key.Key_Enter: self.edit_selected,
            Key.Key_F2: self.edit_selected,
            Key.Key_C: lambda: drawing.toggle_connection(session),
            Key.Key_L: self._add_layer,
            Key.Key_W: self._next_weight,
            Key.Key_Space: self._toggle_current,
        }

    def _walking(self, key: int, modifiers: Qt.KeyboardModifier) -> Callable[[], None] | None:
        across, down = _WALK[key]
        if modifiers == Modifier.AltModifier:
            return (lambda: self._move_current(down)) if down else None
        if modifiers not in (Modifier.NoModifier, Modifier.ShiftModifier, Modifier.ControlModifier):
            return None
        return lambda: self._walk(across, down, modifiers)

    def _walk(self, across: int, down: int, modifiers: Qt.KeyboardModifier) -> None:
        sizes = self.session.moment.network.sizes
        if self.current is None:
            target = min(self.session.selection.nodes, default=(0, 0))
        else:
            layer = min(max(self.current[0] + across, 0), len(sizes) - 1)
            index = self.current[1] if not across else _beside(self.current, layer, sizes)
            target = layer, min(max(index + down, 0), sizes[layer] - 1)
        if modifiers == Modifier.ControlModifier:
            self.current = target
        else:
            self._go(target, adding=modifiers == Modifier.ShiftModifier)

    def _go(self, node: Node, adding: bool = False) -> None:
        self.current = node
        old = self.session.selection if adding else Selection()
        self.session.select(Selection(old.nodes | {node}, old.edges))

    def _toggle_current(self) -> None:
        if self.current is not None:
            old = self.session.selection
            self.session.select(Selection(old.nodes ^ {self.current}, old.edges))

    def _move_current(self, down: int) -> None:
        if self.current is None:
            return
        layer, index = self.current
        new = min(max(index + down, 0), self.session.moment.network.sizes[layer] - 1)
        self.current = layer, new
        edits.move_node(self.session, layer, index, new)

    def _add_node(self) -> None:
        before = self.session.moment.network
        chosen = max(self.session.selection.nodes, default=None)
        drawing.add_node(self.session)
        if chosen is not None and self.session.moment.network is not before:
            self._go((chosen[0], chosen[1] + 1))

    def _add_layer(self) -> None:
        layer = self.current[0] if self.current is not None else 0
        drawing.add_layer(self.session, min(layer + 1, len(self.session.moment.network.weights)))

    def _next_weight(self) -> None:
        """Select the next of the weights that lead into the node, or out of an input."""
        if self.current is None:
            return
        weights = _weights_at(self.session.moment.network, self.current)
        selected = sorted(self.session.selection.edges)
        at = weights.index(selected[0]) if len(selected) == 1 and selected[0] in weights else -1
        if weights:
            self.session.select(Selection(edges=frozenset({weights[(at + 1) % len(weights)]})))


def _beside(node: Node, layer: int, sizes: tuple[int, ...]) -> int:
    """Return the node of another layer that stands at about the same height."""
    share = (node[1] + 0.5) / sizes[node[0]]
    return int(share * sizes[layer])


def _weights_at(network: Network, node: Node) -> list[Edge]:
    layer, index = node
    if layer == 0:
        return [(0, i, index) for i in range(network.sizes[1]) if network.masks[0][i, index]]
    return [
        (layer - 1, index, j) for j in range(network.sizes[layer - 1]) if network.masks[layer - 1][index, j]
    ]
