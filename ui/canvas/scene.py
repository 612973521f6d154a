"""The scene: one item a layer, one a layer pair, and what lies over them."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, QRectF
from PySide6.QtWidgets import QGraphicsScene

from ui.canvas.column import ColumnItem
from ui.canvas.flow import FlowItem
from ui.canvas.heads import HeadsItem
from ui.canvas.items import EdgesItem, LabelsItem, PictureItem
from ui.canvas.marks import MarksItem
from ui.canvas.picture import Picture
from ui.canvas.preview import PreviewItem

T = TypeVar("T", bound=PictureItem)


class NetworkScene(QGraphicsScene):
    """Hands a picture to its items, and has as many of them as the network has layers."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setItemIndexMethod(self.ItemIndexMethod.NoIndex)
        self._edges: list[EdgesItem] = []
        self._columns: list[ColumnItem] = []
        self._labels = LabelsItem()
        self.marks = MarksItem()
        self.heads = HeadsItem()
        self.flow = FlowItem(self)
        self.preview = PreviewItem()
        for item in (self._labels, self.marks, self.heads, self.flow, self.preview):
            self.addItem(item)

    def show_picture(self, picture: Picture) -> None:
        """Show another picture."""
        layers = len(picture.layout.sizes)
        self._resize(self._columns, layers, ColumnItem)
        self._resize(self._edges, layers - 1, EdgesItem)
        self.setSceneRect(QRectF(0, 0, picture.layout.width, picture.layout.height))
        over = (self._labels, self.marks, self.heads, self.flow, self.preview)
        for item in (*self._edges, *self._columns, *over):
            item.show_picture(picture)

    def _resize(self, items: list[T], count: int, make: Callable[[int], T]) -> None:
        while len(items) > count:
            self.removeItem(items.pop())
        while len(items) < count:
            items.append(make(len(items)))
            self.addItem(items[-1])
