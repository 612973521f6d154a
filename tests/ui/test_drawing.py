"""The commands that change the drawing: done, undone, redone; and what cannot be done is said."""

from collections.abc import Callable

import pytest

from tests.helpers import xor_session
from ui import drawing
from ui.session import Session
from ui.view_state import Selection

pytestmark = pytest.mark.usefixtures("qapp")


def selected(*nodes: tuple[int, int], edges: tuple[tuple[int, int, int], ...] = ()) -> Selection:
    return Selection(frozenset(nodes), frozenset(edges))


@pytest.mark.parametrize(
    ("command", "selection", "text", "sizes"),
    [
        (drawing.add_layer, selected(), "Add layer", (2, 2, 2, 1)),
        (lambda s: drawing.add_layer(s, 1), selected(), "Add layer", (2, 2, 2, 1)),
        (drawing.add_node, selected(), "Add node", (2, 3, 1)),
        (drawing.add_node, selected((2, 0)), "Add node", (2, 2, 2)),
        (lambda s: drawing.add_node(s, 1, 0), selected(), "Add node", (2, 3, 1)),
        (drawing.delete_selected, selected((1, 0)), "Delete node", (2, 1, 1)),
        (drawing.delete_selected, selected((1, 0), (1, 1)), "Delete layer", (2, 1)),
        (drawing.delete_selected, selected(edges=((0, 0, 0),)), "Delete connection", (2, 2, 1)),
        (drawing.delete_selected, selected(edges=((0, 0, 0), (0, 0, 1))), "Delete connections", (2, 2, 1)),
        (drawing.toggle_connection, selected((0, 0), (1, 1)), "Disconnect", (2, 2, 1)),
        (drawing.new_weights, selected(), "New weights", (2, 2, 1)),
    ],
)
def test_a_command_is_one_edit_that_can_be_undone_and_redone(
    command: Callable[[Session], None], selection: Selection, text: str, sizes: tuple[int, ...]
) -> None:
    session = xor_session()
    before = session.moment
    session.select(selection)
    command(session)
    after = session.moment
    assert session.undo_stack.count() == 1
    assert session.undo_stack.undoText() == text
    assert after.network.sizes == sizes
    assert after.network != before.network
    session.undo_stack.undo()
    assert session.moment.network == before.network
    assert session.moment.settings == before.settings
    session.undo_stack.redo()
    assert session.moment.network == after.network


@pytest.mark.parametrize(
    ("command", "selection", "sentence"),
    [
        (drawing.delete_selected, selected(), "Select nodes or weights first"),
        (drawing.delete_selected, selected((2, 0)), "a layer needs at least one node"),
        (drawing.toggle_connection, selected((1, 0)), "Select one node and one of the next layer"),
        (drawing.toggle_connection, selected((0, 0), (2, 0)), "Select one node and one of the next layer"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    command: Callable[[Session], None], selection: Selection, sentence: str
) -> None:
    session, said = xor_session(), []
    session.noticed.connect(lambda notice: said.append(notice.text))
    session.select(selection)
    command(session)
    assert sentence in said[-1]
    assert session.undo_stack.count() == 0


def test_connecting_again_gives_a_weight_and_new_nodes_differ_from_each_other() -> None:
    session = xor_session()
    drawing.toggle_weight(session, 0, 1, 0)
    assert not session.moment.network.masks[0][1, 0]
    drawing.toggle_weight(session, 0, 1, 0)
    assert session.moment.network.masks[0][1, 0]
    assert session.moment.network.weights[0][1, 0] != 0
    drawing.add_node(session)
    drawing.add_node(session)
    rows = session.moment.network.weights[0]
    assert rows[2].tolist() != rows[3].tolist()


def test_same_weights_start_the_same_training_again() -> None:
    session = xor_session()
    start = session.moment.network
    session.step("epoch")
    drawing.same_weights(session)
    assert session.moment.network == start
    assert session.moment.instances_done == 0
    drawing.new_weights(session)
    assert session.moment.network != start
    assert session.moment.settings.weight_seed == 2


def test_select_all_selects_every_node() -> None:
    session = xor_session()
    drawing.select_all(session)
    assert session.selection.nodes == {(0, 0), (0, 1), (1, 0), (1, 1), (2, 0)}
