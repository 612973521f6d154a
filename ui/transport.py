"""The tool bar: draw or simulate, the phases, the buttons that step, the step size and the speed."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QMenu, QToolBar, QToolButton, QWidget

from bpsim.steps import STEP_SIZES
from ui.appearance import Appearance
from ui.icons import icon
from ui.phase_strip import PhaseStrip
from ui.session import Session
from ui.view_state import ViewState
from ui.widgets.segments import Segments

GAP = 8


class Transport(QToolBar):
    """Everything that moves the simulation, in one row; `used` says that the mouse has moved it."""

    used = Signal()

    def __init__(
        self,
        session: Session,
        actions: Mapping[str, QAction],
        speeds: QMenu,
        paces: QMenu,
        appearance: Appearance,
    ) -> None:
        super().__init__("Steps")
        self.setObjectName("transport")
        self.setMovable(False)
        self.setIconSize(QSize(16, 16))
        self._mode = Segments((("draw", "Draw"), ("simulate", "Simulate")))
        self._size = _size_box()
        self._place(session, actions, speeds, appearance)
        self._place_run(actions["run"], paces)
        self._show_view(session.view)
        self._mode.chosen.connect(lambda mode: session.set_view(mode=mode))
        self._size.activated.connect(lambda _i: session.set_view(step_size=self._size.currentData()))
        session.view_changed.connect(self._show_view)

    def _place(
        self, session: Session, actions: Mapping[str, QAction], speeds: QMenu, appearance: Appearance
    ) -> None:
        self.addWidget(self._mode)
        for name in ("draw", "simulate"):
            self._mode.button(name).setToolTip(actions[name].toolTip())
        self.addWidget(_gap())
        phases = PhaseStrip(session, appearance)
        self.addWidget(phases)
        self.addWidget(_gap())
        moving = [_button(actions[name]) for name in ("start", "back", "step", "end", "play")]
        for button in moving:
            self.addWidget(button)
        moving[-1].setMenu(speeds)
        moving[-1].setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        for moved_by in (*moving, *phases.buttons):
            moved_by.clicked.connect(partial(self._on_clicked, moved_by))
        self.addWidget(_gap())
        label = QLabel("by")
        label.setProperty("role", "quiet")
        label.setBuddy(self._size)
        self.addWidget(label)
        self.addWidget(self._size)

    def _place_run(self, action: QAction, paces: QMenu) -> None:
        action.setIcon(icon("run", QPalette.ColorRole.BrightText))
        run = _button(action)
        run.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        run.setProperty("kind", "primary")
        run.setMenu(paces)
        run.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self.addWidget(_gap())
        self.addWidget(run)

    def _on_clicked(self, button: QAbstractButton, _checked: bool = False) -> None:
        if not button.hasFocus():  # else a key has clicked it
            self.used.emit()

    def _show_view(self, view: ViewState) -> None:
        self._mode.set_choice(view.mode)
        self._size.setCurrentIndex(self._size.findData(view.step_size))


def _button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    button.setAccessibleName(action.text().replace("&", ""))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def _size_box() -> QComboBox:
    box = QComboBox()
    box.setObjectName("step_size")
    box.setAccessibleName("Step size")
    box.setToolTip("How far one step goes")
    for size in STEP_SIZES:
        box.addItem(size, size)
    return box


def _gap() -> QWidget:
    gap = QWidget()
    gap.setFixedWidth(GAP)
    return gap
