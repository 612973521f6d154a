"""How a picture comes together, and that its texts never cover each other or a node."""

from itertools import combinations

import pytest

from bpsim.examples import load_example
from tests.ui.canvas.hands import edges, lecture_session, session_of
from ui.canvas.column import bias_box, bias_text, symbol_box
from ui.canvas.composing import Composer, Scenery
from ui.canvas.picture import Picture, Target
from ui.session import Session
from ui.theme import load_theme

SIZES = [(2, 3, 2), (3, 3, 4, 2), (2, 1, 1), (8, 6, 1), (1,) * 7, (64, 3, 2), (64, 128, 64, 10)]
PHASES = (None, "receive", "forward", "error", "backward", "gradient", "update")


def scenery(session: Session, width: float = 790, height: float = 450, **more: object) -> Scenery:
    return Scenery(session.moment, session.view, load_theme("light"), width, height, **more)


def boxes_around_nodes(picture: Picture) -> list[tuple[float, float, float, float]]:
    layout, boxes = picture.layout, []
    for layer, x in enumerate(layout.columns):
        r = layout.radii[layer]
        boxes.extend((x - r, y - r, x + r, y + r) for y in layout.rows[layer].tolist())
        if picture.shows_biases(layer) or picture.biases_beside(layer):
            boxes.extend(bias_box(picture, layer, node).getCoords() for node in range(layout.sizes[layer]))
        if layer > 0 and (picture.shows_symbols(layer) or picture.names_beside(layer)):
            boxes.extend(symbol_box(picture, layer, node).getCoords() for node in range(layout.sizes[layer]))
    return boxes


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("sizes", SIZES)
@pytest.mark.parametrize("area", [(790, 450), (755, 297), (560, 340), (430, 297), (320, 180)])
def test_no_text_covers_another_text_or_a_node(
    qapp: object, phase: str | None, sizes: tuple[int, ...], area: tuple[int, int]
) -> None:
    session = session_of(sizes)
    if phase is not None:
        session.go_to_phase(phase)
    picture = Composer().compose(scenery(session, *area))
    boxes = [label.box for label in picture.labels]
    around = boxes_around_nodes(picture)
    for a, b in [*combinations(boxes, 2), *((box, node) for box in boxes for node in around)]:
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


@pytest.mark.parametrize("area", [(1172, 520), (790, 450), (755, 390), (755, 297), (755, 250), (480, 330)])
def test_every_weight_of_the_lectures_network_has_its_text(qapp: object, area: tuple[int, int]) -> None:
    session = lecture_session()
    for phase in (None, "gradient", "update"):
        if phase is not None:
            session.go_to_phase(phase)
        picture = Composer().compose(scenery(session, *area))
        assert len(picture.labels) == 12
        assert all(label.leader is None for label in picture.labels)


@pytest.mark.parametrize("area", [(1172, 520), (755, 390), (755, 250)])
def test_many_layers_of_one_node_have_all_their_texts(qapp: object, area: tuple[int, int]) -> None:
    session = Session(load_example("vanishing"))
    for phase in (None, "gradient", "update"):
        if phase is not None:
            session.go_to_phase(phase)
        picture = Composer().compose(scenery(session, *area))
        assert len(picture.labels) == 6
        for layer in range(1, 7):
            text, _ = bias_text(picture, layer, 0)
            assert not text.endswith("…")
            assert bias_box(picture, layer, 0).width() <= picture.layout.gap


def test_the_few_weights_beside_a_crowded_layer_pair_have_their_texts(qapp: object) -> None:
    session = session_of((64, 3, 2))
    for phase in (None, "gradient", "update"):
        if phase is not None:
            session.go_to_phase(phase)
        labels = Composer().compose(scenery(session, 1172, 520)).labels
        assert sum(label.edge[0] == 1 for label in labels) == 6
        assert sum(label.edge[0] == 0 for label in labels) <= 8


def test_texts_beside_weights_are_not_larger_than_tiny_nodes_ask_for(qapp: object) -> None:
    session = session_of((64, 128, 64, 10))
    session.go_to_phase("update")
    picture = Composer().compose(scenery(session, 1172, 520, zoom=4.0))
    assert picture.layout.scale > 1
    heights = {label.form.height for label in picture.labels if label.edge[0] < 2}
    assert heights
    assert max(heights) <= 16


def test_texts_keep_their_places_while_nothing_about_them_is_new(qapp: object) -> None:
    session, composer = lecture_session(), Composer()
    first = composer.compose(scenery(session))
    assert composer.compose(scenery(session, hovered=Target("node", 1, 1))).labels is first.labels
    session.step()
    assert composer.compose(scenery(session)).labels is not first.labels


def test_the_weight_under_the_mouse_and_the_selected_one_come_first(qapp: object) -> None:
    session = session_of((8, 6, 1))
    hovered, selected = Target("edge", 0, edge=(0, 5, 7)), edges((0, 0, 3))
    picture = Composer().compose(scenery(session, hovered=hovered, selection=selected))
    assert {label.rank: label.edge for label in picture.labels if label.rank < 2} == {
        0: (0, 5, 7),
        1: (0, 0, 3),
    }


def test_what_has_not_changed_is_kept(qapp: object) -> None:
    session, composer = lecture_session(), Composer()
    first = composer.compose(scenery(session))
    session.step()
    second = composer.compose(scenery(session))
    assert second.layout is first.layout
    assert second.shown is first.shown
    assert second.reading is not first.reading
    third = composer.compose(scenery(session, hovered=Target("node", 1, 1)))
    assert third.reading is second.reading
    assert third.lit is second.lit


def test_what_has_changed_is_made_anew(qapp: object) -> None:
    session, composer = lecture_session(), Composer()
    first = composer.compose(scenery(session))
    session.edit("Change weight", network=session.moment.network.with_weight(0, 0, 0, 9.0))
    assert composer.compose(scenery(session)).shown is not first.shown
    session.edit("Add node", network=session.moment.network.with_node_added(1, 0))
    assert composer.compose(scenery(session)).layout.sizes == (2, 4, 2)
    assert composer.compose(scenery(session, zoom=2.0)).layout.scale == 2.0
