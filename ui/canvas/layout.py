"""Where everything of the drawing stands: pure geometry, no Qt.

Lengths are pixels of the screen. Zooming does not magnify a picture: it lays the network out on a larger
area, so texts stay sharp and appear as soon as there is room for them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import hypot

import numpy as np

from bpsim.arrays import Array

MOST_LINES = 5000
"""Weights that are drawn at most, however large the area: more of them cannot be painted within a frame."""

RADIUS = 33.0
"""Radius of a node where there is room."""

_READABLE_RADIUS = 20.0  # from here on a node holds a number; layers of such nodes are all drawn alike
_HEAD = 74.0  # title of a layer, and its activation below
_LOW_HEAD = 48.0  # both on one line
_LOW, _LOW_GAP = 360.0, 200.0  # height up to which, and distance of layers from which heads are low
_FOOT = 14.0
_ROOMY_SCALE, _CROWDED_SCALE = 2.0, 1.25  # how much larger texts become when zooming in
_LOW_SCALE = 0.85  # how much smaller texts are if all of them have room then
_NARROW_GAP = 150.0  # distance of layers below which texts are so, for those beside weights
_USUAL, _LARGEST = (840.0, 470.0), 1.6  # a window that is larger shows everything larger
_LEFT, _RIGHT = 92.0, 140.0  # room for x₁ beside the inputs and ŷ, y, E beside the outputs
_GAP = 300.0  # between two layers, at most
_PITCH = 152.0  # between two nodes, at most
_GHOST = 9.0  # radius of the preview of a new node where texts leave it little room
_LINE = 20.5  # height of the symbol above a node, and of the bias below it


@dataclass(frozen=True, eq=False)
class Layout:
    """The places of a network's nodes on an area of `width` × `height`.

    Parameters
    ----------
    sizes : tuple of int
        Nodes of every layer.
    width, height : float
        The whole area, from (0, 0).
    scale : float
        How much larger than usual texts are.
    head : float
        Height of the layers' heads.
    gap : float
        Distance of neighbouring layers.
    columns : tuple of float
        x of every layer.
    rows : tuple of arrays, (size[l],)
        y of every node, rising.
    pitches, radii : tuple of float
        Distance of neighbouring nodes, and radius of a node, by layer.
    """

    sizes: tuple[int, ...]
    width: float
    height: float
    scale: float
    head: float
    gap: float
    columns: tuple[float, ...]
    rows: tuple[Array, ...]
    pitches: tuple[float, ...]
    radii: tuple[float, ...]

    @property
    def top(self) -> float:
        """Where the heads of the layers end and the nodes begin."""
        return self.head

    @property
    def heads_end(self) -> float:
        """Where the heads end."""
        return self.head - 14.0 * self.scale

    @property
    def bottom(self) -> float:
        """Where the room for nodes ends."""
        return self.height - _FOOT

    @property
    def middle(self) -> float:
        """The height that the middle of every layer has."""
        return (self.top + self.bottom) / 2

    def place(self, layer: int, node: int) -> tuple[float, float]:
        """Return the centre of a node."""
        return self.columns[layer], float(self.rows[layer][node])

    @property
    def has_low_heads(self) -> bool:
        """Whether title and activation of a layer stand on one line, because height is scarce."""
        return self.head < _HEAD * self.scale

    def lines(self, layer: int) -> int:
        """Return how many lines of text there is room for between two nodes of a layer, 2 at most."""
        free = self.pitches[layer] - 2 * self.radii[layer]
        return min(int(free / (_LINE * self.scale) + 1e-6), 2)

    def has_numbers(self, layer: int) -> bool:
        """Tell whether a node of a layer can hold a number."""
        return self.radii[layer] >= 11.0

    @cached_property
    def band(self) -> float:
        """How far from its centre line a column reaches to both sides."""
        return min(max(*self.radii, 20.0) + 16.0, 0.36 * self.gap)

    def same_place(self, other: "Layout", x: float, y: float) -> tuple[float, float]:
        """Return where a point of another layout of the same network lies in this one."""
        across = (x - other.columns[0]) / other.gap
        down = (y - other.middle) / (other.bottom - other.top)
        return self.columns[0] + across * self.gap, self.middle + down * (self.bottom - self.top)

    # -- what is at a point -----------------------------------------------------------------------------

    def node_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Return the node at a point, as (layer, index)."""
        layer = int(np.argmin(np.abs(np.subtract(self.columns, x))))
        index = int(np.argmin(np.abs(self.rows[layer] - y)))
        reach = max(self.radii[layer], min(6.0, self.pitches[layer] / 2))
        near = hypot(x - self.columns[layer], y - float(self.rows[layer][index])) <= reach
        return (layer, index) if near else None

    def column_at(self, x: float) -> int | None:
        """Return the layer whose column a point lies in."""
        layer = int(np.argmin(np.abs(np.subtract(self.columns, x))))
        return layer if abs(self.columns[layer] - x) <= self.band else None

    def head_at(self, x: float, y: float) -> int | None:
        """Return the layer whose head a point lies in."""
        layer = int(np.argmin(np.abs(np.subtract(self.columns, x))))
        near = abs(self.columns[layer] - x) <= 0.48 * self.gap and y < self.heads_end
        return layer if near else None

    def gap_at(self, x: float) -> int | None:
        """Return the number that a new layer at x would have, 1 … L − 1, or None outside the network."""
        if self.column_at(x) is not None or not self.columns[0] < x < self.columns[-1]:
            return None
        return int(np.searchsorted(self.columns, x))

    def slot_at(self, layer: int, y: float) -> int:
        """Return the index that a new node at y would have."""
        return int(np.searchsorted(self.rows[layer], y))

    def slot_place(self, layer: int, index: int) -> tuple[float, float, float]:
        """Return centre and radius of the preview of a new node, where it touches no other node and no text.

        Between two nodes it stands on the left of the texts there; above and below all of them, beyond those.
        """
        rows, x, radius = self.rows[layer], self.columns[layer], self.radii[layer]
        free = self.pitches[layer] - 2 * radius
        line = _LINE * self.scale if layer > 0 and self.lines(layer) > 0 else 0.0
        if 0 < index < len(rows):
            middle = float(rows[index - 1] + rows[index]) / 2
            if line:
                return x - radius - _GHOST - 5, middle, _GHOST
            return x, middle, max(2.0, min(radius, free / 2 - 3))
        edge, away = (rows[0], -1.0) if index == 0 else (rows[-1], 1.0)
        room = (edge - radius - self.heads_end) if index == 0 else (self.bottom - edge - radius)
        small = max(3.0, min(radius, (room - line) / 2 - 3))
        if small < _GHOST and line:
            return x - radius - _GHOST - 5, float(edge + away * (radius + 1)), _GHOST
        return x, float(edge + away * (radius + line + small + 3.0)), small

    def gap_place(self, position: int) -> float:
        """Return x of the preview of a new layer."""
        return (self.columns[position - 1] + self.columns[position]) / 2

    def nodes_within(self, x1: float, y1: float, x2: float, y2: float) -> list[tuple[int, int]]:
        """Return the nodes whose centres lie in a rectangle given by two corners."""
        left, right, top, bottom = min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2)
        return [
            (layer, int(index))
            for layer, x in enumerate(self.columns)
            if left <= x <= right
            for index in np.flatnonzero((self.rows[layer] >= top) & (self.rows[layer] <= bottom))
        ]


