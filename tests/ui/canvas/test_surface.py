"""The graphics view: zoom, tool tips, heads, menus, theme, what it tells screen readers, big networks."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent
from PySide6.QtWidgets import QApplication, QMenu, QToolTip

from tests.ui.canvas.conftest import Show
from tests.ui.canvas.hands import Hand, edges, lecture_session, nodes, session_of
from ui.canvas.surface import Surface
from ui.numbers import whole_text


def menu_of(surface: Surface) -> QMenu:
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QMenu)
    return popup


def texts(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions()]


def open_context_menu(hand: Hand, place: tuple[float, float]) -> QMenu:
    point = hand.point(place)
    QApplication.sendEvent(
        hand.surface.viewport(),
        QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, hand.surface.viewport().mapToGlobal(point)),
    )
    return menu_of(hand.surface)


def test_the_wheel_zooms_at_the_mouse_and_fit_shows_all(simulation: Hand) -> None:
    place = simulation.node(1, 2)
    before = simulation.point(place)
    simulation.wheel(place, 4)
    assert simulation.surface.picture.layout.scale > 1.5
    after = simulation.point(simulation.node(1, 2))
    assert (after - before).manhattanLength() <= 3
    simulation.view.fit()
    assert simulation.surface.picture.layout.width == simulation.surface.viewport().width()
    assert simulation.surface.picture.layout.scale == 1.0


def test_zoom_commands_and_their_ends(simulation: Hand) -> None:
    for _ in range(40):
        simulation.view.zoom_in()
    largest = simulation.surface.picture.layout
    simulation.view.zoom_in()
    assert simulation.surface.picture.layout.height == largest.height
    for _ in range(80):
        simulation.view.zoom_out()
    assert simulation.surface.picture.layout.pitches[1] < largest.pitches[1] / 3


def test_the_network_fits_after_a_resize_unless_it_was_zoomed(simulation: Hand) -> None:
    simulation.view.resize(600, 420)
    layout = simulation.surface.picture.layout
    assert (layout.width, layout.height) == (
        simulation.surface.viewport().width(),
        simulation.surface.viewport().height(),
    )
    simulation.view.zoom_in()
    simulation.view.resize(700, 500)
    assert simulation.surface.picture.layout.height > simulation.surface.viewport().height()


def test_zooming_into_a_big_network_brings_its_numbers(show: Show) -> None:
    hand = show(session_of((64, 128, 64, 10)))
    assert not hand.surface.picture.layout.has_numbers(1)
    hand.surface.zoom_to(1000.0)
    layout = hand.surface.picture.layout
    assert all(layout.has_numbers(layer) and layout.lines(layer) == 2 for layer in range(4))


def test_a_big_network_draws_and_steps(show: Show) -> None:
    hand = show(session_of((64, 128, 64, 10)))
    for phase in ("receive", "forward", "error", "backward", "gradient", "update"):
        hand.session.go_to_phase(phase)
        assert not hand.view.grab().isNull()
    assert hand.view.caption.chosen.text().endswith(f"of {whole_text(17_024)} weights are drawn")
    hand.session.back("instance")
    hand.session.step("node")
    assert not hand.view.grab().isNull()


def tip_at(hand: Hand, place: tuple[float, float]) -> str:
    point = hand.point(place)
    across = hand.surface.viewport().mapToGlobal(point)
    QApplication.sendEvent(hand.surface.viewport(), QHelpEvent(QHelpEvent.Type.ToolTip, point, across))
    return QToolTip.text()


def test_tool_tips_say_what_is_known(simulation: Hand) -> None:
    assert tip_at(simulation, simulation.node(1, 0)) == "Hidden node 1\nbias θ₀ = 0.35"
    simulation.session.go_to_phase("forward")
    assert tip_at(simulation, simulation.node(1, 0)) == (
        "Hidden node 1\nz = 0.37750000\na = 0.59326999\nbias θ₀ = 0.35"
    )
    QToolTip.hideText()


def test_the_head_of_a_layer_chooses_its_activation(drawing: Hand) -> None:
    x = drawing.surface.picture.layout.columns[1]
    drawing.hover((x, 45))
    drawing.press((x, 45))
    menu = menu_of(drawing.surface)
    by_name = {action.objectName(): action for action in menu.actions()}
    assert by_name["activation_sigmoid"].isChecked()
    assert not by_name["activation_softmax"].isEnabled()
    assert "output layer only" in by_name["activation_softmax"].toolTip()
    by_name["activation_tanh"].trigger()
    menu.close()
    assert drawing.session.moment.network.activations == ("tanh", "sigmoid")
    drawing.session.undo_stack.undo()
    assert drawing.session.moment.network.activations == ("sigmoid", "sigmoid")


def test_the_menu_of_a_node(drawing: Hand) -> None:
    menu = open_context_menu(drawing, drawing.node(1, 1))
    assert drawing.session.selection == nodes((1, 1))
    assert texts(menu) == [
        "Edit bias…", "Add node", "Connect or disconnect", "Delete", "Delete layer", "Activation",
    ]  # fmt: skip
    menu.actions()[3].trigger()
    menu.close()
    assert drawing.sizes == (2, 2, 2)


def test_the_menus_of_weights_and_of_free_room(drawing: Hand) -> None:
    menu = open_context_menu(drawing, drawing.edge((1, 0, 0)))
    assert texts(menu) == ["Edit weight…", "Disconnect"]
    menu.actions()[1].trigger()
    menu.close()
    assert not drawing.session.moment.network.masks[1][0, 0]
    menu = open_context_menu(drawing, drawing.room_below(1))
    assert texts(menu) == ["Add node here", "Select all", "Activation"]
    menu.actions()[0].trigger()
    menu.close()
    menu = open_context_menu(drawing, drawing.gap(2))
    menu.actions()[0].trigger()
    menu.close()
    assert drawing.sizes == (2, 4, 2, 2)


def test_while_simulating_the_menu_only_edits_numbers(simulation: Hand) -> None:
    menu = open_context_menu(simulation, simulation.node(0, 0))
    assert texts(menu) == ["Edit input value…"]
    menu.actions()[0].trigger()
    menu.close()
    assert simulation.editor is not None


def test_the_keyboards_menu_is_that_of_the_selection(drawing: Hand) -> None:
    drawing.session.select(edges((0, 0, 0)))
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(drawing.surface.viewport(), event)
    menu = menu_of(drawing.surface)
    assert texts(menu) == ["Edit weight…", "Disconnect"]
    menu.close()


def test_the_description_follows_the_selection(simulation: Hand) -> None:
    surface = simulation.surface
    assert surface.accessibleName() == "Drawing of the network"
    assert surface.accessibleDescription() == "A network of 3 layers with 2, 3, 2 nodes"
    simulation.session.select(nodes((1, 0)))
    assert surface.accessibleDescription() == "Hidden node 1, bias θ₀ = 0.35"
    simulation.session.go_to_phase("forward")
    assert "a = 0.59326999" in surface.accessibleDescription()


def test_the_cursor_says_what_a_click_does(drawing: Hand) -> None:
    drawing.hover(drawing.node(1, 1))
    assert drawing.surface.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor
    drawing.hover(drawing.gap(1))
    assert drawing.surface.viewport().cursor().shape() == Qt.CursorShape.CrossCursor
    drawing.hover((4.0, 300.0))
    assert drawing.surface.viewport().cursor().shape() == Qt.CursorShape.ArrowCursor


def test_hovering_a_weight_shows_its_text(simulation: Hand) -> None:
    simulation.session.go_to_phase("error")
    assert simulation.surface.picture.labels == ()
    simulation.hover(simulation.edge((1, 0, 0)))
    assert [label.text for label in simulation.surface.picture.labels] == ["θ 0.4"]


@pytest.mark.parametrize("mode", ["draw", "simulate"])
def test_other_sizes_while_a_gesture_is_under_way(show: Show, mode: str) -> None:
    hand = show(lecture_session(mode))
    hand.hover(hand.node(1, 2))
    hand.press(hand.node(1, 2))
    hand.session.edit("Fewer", network=hand.session.moment.network.with_nodes_removed([(1, 2)]))
    hand.release((300.0, 300.0))
    assert hand.sizes == (2, 2, 2)
    assert not hand.view.grab().isNull()
