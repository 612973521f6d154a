"""What each node responds to: its a over two inputs, as a small round picture in the node."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import sqrt

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QTransform

from bpsim import fields
from bpsim.datasets import Dataset
from bpsim.fields import Field, node_scale
from bpsim.moment import Moment
from bpsim.network import Network, Node
from bpsim.planes import Plane, Range, range_of
from ui.canvas.brushes import metrics
from ui.field_colors import image_of, value_pixels
from ui.numbers import NumberFormat
from ui.theme import Theme

_CELLS, _FEWEST = 24, 12  # along each side
_AFFORDABLE = 4e6  # multiplications for all of them
_ROUND = 4.0
_LEAST_RADIUS = 9.0  # of nodes in which there is something to see


@dataclass(frozen=True, eq=False)
class NodeFields:
    """The fields of all nodes over a plane; they are computed when the first of them is painted.

    `row` is the present instance where the plane holds inputs at its values, else 0.
    """

    network: Network
    dataset: Dataset
    plane: Plane
    row: int
    theme: Theme
    _images: dict[Node, QImage] = field(default_factory=dict)

    @cached_property
    def shown(self) -> Field:
        """The field, with those of all nodes."""
        x, y = (range_of(self.dataset.inputs[:, axis]) for axis in self.plane.axes)
        held = self.plane.values(self.dataset, self.row)
        cells = max(_FEWEST, min(_CELLS, round(sqrt(_AFFORDABLE / fields.cost(self.network)))))
        return fields.field(self.network, self.plane.axes, held, (x, y), cells, node_resolution=cells)

    def is_of(self, network: Network, dataset: Dataset, plane: Plane, row: int, theme: Theme) -> bool:
        """Tell whether these are the fields of all that."""
        same = self.network is network and self.dataset is dataset and self.theme is theme
        return same and (self.plane, self.row) == (plane, row)

    def image(self, layer: int, node: int) -> QImage:
        """Return the picture of a node that is not an input."""
        key = (layer, node)
        if key not in self._images:
            values = self.shown.nodes[layer - 1][node]
            self._images[key] = image_of(value_pixels(self.theme, values, self.scale(layer, node)))
        return self._images[key]

    def scale(self, layer: int, node: int) -> Range:
        """Return between which values the colours of a node lie."""
        return node_scale(self.network.activations[layer - 1], self.shown.nodes[layer - 1][node])

    def describe(self, layer: int, node: int, numbers: NumberFormat) -> str:
        """Return in words what a node's picture shows."""
        x, y = (self.dataset.input_names[axis] for axis in self.plane.axes)
        low, high = (numbers.given(end) for end in self.scale(layer, node))
        return f"picture: a over {x} (to the right) and {y} (upwards), from {low} (blue) to {high} (red)"

    def meaning(self, letter: str) -> str:
        """Return what all pictures have in common; `letter` is that of the activation."""
        x, y = (self.dataset.input_names[axis] for axis in self.plane.axes)
        return f"In each node: {letter} over {x} (→) and {y} (↑), blue low, red high"

    def paint(self, painter: QPainter, center: QPointF, radius: float, node: Node) -> None:
        """Fill a node's disc with its picture; its rim stays."""
        if node[0] == 0 or radius < _LEAST_RADIUS:
            return
        image = self.image(*node)
        inner = radius - 1.0
        brush = QBrush(image)
        corner = center - QPointF(inner, inner)
        scale = 2 * inner / image.width()
        brush.setTransform(QTransform.fromTranslate(corner.x(), corner.y()).scale(scale, scale))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush)
        painter.drawEllipse(center, inner, inner)
        painter.restore()


class FieldKeeper:
    """Keeps the fields of a moment's network until something about them is new."""

    def __init__(self) -> None:
        self._fields: NodeFields | None = None

    def fields_of(self, moment: Moment, plane: Plane, theme: Theme) -> NodeFields | None:
        """Return the fields over the plane's axes; None where there are no two inputs or no fitting data."""
        network = moment.network
        if moment.misfit is not None or network.sizes[0] < 2:
            return None
        plane = plane.fitted(network.sizes[0])
        row = moment.position.instance if plane.held == "instance" else 0
        if self._fields is None or not self._fields.is_of(network, moment.dataset, plane, row, theme):
            self._fields = NodeFields(network, moment.dataset, plane, row, theme)
        return self._fields


def paint_plate(
    painter: QPainter, center: QPointF, lines: Sequence[tuple[str, int]], color: QColor, edge: QColor
) -> None:
    """Paint the ground of a number that stands on a picture; `lines` are texts with their sizes of type."""
    width = max(metrics("text", size).horizontalAdvance(text) for text, size in lines) + 2 * _ROUND
    height = sum(metrics("text", size).height() for _text, size in lines)
    painter.setPen(edge)
    painter.setBrush(color)
    box = QRectF(center.x() - width / 2, center.y() - height / 2, width, height)
    painter.drawRoundedRect(box, _ROUND, _ROUND)
