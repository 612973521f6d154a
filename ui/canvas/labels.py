"""Places for the texts beside weights, so that none covers another or a node. No Qt."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from bpsim.arrays import Array
from ui.canvas.layout import Layout
from ui.canvas.strongest import Choice
from ui.session import Edge

_SHARES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73, 0.2, 0.8)
_CROWDED = 80  # from so many lines in a layer pair on, a text cannot keep clear of them

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True)
class Wish:
    """A text that wants a place on a weight's line; a lower rank is served first."""

    edge: Edge
    text: str
    rank: int
    width: float
    height: float


@dataclass(frozen=True)
class Label:
    """A text with its place: the centre and size of its box."""

    edge: Edge
    text: str
    rank: int
    x: float
    y: float
    width: float
    height: float

    @property
    def box(self) -> Box:
        """The area that it covers."""
        half_width, half_height = self.width / 2, self.height / 2
        return self.x - half_width, self.y - half_height, self.x + half_width, self.y + half_height

    def contains(self, x: float, y: float) -> bool:
        """Tell whether a point is on it."""
        left, top, right, bottom = self.box
        return left <= x <= right and top <= y <= bottom


def place_labels(
    layout: Layout, shown: Choice, wishes: Iterable[Wish], obstacles: Sequence[Box]
) -> tuple[Label, ...]:
    """Return the texts that there is room for, each on the line of its weight.

    They are served by rank. A place is free if it touches no obstacle and no text placed before; among the
    free ones the place that covers fewest other lines is taken.
    """
    taken = [np.array(obstacles).reshape(-1, 4)]
    labels: list[Label] = []
    lines = [_Lines(layout, shown, l) for l in range(len(layout.sizes) - 1)]
    for wish in sorted(wishes, key=lambda wish: wish.rank):
        label = _best_place(lines[wish.edge[0]], wish, np.vstack(taken))
        if label is not None:
            labels.append(label)
            taken.append(np.array([label.box]))
    return tuple(labels)


class _Lines:
    """The drawn lines of one layer pair."""

    def __init__(self, layout: Layout, shown: Choice, l: int) -> None:
        self._layout, self._l = layout, l
        rows, columns = shown.pairs[l]
        few = len(rows) <= _CROWDED
        self._starts = layout.rows[l][columns] if few else np.empty(0)
        self._ends = layout.rows[l + 1][rows] if few else np.empty(0)

    def point(self, edge: Edge, share: float) -> tuple[float, float]:
        """Return the point of a weight's line that lies `share` of the way to the right."""
        l, i, j = edge
        start, end = self._layout.place(l, j), self._layout.place(l + 1, i)
        return start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])

    def crossing(self, box: Box) -> int:
        """Return how many lines pass through a box."""
        left, top, right, bottom = box
        at_left, at_right = self._heights(left), self._heights(right)
        through = (np.minimum(at_left, at_right) < bottom) & (np.maximum(at_left, at_right) > top)
        return int(through.sum())

    def _heights(self, x: float) -> Array:
        share = (x - self._layout.columns[self._l]) / self._layout.gap
        return np.asarray(self._starts + share * (self._ends - self._starts))


def _best_place(lines: _Lines, wish: Wish, taken: Array) -> Label | None:
    best: tuple[float, Label] | None = None
    for share in _SHARES:
        x, y = lines.point(wish.edge, share)
        label = Label(wish.edge, wish.text, wish.rank, x, y, wish.width, wish.height)
        if _touches(label.box, taken):
            continue
        cost = lines.crossing(label.box) + abs(share - 0.5)
        if best is None or cost < best[0]:
            best = (cost, label)
    return None if best is None else best[1]


def _touches(box: Box, others: Array) -> bool:
    left, top, right, bottom = box
    apart = (
        (others[:, 0] >= right + 3) | (others[:, 2] <= left - 3)
        | (others[:, 1] >= bottom + 2) | (others[:, 3] <= top - 2)
    )  # fmt: skip
    return not bool(apart.all())
