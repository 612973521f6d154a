"""What each node responds to: its a over two inputs, as a small round picture in the node."""

from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QTransform

from bpsim import fields
from bpsim.datasets import Dataset
from bpsim.fields import Field, node_scale
from bpsim.moment import Moment
from bpsim.network import Network, Node
from bpsim.planes import Plane, range_of
from ui.field_colors import image_of, value_pixels
from ui.theme import Theme

_CELLS = 24  # along each side
_ROUND = 5.0
_LEAST_RADIUS = 9.0  # of nodes in which there is something to see


@dataclass(frozen=True, eq=False)
class NodeFields:
    """The fields of all nodes of a network, and the pictures of those that have been painted."""

    network: Network
    shown: Field
    theme: Theme
    _images: dict[Node, QImage] = field(default_factory=dict)

    def image(self, layer: int, node: int) -> QImage:
        """Return the picture of a node that is not an input."""
        key = (layer, node)
        if key not in self._images:
            values = self.shown.nodes[layer - 1]
            scale = node_scale(self.network.activations[layer - 1], values[node])
            self._images[key] = image_of(value_pixels(self.theme, values[node], scale))
        return self._images[key]

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
    """Makes the fields of a moment's network, anew only where something about them is new."""

    def __init__(self) -> None:
        self._made_of: tuple[Network, Dataset, Theme] | None = None
        self._where: tuple[Plane, int] = (Plane(), 0)
        self._fields: NodeFields | None = None

    def fields_of(self, moment: Moment, plane: Plane, theme: Theme) -> NodeFields | None:
        """Return the fields over the plane's axes; None where there are no two inputs or no fitting data."""
        network, dataset = moment.network, moment.dataset
        if moment.misfit is not None or network.sizes[0] < 2:
            return None
        plane = plane.fitted(network.sizes[0])
        where = plane, moment.position.instance if plane.held == "instance" else 0
        made_of = network, dataset, theme
        old = self._made_of or (None, None, None)
        if where != self._where or any(a is not b for a, b in zip(made_of, old, strict=True)):
            self._made_of, self._where = made_of, where
            self._fields = NodeFields(network, _field(network, dataset, *where), theme)
        return self._fields


def paint_plate(painter: QPainter, center: QPointF, width: float, height: float, color: QColor) -> None:
    """Paint the ground of a number that stands on a picture."""
    box = QRectF(center.x() - width / 2, center.y() - height / 2, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawRoundedRect(box, _ROUND, _ROUND)


def _field(network: Network, dataset: Dataset, plane: Plane, row: int) -> Field:
    x, y = (range_of(dataset.inputs[:, axis]) for axis in plane.axes)
    held = plane.values(dataset, row)
    return fields.field(network, plane.axes, held, (x, y), _CELLS, node_resolution=_CELLS)
