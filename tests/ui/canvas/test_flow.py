"""The dots that show which way the numbers flow."""

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.canvas.conftest import Show
from tests.ui.canvas.hands import Hand, session_of
from ui.canvas.flow import FlowItem
from ui.canvas.motion import reduced_motion


@pytest.fixture(autouse=True)
def moving_desktop() -> None:
    """Skip where the desktop itself asks for less movement: then there are no dots to test."""
    if reduced_motion():
        pytest.skip("this desktop asks for less movement")


def flow_of(hand: Hand) -> FlowItem:
    return next(item for item in hand.surface.scene().items() if isinstance(item, FlowItem))


def test_dots_run_with_a_step_and_end_by_themselves(simulation: Hand, qtbot: QtBot) -> None:
    for _ in range(2):
        simulation.session.step()
    flow = flow_of(simulation)
    assert not flow.running
    simulation.session.step()
    assert flow.running
    qtbot.waitUntil(lambda: not flow.running, timeout=2000)


def test_the_next_key_press_does_not_wait(simulation: Hand) -> None:
    simulation.session.go_to_phase("receive")
    simulation.session.step()
    simulation.session.step()
    assert simulation.session.moment.position == (0, 0, "forward", 1, 1)
    assert flow_of(simulation).running


def test_there_are_none_going_back_or_drawing(simulation: Hand) -> None:
    simulation.session.go_to_phase("backward")
    simulation.session.back()
    assert not flow_of(simulation).running
    simulation.session.step()
    simulation.session.set_view(mode="draw")
    assert not flow_of(simulation).running


def test_there_are_none_where_they_would_be_many(show: Show) -> None:
    hand = show(session_of((64, 128, 64, 10)))
    hand.session.go_to_phase("receive")
    hand.session.step("phase")
    assert not flow_of(hand).running


def test_there_are_none_where_movement_is_not_wanted(simulation: Hand) -> None:
    flow_of(simulation).moves = False
    simulation.session.go_to_phase("receive")
    simulation.session.step()
    assert not flow_of(simulation).running
