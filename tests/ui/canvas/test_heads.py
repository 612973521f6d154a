"""The heads of the layers."""

import itertools

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QMenu

from tests.ui.canvas.conftest import Show
from tests.ui.canvas.hands import lecture_session, session_of
from ui.canvas.heads import head_box
from ui.canvas.picture import Target


@pytest.mark.parametrize("mode", ["draw", "simulate"])
@pytest.mark.parametrize("area", [(790, 510), (755, 312), (400, 300)])
@pytest.mark.parametrize("sizes", [(2, 3, 2), (2, 1), (2, 2, 2, 2, 2, 2)])
def test_heads_stand_beside_each_other_above_the_nodes(
    show: Show, mode: str, area: tuple[int, int], sizes: tuple[int, ...]
) -> None:
    picture = show(session_of(sizes, mode), *area).surface.picture
    boxes = [head_box(picture, layer) for layer in range(1, len(sizes))]
    for left, right in itertools.pairwise(boxes):
        assert left.right() <= right.left()
    assert all(box.bottom() <= picture.layout.top for box in boxes)
    assert boxes[-1].right() <= picture.layout.width


def test_a_click_on_any_part_of_the_head_opens_the_choice(show: Show) -> None:
    for area in ((790, 510), (755, 312)):
        hand = show(lecture_session("draw"), *area)
        box = head_box(hand.surface.picture, 2)
        for x in (box.left() + 3, box.center().x(), box.right() - 3):
            target = hand.surface.picture.target_at(x, box.center().y())
            assert (target.kind, target.layer) == ("head", 2)


def test_heads_stay_in_sight_when_one_scrolls(show: Show) -> None:
    hand = show(session_of((64, 128, 64, 10), "draw"))
    hand.surface.zoom_to(6.0)
    top = hand.surface.mapToScene(0, 0).y()
    assert top > 0
    box = head_box(hand.surface.picture, 2).translated(0, top)
    hand.surface.horizontalScrollBar().setValue(round(box.center().x() - 300))
    place = (box.center().x(), box.center().y())
    image = hand.surface.grab().toImage().copy(hand.surface.mapFromScene(box).boundingRect())
    text = hand.surface.picture.theme.color("text").name()
    assert text in {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }
    hand.hover(place)
    assert hand.surface.picture.hovered == Target("head", 2)
    hand.press(place)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.y() == hand.surface.viewport().mapToGlobal(hand.point((0, box.bottom()))).y()
    menu.close()


def test_what_is_scrolled_under_the_heads_is_not_under_the_mouse(show: Show) -> None:
    hand = show(session_of((64, 128, 64, 10)))
    hand.surface.zoom_to(6.0)
    top = hand.surface.mapToScene(0, 0).y()
    x = hand.surface.picture.layout.columns[1]
    hand.surface.horizontalScrollBar().setValue(round(x - 300))
    for step in range(4, int(hand.surface.picture.layout.heads_end), 4):
        hand.hover((x, top + step))
        assert hand.surface.picture.hovered == Target()


def test_the_error_stands_beside_the_head_where_there_is_no_room_below(show: Show) -> None:
    hand = show(session_of((3, 10)))
    picture = hand.surface.picture
    assert not picture.shows_error_below
    box = head_box(picture, 1)
    area = QRect(round(box.right()) + 4, 0, round(picture.layout.width - box.right()) - 4, 44)
    before = hand.surface.grab().toImage().copy(area)
    hand.session.go_to_phase("forward")
    assert hand.surface.grab().toImage().copy(area) == before
    hand.session.go_to_phase("error")
    assert hand.surface.grab().toImage().copy(area) != before
