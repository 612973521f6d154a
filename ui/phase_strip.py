"""The strip of the six phases: where we are, what is done; a click jumps."""

from enum import Enum

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from bpsim.backprop import PHASES
from bpsim.moment import Moment
from bpsim.narration import phase_explanation
from bpsim.notation import NOTATIONS
from ui.appearance import Appearance
from ui.session import Session
from ui.view_state import ViewState

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
        name = phase.capitalize()
        self._forms = (f"{number} {name}", name, str(number))
        self._form = 0
        self.setText(self._forms[0])
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

    def width_in(self, form: int) -> int:
        """Return how wide the phase is with its number and name (0), its name (1), or its number (2)."""
        font = self.font()
        font.setBold(True)
        return QFontMetrics(font).horizontalAdvance(self._forms[form]) + 2 * POINT + 6

    def show_form(self, form: int) -> None:
        if form != self._form:
            self._form = form
            self.updateGeometry()
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
        return QSize(self.width_in(self._form) + POINT, 30)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.width_in(self._form), 30)

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
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self._forms[self._form])
        painter.end()


class PhaseStrip(QWidget):
    """The six phases in a row."""

    def __init__(self, session: Session, appearance: Appearance) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)  # it chooses its forms by its width
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 - POINT // 2)
        self._buttons = {
            phase: PhaseButton(number, phase, appearance) for number, phase in enumerate(PHASES, start=1)
        }
        for phase, button in self._buttons.items():
            row.addWidget(button)
            button.clicked.connect(lambda _checked=False, phase=phase: session.go_to_phase(phase))
        self._present = -1
        self._show(session.moment)
        self._show_letters(session.view)
        session.moment_changed.connect(self._show)
        session.view_changed.connect(self._show_letters)

    @property
    def buttons(self) -> list[PhaseButton]:
        """The phases."""
        return list(self._buttons.values())

    def _show_forms(self) -> None:
        """Write the phases as fully as there is room for: with name and number, with one of them."""
        form = next((form for form in (0, 1) if self._width_in(form) <= self.width()), 2)
        for place, button in enumerate(self._buttons.values()):
            button.show_form(1 if form == 2 and place == self._present else form)

    def _width_in(self, form: int) -> int:
        return sum(button.width_in(form) - POINT // 2 + 2 for button in self._buttons.values())

    def _show_letters(self, view: ViewState) -> None:
        for phase, button in self._buttons.items():
            button.setToolTip(phase_explanation(phase, NOTATIONS[view.notation]))

    def _show(self, moment: Moment) -> None:
        here = moment.position.phase
        present = PHASES.index(here) if here else -1
        planned = {step.phase for step in moment.plan.steps}
        self._present = present
        self._show_forms()
        for number, (phase, button) in enumerate(self._buttons.items()):
            button.setEnabled(moment.trace is not None and phase in planned)
            if number == present:
                button.show_progress(Progress.NOW)
            else:
                button.show_progress(Progress.DONE if number < present else Progress.TO_COME)

    # -- Qt ------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(self._width_in(0) + 6 * POINT, 30)

    def minimumSizeHint(self) -> QSize:
        widest = max(button.width_in(1) for button in self._buttons.values())
        return QSize(self._width_in(2) + widest, 30)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_forms()
