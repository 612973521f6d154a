"""Every gesture with the mouse: what it previews, what it does, that Esc leaves everything, undo and redo."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt

from tests.ui.canvas.conftest import Show
from tests.ui.canvas.hands import MIDDLE, SHIFT, Hand, edges, lecture_session, nodes, session_of
from ui.canvas import tools
from ui.canvas.picture import Target
from ui.view_state import Selection

ESCAPE = Qt.Key.Key_Escape


def undone_and_redone(hand: Hand, name: str) -> None:
    """Undo the one edit that was made, and redo it: the networks and data are those before and after."""
    session, stack = hand.session, hand.session.undo_stack
    after = session.moment
    assert stack.count() == 1
    assert stack.undoText() == name
    stack.undo()
    before = lecture_session().moment
    assert session.moment.network == before.network
    assert session.moment.dataset == before.dataset
    stack.redo()
    assert session.moment.network == after.network
    assert session.moment.dataset == after.dataset


def test_a_click_in_a_column_adds_a_node_there_and_selects_it(drawing: Hand) -> None:
    drawing.hover(drawing.room_below(1))
    assert drawing.hint == "Add node 4 of the hidden layer"
    drawing.click(drawing.room_below(1))
    assert drawing.sizes == (2, 4, 2)
    assert drawing.session.selection == nodes((1, 3))
    assert drawing.session.moment.network.masks[0][3].all()
    undone_and_redone(drawing, "Add node")


def test_the_place_of_a_click_is_the_place_of_the_node(drawing: Hand) -> None:
    old = drawing.session.moment.network
    drawing.hover(drawing.room_above(1))
    assert drawing.hint == "Add node 1 of the hidden layer"
    drawing.click(drawing.room_above(1))
    np.testing.assert_array_equal(drawing.session.moment.network.weights[0][1:], old.weights[0])
    assert drawing.session.selection == nodes((1, 0))


def test_an_input_more_than_the_data_is_drawn_and_said(drawing: Hand) -> None:
    drawing.click(drawing.room_below(0))
    assert drawing.sizes == (3, 3, 2)
    assert "3 inputs" in drawing.view.caption.sentence.text()


def test_a_click_between_columns_adds_a_layer(drawing: Hand) -> None:
    drawing.hover(drawing.gap(1))
    assert drawing.hint == "Add a hidden layer of 2 nodes"
    drawing.click(drawing.gap(1))
    assert drawing.sizes == (2, 2, 3, 2)
    assert drawing.session.selection == nodes((1, 0), (1, 1))
    undone_and_redone(drawing, "Add layer")


def test_a_drag_between_connected_nodes_disconnects_them(drawing: Hand) -> None:
    start, end = drawing.node(0, 0), drawing.node(1, 2)
    drawing.press(start)
    drawing.drag_to(drawing.edge((0, 2, 0), 0.4))
    assert drawing.hint == ""
    drawing.drag_to(end)
    assert drawing.hint == "Disconnect"
    drawing.release(end)
    assert not drawing.session.moment.network.masks[0][2, 0]
    undone_and_redone(drawing, "Disconnect")


def test_a_drag_between_unconnected_nodes_connects_them_from_either_end(drawing: Hand) -> None:
    drawing.drag(drawing.node(0, 0), drawing.node(1, 2))
    drawing.press(drawing.node(1, 2))
    drawing.drag_to(drawing.edge((0, 2, 0), 0.4))
    drawing.drag_to(drawing.node(0, 0))
    assert drawing.hint == "Connect"
    drawing.release(drawing.node(0, 0))
    assert drawing.session.moment.network.masks[0][2, 0]
    assert drawing.session.undo_stack.undoText() == "Connect"


def test_nodes_that_are_no_neighbours_are_not_connected_and_it_is_said(drawing: Hand) -> None:
    said: list[str] = []
    drawing.session.noticed.connect(lambda notice: said.append(notice.text))
    drawing.press(drawing.node(0, 0))
    drawing.drag_to(drawing.node(1, 0))
    drawing.drag_to(drawing.node(2, 0))
    assert drawing.hint.startswith("Only nodes of neighbouring layers")
    drawing.release(drawing.node(2, 0))
    assert drawing.session.undo_stack.count() == 0
    assert said[-1].startswith("A connection leads from a node to one of the next layer")


@pytest.mark.parametrize("layer", [0, 1, 2])
def test_a_drag_within_a_column_moves_the_node_and_what_was_learned_stays(drawing: Hand, layer: int) -> None:
    session = drawing.session
    session.go_to_phase("error")
    error = session.moment.trace.error
    last = drawing.sizes[layer] - 1
    start, end = drawing.node(layer, 0), drawing.node(layer, last)
    drawing.press(start)
    drawing.drag_to((start[0], (start[1] + end[1]) / 2))
    drawing.drag_to((end[0], end[1] + 10))
    assert drawing.hint == f"Move to place {last + 1}"
    drawing.release((end[0], end[1] + 10))
    assert session.undo_stack.undoText() == "Move node"
    assert session.selection == nodes((layer, last))
    session.go_to_phase("error")
    assert session.moment.trace.error == pytest.approx(error, rel=1e-14)
    undone_and_redone(drawing, "Move node")


def test_a_node_that_is_put_back_is_no_edit(drawing: Hand) -> None:
    x, y = drawing.node(1, 1)
    drawing.drag((x, y), (x, y + 12))
    assert drawing.session.undo_stack.count() == 0


def test_a_click_selects_a_node_and_shift_adds_and_takes_away(drawing: Hand) -> None:
    drawing.click(drawing.node(1, 1))
    assert drawing.session.selection == nodes((1, 1))
    drawing.click(drawing.node(2, 0), SHIFT)
    assert drawing.session.selection == nodes((1, 1), (2, 0))
    drawing.click(drawing.node(1, 1), SHIFT)
    assert drawing.session.selection == nodes((2, 0))
    drawing.click(drawing.node(0, 0))
    assert drawing.session.selection == nodes((0, 0))


def test_a_click_selects_a_weight(drawing: Hand) -> None:
    drawing.click(drawing.edge((1, 0, 0)))
    assert drawing.session.selection == edges((1, 0, 0))


def test_a_rubber_band_selects_the_nodes_in_it_and_adds_none(drawing: Hand) -> None:
    (left, _), (right, bottom) = drawing.node(0, 0), drawing.node(1, 1)
    start, end = (left - 60, 80.0), (right + 60, bottom + 40)
    drawing.press(start)
    drawing.drag_to((left, 200.0))
    drawing.drag_to(end)
    assert drawing.surface.preview is not None
    assert drawing.surface.preview.frame is not None
    drawing.release(end)
    assert drawing.session.selection == nodes((0, 0), (1, 0), (1, 1))
    assert drawing.surface.preview is None or drawing.surface.preview.frame is None
    assert drawing.session.undo_stack.count() == 0


def test_a_click_beside_the_network_selects_nothing(drawing: Hand) -> None:
    drawing.session.select(nodes((1, 1)))
    drawing.click((8.0, 200.0))
    assert drawing.session.selection == Selection()
    assert drawing.session.undo_stack.count() == 0


Begin = Callable[[Hand], tuple[float, float]]


def begun_connecting(hand: Hand) -> tuple[float, float]:
    hand.press(hand.node(0, 0))
    hand.drag_to(hand.edge((0, 2, 0), 0.4))
    hand.drag_to(hand.node(1, 2))
    return hand.node(1, 2)


def begun_moving(hand: Hand) -> tuple[float, float]:
    x, y = hand.node(1, 0)
    hand.press((x, y))
    hand.drag_to((x, y + 200))
    return x, y + 200


def begun_adding_a_node(hand: Hand) -> tuple[float, float]:
    hand.press(hand.room_below(1))
    return hand.room_below(1)


def begun_adding_a_layer(hand: Hand) -> tuple[float, float]:
    hand.press(hand.gap(1))
    return hand.gap(1)


def begun_a_rubber_band(hand: Hand) -> tuple[float, float]:
    hand.press((8.0, 100.0))
    hand.drag_to((400.0, 400.0))
    return 400.0, 400.0


@pytest.mark.parametrize(
    "begin", [begun_connecting, begun_moving, begun_adding_a_node, begun_adding_a_layer, begun_a_rubber_band]
)
def test_escape_leaves_everything_as_it_was(drawing: Hand, begin: Begin) -> None:
    drawing.session.select(nodes((2, 1)))
    place = begin(drawing)
    assert drawing.surface.preview is not None
    drawing.key(ESCAPE)
    assert drawing.surface.preview is None
    drawing.release(place)
    assert drawing.session.undo_stack.count() == 0
    assert drawing.session.selection == nodes((2, 1))


def test_nothing_is_drawn_while_simulating(simulation: Hand) -> None:
    simulation.hover(simulation.room_below(1))
    assert simulation.hint == ""
    simulation.click(simulation.room_below(1))
    simulation.click(simulation.gap(1))
    simulation.drag(simulation.node(0, 0), simulation.node(1, 2))
    assert simulation.session.undo_stack.count() == 0


def test_clicks_select_while_simulating(simulation: Hand) -> None:
    simulation.click(simulation.node(1, 0))
    assert simulation.session.selection == nodes((1, 0))
    simulation.click(simulation.edge((1, 0, 0)))
    assert simulation.session.selection == edges((1, 0, 0))
    simulation.click((8.0, 200.0))
    assert simulation.session.selection == Selection()


@pytest.mark.parametrize(("mode", "button"), [("simulate", Qt.MouseButton.LeftButton), ("draw", MIDDLE)])
def test_a_drag_on_the_background_moves_what_is_seen(show: Show, mode: str, button: Qt.MouseButton) -> None:
    hand = show(lecture_session(mode))
    hand.surface.zoom_to(2.0)
    before = hand.surface.verticalScrollBar().value()
    start = hand.free_place()
    hand.press(start, button)
    hand.drag_to((start[0], start[1] + 60), button)
    hand.release(start, button)
    assert hand.surface.verticalScrollBar().value() == before - 60
    assert hand.session.undo_stack.count() == 0


def test_a_node_can_be_added_between_nodes_of_a_crowded_layer(show: Show) -> None:
    hand = show(session_of((4, 12, 2), "draw"))
    x, y = hand.node(1, 5)
    hand.click((x + 10, y + hand.surface.picture.layout.pitches[1] / 2))
    assert hand.sizes == (4, 13, 2)
    assert hand.session.selection == nodes((1, 6))


def test_after_a_deletion_and_its_undo_no_other_node_is_selected(drawing: Hand) -> None:
    (left, top), (right, bottom) = drawing.node(1, 0), drawing.node(1, 1)
    drawing.drag((left - 60, top - 46), (right + 60, bottom + 36))
    assert drawing.session.selection == nodes((1, 0), (1, 1))
    drawing.key(Qt.Key.Key_Delete)
    assert drawing.sizes == (2, 1, 2)
    assert drawing.session.selection == Selection()
    drawing.session.undo_stack.undo()
    assert drawing.session.selection in (Selection(), nodes((1, 0), (1, 1)))


def test_when_an_added_layer_is_undone_nothing_is_selected(drawing: Hand) -> None:
    drawing.click(drawing.gap(1))
    assert drawing.session.selection == nodes((1, 0), (1, 1))
    drawing.session.undo_stack.undo()
    assert drawing.session.selection == Selection()


@pytest.mark.parametrize("place", [Hand.gap, Hand.room_below])
def test_what_lies_under_a_mouse_that_has_not_moved_is_not_offered(
    drawing: Hand, place: Callable[[Hand, int], tuple[float, float]]
) -> None:
    at = place(drawing, 1)
    drawing.click(at)
    assert drawing.surface.preview is None
    drawing.hover(at)  # as Qt says it again when something has changed under the mouse
    assert drawing.surface.preview is None
    drawing.hover((at[0] + 1, at[1]))
    assert drawing.surface.preview == tools.preview_of(
        drawing.surface.picture, drawing.surface.picture.target_at(at[0] + 1, at[1])
    )


def test_a_deleted_weight_is_not_shown_any_more_though_the_mouse_is_still_there(drawing: Hand) -> None:
    place = drawing.edge((0, 0, 0), 0.25)
    drawing.click(place)
    drawing.key(Qt.Key.Key_Delete)
    picture = drawing.surface.picture
    assert not picture.reading.network.masks[0][0, 0]
    assert picture.hovered == Target()
    assert drawing.session.lit == frozenset()
    assert (0, 0, 0) not in {label.edge for label in picture.labels}


def test_undo_of_a_layer_whose_weight_is_under_the_mouse(drawing: Hand) -> None:
    drawing.click(drawing.gap(2))
    drawing.session.select(nodes((1, 0)))
    drawing.hover(drawing.edge((2, 1, 1), 0.3))
    assert drawing.surface.picture.hovered.edge == (2, 1, 1)
    drawing.session.undo_stack.undo()
    assert drawing.surface.picture.hovered == Target()


def test_a_double_click_in_free_room_adds_one_thing_only(drawing: Hand) -> None:
    gap = drawing.gap(1)
    drawing.double_click(gap)
    drawing.release(gap)
    assert drawing.sizes == (2, 2, 3, 2)
    assert drawing.session.undo_stack.count() == 1
