"""Texts beside weights: on their line, and never over a node or another text."""

from itertools import combinations

import numpy as np
import pytest

from bpsim.network import Network
from ui.canvas.labels import Box, Form, Label, Wish, place_labels
from ui.canvas.layout import arrange
from ui.canvas.strongest import strongest
from ui.view_state import Edge

NETWORK = Network.dense((3, 3, 4, 2))
LAYOUT = arrange(NETWORK.sizes, 790, 450)
SHOWN = strongest(NETWORK, NETWORK.masks, 100)


def overlap(left: Box, right: Box) -> bool:
    return left[0] < right[2] and right[0] < left[2] and left[1] < right[3] and right[1] < left[3]


def wish(edge: Edge, rank: int, *widths: float, height: float = 18) -> Wish:
    forms = (Form(f"{edge} {width}", 11, width, height) for width in widths)
    return Wish(edge, rank, tuple(forms))


def wishes(width: float) -> list[Wish]:
    edges = [
        (l, i, j)
        for l in range(3)
        for i in range(NETWORK.sizes[l + 1])
        for j in range(NETWORK.sizes[l])
    ]  # fmt: skip
    return [wish(edge, number, width) for number, edge in enumerate(edges)]


@pytest.mark.parametrize("width", [30, 60, 100])
def test_no_text_covers_another_or_an_obstacle(width: float) -> None:
    obstacles = [(x - 40, y - 40, x + 40, y + 40) for x, rows in zip(LAYOUT.columns, LAYOUT.rows, strict=True)
                 for y in rows.tolist()]  # fmt: skip
    labels = place_labels(LAYOUT, SHOWN, wishes(width), obstacles)
    assert labels
    for left, right in combinations([label.box for label in labels] + obstacles[:0], 2):
        assert not overlap(left, right)
    assert not any(overlap(label.box, box) for label in labels for box in obstacles)


def distance_from_line(label: Label) -> float:
    l, i, j = label.edge
    start, end = np.array(LAYOUT.place(l, j)), np.array(LAYOUT.place(l + 1, i))
    along = (end - start) / np.hypot(*(end - start))
    off = np.array([label.x, label.y]) - start
    return float(abs(along[0] * off[1] - along[1] * off[0]))


def test_a_text_stands_on_its_line_where_there_is_room_for_all() -> None:
    labels = place_labels(LAYOUT, SHOWN, wishes(20)[::3], [])
    assert len(labels) == len(wishes(20)[::3])
    for label in labels:
        assert distance_from_line(label) < 1e-6
        assert label.leader is None
        assert label.contains(label.x, label.y)


def test_where_there_is_no_room_the_lower_rank_is_served() -> None:
    edges = [(0, 0, 0), (0, 0, 1), (0, 1, 0)]
    crowd = [wish(edge, rank, 150, height=300) for edge, rank in zip(edges, (2, 0, 1), strict=True)]
    assert [label.edge for label in place_labels(LAYOUT, SHOWN, crowd, [])] == [(0, 0, 1)]


def test_if_one_text_must_be_smaller_all_of_them_are() -> None:
    gap = LAYOUT.gap
    wide = [wish((0, 0, 0), 0, gap - 10, 60), wish((0, 0, 1), 0, 40, 30)]
    assert [label.form.width for label in place_labels(LAYOUT, SHOWN, wide, [])] == [gap - 10, 40]
    nodes = [(x - 20, y - 20, x + 20, y + 20) for x, rows in zip(LAYOUT.columns, LAYOUT.rows, strict=True)
             for y in rows.tolist()]  # fmt: skip
    assert sorted(label.form.width for label in place_labels(LAYOUT, SHOWN, wide, nodes)) == [30, 60]


NARROW = arrange((1, 1), 320, 450)
ALONE = strongest(Network.dense((1, 1)), Network.dense((1, 1)).masks, 10)


def test_a_text_that_is_too_wide_for_its_line_becomes_shorter_or_stands_away_with_a_leader() -> None:
    (x1, y), (x2, _) = NARROW.place(0, 0), NARROW.place(1, 0)
    nodes = [(x - 30, y - 30, x + 30, y + 30) for x in (x1, x2)]
    between = x2 - x1 - 60
    brief = [wish((0, 0, 0), 0, between + 30, between + 20, between - 10)]
    (label,) = place_labels(NARROW, ALONE, brief, nodes)
    assert (label.form.width, label.y, label.leader) == (between - 10, y, None)
    wide = [wish((0, 0, 0), 0, between + 40, between + 30, between + 20)]
    (label,) = place_labels(NARROW, ALONE, wide, nodes)
    assert label.form.width == between + 30
    assert label.leader is not None
    assert label.leader[1] == pytest.approx(y)
    assert label.box[3] < y - 30


def test_a_text_beside_its_line_is_on_no_other_line() -> None:
    for label in place_labels(LAYOUT, SHOWN, wishes(50), []):
        if distance_from_line(label) < 1e-6:
            continue
        left, top, right, bottom = label.box
        for i in range(NETWORK.sizes[label.edge[0] + 1]):
            for j in range(NETWORK.sizes[label.edge[0]]):
                (x1, y1), (x2, y2) = LAYOUT.place(label.edge[0], j), LAYOUT.place(label.edge[0] + 1, i)
                heights = [y1 + (x - x1) / (x2 - x1) * (y2 - y1) for x in (left, right)]
                assert max(heights) <= top or min(heights) >= bottom
