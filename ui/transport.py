"""The tool bar: draw or simulate, the phases, the buttons that step, the step size and the speed."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QLabel, QSizePolicy, QToolBar, QToolButton, QWidget

from bpsim.steps import STEP_SIZES
from ui.appearance import Appearance
from ui.phase_strip import PhaseStrip
from ui.player import SPEEDS, Player
from ui.session import Session, ViewState
from ui.widgets.segments import Segments


class Transport(QToolBar):
    """Everything that moves the simulation, in one row."""

    def __init__(
        self, session: Session, player: Player, actions: Mapping[str, QAction], appearance: Appearance
    ) -> None:
        super().__init__("Steps")
        self.setObjectName("transport")
        self.setMovable(False)
        self.setIconSize(QSize(16, 16))
        self._mode = Segments((("draw", "Draw"), ("simulate", "Simulate")))
        self.addWidget(self._mode)
        self.addWidget(_gap(8))
        self.addWidget(PhaseStrip(session, appearance))
        self.addWidget(_gap(8))
        for name in ("start", "back", "step", "end", "play"):
            self._add_button(actions[name])
        self.addWidget(_gap(4))
        self._size = self._add_choice("by", "Step size", [(size, size) for size in STEP_SIZES])
        self._speed = self._add_choice("at", "Speed", [(f"{speed:g}/s", speed) for speed in SPEEDS])
        spring = QWidget()
        spring.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(spring)
        self._show_view(session.view)
        self._show_speed(player.speed)
        self._mode.chosen.connect(lambda mode: session.set_view(mode=mode))
        self._size.activated.connect(lambda _i: session.set_view(step_size=self._size.currentData()))
        self._speed.activated.connect(lambda _i: player.set_speed(self._speed.currentData()))
        session.view_changed.connect(self._show_view)
        player.speed_changed.connect(self._show_speed)

    def _show_view(self, view: ViewState) -> None:
        self._mode.set_choice(view.mode)
        self._size.setCurrentIndex(self._size.findData(view.step_size))

    def _show_speed(self, speed: float) -> None:
        self._speed.setCurrentIndex(self._speed.findData(speed))

    def _add_button(self, action: QAction) -> None:
        button = QToolButton()
        button.setDefaultAction(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setAccessibleName(action.text().replace("&", ""))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.addWidget(button)

    def _add_choice(self, label: str, name: str, choices: list[tuple[str, object]]) -> QComboBox:
        text, box = QLabel(label), QComboBox()
        text.setProperty("role", "quiet")
        text.setBuddy(box)
        for shown, value in choices:
            box.addItem(shown, value)
        box.setObjectName(name.lower().replace(" ", "_"))
        box.setAccessibleName(name)
        box.setToolTip({"Step size": "How far one step goes", "Speed": "Steps a second when playing"}[name])
        self.addWidget(text)
        self.addWidget(box)
        return box


def _gap(width: int) -> QWidget:
    gap = QWidget()
    gap.setFixedWidth(width)
    return gap
