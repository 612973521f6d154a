"""Puts a `Picture` together from the session's state, keeping what has not changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from bpsim.moment import Moment
from bpsim.network import Network, Node
from bpsim.quantity import Quantity
from ui.canvas.brushes import metrics
from ui.canvas.column import bias_box, symbol_box
from ui.canvas.fields import FieldKeeper, NodeFields
from ui.canvas.labels import Box, Form, Label, Wish, place_labels
from ui.canvas.layout import Layout, arrange, distinct_lines
from ui.canvas.picture import Picture, Target
from ui.canvas.pointing import pointed_at
from ui.canvas.reading import Reading
from ui.canvas.strongest import Choice, strongest
from ui.theme import Theme
from ui.view_state import Edge, Selection, ViewState

_ALL_LABELLED = 60  # weights of a layer pair up to which every one wants a text; and texts at most
_LIT_LABELLED = 40
_CROWDED_LABELLED = 8  # of more lit ones than that, so that the lines stay in sight
_LIVE_LINES = 900  # weights drawn while a run trains: enough to see where the strong ones are
_TINY = 11.0  # radius of nodes below which texts beside weights are small

_HOVERED, _SELECTED, _LIT, _REST = range(4)


@dataclass(frozen=True, eq=False)
class Scenery:
    """What a picture is made from.

    `width`, `height`, `zoom` are those of the view; `hovered` and `current` say where mouse and keyboard are,
    `lit` which numbers are pointed at; `live` says that a run is training.
    """

    moment: Moment
    view: ViewState
    theme: Theme
    width: float
    height: float
    zoom: float = 1.0
    selection: Selection = field(default_factory=Selection)
    hovered: Target = field(default_factory=Target)
    current: Node | None = None
    lit: frozenset[Quantity] = frozenset()
    live: bool = False


class Composer:
    """Makes pictures; layout, reading and choice of weights are kept while nothing about them is new."""

    def __init__(self) -> None:
        self._layout_key: object = None
        self._layout: Layout | None = None
        self._network: Network | None = None
        self._most = 0
        self._shown: Choice | None = None
        self._reading: Reading | None = None
        self._lit: Choice | None = None
        self._labels_key: tuple[object, ...] = ()
        self._labels: tuple[Label, ...] = ()
        self._fields = FieldKeeper()

    def compose(self, scenery: Scenery) -> Picture:
        """Return the picture of a scenery."""
        reading = self._reading_of(scenery)
        layout = self._layout_of(scenery)
        shown = self._shown_of(scenery.moment.network, layout, scenery.live)
        lit = _nothing_of(shown) if scenery.live else self._lit_of(reading, layout)
        picture = Picture(
            layout,
            reading,
            scenery.theme,
            shown,
            lit,
            (),
            scenery.selection,
            scenery.current,
            scenery.hovered,
            pointed_at(scenery.lit, scenery.moment.network) if scenery.lit else Selection(),
            scenery.live,
            self._fields_of(scenery),
        )
        if scenery.live:
            return picture
        return replace(picture, labels=self._labels_of(picture))

    def _labels_of(self, picture: Picture) -> tuple[Label, ...]:
        key = (picture.layout, picture.reading, picture.shown, picture.selection, picture.hovered.edge)
        if key != self._labels_key:
            self._labels_key, self._labels = key, _labels(picture)
        return self._labels

    def _fields_of(self, scenery: Scenery) -> NodeFields | None:
        if not scenery.view.show_fields:
            return None
        return self._fields.fields_of(scenery.moment, scenery.view.plane, scenery.theme)

    def _layout_of(self, scenery: Scenery) -> Layout:
        key = (scenery.moment.network.sizes, scenery.width, scenery.height, scenery.zoom)
        if self._layout is None or key != self._layout_key:
            self._layout_key, self._layout, self._lit = key, arrange(*key), None
        return self._layout

    def _shown_of(self, network: Network, layout: Layout, live: bool) -> Choice:
        most = min(distinct_lines(layout), _LIVE_LINES) if live else distinct_lines(layout)
        if self._shown is None or network is not self._network or most != self._most:
            self._network, self._most, self._shown = network, most, strongest(network, network.masks, most)
        return self._shown

    def _reading_of(self, scenery: Scenery) -> Reading:
        old = self._reading
        if old is None or old.moment is not scenery.moment or old.view != scenery.view:
            self._reading = Reading(scenery.moment, scenery.view)
            self._lit = None
            return self._reading
        return old

    def _lit_of(self, reading: Reading, layout: Layout) -> Choice:
        if self._lit is None:
            self._lit = strongest(reading.network, reading.lit, distinct_lines(layout))
        return self._lit


def _nothing_of(choice: Choice) -> Choice:
    none = np.empty(0, dtype=np.intp)
    return Choice(((none, none),) * len(choice.pairs), 0, 0)


def _labels(picture: Picture) -> tuple[Label, ...]:
    wishes = _wishes(picture)
    if not wishes:
        return ()
    return place_labels(picture.layout, picture.shown, wishes.values(), _obstacles(picture))


def _wishes(picture: Picture) -> dict[Edge, Wish]:
    """Return the texts that want a place, by weight."""
    wishes: dict[Edge, Wish] = {}
    hovered = picture.hovered.edge
    if hovered is not None:
        _add_wish(wishes, picture, hovered, _HOVERED)
    for edge in sorted(picture.selection.edges)[:_LIT_LABELLED]:
        _add_wish(wishes, picture, edge, _SELECTED)
    for edge in _labelled(picture, picture.lit, _CROWDED_LABELLED):
        _add_wish(wishes, picture, edge, _LIT)
    for edge in _labelled(picture, picture.shown, 0):
        _add_wish(wishes, picture, edge, _REST)
    return wishes


def _add_wish(wishes: dict[Edge, Wish], picture: Picture, edge: Edge, rank: int) -> None:
    if edge in wishes:
        return
    texts = picture.reading.weight_texts(edge)
    if not texts and rank <= _SELECTED:
        texts = (picture.reading.weight_value(edge),)
    if texts:
        wishes[edge] = Wish(edge, rank, tuple(_forms(picture, edge[0], texts)))


def _forms(picture: Picture, l: int, texts: Sequence[str]) -> Iterator[Form]:
    """Yield the ways to write a text, the usual one first; at nodes that are tiny, texts are not large."""
    layout = picture.layout
    tiny = min(layout.radii[l], layout.radii[l + 1]) < _TINY
    scale = min(layout.scale, 1.0) if tiny else layout.scale
    usual, small = round((10 if tiny else 11) * scale), max(9, round(9 * scale))
    for text, size, frame, height in (
        (texts[0], usual, 14, 18 if not tiny else 16),
        *((text, small, 8, 14) for text in texts),
    ):
        width = metrics("text", size).horizontalAdvance(text) + frame * scale
        yield Form(text, size, width, height * scale)


def _labelled(picture: Picture, choice: Choice, of_many: int) -> list[Edge]:
    """Return the weights of a choice that want a text, the largest |θ| of each layer pair first.

    Of layer pairs with many weights only the largest do, `of_many` in all, so that the lines stay in sight.
    """
    network, edges = picture.reading.network, list[Edge]()
    few = [
        np.count_nonzero(mask) <= _ALL_LABELLED or (of_many > 0 and len(rows) <= _LIT_LABELLED)
        for mask, (rows, _) in zip(network.masks, choice.pairs, strict=True)
    ]
    of_each = of_many // max(few.count(False), 1)
    for l, (rows, columns) in enumerate(choice.pairs):
        most = _ALL_LABELLED if few[l] else of_each
        if most and len(rows):
            order = np.argsort(-np.abs(network.weights[l][rows, columns]), kind="stable")[:most]
            edges.extend((l, int(rows[k]), int(columns[k])) for k in order)
    return edges[:_ALL_LABELLED]


def _obstacles(picture: Picture) -> list[Box]:
    """Return what a text beside a weight must not cover: nodes with their symbols, and biases."""
    layout, boxes = picture.layout, []
    for layer, x in enumerate(layout.columns):
        radius = layout.radii[layer]
        if not layout.has_numbers(layer):
            boxes.append((_left_of_names(picture, layer) - 6, 0.0, x + radius + 6, layout.height))
            continue
        boxes.append((x - layout.gap / 3, 0.0, x + layout.gap / 3, layout.heads_end))
        reach = radius + 6
        for node, y in enumerate(layout.rows[layer].tolist()):
            boxes.append((x - reach, y - reach, x + reach, y + reach))
            boxes.extend(_texts_around(picture, layer, node))
    return boxes


def _left_of_names(picture: Picture, layer: int) -> float:
    """Return how far to the left the nodes of a layer and the names beside them reach."""
    layout = picture.layout
    ends = {0, layout.sizes[layer] - 1} if picture.names_beside(layer) else set()
    names = [symbol_box(picture, layer, node).left() for node in ends]  # the last one has most digits
    return min((layout.columns[layer] - layout.radii[layer], *names))


def _texts_around(picture: Picture, layer: int, node: int) -> list[Box]:
    if layer == 0:
        return []
    boxes = []
    if picture.shows_symbols(layer) or picture.names_beside(layer):
        boxes.append(symbol_box(picture, layer, node))
    if picture.shows_biases(layer) or picture.biases_beside(layer):
        boxes.append(bias_box(picture, layer, node))
    return [(box.left(), box.top(), box.right(), box.bottom()) for box in boxes]
