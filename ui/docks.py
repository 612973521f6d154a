"""The docks around the canvas: what they hold, and where they stand at first."""

from collections.abc import Callable
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QMenu, QWidget

from ui.appearance import Appearance
from ui.loss_view import LossView
from ui.panels.data_panel import DataPanel
from ui.panels.network_panel import NetworkPanel
from ui.panels.training_panel import TrainingPanel
from ui.session import Session
from ui.widgets.later import Later

LEFT = Qt.DockWidgetArea.LeftDockWidgetArea
RIGHT = Qt.DockWidgetArea.RightDockWidgetArea
BOTTOM = Qt.DockWidgetArea.BottomDockWidgetArea
ACROSS, DOWN = Qt.Orientation.Horizontal, Qt.Orientation.Vertical

ROOM_FOR_BOTH_SIDES = 1200
ROOM_FOR_THREE_PLOTS = 1700
PANEL_WIDTH = 268
EXPLANATION_WIDTH = 360
DATA_HEIGHT = 196
PLOT_SHARE = 0.28
WHY_SHARE = 0.58

Stacks = tuple[list[QDockWidget], ...]


class Docks:
    """All docks of the window. `menu` gets an entry for each, which shows and hides it."""

    def __init__(
        self,
        window: QMainWindow,
        menu: QMenu,
        session: Session,
        appearance: Appearance,
        compare: Callable[[], None],
    ) -> None:
        self._window, self._menu = window, menu
        parts = (session, appearance)
        self.training = TrainingPanel(*parts)
        self._left = [
            self._add("Network", NetworkPanel(*parts), LEFT),
            self._add("Training", self.training, LEFT),
            self._add("Data", DataPanel(*parts), LEFT),
        ]
        self._plots = [
            self._add("Error E", LossView(*parts, session.runs), BOTTOM),
            self._add("Decision boundary", Later(partial(_boundary, *parts)), BOTTOM),
            self._add("By layer", Later(partial(_layers, *parts)), BOTTOM),
            self._add("η lens", Later(partial(_lens, *parts)), BOTTOM),
            self._add("Runs", Later(partial(_runs, *parts, compare)), BOTTOM),
        ]
        self._right = [
            self._add("Why this value", Later(partial(_explanation, *parts)), RIGHT),
            self._add("Chain of reactions", Later(partial(_chain, *parts)), RIGHT),
            self._add("Gradient check", Later(partial(_check, *parts)), RIGHT),
        ]
        menu.addSeparator()
        menu.addAction("&As at first", self.lay_out).setObjectName("reset_layout")

    def _add(self, title: str, panel: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(title.upper().replace("Η", "η"), self._window)
        dock.setObjectName(f"{title.lower().replace(' ', '_')}_dock")
        dock.setWidget(panel)
        self._window.addDockWidget(area, dock)
        dock.hide()  # until it has its place: all side by side would make the window wider than it is
        shown = dock.toggleViewAction()
        shown.setObjectName(f"show_{title.lower()}")
        shown.setText(title)
        self._menu.addAction(shown)
        return dock

    # -- placing -------------------------------------------------------------------------------------------

    def lay_out(self) -> None:
        """Place the docks as at first; in a narrow window those of the right side stand beside the plots."""
        docks = (*self._left, *self._plots, *self._right)
        for dock in docks:
            dock.setFloating(False)
            self._window.removeDockWidget(dock)
        self._window.addDockWidget(LEFT, self._left[0])
        for above, below in pairwise(self._left):
            self._window.splitDockWidget(above, below, DOWN)
        self._window.addDockWidget(BOTTOM, self._plots[0])
        width = self._window.width()
        if width < ROOM_FOR_BOTH_SIDES:
            stacks = self._lay_out_narrow()
        else:
            stacks = self._lay_out_wide(width >= ROOM_FOR_THREE_PLOTS)
        for dock in docks:
            dock.show()
        for stack in stacks:
            stack[0].raise_()
        self._share_room()

    def _lay_out_narrow(self) -> Stacks:
        self._window.splitDockWidget(self._plots[0], self._right[0], ACROSS)
        return self._stacked(self._plots, self._right)

    def _lay_out_wide(self, three: bool) -> Stacks:
        loss, boundary, layers, *others = self._plots
        self._window.splitDockWidget(loss, boundary, ACROSS)
        if three:
            self._window.splitDockWidget(boundary, layers, ACROSS)
        self._window.addDockWidget(RIGHT, self._right[0])
        self._window.splitDockWidget(self._right[0], self._right[1], DOWN)
        beside = [layers, *others] if three else [boundary, layers, *others]
        return self._stacked(beside, self._right[1:])

    def _stacked(self, *stacks: list[QDockWidget]) -> Stacks:
        """Put the docks of each stack behind its first one."""
        for stack in stacks:
            for dock in stack[1:]:
                self._window.tabifyDockWidget(stack[0], dock)
        return stacks

    def recover(self) -> None:
        """Give the sides back what a smaller window has taken of their widths."""
        sides = [(self._left[0], PANEL_WIDTH)]
        if self._window.dockWidgetArea(self._right[0]) == RIGHT:
            sides.append((self._right[0], EXPLANATION_WIDTH))
        for dock, width in sides:
            if dock.width() < width and not dock.isFloating():
                self._window.resizeDocks([dock], [width], ACROSS)

    def _share_room(self) -> None:
        """Give each dock its share of the window as it is."""
        window, height = self._window, self._window.height()
        wanted = self._left[0].sizeHint().height()
        network, data = min(wanted, round(0.3 * height)), max(round(0.2 * height), DATA_HEIGHT)
        training = round(0.9 * height) - network - data
        heights = [network, training, data, round(PLOT_SHARE * height)]
        window.resizeDocks([*self._left, self._plots[0]], heights, DOWN)
        room = window.width() - PANEL_WIDTH
        if window.dockWidgetArea(self._right[0]) != RIGHT:
            window.resizeDocks([self._left[0]], [PANEL_WIDTH], ACROSS)
            window.resizeDocks([self._plots[0], self._right[0]], [room // 2, room // 2], ACROSS)
            return
        why = round(WHY_SHARE * height)
        window.resizeDocks(self._right[:2], [why, height - why], DOWN)
        window.resizeDocks([self._left[0], self._right[0]], [PANEL_WIDTH, EXPLANATION_WIDTH], ACROSS)
        room -= EXPLANATION_WIDTH
        columns = 3 if window.width() >= ROOM_FOR_THREE_PLOTS else 2
        window.resizeDocks(self._plots[:columns], [room // columns] * columns, ACROSS)


# Imported when they are made: the window is there sooner.


def _boundary(session: Session, appearance: Appearance) -> QWidget:
    from ui.boundary_view import BoundaryView

    return BoundaryView(session, appearance)


def _layers(session: Session, appearance: Appearance) -> QWidget:
    from ui.layers_view import LayersView

    return LayersView(session, appearance)


def _lens(session: Session, appearance: Appearance) -> QWidget:
    from ui.lens_view import LensView

    return LensView(session, appearance)


def _runs(session: Session, appearance: Appearance, compare: Callable[[], None]) -> QWidget:
    from ui.panels.runs_panel import RunsPanel

    return RunsPanel(session, appearance, session.runs, compare)


def _explanation(session: Session, appearance: Appearance) -> QWidget:
    from ui.panels.explanation_panel import ExplanationPanel

    return ExplanationPanel(session, appearance)


def _chain(session: Session, appearance: Appearance) -> QWidget:
    from ui.panels.chain_panel import ChainPanel

    return ChainPanel(session, appearance)


def _check(session: Session, appearance: Appearance) -> QWidget:
    from ui.panels.check_panel import CheckPanel

    return CheckPanel(session, appearance)
