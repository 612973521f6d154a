"""The window: places the canvas, the docks, the tool bar and the menus, and nothing else."""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QVBoxLayout, QWidget

from bpsim.backprop import PHASES
from bpsim.steps import STEP_SIZES
from ui.actions import fill_menu_bar, make_actions
from ui.appearance import Appearance
from ui.canvas.figure import network_figure
from ui.canvas.view import NetworkView
from ui.choices import ChoiceMenu
from ui.docks import LEFT, RIGHT, Docks
from ui.example_menu import ExampleMenu, RecentMenu
from ui.files import Files
from ui.handlers import make_handlers
from ui.icons import icon
from ui.key_guard import KeyGuard
from ui.notice_bar import NoticeBar
from ui.opening_runs import compare_runs
from ui.player import SPEEDS, Player
from ui.session import Session
from ui.settings import DIGITS, Preferences
from ui.status import Status
from ui.timeline import Timeline
from ui.trainer import PACES, Trainer
from ui.transport import Transport
from ui.undoing import undo_actions
from ui.view_state import ViewState
from ui.widgets.save_plot import SavePlotMenu

Choices = Iterable[tuple[str, object]]

FIRST_SIZE = QSize(1440, 900)
FRAME = QSize(8, 40)  # room for the frame that the desktop puts around a window
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
        self._laid_out = False
        self.appearance = appearance or Appearance(app, self._preferences.theme, self)
        self.player = Player(session, self)
        self.trainer = Trainer(session, self)
        self.files = Files(session, self.player, self.trainer, self._preferences, self)
        self.canvas = NetworkView(session, self.appearance)
        session.set_view(**vars(self._preferences.view()))
        self._make_menus(app)
        self._place_parts()
        self._connect()
        self.resize(FIRST_SIZE.boundedTo(self.screen().availableGeometry().size() - FRAME))
        self._restore_layout()
        self._show_title()
        self._show_clean(session.clean)
        self.canvas.setFocus()

    # -- building ------------------------------------------------------------------------------------------

    def _make_menus(self, app: QApplication) -> None:
        handlers = make_handlers(
            self.session, self.player, self.trainer, self.files, self.canvas, self._compare, self
        )
        self._actions = make_actions(self, handlers)
        self._actions |= undo_actions(self.session, self)
        self.addActions(list(self._actions.values()))
        self._choices = self._make_choices()
        self._panels = QMenu("&Panels", self)
        pictures = SavePlotMenu(partial(network_figure, self.canvas), self)
        self.canvas.surface.addActions([self._actions["fit"], pictures.canvas_action])
        submenus = {
            "recent": RecentMenu(self.files, self),
            "examples": ExampleMenu(self.files, self),
            "phase": _phase_menu(self.session, self),
            "panels": self._panels,
            "save_plot": pictures,
        }
        fill_menu_bar(self.menuBar(), self._actions, {**submenus, **self._choices})
        KeyGuard(app, self)

    def _make_choices(self) -> dict[str, ChoiceMenu]:
        def choice(title: str, name: str, choices: Choices, choose: Callable[[Any], None]) -> ChoiceMenu:
            return ChoiceMenu(title, name, choices, choose, self)

        paces = [(text, name) for name, (text, _) in PACES.items()]
        speeds = [(f"{speed:g} a second", speed) for speed in SPEEDS]
        return {
            "step_size": choice("Step s&ize", "step_size", _plain(STEP_SIZES), self._set("step_size")),
            "speed": choice("Sp&eed", "speed", speeds, self.player.set_speed),
            "pace": choice("Pace of a &run", "pace", paces, self.trainer.set_pace),
            "theme": choice("&Theme", "theme", THEMES, self._choose_theme),
            "digits": choice("&Digits", "digits", _plain(DIGITS), self._set("digits")),
            "separator": choice("Decimal &sign", "separator", SIGNS, self._set("decimal_separator")),
        }

    def _place_parts(self) -> None:
        menus = (self._choices["speed"], self._choices["pace"])
        transport = Transport(self.session, self._actions, *menus, self.appearance)
        self.addToolBar(transport)
        timeline = Timeline(self.session, self.player)
        for part in (transport, timeline):
            part.used.connect(self._give_keys_to_canvas)
        self.setCentralWidget(_column(NoticeBar(self.session), self.canvas, timeline))
        status = Status(self.session)
        self.setStatusBar(status)
        self.trainer.progressed.connect(lambda progress: status.show_run(progress, self.trainer.remark))
        self.setCorner(Qt.Corner.BottomLeftCorner, LEFT)
        self.setCorner(Qt.Corner.BottomRightCorner, RIGHT)
        self.setDockOptions(QMainWindow.DockOption.AnimatedDocks | QMainWindow.DockOption.AllowTabbedDocks)
        self.docks = Docks(self, self._panels, self.session, self.appearance, self._compare)
        self.trainer.progressed.connect(self.docks.training.show_run)

    def _connect(self) -> None:
        self.session.view_changed.connect(self._on_view_changed)
        self.session.path_changed.connect(self._show_title)
        self.session.clean_changed.connect(self._show_clean)
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
        for name in ("show_z", "show_fields", "show_marks"):
            self._actions[name].setChecked(getattr(new, name))
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

    def _show_clean(self, clean: bool) -> None:
        self.setWindowModified(not clean)

    def _give_keys_to_canvas(self) -> None:
        """After the mouse has moved the simulation the arrows do, and not what last had the keyboard."""
        if self.session.view.mode == "simulate":
            self.canvas.setFocus()

    def _set(self, name: str) -> Callable[[object], None]:
        return lambda value: self.session.set_view(**{name: value})

    def _choose_theme(self, choice: object) -> None:
        self.appearance.choose(str(choice))
        self._preferences.theme = str(choice)

    def _restore_layout(self) -> None:
        kept = self._preferences.window()
        self._laid_out = kept is not None and self.restoreGeometry(kept[0]) and self.restoreState(kept[1])

    def _compare(self) -> None:
        compare_runs(self.session, self.appearance, self.session.runs, self)

    def _lay_out(self) -> None:
        self._laid_out = True
        self.docks.lay_out()

    # -- Qt ------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._laid_out:
            self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._laid_out and event.size().width() > event.oldSize().width():
            QTimer.singleShot(0, self, self.docks.recover)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        left = event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow()
        if left and self.focusWidget() is None:
            self.setFocus()  # else the first button has the keyboard when a dialog is closed

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
