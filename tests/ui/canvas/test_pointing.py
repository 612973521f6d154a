"""Which number is at a place of the drawing, and what of the drawing a number belongs to."""

import pytest

from bpsim.quantity import Quantity
from tests.ui.canvas.conftest import Show
from tests.ui.canvas.hands import SHIFT, Hand, edges, lecture_session, nodes
from ui.canvas.picture import Target
from ui.canvas.pointing import pointed_at, quantity_at
from ui.canvas.reading import Reading
from ui.view_state import Selection

EDGE = Target("edge", 1, edge=(1, 0, 2))
PHASES = ("receive", "forward", "error", "backward", "gradient", "update")


def reading(phase: str | None) -> Reading:
    session = lecture_session()
    if phase is not None:
        session.go_to_phase(phase)
    return Reading(session.moment, session.view)


@pytest.mark.parametrize("phase", [None, *PHASES])
def test_a_weight_and_a_bias_are_what_the_phase_says_of_them(phase: str | None) -> None:
    weight, bias = {
        "gradient": ("step", "bias_step"), "update": ("new_weight", "new_bias"),
    }.get(phase or "", ("weight", "bias"))  # fmt: skip
    read = reading(phase)
    assert quantity_at(read, EDGE) == Quantity(weight, 2, 0, 2)
    assert quantity_at(read, Target("bias", 1, 2)) == Quantity(bias, 1, 2)


def test_a_node_is_its_input_its_activation_and_then_its_error_term() -> None:
    node = Target("node", 1, 0)
    assert quantity_at(reading(None), Target("node", 0, 1)) == Quantity("input", 0, 1)
    assert quantity_at(reading("forward"), node) == Quantity("a", 1, 0)
    assert quantity_at(reading("error"), node) == Quantity("a", 1, 0)
    assert quantity_at(reading("backward"), node) == Quantity("delta", 1, 0)


@pytest.mark.parametrize("kind", ["nothing", "head", "slot", "gap"])
def test_elsewhere_is_no_number(kind: str) -> None:
    assert quantity_at(reading("update"), Target(kind, 1, 0)) is None


def test_a_number_belongs_to_a_node_or_a_weight_and_the_error_to_every_output() -> None:
    network = lecture_session().moment.network
    assert pointed_at([Quantity("delta", 1, 2), Quantity("step", 1, 2, 0)], network) == Selection(
        frozenset({(1, 2)}), frozenset({(0, 2, 0)})
    )
    assert pointed_at([Quantity("error")], network) == nodes((2, 0), (2, 1))
    assert pointed_at([Quantity("new_weight", 2, 1, 0)], network) == edges((1, 1, 0))


def test_what_the_network_has_not_is_not_pointed_at() -> None:
    network = lecture_session().moment.network.with_disconnected(0, 0, 1)
    gone = [Quantity("a", 1, 3), Quantity("a", 3, 0), Quantity("weight", 1, 0, 1), Quantity("learning_rate")]
    assert pointed_at(gone, network) == Selection()


def test_the_number_under_the_mouse_is_lit_and_what_is_lit_is_pointed_at(simulation: Hand) -> None:
    simulation.session.go_to_phase("backward")
    simulation.hover(simulation.node(1, 1))
    assert simulation.session.lit == {Quantity("delta", 1, 1)}
    assert simulation.surface.picture.pointed == nodes((1, 1))
    simulation.hover((4.0, 300.0))
    assert simulation.session.lit == frozenset()
    simulation.session.set_lit(frozenset({Quantity("weight", 1, 0, 0), Quantity("a", 0, 1)}))
    assert simulation.surface.picture.pointed == Selection(frozenset({(0, 1)}), frozenset({(0, 0, 0)}))


def test_what_is_pointed_at_is_seen(simulation: Hand) -> None:
    before = simulation.surface.grab().toImage()
    simulation.session.set_lit(frozenset({Quantity("delta", 1, 1)}))
    node = simulation.surface.grab().toImage()
    simulation.session.set_lit(frozenset({Quantity("weight", 1, 0, 0)}))
    weight = simulation.surface.grab().toImage()
    simulation.session.set_lit(frozenset())
    assert before != node != weight != before
    assert simulation.surface.grab().toImage() == before


def test_a_click_asks_and_one_beside_the_network_asks_nothing(simulation: Hand) -> None:
    simulation.click(simulation.node(1, 0))
    assert simulation.session.focus == Quantity("a", 1, 0)
    simulation.click(simulation.edge((1, 0, 0)), SHIFT)
    assert simulation.session.focus == Quantity("weight", 2, 0, 0)
    simulation.click((8.0, 200.0))
    assert simulation.session.focus is None


def test_clicks_ask_nothing_while_drawing(show: Show) -> None:
    hand = show(lecture_session("draw"))
    hand.click(hand.node(1, 0))
    assert hand.session.focus is None
