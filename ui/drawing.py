"""The commands that change the drawing: what the menu, the keys and the canvas do to the selection."""

from collections.abc import Callable

from bpsim.errors import NetworkError
from bpsim.network import Network, Node
from ui.session import Session
from ui.view_state import Selection

NEW_LAYER_SIZE = 2


def add_layer(session: Session, layer: int | None = None) -> None:
    """Add a hidden layer as number `layer`, or before the output layer."""
    network = session.moment.network
    place = len(network.weights) if layer is None else layer
    try_network(
        session,
        "Add layer",
        lambda: network.with_layer_added(place, NEW_LAYER_SIZE, seed=fresh_seed(network)),
    )


def add_node(session: Session, layer: int | None = None, index: int | None = None) -> None:
    """Add a node to a layer at a place, or after the selected one, or to the last hidden layer."""
    network = session.moment.network
    if layer is None:
        layer, index = _after_selected(session)
    place = network.sizes[layer] if index is None else index
    try_network(session, "Add node", lambda: network.with_node_added(layer, place, seed=fresh_seed(network)))


def delete_selected(session: Session) -> None:
    """Remove the selected nodes with all their weights, and disconnect the selected weights.

    A hidden layer that is selected as a whole goes with its nodes.
    """
    network, selection = session.moment.network, session.selection
    if not selection.nodes and not selection.edges:
        session.notice("Select nodes or weights first: click them, or drag a frame around them.")
        return
    layers = _whole_hidden_layers(network, selection.nodes)

    def without() -> Network:
        changed = network
        for l, i, j in selection.edges:
            changed = changed.with_disconnected(l, i, j)
        changed = changed.with_nodes_removed((l, i) for l, i in selection.nodes if l not in layers)
        for layer in sorted(layers, reverse=True):
            changed = changed.with_layer_removed(layer, fresh_seed(network))
        return changed

    try_network(session, f"Delete {_what(selection, layers)}", without)


def _whole_hidden_layers(network: Network, nodes: frozenset[Node]) -> set[int]:
    sizes = network.sizes
    return {l for l in range(1, len(sizes) - 1) if all((l, i) in nodes for i in range(sizes[l]))}


def _what(selection: Selection, layers: set[int]) -> str:
    if layers:
        return "layer" if len(layers) == 1 else "layers"
    if selection.nodes:
        return "node" if len(selection.nodes) == 1 else "nodes"
    return "connection" if len(selection.edges) == 1 else "connections"


def toggle_connection(session: Session) -> None:
    """Connect two selected nodes of neighbouring layers, or disconnect them."""
    nodes = sorted(session.selection.nodes)
    if len(nodes) != 2 or nodes[1][0] != nodes[0][0] + 1:
        session.notice("Select one node and one of the next layer: the second one with Shift.")
        return
    (l, j), (_, i) = nodes
    toggle_weight(session, l, i, j)


def toggle_weight(session: Session, l: int, i: int, j: int) -> None:
    """Disconnect node j of layer l from node i of layer l + 1, or connect them by a new weight."""
    network = session.moment.network
    if network.masks[l][i, j]:
        try_network(session, "Disconnect", lambda: network.with_disconnected(l, i, j))
    else:
        value = Network.dense([1, 1], seed=fresh_seed(network)).weights[0][0, 0]
        try_network(session, "Connect", lambda: network.with_connected(l, i, j, float(value)))


def select_all(session: Session) -> None:
    """Select every node."""
    sizes = session.moment.network.sizes
    session.select(Selection(frozenset((l, i) for l, size in enumerate(sizes) for i in range(size))))


def new_weights(session: Session) -> None:
    """Start a new training from new weights, drawn by the next seed."""
    now = session.moment
    settings = now.settings.with_(weight_seed=now.settings.weight_seed + 1)
    drawn = now.network.initialized(settings.initializer, settings.weight_seed, settings.initializer_scale)
    session.edit("New weights", network=drawn, settings=settings, restart=True)


def same_weights(session: Session) -> None:
    """Start a new training from the weights that this one started from, with the present settings."""
    session.edit("Same weights again", network=session.project.network, restart=True)


def try_network(session: Session, text: str, make: Callable[[], Network], merge: str | None = None) -> bool:
    """Make an edit of the network, or say why it cannot be made; tell which."""
    try:
        network = make()
    except NetworkError as error:
        session.notice(str(error))
        return False
    session.edit(text, network=network, merge=merge)
    return True


def fresh_seed(network: Network) -> int:
    """Return a seed for a new part of a network: the next part gets another one."""
    return network.n_parameters


def _after_selected(session: Session) -> tuple[int, int | None]:
    """Return the layer and place after the selected node, or the last hidden layer's end."""
    nodes = sorted(session.selection.nodes)
    if nodes:
        layer, index = nodes[-1]
        return layer, index + 1
    return max(len(session.moment.network.weights) - 1, 0), None