def arrange(sizes: Sequence[int], width: float, height: float, zoom: float = 1.0) -> Layout:
    """Return the layout of a network that fills a window, or `zoom` times as much.

    In a window that is larger than the network needs, everything is larger.
    """
    larger = max(1.0, min(width / _USUAL[0], height / _USUAL[1], _LARGEST))
    narrow = _columns(len(sizes), width, 1.0, 1.0)[1] < _NARROW_GAP
    if not narrow and _least_lines(sizes, width / larger, height / larger) == 2:
        return _enlarged(_arrange(sizes, width / larger, height / larger, zoom, _ROOMY_SCALE), larger)
    lines = _least_lines(sizes, width, height, _LOW_SCALE)
    if narrow or lines > _least_lines(sizes, width, height):
        most = _ROOMY_SCALE if lines == 2 else _CROWDED_SCALE
        return _arrange(sizes, width, height, zoom, most, _LOW_SCALE)
    return _arrange(sizes, width, height, zoom, _CROWDED_SCALE)


def _least_lines(sizes: Sequence[int], width: float, height: float, scale: float = 1.0) -> int:
    """Return how many lines every node of a network has without zooming; 2 show symbol and bias."""
    layout = _arrange(sizes, width, height, 1.0, scale, scale)
    return min(layout.lines(layer) for layer in range(len(sizes)))


