"""The menus of the drawing: a layer's activation, and what can be done with what is under the mouse.

In free room they end with the actions of the drawing's widget: those for all of it.
"""

from collections.abc import Callable

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from ui import drawing
from ui.canvas import edits
from ui.canvas.picture import Target
from ui.session import Session
from ui.view_state import Selection
from ui.widgets.choices import activation_choices, refused_activations


def activation_menu(session: Session, layer: int, parent: QWidget) -> QMenu:
    """Return the choice of activations of a layer; those it cannot have are disabled and say why."""
    network = session.moment.network
    menu = QMenu("Activation", parent)
    menu.setToolTipsVisible(True)
    group = QActionGroup(menu)
    refused = refused_activations(network, layer)
    for name, label, _ in activation_choices():
        objection = refused.get(name, "")
        action = menu.addAction(label)
        action.setObjectName(f"activation_{name}")
        action.setCheckable(True)
        action.setChecked(name == network.activations[layer - 1])
        action.setEnabled(not objection)
        action.setToolTip(objection)
        action.triggered.connect(lambda _checked=False, name=name: edits.set_activation(session, layer, name))
        group.addAction(action)
    return menu


def context_menu(session: Session, target: Target, edit: Callable[[], None], parent: QWidget) -> QMenu:
    """Return what can be done at a place. A node or weight that is not selected is selected first."""
    _select(session, target)
    menu = QMenu(parent)
    drawing_now = session.view.mode == "draw"
    if target.node is not None:
        _add_node_entries(menu, session, target, edit, drawing_now)
    elif target.edge is not None:
        menu.addAction("Edit weight…", edit)
        if drawing_now:
            menu.addAction("Disconnect", lambda: drawing.delete_selected(session))
    elif drawing_now:
        _add_room_entries(menu, session, target)
    if drawing_now and target.layer > 0 and target.kind in ("node", "bias", "slot", "head"):
        menu.addMenu(activation_menu(session, target.layer, menu))
    if target.node is None and target.edge is None:
        if parent.actions():
            menu.addSeparator()
        menu.addActions(parent.actions())
    return menu


def _add_node_entries(
    menu: QMenu, session: Session, target: Target, edit: Callable[[], None], drawing_now: bool
) -> None:
    menu.addAction("Edit input value…" if target.layer == 0 else "Edit bias…", edit)
    if not drawing_now:
        return
    menu.addAction("Add node", lambda: drawing.add_node(session, target.layer, target.index + 1))
    connect = menu.addAction("Connect or disconnect", lambda: drawing.toggle_connection(session))
    nodes = sorted(session.selection.nodes)
    connect.setEnabled(len(nodes) == 2 and nodes[1][0] == nodes[0][0] + 1)
    menu.addAction("Delete", lambda: drawing.delete_selected(session))
    hidden = 0 < target.layer < len(session.moment.network.weights)
    if hidden:
        menu.addAction("Delete layer", lambda: edits.delete_layer(session, target.layer))


def _add_room_entries(menu: QMenu, session: Session, target: Target) -> None:
    if target.kind == "slot":
        menu.addAction("Add node here", lambda: drawing.add_node(session, target.layer, target.index))
    elif target.kind == "gap":
        menu.addAction("Add hidden layer here", lambda: drawing.add_layer(session, target.layer))
    menu.addAction("Select all", lambda: drawing.select_all(session))


def _select(session: Session, target: Target) -> None:
    node, edge, selection = target.node, target.edge, session.selection
    if node is not None and node not in selection.nodes:
        session.select(Selection(frozenset({node})))
    elif edge is not None and edge not in selection.edges:
        session.select(Selection(edges=frozenset({edge})))
