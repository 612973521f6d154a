"""What the drawing says in every phase: only what is known, and the right number."""

from dataclasses import replace

import numpy as np
import pytest

from bpsim.simulation import Simulation
from tests.ui.canvas.hands import lecture_session
from ui.canvas.reading import Reading, high, low
from ui.view_state import ViewState


def reading(shown: int, **view: object) -> Reading:
    """Return the lecture's network with the first smallest steps of instance 1 shown."""
    moment = lecture_session().moment
    simulation = Simulation(moment.network, moment.dataset, moment.settings)
    simulation.go_to(0, shown, "node")
    return Reading(simulation.moment, ViewState(**view))


# Steps of 2-3-2: 2 receive, 5 forward, 2 error, 5 backward, 5 gradient, 1 update.
RECEIVED, FORWARD, ERROR, BACKWARD, GRADIENT, UPDATED = 2, 7, 9, 14, 19, 20


def numbers(read: Reading) -> list[list[str]]:
    return [[read.number(l, i) for i in range(size)] for l, size in enumerate(read.network.sizes)]


def test_nothing_is_known_at_the_start() -> None:
    assert numbers(reading(0)) == [["–", "–"], ["–", "–", "–"], ["–", "–"]]
    assert reading(0).beside(0) == []
    assert reading(0).total_error() == ""
    assert not reading(0).knows_deltas


def test_numbers_appear_one_by_one() -> None:
    assert numbers(reading(1)) == [["0.05", "–"], ["–", "–", "–"], ["–", "–"]]
    assert numbers(reading(3)) == [["0.05", "0.1"], ["0.593", "–", "–"], ["–", "–"]]
    assert numbers(reading(8))[2] == ["0.696", "0.379"]
    assert numbers(reading(10))[1:] == [["–", "–", "–"], ["−0.145", "–"]]
    assert numbers(reading(BACKWARD))[1:] == [["+0.0033", "−0.035", "+0.032"], ["−0.145", "+0.144"]]


def test_symbols_say_whose_number_it_is() -> None:
    assert reading(FORWARD).symbol(0, 1) == "x₂"
    assert reading(FORWARD).symbol(1, 0) == "a²₁"
    assert reading(10).symbol(2, 0) == "δ³₁"
    assert reading(10).symbol(1, 0) == "δ²₁ = ?"


def test_beside_an_output_stands_what_is_known_of_it() -> None:
    assert reading(RECEIVED).beside(0) == ["y₁ = 0.01"]
    assert reading(FORWARD).beside(0) == ["ŷ₁ = 0.696", "y₁ = 0.01"]
    assert reading(8).beside(1) == ["ŷ₂ = 0.379", "y₂ = 0.99"]
    assert reading(8).total_error() == ""
    assert reading(ERROR).beside(1) == ["ŷ₂ = 0.379", "y₂ = 0.99", "E₂ = 0.187"]
    assert reading(ERROR).total_error() == "E = 0.422"


def test_weights_say_what_the_phase_is_about() -> None:
    edge = (1, 0, 2)  # from hidden node 3 to output 1
    assert reading(0).weight(edge) == "−0.6"
    assert reading(6).weight(edge) == "−0.6·a²₃"
    assert reading(7).weight(edge) == ""
    assert reading(ERROR).weight(edge) == ""
    assert reading(BACKWARD).weight(edge) == "−0.6·δ³₁"
    assert reading(BACKWARD + 1).weight(edge) == "Δθ −0.033"
    assert reading(BACKWARD + 1).weight((1, 1, 2)) == ""
    assert reading(UPDATED).weight(edge) == "−0.6 → −0.633"
    assert reading(UPDATED, mode="draw").weight(edge) == "−0.633"


def test_a_change_too_small_for_the_digits_gets_more_of_them() -> None:
    assert reading(UPDATED).weight((0, 0, 0)) == "0.15 → 0.1501"


def test_biases_take_part() -> None:
    assert reading(0).bias(2, 0) == "θ₀ 0.6"
    assert reading(BACKWARD).bias(2, 0) == "θ₀ 0.6"
    assert reading(BACKWARD + 1).bias(2, 0) == "Δθ₀ −0.073"
    assert reading(BACKWARD + 1).bias(2, 1) == "θ₀ −0.6"
    assert reading(UPDATED).bias(2, 0) == "θ₀ 0.6 → 0.527"


def test_z_stands_under_the_number_if_asked_for_and_known() -> None:
    assert reading(FORWARD).second(1, 0) == ""
    assert reading(2, show_z=True).second(1, 0) == ""
    assert reading(FORWARD, show_z=True).second(1, 0) == "z 0.378"
    assert reading(FORWARD, show_z=True).second(0, 0) == ""


def test_from_the_error_on_a_hidden_node_says_its_a_under_the_number() -> None:
    assert [reading(10).second(1, node) for node in range(3)] == ["a 0.593", "a 0.597", "a 0.459"]
    assert reading(10).second(2, 1) == ""  # ŷ stands beside it
    assert reading(12).second(1, 0) == "a 0.593"  # δ stands over it, and the next Δθ needs both
    assert reading(ERROR).second(1, 0) == ""
    assert reading(10, show_z=True).second(1, 0) == "z 0.378"


