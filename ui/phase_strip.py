"""The strip of the six phases: where we are, what is done; a click jumps."""

from enum import Enum

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from bpsim.backprop import PHASES
from bpsim.moment import Moment
from bpsim.narration import phase_explanation
from bpsim.notation import NOTATIONS
from ui.appearance import Appearance
from ui.session import Session, ViewState

POINT = 9
"""How far the point of a phase's arrow reaches, in pixels."""


class Progress(Enum):
    """How far a phase is."""

    TO_COME = "to come"
    NOW = "now"
    DONE = "done"


_COLOURS = {
    Progress.TO_COME: ("chip", "chip_text"),
    Progress.NOW: ("accent", "on_accent"),
    Progress.DONE: ("accent_wash", "accent_text"),
}


class PhaseButton(QAbstractButton):
    """One phase, drawn as an arrow."""

    def __init__(self, number: int, phase: str, appearance: Appearance) -> None:
        super().__init__()
        self._appearance, self._progress, self._first = appearance, Progress.TO_COME, number == 1
        self._name = phase.capitalize()
        self.setText(f"{number} {self._name}")
        self.setObjectName(f"phase_{phase}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._describe()

    @property
    def progress(self) -> Progress:
        """How far the phase is."""
        return self._progress

    def show_progress(self, progress: Progress) -> None:
        if progress != self._progress:
            self._progress = progress
            self._describe()
            self.update()

    def _describe(self) -> None:
        self.setAccessibleName(f"Phase {self.text()}, {self._progress.value}")

    def _outline(self) -> QPolygonF:
        w, h = self.width() - 1.0, float(self.height())
        notch = 0.0 if self._first else float(POINT)
        return QPolygonF(
            [QPointF(0, 0), QPointF(w - POINT, 0), QPointF(w, h / 2), QPointF(w - POINT, h), QPointF(0, h),
             QPointF(notch, h / 2)]
        )  # fmt: skip

    # -- Qt ------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        font = self.font()
        font.setBold(True)
        return QSize(QFontMetrics(font).horizontalAdvance(self.text()) + 3 * POINT + 6, 30)

    def minimumSizeHint(self) -> QSize:
        font = self.font()
        font.setBold(True)
        return QSize(QFontMetrics(font).horizontalAdvance(self._name) + 2 * POINT + 3, 30)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._appearance.theme
        fill, text = _COLOURS[self._progress]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("text"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        background = theme.color(fill)
        painter.setBrush(background.darker(106) if self.underMouse() and not theme.is_dark else background)
        painter.drawPolygon(self._outline())
        font = painter.font()
        font.setBold(self._progress is Progress.NOW)
        painter.setFont(font)
        painter.setPen(theme.color(text))
        area = self.rect().adjusted(4 if self._first else POINT, 0, -POINT + 2, 0)
        fits = QFontMetrics(font).horizontalAdvance(self.text()) <= area.width()
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self.text() if fits else self._name)
        painter.end()


class PhaseStrip(QWidget):
    """The six phases in a row."""

    def __init__(self, session: Session, appearance: Appearance) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 - POINT // 2)
        self._buttons = {
            phase: PhaseButton(number, phase, appearance) for number, phase in enumerate(PHASES, start=1)
        }
        for phase, button in self._buttons.items():
            row.addWidget(button)
            button.clicked.connect(lambda _checked=False, phase=phase: session.go_to_phase(phase))
        self._show(session.moment)
        self._show_letters(session.view)
        session.moment_changed.connect(self._show)
        session.view_changed.connect(self._show_letters)

    def _show_letters(self, view: ViewState) -> None:
        for phase, button in self._buttons.items():
            button.setToolTip(phase_explanation(phase, NOTATIONS[view.notation]))

    def _show(self, moment: Moment) -> None:
        here = moment.position.phase
        present = PHASES.index(here) if here else -1
        planned = {step.phase for step in moment.plan.steps}
        for number, (phase, button) in enumerate(self._buttons.items()):
            button.setEnabled(moment.trace is not None and phase in planned)
            if number == present:
                button.show_progress(Progress.NOW)
            else:
                button.show_progress(Progress.DONE if number < present else Progress.TO_COME)
