"""The window: places the canvas, the docks, the tool bar and the menus, and nothing else."""

from collections.abc import Callable, Iterable
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent, QPalette, QShowEvent
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QMenu, QVBoxLayout, QWidget

from bpsim.backprop import PHASES
from bpsim.steps import STEP_SIZES
from ui.actions import fill_menu_bar, make_actions
from ui.appearance import Appearance
from ui.canvas.view import NetworkView
from ui.choices import ChoiceMenu
from ui.example_menu import ExampleMenu, RecentMenu
from ui.files import Files
from ui.handlers import make_handlers
from ui.icons import icon
from ui.key_guard import KeyGuard
from ui.loss_view import LossView
from ui.notice_bar import NoticeBar
from ui.panels.data_panel import DataPanel
from ui.panels.network_panel import NetworkPanel
from ui.panels.training_panel import TrainingPanel
from ui.player import SPEEDS, Player
from ui.session import Session, ViewState
from ui.settings import DIGITS, Preferences
from ui.status import Status
from ui.timeline import Timeline
from ui.trainer import PACES, Trainer
from ui.transport import Transport
from ui.undoing import undo_actions
from ui.widgets.later import Later, once_painted

Choices = Iterable[tuple[str, object]]

LEFT = Qt.DockWidgetArea.LeftDockWidgetArea
RIGHT = Qt.DockWidgetArea.RightDockWidgetArea
BOTTOM = Qt.DockWidgetArea.BottomDockWidgetArea
FIRST_SIZE = QSize(1440, 900)
FRAME = QSize(8, 40)  # room for the frame that the desktop puts around a window
ROOM_FOR_BOTH_SIDES = 1200
PANEL_WIDTH = 268
EXPLANATION_WIDTH = 360
DATA_HEIGHT = 196
PLOT_SHARE = 0.28
WHY_SHARE = 0.54
THEMES = (("As the &system", "system"), ("&Light", "light"), ("&Dark", "dark"))
SIGNS = (("&Point: 0.5", "."), ("&Comma: 0,5", ","))


