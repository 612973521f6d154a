"""The edits that only the drawing makes: moving nodes, typing numbers, choosing activations."""

from bpsim.data_errors import DataError
from bpsim.datasets import Dataset
from bpsim.network import Network, Node
from ui.canvas.reading import low
from ui.drawing import fresh_seed, try_network
from ui.session import Session
from ui.view_state import Edge, Selection


def move_node(session: Session, layer: int, old: int, new: int) -> None:
    """Move a node within its layer; an input or output takes its column of the data along."""
    if old == new:
        return
    moment = session.moment
    dataset = _moved_data(moment.dataset, moment.network, layer, old, new)
    session.edit("Move node", network=moment.network.with_node_moved(layer, old, new), dataset=dataset)
    session.select(Selection(frozenset({(layer, new)})))


def set_weight(session: Session, edge: Edge, value: float) -> None:
    """Change a weight."""
    try_network(session, "Change weight", lambda: session.moment.network.with_weight(*edge, value))


def set_bias(session: Session, node: Node, value: float) -> None:
    """Change the bias of a node."""
    try_network(session, "Change bias", lambda: session.moment.network.with_bias(node[0] - 1, node[1], value))


def set_input(session: Session, node: int, value: float) -> None:
    """Change an input value of the present instance."""
    moment = session.moment
    try:
        dataset = moment.dataset.with_input(moment.position.instance, node, value)
    except DataError as error:
        session.notice(str(error))
    else:
        session.edit(f"Change x{low(node + 1)}", dataset=dataset)


def set_activation(session: Session, layer: int, name: str) -> None:
    """Choose the activation of a layer."""
    try_network(session, "Change activation", lambda: session.moment.network.with_activation(layer, name))


def delete_layer(session: Session, layer: int) -> None:
    """Remove a hidden layer; its neighbours are joined by new weights."""
    network = session.moment.network
    try_network(session, "Delete layer", lambda: network.with_layer_removed(layer, fresh_seed(network)))


def _moved_data(dataset: Dataset, network: Network, layer: int, old: int, new: int) -> Dataset | None:
    """Return the data whose columns follow the move, None where none has to."""
    if layer == 0 and len(dataset.input_names) == network.sizes[0]:
        return dataset.with_input_moved(old, new)
    if layer == len(network.weights) and len(dataset.target_names) == network.sizes[-1]:
        return dataset.with_target_moved(old, new)
    return None
