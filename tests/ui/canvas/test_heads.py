"""The heads of the layers."""

import itertools

import pytest

from tests.ui.canvas.conftest import Show
from tests.ui.canvas.hands import lecture_session, session_of
from ui.canvas.heads import head_box


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
