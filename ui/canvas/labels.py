"""Places for the texts beside weights, so that none covers another or a node. No Qt.

A text stands on the line of its weight, as large as it likes, if all of them find a place so; otherwise
all of them are smaller, and beside their lines if need be. Only where that is not enough, single ones become
shorter, stand farther away with a leader to their line, or give way.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from bpsim.arrays import Array, Mask
from ui.canvas.layout import Layout
from ui.canvas.strongest import Choice
from ui.view_state import Edge

_SHARES = 0.5 + 0.04 * np.array([0, -1, 1, -2, 2, -3, 3, -4, 4, -5, 5, -6, 6, -7, 7, -8, 8, -9, 9])
_FAR = np.arange(24.0, 90.0, 6.0)  # how far from its line a text stands that has a leader
_CROWDED = 80  # from so many lines in a layer pair on, a text cannot keep clear of them
_FEW, _TRIES = 24, 4  # up to so many texts, those that found no place are served first in another try

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

Where = Literal["on", "beside", "far"]
_ALL_PLACES: tuple[Where, ...] = ("on", "beside", "far")


@dataclass(frozen=True)
class Form:
    """A way to write a text, in a size of type, with the size of its box."""

    text: str
    size: int
    width: float
    height: float


@dataclass(frozen=True)
class Wish:
    """A text that wants a place at a weight's line; a lower rank is served first.

    Its forms begin with the usual one, then the same text smaller, then shorter ones: first one that leaves
    out words only, then those with fewer digits.
    """

    edge: Edge
    rank: int
    forms: tuple[Form, ...]


@dataclass(frozen=True)
class Label:
    """A text with its place: the centre of its box, and the point of the line that a leader leads to."""

    edge: Edge
    rank: int
    form: Form
    x: float
    y: float
    leader: tuple[float, float] | None = None

    @property
    def text(self) -> str:
        """What it says."""
        return self.form.text

    @property
    def box(self) -> Box:
        """The area that it covers."""
        half_width, half_height = self.form.width / 2, self.form.height / 2
        return self.x - half_width, self.y - half_height, self.x + half_width, self.y + half_height

    def contains(self, x: float, y: float) -> bool:
        """Tell whether a point is on it."""
        left, top, right, bottom = self.box
        return left <= x <= right and top <= y <= bottom


def place_labels(
    layout: Layout, shown: Choice, wishes: Iterable[Wish], obstacles: Sequence[Box]
) -> tuple[Label, ...]:
    """Return the texts that there is room for.

    They are served by rank. A place is free if it touches no obstacle and no text placed before; among the
    free ones the place that covers fewest other lines is taken.
    """
    ordered = sorted(wishes, key=lambda wish: wish.rank)
    placing = _Placing(layout, shown, obstacles)
    tries: list[tuple[int, tuple[Where, ...]]] = [(0, ("on",)), (1, ("on", "beside")), (2, ("on",))]
    for number, places in tries if len(ordered) <= _FEW else tries[:2]:
        labels = placing.all_alike(ordered, number, places)
        if labels is not None:
            return labels
    return placing.as_many_as_possible(ordered)


class _Placing:
    """Finds places among the obstacles and lines of one drawing."""

    def __init__(self, layout: Layout, shown: Choice, obstacles: Sequence[Box]) -> None:
        self._obstacles = np.array(obstacles).reshape(-1, 4)
        self._lines = [_Lines(layout, shown, l) for l in range(len(layout.sizes) - 1)]

    def all_alike(
        self, wishes: Sequence[Wish], number: int, places: Sequence[Where]
    ) -> tuple[Label, ...] | None:
        """Return all the texts in the same form, None if one finds no place."""
        order = list(wishes)
        for _ in range(_TRIES if len(order) <= _FEW else 1):
            labels, failed = self._try(order, number, places)
            if failed is None:
                return labels
            order.remove(failed)
            order.insert(sum(wish.rank < failed.rank for wish in order), failed)
        return None

    def _try(
        self, wishes: Sequence[Wish], number: int, places: Sequence[Where]
    ) -> tuple[tuple[Label, ...], Wish | None]:
        taken, labels = self._obstacles, []
        for wish in wishes:
            forms = wish.forms[number : number + 1] or wish.forms[-1:]
            label = self._find(wish, [(form, place) for place in places for form in forms], taken)
            if label is None:
                return (), wish
            labels.append(label)
            taken = np.vstack((taken, label.box))
        return tuple(labels), None

    def as_many_as_possible(self, wishes: Sequence[Wish]) -> tuple[Label, ...]:
        """Return the texts that find a place in one of their forms."""
        order, best = list(wishes), tuple[Label, ...]()
        for _ in range(_TRIES if len(order) <= _FEW else 1):
            labels, failed = self._some(order)
            best = max(best, labels, key=len)
            if not failed:
                break
            order = sorted(order, key=lambda wish: (wish.rank, wish not in failed))
        return best

    def _some(self, wishes: Sequence[Wish]) -> tuple[tuple[Label, ...], list[Wish]]:
        taken, labels, failed = self._obstacles, [], []
        for wish in wishes:
            whole, *shorter = wish.forms[1:] or wish.forms
            ways: list[tuple[Form, Where]] = [(whole, "on"), (whole, "beside")]
            ways += [(form, "on") for form in shorter[:1]]
            ways += [(form, "far") for form in (whole, *shorter[:1])]
            ways += [(form, where) for form in shorter[1:] for where in _ALL_PLACES]
            label = self._find(wish, ways, taken)
            if label is None:
                failed.append(wish)
            else:
                labels.append(label)
                taken = np.vstack((taken, label.box))
        return tuple(labels), failed

    def _find(self, wish: Wish, ways: Sequence[tuple[Form, Where]], taken: Array) -> Label | None:
        lines = self._lines[wish.edge[0]]
        for form, where in ways:
            anchors, centers = lines.places(wish.edge, form, where)
            half = np.array([form.width / 2, form.height / 2])
            boxes = np.hstack((centers - half, centers + half))
            crossings = lines.crossings(boxes)
            free = ~_touching(boxes, taken) & lines.inside(boxes)
            if where != "on":
                free &= crossings == 0
            if free.any():
                cost = np.where(free, crossings + lines.strays(wish.edge, centers), np.inf)
                best = int(np.argmin(cost))
                leader = (float(anchors[best, 0]), float(anchors[best, 1])) if where == "far" else None
                return Label(
                    wish.edge, wish.rank, form, float(centers[best, 0]), float(centers[best, 1]), leader
                )
        return None


class _Lines:
    """The drawn lines of one layer pair."""

    def __init__(self, layout: Layout, shown: Choice, l: int) -> None:
        self._layout, self._l = layout, l
        rows, columns = shown.pairs[l]
        self._few = len(rows) <= _CROWDED
        self._starts = layout.rows[l][columns] if self._few else np.empty(0)
        self._ends = layout.rows[l + 1][rows] if self._few else np.empty(0)

    def places(self, edge: Edge, form: Form, where: Where) -> tuple[Array, Array]:
        """Return points of a weight's line, and the centres of the boxes that belong to them, (n, 2) each."""
        start, end = self._ends_of(edge)
        if where == "on":
            points = start + _SHARES[:, None] * (end - start)
            return points, points
        if not self._few:
            return np.empty((0, 2)), np.empty((0, 2))
        along = (end - start) / np.hypot(*(end - start))
        across = np.array([along[1], -along[0]])  # upwards
        apart = form.width / 2 * abs(along[1]) + form.height / 2 * abs(along[0]) + 3
        away = np.array([apart]) if where == "beside" else _FAR * self._layout.scale
        shares = _SHARES if where == "beside" else _SHARES[:5]
        points = np.repeat(start + shares[:, None] * (end - start), 2 * len(away), axis=0)
        steps = np.tile(np.concatenate((away, -away)), len(shares))
        return points, points + steps[:, None] * across

    def strays(self, edge: Edge, centers: Array) -> Array:
        """Return how far from the middle of its line each place is, as a share of the line's length."""
        start, end = self._ends_of(edge)
        off = centers - (start + end) / 2
        return np.asarray(np.hypot(off[:, 0], off[:, 1]) / np.hypot(*(end - start)))

    def crossings(self, boxes: Array) -> Array:
        """Return how many lines pass through each box."""
        at_left, at_right = self._heights(boxes[:, 0]), self._heights(boxes[:, 2])
        above = np.minimum(at_left, at_right) < boxes[:, 3, None]
        below = np.maximum(at_left, at_right) > boxes[:, 1, None]
        return np.asarray((above & below).sum(axis=1))

    def inside(self, boxes: Array) -> Mask:
        """Tell of each box whether it is within the room between the heads and the lower end."""
        return np.asarray((boxes[:, 1] >= 0) & (boxes[:, 3] <= self._layout.height - 2))

    def _ends_of(self, edge: Edge) -> tuple[Array, Array]:
        l, i, j = edge
        return np.array(self._layout.place(l, j)), np.array(self._layout.place(l + 1, i))

    def _heights(self, x: Array) -> Array:
        share = (x - self._layout.columns[self._l]) / self._layout.gap
        return np.asarray(self._starts + share[:, None] * (self._ends - self._starts))


def _touching(boxes: Array, others: Array) -> Mask:
    """Tell of each box whether it touches one of the others."""
    a, b = boxes[:, None, :], others[None, :, :]
    apart = (
        (b[..., 0] >= a[..., 2] + 3) | (b[..., 2] <= a[..., 0] - 3)
        | (b[..., 1] >= a[..., 3] + 2) | (b[..., 3] <= a[..., 1] - 2)
    )  # fmt: skip
    return np.asarray(~apart.all(axis=1))
