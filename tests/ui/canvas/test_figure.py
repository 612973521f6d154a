"""The drawing as a file: all of it, in lines and texts, and nothing of mouse and keyboard."""

import re

import pytest

from tests.ui.canvas.conftest import Show
from tests.ui.canvas.hands import Hand, edges, lecture_session, nodes, session_of
from ui.canvas.figure import HEADINGS, network_figure
from ui.plots.saving import Figure, to_csv, to_pdf, to_png, to_svg


def figure(hand: Hand) -> Figure:
    return network_figure(hand.view)


def texts(shown: Figure) -> list[str]:
    """Return the texts of a figure, as its SVG holds them."""
    written = re.findall(r"<text[^>]*>([^<]*)</text>", to_svg(shown).decode())
    return [text.replace("&gt;", ">").replace("&lt;", "<").strip() for text in written]


def test_the_whole_network_is_there_with_what_its_colours_mean(drawing: Hand) -> None:
    found = texts(figure(drawing))
    for text in ("Network 2-3-2", "θ > 0", "θ < 0", "Input layer", "sigmoid", "0.15", "−0.55", "0.05"):
        assert text in found
    assert not [text for text in found if "Click" in text]
    assert figure(drawing).note == ""


def test_a_project_gives_it_its_title(simulation: Hand) -> None:
    simulation.session.describe("My example", "")
    assert figure(simulation).title == "My example"


def test_the_legend_of_delta_is_there_as_soon_as_one_is_known(simulation: Hand) -> None:
    session = simulation.session
    before = figure(simulation)
    assert "δ = 0" not in texts(before)
    session.go_to_phase("backward")
    after = figure(simulation)
    assert "δ = 0" in texts(after)
    assert after.size.height() > before.size.height()
    assert after.note.startswith("Step 14 of 20 · Backward: δ of hidden node 3")
    session.set_view(notation="nielsen")
    assert "w > 0" in texts(figure(simulation))


@pytest.mark.parametrize("mode", ["draw", "simulate"])
def test_mouse_selection_zoom_and_badges_leave_no_mark(show: Show, mode: str) -> None:
    hand = show(lecture_session(mode))
    as_it_is = to_png(figure(hand))
    hand.session.select(nodes((1, 1)))
    hand.view.zoom_in()
    hand.hover(hand.node(1, 1))
    assert to_png(figure(hand)) == as_it_is
    hand.session.select(edges((0, 0, 0)))
    hand.hover(hand.edge((0, 0, 0)))
    hand.session.set_view(show_marks=False)
    assert to_png(figure(hand)) == as_it_is


def test_lines_and_texts_stay_what_they_are_in_vector_files(simulation: Hand) -> None:
    simulation.session.go_to_phase("backward")
    assert b"<image" not in to_svg(figure(simulation))
    assert not re.search(rb"/Subtype\s*/Image", to_pdf(figure(simulation)))


def test_a_small_canvas_does_not_make_a_crowded_picture(show: Show) -> None:
    small, large = show(lecture_session(), 330, 300), show(lecture_session(), 1000, 700)
    assert (figure(small).size.width(), figure(small).size.height()) == (840, 470)
    assert figure(large).size.width() == 1000


def test_of_a_large_network_it_says_what_is_left_out(show: Show) -> None:
    hand = show(session_of((40, 60, 40)))
    hand.session.set_view(show_fields=True)
    left_out, fields = figure(hand).note.splitlines()
    assert re.fullmatch(r"the strongest .* of 4.800 weights are drawn", left_out)
    assert fields.startswith("In each node: a over x")


def test_the_table_holds_weights_and_biases_with_all_digits(drawing: Hand) -> None:
    network = drawing.session.moment.network.with_disconnected(0, 0, 1)
    drawing.session.edit("Disconnect", network=network)
    lines = to_csv(figure(drawing)).decode().splitlines()
    assert lines[0] == ",".join(HEADINGS)
    assert lines[1:3] == ["weight,2,1,1,0.15", "weight,2,2,1,0.25"]
    assert lines[6:9] == ["bias,2,1,,0.35", "bias,2,2,,0.35", "bias,2,3,,-0.2"]
    assert len(lines) == 1 + 5 + 3 + 6 + 2
