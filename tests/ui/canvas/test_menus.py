"""The menus of the drawing."""

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from tests.ui.canvas.hands import Hand, nodes
from ui.canvas.menus import activation_menu, context_menu
from ui.canvas.picture import Target
from ui.view_state import Selection


def texts(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions()]


def nothing() -> None:
    """Stand for the number field."""


def test_every_activation_is_offered_and_one_is_marked(drawing: Hand) -> None:
    menu = activation_menu(drawing.session, 2, drawing.surface)
    assert len(menu.actions()) == 9
    assert [action.text() for action in menu.actions() if action.isChecked()] == ["sigmoid"]
    assert [action.text() for action in menu.actions() if not action.isEnabled()] == ["step (perceptron)"]
    menu.deleteLater()


def test_two_selected_nodes_can_be_connected(drawing: Hand) -> None:
    drawing.session.select(nodes((1, 0), (2, 0)))
    menu = context_menu(drawing.session, Target("node", 1, 0), nothing, drawing.surface)
    connect = menu.actions()[2]
    assert drawing.session.selection == nodes((1, 0), (2, 0))
    assert connect.isEnabled()
    connect.trigger()
    assert not drawing.session.moment.network.masks[1][0, 0]
    menu.deleteLater()


def test_the_input_and_output_layers_cannot_be_deleted(drawing: Hand) -> None:
    for layer, offered in ((0, False), (1, True), (2, False)):
        menu = context_menu(drawing.session, Target("node", layer, 0), nothing, drawing.surface)
        assert ("Delete layer" in texts(menu)) == offered
        menu.deleteLater()


def test_there_is_no_menu_of_nothing_while_simulating(simulation: Hand) -> None:
    menu = context_menu(simulation.session, Target(), nothing, simulation.surface)
    assert menu.isEmpty()
    assert simulation.session.selection == Selection()
    menu.deleteLater()


@pytest.mark.parametrize("hand", ["drawing", "simulation"])
def test_in_free_room_there_is_what_can_be_done_with_the_whole_drawing(
    hand: str, request: pytest.FixtureRequest
) -> None:
    on: Hand = request.getfixturevalue(hand)
    save = QAction("Save the drawing…", on.surface)
    on.surface.addAction(save)
    for target in (Target(), Target("gap", 1), Target("slot", 1, 0)):
        menu = context_menu(on.session, target, nothing, on.surface)
        assert menu.actions()[-1] is save or menu.actions()[-2] is save
        menu.deleteLater()
    for target in (Target("node", 1, 0), Target("edge", 0, edge=(0, 0, 0))):
        menu = context_menu(on.session, target, nothing, on.surface)
        assert save not in menu.actions()
        menu.deleteLater()