def _arrange(
    sizes: Sequence[int], width: float, height: float, zoom: float, most: float, least: float = 1.0
) -> Layout:
    """Return the layout at a zoom; `most` is how much larger than usual texts become with it."""
    scale = min(least * max(zoom, 1.0), most)
    columns, gap, whole_width = _columns(len(sizes), width, zoom, scale)
    low = height <= _LOW and gap >= _LOW_GAP
    base = _LOW_HEAD if low else _HEAD
    head = base * scale
    area = max(40.0, (height - base - _FOOT) * zoom)
    whole_height = max(height, head + area + _FOOT)
    pitches = tuple(min(_PITCH * max(zoom, 0.3), area / size) for size in sizes)
    radii = _radii(pitches, gap, min(scale, max(zoom, 0.3)) if zoom < 1 else scale)
    middle = (head + whole_height - _FOOT) / 2
    rows = tuple(
        np.asarray(middle + (np.arange(size) - (size - 1) / 2) * pitch, dtype=np.float64)
        for size, pitch in zip(sizes, pitches, strict=True)
    )
    return Layout(tuple(sizes), whole_width, whole_height, scale, head, gap, columns, rows, pitches, radii)


def _enlarged(layout: Layout, factor: float) -> Layout:
    return replace(
        layout,
        width=layout.width * factor,
        height=layout.height * factor,
        scale=layout.scale * factor,
        head=layout.head * factor,
        gap=layout.gap * factor,
        columns=tuple(x * factor for x in layout.columns),
        rows=tuple(rows * factor for rows in layout.rows),
        pitches=tuple(pitch * factor for pitch in layout.pitches),
        radii=tuple(radius * factor for radius in layout.radii),
    )


def largest_zoom(sizes: Sequence[int], width: float, height: float) -> float:
    """Return the zoom at which every node of a network shows its number, symbol and bias."""
    crowded = min(arrange(sizes, width, height).pitches)
    return max(3.0, 1.05 * _CROWDED_SCALE * 2 * (RADIUS + _LINE) / crowded)


def distinct_lines(layout: Layout) -> int:
    """Return how many weights can be told apart: 1.5 for each pixel of height and layer pair."""
    return round(min(max(1.5 * (layout.bottom - layout.top) * (len(layout.sizes) - 1), 700), MOST_LINES))


def _columns(count: int, width: float, zoom: float, scale: float) -> tuple[tuple[float, ...], float, float]:
    """Return x of every layer, their distance, and the width of the whole."""
    left, right = min(_LEFT * scale, 0.17 * width * scale), min(_RIGHT * scale, 0.25 * width * scale)
    natural = min(max(width - left / scale - right / scale, 60.0) / (count - 1), _GAP)
    gap = min(natural * zoom, max(natural, 2 * _GAP))
    used = left + gap * (count - 1) + right
    start = left + max(0.0, width - used) / 2
    return tuple(start + gap * layer for layer in range(count)), gap, max(width, used)


def _radii(pitches: Sequence[float], gap: float, scale: float) -> tuple[float, ...]:
    radii = [min(_radius(pitch, scale), 0.25 * gap) for pitch in pitches]
    smallest = min(radii)
    return tuple(smallest if smallest >= _READABLE_RADIUS else radius for radius in radii)


def _radius(pitch: float, scale: float) -> float:
    """Return the radius of nodes at this distance, with room for symbol and bias as long as it goes."""
    line, readable = _LINE * scale, _READABLE_RADIUS * scale
    if pitch >= 2 * line + 2.2 * readable:
        return min(RADIUS * scale, (pitch - 2 * line) / 2)
    if pitch >= line + 2 * readable:
        return min(1.3 * readable, (pitch - line) / 2)
    return min(1.15 * readable, 0.45 * pitch if pitch > readable else 0.42 * pitch)