class MainWindow(QMainWindow):
    """The window on a session's work.

    Every command is a `QAction` of this window with an `objectName`.
    """

    def __init__(self, session: Session, appearance: Appearance | None = None) -> None:
        super().__init__()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self.session, self._preferences = session, Preferences()
        self.appearance = appearance or Appearance(app, self._preferences.theme, self)
        self.player = Player(session, self)
        self.trainer = Trainer(session, self)
        self.files = Files(session, self.player, self._preferences, self)
        self.canvas = NetworkView(session, self.appearance)
        session.set_view(**vars(self._preferences.view()))
        self._make_menus(app)
        self._place_parts()
        self._connect()
        self.resize(FIRST_SIZE.boundedTo(self.screen().availableGeometry().size() - FRAME))
        self._restore_layout()
        self._show_title()
        self.canvas.setFocus()

    # -- building ------------------------------------------------------------------------------------------

    def _make_menus(self, app: QApplication) -> None:
        handlers = make_handlers(self.session, self.player, self.trainer, self.files, self.canvas, self)
        self._actions = make_actions(self, handlers)
        self._actions |= undo_actions(self.session, self)
        self.addActions(list(self._actions.values()))
        self._choices = self._make_choices()
        self._panels = QMenu("&Panels", self)
        submenus = {
            "recent": RecentMenu(self.files, self),
            "examples": ExampleMenu(self.files, self),
            "phase": _phase_menu(self.session, self),
            "panels": self._panels,
        }
        fill_menu_bar(self.menuBar(), self._actions, {**submenus, **self._choices})
        self._guard = KeyGuard(self)
        once_painted(self, lambda: app.installEventFilter(self._guard))

    def _make_choices(self) -> dict[str, ChoiceMenu]:
        def choice(title: str, name: str, choices: Choices, choose: Callable[[Any], None]) -> ChoiceMenu:
            return ChoiceMenu(title, name, choices, choose, self)

        speeds = [(f"{speed:g} a second", speed) for speed in SPEEDS]
        return {
            "step_size": choice("Step s&ize", "step_size", _plain(STEP_SIZES), self._set("step_size")),
            "speed": choice("Sp&eed", "speed", speeds, self.player.set_speed),
            "pace": choice("Pace of a &run", "pace", PACES, self.trainer.set_pace),
            "theme": choice("&Theme", "theme", THEMES, self._choose_theme),
            "digits": choice("&Digits", "digits", _plain(DIGITS), self._set("digits")),
            "separator": choice("Decimal &sign", "separator", SIGNS, self._set("decimal_separator")),
        }

    def _place_parts(self) -> None:
        menus = (self._choices["speed"], self._choices["pace"])
        self.addToolBar(Transport(self.session, self._actions, *menus, self.appearance))
        timeline = Timeline(self.session, self.player)
        self.setCentralWidget(_column(NoticeBar(self.session), self.canvas, timeline))
        status = Status(self.session)
        self.setStatusBar(status)
        self.trainer.progressed.connect(lambda progress: status.show_run(progress, self.trainer.remark))
        self.setCorner(Qt.Corner.BottomLeftCorner, LEFT)
        self.setCorner(Qt.Corner.BottomRightCorner, RIGHT)
        self.setDockOptions(QMainWindow.DockOption.AnimatedDocks | QMainWindow.DockOption.AllowTabbedDocks)
        panels = (
            ("Network", NetworkPanel(self.session, self.appearance)),
            ("Training", TrainingPanel(self.session, self.appearance)),
            ("Data", DataPanel(self.session, self.appearance)),
        )
        self._left = [self._add_dock(title, panel, LEFT) for title, panel in panels]
        self._loss = LossView(self.session, self.appearance)
        self._bottom = self._add_dock("Error E", self._loss, BOTTOM)
        explanations = (
            ("Why this value", Later(partial(_explanation_panel, self.session, self.appearance))),
            ("Chain of reactions", Later(partial(_chain_panel, self.session, self.appearance))),
            ("Gradient check", Later(partial(_check_panel, self.session, self.appearance))),
        )
        self._right = [self._add_dock(title, panel, RIGHT) for title, panel in explanations]
        self._panels.addSeparator()
        self._panels.addAction("&As at first", self._lay_out).setObjectName("reset_layout")

    def _add_dock(self, title: str, panel: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(title.upper(), self)
        dock.setObjectName(f"{title.lower().replace(' ', '_')}_dock")
        dock.setWidget(panel)
        self.addDockWidget(area, dock)
        shown = dock.toggleViewAction()
        shown.setObjectName(f"show_{title.lower()}")
        shown.setText(title)
        self._panels.addAction(shown)
        return dock

    def _connect(self) -> None:
        self.session.view_changed.connect(self._on_view_changed)
        self.session.path_changed.connect(self._show_title)
        self.session.undo_stack.cleanChanged.connect(self._show_title)
        self.player.playing_changed.connect(self._on_playing_changed)
        self.player.speed_changed.connect(self._choices["speed"].show_choice)
        self.session.running_changed.connect(self._on_running_changed)
        self.trainer.pace_changed.connect(self._choices["pace"].show_choice)
        self._choices["pace"].show_choice(self.trainer.pace)
        self._on_view_changed(self.session.view, self.session.view)
        self._choices["speed"].show_choice(self.player.speed)
        self._choices["theme"].show_choice(self.appearance.choice)

    # -- showing -------------------------------------------------------------------------------------------

    def _on_view_changed(self, new: ViewState, old: ViewState) -> None:
        self._actions["draw"].setChecked(new.mode == "draw")
        self._actions["simulate"].setChecked(new.mode == "simulate")
        self._actions["show_z"].setChecked(new.show_z)
        self._choices["step_size"].show_choice(new.step_size)
        self._choices["digits"].show_choice(new.digits)
        self._choices["separator"].show_choice(new.decimal_separator)
        self._preferences.keep_view(new)

    def _on_playing_changed(self, playing: bool) -> None:
        play = self._actions["play"]
        play.setChecked(playing)
        play.setText("&Pause" if playing else "&Play")
        play.setIcon(icon("pause" if playing else "play"))

    def _on_running_changed(self, running: bool) -> None:
        run = self._actions["run"]
        run.setChecked(running)
        run.setText("&Pause" if running else "&Run")
        run.setIcon(icon("pause" if running else "run", QPalette.ColorRole.BrightText))

    def _show_title(self) -> None:
        path = self.session.path
        self.setWindowTitle(f"{Path(path).name if path else 'Untitled'}[*] — bpsim")
        self.setWindowModified(not self.session.undo_stack.isClean())

    def _set(self, name: str) -> Callable[[object], None]:
        return lambda value: self.session.set_view(**{name: value})

    def _choose_theme(self, choice: object) -> None:
        self.appearance.choose(str(choice))
        self._preferences.theme = str(choice)

    def _restore_layout(self) -> None:
        kept = self._preferences.window()
        self._laid_out = kept is not None and self.restoreGeometry(kept[0]) and self.restoreState(kept[1])

    def _lay_out(self) -> None:
        """Place the docks as at first; in a narrow window those of the right side stand behind the plot."""
        self._laid_out = True
        docks = (*self._left, self._bottom, *self._right)
        areas = (*[LEFT] * len(self._left), BOTTOM, *[RIGHT] * len(self._right))
        for dock in docks:
            self.removeDockWidget(dock)
        for dock, area in zip(docks, areas, strict=True):
            dock.setFloating(False)
            self.addDockWidget(area, dock)
            dock.show()
        for above, below in pairwise(self._left):
            self.splitDockWidget(above, below, Qt.Orientation.Vertical)
        if self.width() < ROOM_FOR_BOTH_SIDES:
            for dock in self._right:
                self.tabifyDockWidget(self._bottom, dock)
            self._bottom.raise_()
        else:
            why, chain, check = self._right
            self.splitDockWidget(why, chain, Qt.Orientation.Vertical)
            self.tabifyDockWidget(chain, check)
            chain.raise_()
        self._share_room()

    def _share_room(self) -> None:
        """Give each dock its share of the window as it is."""
        sides = [self._left[0], self._right[0]]
        self.resizeDocks(sides, [PANEL_WIDTH, EXPLANATION_WIDTH], Qt.Orientation.Horizontal)
        height = self.height()
        network, data = round(0.25 * height), max(round(0.22 * height), DATA_HEIGHT)
        training = round(0.9 * height) - network - data
        heights = [network, training, data, round(PLOT_SHARE * height)]
        self.resizeDocks([*self._left, self._bottom], heights, Qt.Orientation.Vertical)
        if self.dockWidgetArea(self._right[0]) == RIGHT:  # behind the plot they have its height
            why = round(WHY_SHARE * height)
            self.resizeDocks(self._right[:2], [why, height - why], Qt.Orientation.Vertical)

    # -- Qt ------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._laid_out:
            self._lay_out()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.player.pause()
        self.trainer.stop()
        if not self.files.may_replace():
            event.ignore()
            return
        self._preferences.keep_window(self.saveGeometry(), self.saveState())
        super().closeEvent(event)


def _column(*widgets: QWidget) -> QWidget:
    column = QWidget()
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    for widget in widgets:
        layout.addWidget(widget)
    layout.setStretch(1, 1)  # the canvas takes what is left
    return column


def _plain(values: Iterable[object]) -> list[tuple[str, object]]:
    return [(str(value), value) for value in values]


def _phase_menu(session: Session, parent: QWidget) -> QMenu:
    menu = QMenu("P&hase", parent)
    for number, phase in enumerate(PHASES, start=1):
        action = menu.addAction(f"&{number} {phase.capitalize()}", partial(session.go_to_phase, phase))
        action.setObjectName(f"go_to_{phase}")
        action.setShortcut(f"Alt+{number}")
    return menu


# Imported when they are made: the window is there sooner.


def _explanation_panel(session: Session, appearance: Appearance) -> QWidget:
    from ui.panels.explanation_panel import ExplanationPanel

    return ExplanationPanel(session, appearance)


def _chain_panel(session: Session, appearance: Appearance) -> QWidget:
    from ui.panels.chain_panel import ChainPanel

    return ChainPanel(session, appearance)


def _check_panel(session: Session, appearance: Appearance) -> QWidget:
    from ui.panels.check_panel import CheckPanel

    return CheckPanel(session, appearance)