def test_the_number_format_is_the_sessions() -> None:
    assert reading(FORWARD, digits=5, decimal_separator=",").number(1, 0) == "0,59327"


@pytest.mark.parametrize(
    ("shown", "node", "edges", "flow"),
    [
        (1, (0, 0), set(), 0),
        (3, (1, 0), {(0, 0, 0), (0, 0, 1)}, 1),
        (8, (2, 0), set(), 0),
        (10, (2, 0), set(), -1),
        (12, (1, 0), {(1, 0, 0), (1, 1, 0)}, -1),
        (15, (2, 0), {(1, 0, 0), (1, 0, 1), (1, 0, 2)}, 0),
    ],
)
def test_what_takes_part_is_lit(
    shown: int, node: tuple[int, int], edges: set[tuple[int, int, int]], flow: int
) -> None:
    read = reading(shown)
    assert read.lit_nodes == {node}
    lit = {
        (l, i, j)
        for l, mask in enumerate(read.network.masks)
        for i in range(mask.shape[0])
        for j in range(mask.shape[1])
        if read.is_lit((l, i, j))
    }
    assert lit == edges
    assert read.flow == flow
    assert read.something_lit


def test_the_update_lights_every_weight_that_is_there() -> None:
    read = reading(UPDATED)
    assert all(mask is not None and mask.all() for mask in read.lit)
    assert read.updating


def test_a_missing_connection_is_never_lit() -> None:
    moment = lecture_session().moment
    simulation = Simulation(moment.network.with_disconnected(0, 0, 1), moment.dataset)
    simulation.go_to(0, 3, "node")
    read = Reading(simulation.moment, ViewState())
    assert read.is_lit((0, 0, 0))
    assert not read.is_lit((0, 0, 1))


def test_those_that_help_are_the_other_ends() -> None:
    assert reading(3).helping_nodes == {(0, 0), (0, 1)}
    assert reading(12).helping_nodes == {(2, 0), (2, 1)}


def test_while_drawing_nothing_is_lit_and_inputs_show_the_data() -> None:
    read = reading(0, mode="draw")
    assert not read.something_lit
    assert read.number(0, 1) == "0.1"
    assert not reading(12, mode="draw").something_lit


def test_the_scale_of_colours_reaches_to_the_largest_known_delta() -> None:
    assert reading(10).delta_limit == pytest.approx(0.1452, abs=1e-4)
    assert [len(deltas) for deltas in reading(12).known_deltas] == [0, 1, 2]


def test_high_and_low_numbers() -> None:
    assert (high(12), low(305)) == ("¹²", "₃₀₅")


def test_where_room_is_scarce_a_number_has_fewer_digits() -> None:
    read = reading(BACKWARD)
    assert [read.number(1, 0, digits) for digits in (3, 2, 1)] == ["+0.0033", "+0.003", "+0.003"]


def test_where_room_is_scarce_a_weight_leaves_out_words_and_then_digits() -> None:
    edge = (0, 1, 0)
    assert reading(0).weight_texts(edge) == ("0.25",)
    assert reading(0, digits=5).weight_texts(edge) == ("0.25",)
    assert reading(7).weight_texts(edge) == ()
    assert reading(GRADIENT).weight_texts(edge) == ("Δθ −0.00087", "−0.00087", "Δθ −0.0009", "−0.0009")
    assert reading(UPDATED).weight_texts(edge) == ("0.25 → 0.249", "→ 0.249")
    assert reading(UPDATED).bias_texts(2, 0)[:3] == ("θ₀ 0.6 → 0.527", "θ₀ 0.6 → 0.53", "θ₀ 0.6 → 0.5")
    assert reading(UPDATED).bias_texts(2, 0)[-1] == "→ 0.5"
    assert reading(BACKWARD + 1).bias_texts(2, 0)[-1] == "−0.07"


def test_a_notation_changes_letters_and_the_sign_of_delta_everywhere_and_no_other_number() -> None:
    session = lecture_session()
    session.go_to_phase("gradient")
    lecture = Reading(session.moment, session.view)
    nielsen = Reading(session.moment, replace(session.view, notation="nielsen"))
    assert (lecture.symbol(1, 0), nielsen.symbol(2, 1)) == ("δ²₁", "δ³₂")
    assert nielsen.delta(1, 0) == -(lecture.delta(1, 0) or 0)
    np.testing.assert_array_equal(nielsen.known_deltas[2], -lecture.known_deltas[2])
    assert nielsen.delta_limit == lecture.delta_limit
    assert lecture.weight((0, 0, 0)).replace("Δθ", "Δw") == nielsen.weight((0, 0, 0))
    assert lecture.bias(1, 0).replace("Δθ₀", "Δb") == nielsen.bias(1, 0)
    assert nielsen.beside(0)[2] == lecture.beside(0)[2].replace("E", "C")
    words = Reading(session.moment, replace(session.view, notation="words"))
    assert words.symbol(1, 0) == lecture.symbol(1, 0)
