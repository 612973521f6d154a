"""The line under the drawing."""

from bpsim.datasets import Dataset
from tests.ui.canvas.conftest import Show
from tests.ui.canvas.hands import Hand, lecture_session, session_of
from ui.numbers import whole_text


def test_the_sentence_counts_the_steps(simulation: Hand) -> None:
    caption = simulation.view.caption
    assert caption.sentence.text() == "Press → to receive the first instance"
    for _ in range(12):
        simulation.session.step()
    assert (
        caption.sentence.text()
        == "Step 12 of 20 · Backward: δ of hidden node 1 from the δ of both output nodes"
    )


def test_while_drawing_it_says_what_the_mouse_does(drawing: Hand) -> None:
    assert drawing.view.caption.sentence.text().startswith("Click: add node")


def test_the_legend_of_delta_comes_with_the_first_delta_and_moves_nothing(simulation: Hand) -> None:
    caption = simulation.view.caption
    height = caption.height()
    assert not caption.delta.isVisible()
    simulation.session.go_to_phase("error")
    assert not caption.delta.isVisible()
    simulation.session.step()
    assert caption.delta.isVisible()
    assert caption.delta.texts == ("−0.145", "δ = 0", "+0.145")
    assert caption.height() == height
    simulation.session.set_view(decimal_separator=",")
    assert caption.delta.texts[2] == "+0,145"
    assert not caption.zero.isVisible()


def test_the_legend_has_no_scale_where_every_delta_is_0(simulation: Hand) -> None:
    session, caption = simulation.session, simulation.view.caption
    height = caption.height()
    session.go_to_phase("forward")
    prediction = session.moment.trace.prediction
    session.edit("Right", dataset=Dataset([[0.05, 0.1]], [prediction.tolist()]))
    session.go_to_phase("backward")
    assert not caption.delta.isVisible()
    assert caption.zero.isVisible()
    assert caption.zero.text() == "all δ are 0"
    assert caption.height() == height


def test_how_many_weights_are_drawn_is_said_where_not_all_are(show: Show) -> None:
    assert not show(lecture_session()).view.caption.chosen.isVisible()
    big = show(session_of((64, 128, 64, 10)))
    drawn = big.surface.picture.shown.drawn
    assert big.view.caption.chosen.isVisible()
    assert big.view.caption.chosen.text() == (
        f"the strongest {whole_text(drawn)} of {whole_text(17_024)} weights are drawn"
    )


def test_the_colours_in_the_nodes_are_explained_while_they_are_shown(simulation: Hand) -> None:
    session, caption = simulation.session, simulation.view.caption
    assert not caption.fields.isVisible()
    session.set_view(show_fields=True)
    assert caption.fields.isVisible()
    assert caption.fields.text() == "In each node: a over x₁ (→) and x₂ (↑), blue low, red high"
    assert caption.sentence.text() == "Press → to receive the first instance"
    session.set_view(show_fields=False)
    assert not caption.fields.isVisible()


def test_the_letters_are_those_of_the_notation(simulation: Hand) -> None:
    session, caption = simulation.session, simulation.view.caption
    session.go_to_phase("backward")
    session.set_view(notation="pytorch")
    assert caption.signs.texts == ("W > 0", "W < 0")
    assert caption.delta.texts[1] == "dL/dz = 0"
    assert caption.sentence.text().endswith("dL/dz of hidden node 3 from the dL/dz of both output nodes")
    session.set_view(notation="words")
    assert caption.signs.texts == ("θ > 0", "θ < 0")
    assert caption.delta.texts[1] == "δ = 0"
