"""Texts beside weights: on their line, and never over a node or another text."""

from itertools import combinations

import pytest

from bpsim.network import Network
from ui.canvas.labels import Box, Wish, place_labels
from ui.canvas.layout import arrange
from ui.canvas.strongest import strongest

NETWORK = Network.dense((3, 3, 4, 2))
LAYOUT = arrange(NETWORK.sizes, 790, 450)
SHOWN = strongest(NETWORK, NETWORK.masks, 100)


def overlap(left: Box, right: Box) -> bool:
    return left[0] < right[2] and right[0] < left[2] and left[1] < right[3] and right[1] < left[3]


def wishes(width: float) -> list[Wish]:
    edges = [
        (l, i, j)
        for l in range(3)
        for i in range(NETWORK.sizes[l + 1])
        for j in range(NETWORK.sizes[l])
    ]  # fmt: skip
    return [Wish(edge, str(edge), number, width, 18) for number, edge in enumerate(edges)]


@pytest.mark.parametrize("width", [30, 60, 100])
def test_no_text_covers_another_or_an_obstacle(width: float) -> None:
    obstacles = [(x - 40, y - 40, x + 40, y + 40) for x, rows in zip(LAYOUT.columns, LAYOUT.rows, strict=True)
                 for y in rows.tolist()]  # fmt: skip
    labels = place_labels(LAYOUT, SHOWN, wishes(width), obstacles)
    assert labels
    for left, right in combinations([label.box for label in labels] + obstacles[:0], 2):
        assert not overlap(left, right)
    assert not any(overlap(label.box, box) for label in labels for box in obstacles)


def test_a_text_stands_on_its_line() -> None:
    for label in place_labels(LAYOUT, SHOWN, wishes(30), []):
        l, i, j = label.edge
        (x1, y1), (x2, y2) = LAYOUT.place(l, j), LAYOUT.place(l + 1, i)
        assert label.y == pytest.approx(y1 + (label.x - x1) / (x2 - x1) * (y2 - y1))
        assert label.contains(label.x, label.y)


def test_where_there_is_no_room_the_lower_rank_is_served() -> None:
    edges = [(0, 0, 0), (0, 0, 1), (0, 1, 0)]
    crowd = [Wish(edge, "wide", rank, 150, 300) for edge, rank in zip(edges, (2, 0, 1), strict=True)]
    assert [label.edge for label in place_labels(LAYOUT, SHOWN, crowd, [])] == [(0, 0, 1)]
