"""What is at a point of the drawing."""

import pytest

from tests.ui.canvas.hands import lecture_session, session_of
from ui.canvas.composing import Composer, Scenery
from ui.canvas.picture import Picture, Target
from ui.session import Session
from ui.theme import load_theme


def picture_of(session: Session) -> Picture:
    return Composer().compose(Scenery(session.moment, session.view, load_theme("light"), 790, 450))


@pytest.fixture
def picture(qapp: object) -> Picture:
    return picture_of(lecture_session("draw"))


def test_a_node_its_bias_and_a_weight(picture: Picture) -> None:
    layout = picture.layout
    x, y = layout.place(1, 1)
    assert picture.target_at(x + 10, y - 10) == Target("node", 1, 1)
    assert picture.target_at(x, y + layout.radii[1] + 9) == Target("bias", 1, 1)
    (x1, y1), (x2, y2) = layout.place(0, 1), layout.place(1, 2)
    assert picture.target_at((x1 + x2) / 2, (y1 + y2) / 2 + 3) == Target("edge", 0, edge=(0, 2, 1))


def test_the_text_of_a_weight_belongs_to_it(picture: Picture) -> None:
    for label in picture.labels:
        assert picture.target_at(label.x, label.y + 6).edge == label.edge


def test_heads_slots_gaps_and_nothing(picture: Picture) -> None:
    layout = picture.layout
    assert picture.target_at(layout.columns[2], 45) == Target("head", 2)
    assert picture.target_at(layout.columns[0], 45) == Target()
    assert picture.target_at(layout.columns[1], layout.bottom) == Target("slot", 1, 3)
    assert picture.target_at(layout.gap_place(2), layout.bottom) == Target("gap", 2)
    assert picture.target_at(4, 200) == Target()


def test_a_missing_connection_is_not_there(qapp: object) -> None:
    session = lecture_session("draw")
    session.edit("Disconnect", network=session.moment.network.with_disconnected(0, 2, 1))
    picture = picture_of(session)
    (x1, y1), (x2, y2) = picture.layout.place(0, 1), picture.layout.place(1, 2)
    assert picture.target_at(x1 + 0.6 * (x2 - x1), y1 + 0.6 * (y2 - y1)).kind == "gap"


def test_of_thousands_of_weights_only_those_that_are_drawn_are_found(qapp: object) -> None:
    picture = picture_of(session_of((64, 128, 64, 10)))
    drawn = [set(zip(*(ends.tolist() for ends in pair), strict=True)) for pair in picture.shown.pairs]
    layout = picture.layout
    for step in range(40):
        edge = picture.target_at(layout.gap_place(1), layout.top + step * 8).edge
        assert edge is None or edge[1:] in drawn[0]
