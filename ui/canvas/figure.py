"""The drawing of the network for `ui.plots.saving`: all of it, without what mouse and keyboard add."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from PySide6.QtCore import QRectF, QSize, QSizeF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem

from bpsim.network import Network
from bpsim.notation import Notation
from ui.canvas.brushes import WIDTHS, weight_pen
from ui.canvas.caption import step_sentence, strongest_sentence
from ui.canvas.column import ColumnItem
from ui.canvas.composing import Composer, Scenery
from ui.canvas.heads import HeadsItem
from ui.canvas.items import EdgesItem, LabelsItem, PictureItem
from ui.canvas.picture import Picture
from ui.canvas.reading import Reading
from ui.canvas.view import NetworkView
from ui.plots.saving import Figure, Table
from ui.widgets.delta_legend import DeltaLegend

HEADINGS = ("kind", "layer", "node", "source", "value")
_LEAST = QSize(840, 470)  # which every usual network has room in
_GAP = 8


def network_figure(view: NetworkView) -> Figure:
    """Return the whole network as the drawing shows it now; as a table, its weights and biases."""
    surface, session = view.surface, view.surface.session
    surface.refresh()  # while a run trains, the legend of δ may be one of its portions behind
    size = surface.viewport().size().expandedTo(_LEAST)
    picture = Composer().compose(
        Scenery(session.moment, session.view, surface.picture.theme, size.width(), size.height())
    )
    drawing, reading = _Drawing(picture, view.caption.delta), picture.reading
    letter = reading.weight_letter
    return Figure(
        name="network",
        title=session.project.title or f"Network {'-'.join(map(str, reading.network.sizes))}",
        size=drawing.size,
        paint=drawing.paint,
        table=partial(_table, reading.network, reading.notation),
        theme=picture.theme,
        legend=[
            (f"{letter} > 0", weight_pen(picture.theme, True, WIDTHS // 2)),
            (f"{letter} < 0", weight_pen(picture.theme, False, WIDTHS // 2)),
        ],
        note=_note(picture),
    )


@dataclass(frozen=True)
class _Drawing:
    """The picture with the legend of δ below it, where some δ is known and not 0."""

    picture: Picture
    legend: DeltaLegend

    @property
    def size(self) -> QSizeF:
        layout, legend = self.picture.layout, self.legend.sizeHint()
        below = legend.height() + _GAP if self._has_legend else 0
        return QSizeF(layout.width, layout.height + below)

    @property
    def _has_legend(self) -> bool:
        return self.picture.reading.delta_limit > 0

    def paint(self, painter: QPainter, box: QRectF) -> None:
        """Paint it, its items from the lowest to the uppermost."""
        layout, option = self.picture.layout, QStyleOptionGraphicsItem()
        option.exposedRect = QRectF(0, 0, layout.width, layout.height)
        painter.translate(box.topLeft())
        for item in _items(self.picture):
            painter.save()
            item.paint(painter, option)
            painter.restore()
        if self._has_legend:
            size = QSizeF(self.legend.sizeHint())
            self.legend.paint(painter, QRectF(0, layout.height + _GAP, size.width(), size.height()))


def _items(picture: Picture) -> Iterator[PictureItem]:
    layers = range(len(picture.layout.sizes))
    for item in (*map(EdgesItem, layers[:-1]), *map(ColumnItem, layers), LabelsItem()):
        item.show_picture(picture)
        yield item
    heads, reading = HeadsItem(), picture.reading
    simulating = Reading(reading.moment, replace(reading.view, mode="simulate"))
    heads.show_picture(replace(picture, reading=simulating))  # a file has no drop-downs
    yield heads


def _note(picture: Picture) -> str:
    """Return what the drawing leaves out, which step it is, and what fills its nodes."""
    reading, lines = picture.reading, []
    if not reading.drawing and reading.moment.shown:
        lines.append(step_sentence(reading.moment, reading.view.step_size, reading.notation))
    if not picture.shown.complete:
        lines.append(strongest_sentence(picture.shown))
    if picture.fields is not None:
        lines.append(picture.fields.meaning(reading.notation.letters["a"]))
    return "\n".join(lines)


def _table(network: Network, notation: Notation) -> Table:
    """Return all weights and biases; layer and node are those that they lead to, counted as in a solution."""
    rows: list[tuple[object, ...]] = []
    for l, (weights, biases, mask) in enumerate(
        zip(network.weights, network.biases, network.masks, strict=True)
    ):
        layer = notation.layer_number(l + 1)
        rows += [("weight", layer, i + 1, j + 1, float(weights[i, j])) for i, j in np.argwhere(mask).tolist()]
        rows += [("bias", layer, i + 1, "", bias) for i, bias in enumerate(biases.tolist())]
    return Table(HEADINGS, tuple(zip(*rows, strict=True)))
