"""A hand on a drawing: real mouse and key events at its nodes, weights and free places."""

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bpsim.datasets import Dataset
from bpsim.network import Network
from bpsim.project import Project
from bpsim.settings import Settings
from ui.canvas.editor import NumberEditor
from ui.canvas.surface import Surface
from ui.canvas.view import NetworkView
from ui.session import Session
from ui.view_state import Edge, Selection

LEFT = Qt.MouseButton.LeftButton
MIDDLE = Qt.MouseButton.MiddleButton
NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier

Place = tuple[float, float]


def lecture_session(mode: str = "simulate") -> Session:
    """Return a session on a 2-3-2 network with two instances."""
    network = Network.dense((2, 3, 2)).with_parameters(
        [
            np.array([[0.15, 0.2], [0.25, 0.3], [-0.35, 0.55]]),
            np.array([[0.4, 0.45, -0.6], [0.5, -0.55, 0.3]]),
        ],
        [np.array([0.35, 0.35, -0.2]), np.array([0.6, -0.6])],
    )
    data = Dataset([[0.05, 0.1], [0.8, 0.3]], [[0.01, 0.99], [0.9, 0.1]])
    session = Session(Project(network, data, Settings(learning_rate=0.5)))
    session.set_view(mode=mode)
    return session


def session_of(sizes: tuple[int, ...], mode: str = "simulate") -> Session:
    """Return a session on a network of these layer sizes, with three instances."""
    rng = np.random.default_rng(0)
    data = Dataset(rng.uniform(-1, 1, (3, sizes[0])), rng.uniform(0, 1, (3, sizes[-1])))
    session = Session(Project(Network.dense(sizes, seed=3), data))
    session.set_view(mode=mode)
    return session


class Hand:
    """Mouse and keys on a view."""

    def __init__(self, view: NetworkView) -> None:
        self.view = view

    @property
    def surface(self) -> Surface:
        return self.view.surface

    @property
    def session(self) -> Session:
        return self.surface.session

    # -- places ------------------------------------------------------------------------------------------

    def node(self, layer: int, index: int) -> Place:
        return self.surface.picture.layout.place(layer, index)

    def edge(self, edge: Edge, share: float = 0.5) -> Place:
        l, i, j = edge
        (x1, y1), (x2, y2) = self.node(l, j), self.node(l + 1, i)
        return x1 + share * (x2 - x1), y1 + share * (y2 - y1)

    def room_below(self, layer: int) -> Place:
        layout = self.surface.picture.layout
        x, y = self.node(layer, layout.sizes[layer] - 1)
        return x, (y + layout.radii[layer] + 20 + layout.bottom) / 2

    def room_above(self, layer: int) -> Place:
        layout = self.surface.picture.layout
        x, y = self.node(layer, 0)
        return x + layout.band - 4, y - layout.radii[layer] - 12

    def gap(self, layer: int) -> Place:
        layout = self.surface.picture.layout
        return layout.gap_place(layer), layout.top + 2

    def free_place(self) -> Place:
        """Return a place in sight where there is neither node nor weight."""
        free = ("nothing", "slot", "gap")
        places = (self.surface.mapToScene(x, y) for y in range(120, 300, 20) for x in range(200, 600, 20))
        found = next(p for p in places if self.surface.picture.target_at(p.x(), p.y()).kind in free)
        return found.x(), found.y()

    def point(self, place: Place) -> QPoint:
        return self.surface.mapFromScene(QPointF(*place))

    # -- mouse -------------------------------------------------------------------------------------------

    def hover(self, place: Place) -> None:
        self._send(QEvent.Type.MouseMove, place, Qt.MouseButton.NoButton, Qt.MouseButton.NoButton)

    def press(
        self, place: Place, button: Qt.MouseButton = LEFT, modifier: Qt.KeyboardModifier = NONE
    ) -> None:
        QTest.mousePress(self.surface.viewport(), button, modifier, self.point(place))

    def drag_to(self, place: Place, button: Qt.MouseButton = LEFT) -> None:
        self._send(QEvent.Type.MouseMove, place, Qt.MouseButton.NoButton, button)

    def release(self, place: Place, button: Qt.MouseButton = LEFT) -> None:
        QTest.mouseRelease(self.surface.viewport(), button, NONE, self.point(place))

    def click(self, place: Place, modifier: Qt.KeyboardModifier = NONE) -> None:
        self.hover(place)
        QTest.mouseClick(self.surface.viewport(), LEFT, modifier, self.point(place))

    def double_click(self, place: Place) -> None:
        self.click(place)
        QTest.mouseDClick(self.surface.viewport(), LEFT, NONE, self.point(place))

    def drag(self, start: Place, end: Place, button: Qt.MouseButton = LEFT) -> None:
        self.press(start, button)
        self.drag_to(((start[0] + end[0]) / 2, (start[1] + end[1]) / 2), button)
        self.drag_to(end, button)
        self.release(end, button)

    def wheel(self, place: Place, notches: int) -> None:
        point = QPointF(self.point(place))
        event = QWheelEvent(
            point, QPointF(self.surface.viewport().mapToGlobal(self.point(place))), QPoint(),
            QPoint(0, 120 * notches),
            Qt.MouseButton.NoButton, NONE, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(self.surface.viewport(), event)

    def _send(self, kind: QEvent.Type, place: Place, button: Qt.MouseButton, buttons: Qt.MouseButton) -> None:
        point = self.point(place)
        across = QPointF(self.surface.viewport().mapToGlobal(point))
        QApplication.sendEvent(
            self.surface.viewport(), QMouseEvent(kind, QPointF(point), across, button, buttons, NONE)
        )

    # -- keys --------------------------------------------------------------------------------------------

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.surface, key, modifier)

    @property
    def editor(self) -> NumberEditor | None:
        """The open number field."""
        found = self.surface.viewport().findChildren(NumberEditor)
        return next((field for field in found if not field.isHidden()), None)

    def type_number(self, text: str, finish: Qt.Key = Qt.Key.Key_Return) -> None:
        assert self.editor is not None
        self.editor.selectAll()
        QTest.keyClicks(self.editor, text)
        QTest.keyClick(self.editor, finish)

    # -- what there is -----------------------------------------------------------------------------------

    @property
    def sizes(self) -> tuple[int, ...]:
        return self.session.moment.network.sizes

    @property
    def hint(self) -> str:
        """What the preview says."""
        preview = self.surface.preview
        return "" if preview is None else preview.hint


def nodes(*chosen: tuple[int, int]) -> Selection:
    return Selection(frozenset(chosen))


def edges(*chosen: Edge) -> Selection:
    return Selection(edges=frozenset(chosen))
