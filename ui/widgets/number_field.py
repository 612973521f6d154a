"""A field for one number, with every digit of it."""

import re
from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QToolTip, QWidget

from bpsim.naming import capitalized
from bpsim.numbers import parse_number
from ui.numbers import UNKNOWN, NumberFormat
from ui.widgets.typing_end import OutsidePress, is_undo

AROUND_TEXT = 24
"""Pixels of the field that a number cannot take."""
ROUNDED = "≈"

_BEGUN = re.compile(r"\s*[+\-−]?(?:0*[.,]?0*|[0-9]*[.,]?[0-9]*[eE][+\-−]?)\s*")
"""What a number may begin with that is none yet, or will be another one: "", "-", "0.0", "1e-"."""


def anything(_value: float) -> str:
    """Find nothing wrong with any number."""
    return ""


class NumberField(QLineEdit):
    """Shows a number exactly, as far as it has room, and always as soon as it is edited; takes "." and ",".

    A number that is too long for the field is rounded, and "≈" says so.

    A number is handed on by Enter, by leaving the field, or by a press of the mouse elsewhere. What cannot be
    taken is marked while it is typed, with a plain sentence in the tool tip and in `problem_changed`; leaving
    the field, Esc or Ctrl+Z bring the number back. With nothing typed, undo and redo are the program's.

    Parameters
    ----------
    number_format : NumberFormat
    check : callable, optional
        Says what is wrong with a number in a plain sentence, "" where nothing is.
    """

    value_entered = Signal(float)
    problem_changed = Signal(str)
    confirmed = Signal()
    """Enter has been pressed, and nothing is wrong with the number."""

    def __init__(
        self,
        number_format: NumberFormat,
        check: Callable[[float], str] = anything,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._format = number_format
        self._check = check
        self._value: float | None = None
        self._problem = ""
        self._usual_tip = ""
        self._outside = OutsidePress(self)
        self.textEdited.connect(self._judge)
        self._show()

    @property
    def value(self) -> float | None:
        """The number that was last set or entered."""
        return self._value

    @property
    def problem(self) -> str:
        """What is wrong with the text, "" where nothing is."""
        return self._problem

    def set_value(self, value: float | None) -> None:
        """Show a number, None for an unknown one. The same number again leaves alone what is being typed."""
        if value == self._value and self.isModified():
            return
        self._value = None if value is None else float(value)
        self._show()

    def set_number_format(self, number_format: NumberFormat) -> None:
        """Write the number in another way."""
        self._format = number_format
        if not self.isModified():
            self._show()

    def _show(self) -> None:
        """Write the number in place of whatever stands there."""
        editing = self.hasFocus() and not self.isReadOnly()
        self.setText(self._full_text() if editing else self._fitting_text())
        if not editing:
            self.setCursorPosition(0)
        self._set_problem("")

    def _full_text(self) -> str:
        return "" if self._value is None else self._format.full(self._value)

    def _fitting_text(self) -> str:
        """Return the number for reading: a part of its digits would be another number."""
        if self._value is None:
            return UNKNOWN
        exact = self._format.exact(self._value)
        if self.fontMetrics().horizontalAdvance(exact) <= self.width() - AROUND_TEXT:
            return exact
        return f"{ROUNDED} {self._format.text(self._value)}"

    def take(self) -> bool:
        """Hand on what was typed, or say why not; tell whether nothing is wrong with it."""
        self._enter()
        return not self._problem

    def give_up(self) -> None:
        """Bring the number back in place of what cannot be taken."""
        if self._problem:
            self._take_back()

    def _enter(self) -> None:
        if not self.isModified():
            return
        value, problem = self._read()
        if value is None:
            self._set_problem(problem)
            return
        changed = value != self._value
        self._value = value
        self._show()
        if changed:
            self.value_entered.emit(value)

    def _read(self) -> tuple[float | None, str]:
        """Return the number that stands in the field, or None and what is wrong with it."""
        try:
            value = parse_number(self.text())
        except ValueError as error:
            return None, f"{capitalized(str(error))}."
        problem = self._check(value)
        return (None, problem) if problem else (value, "")

    def _judge(self, text: str) -> None:
        """Say at once what is wrong with what is typed, unless it may still become right."""
        self._set_problem("" if _BEGUN.fullmatch(text) else self._read()[1])

    def _take_back(self) -> None:
        self._show()
        self.selectAll()

    def _set_problem(self, problem: str) -> None:
        if problem == self._problem:
            return
        if not self._problem:
            self._usual_tip = self.toolTip()
        self._problem = problem
        self.setToolTip(problem or self._usual_tip)
        if not problem and self.underMouse():
            QToolTip.hideText()  # the one with the problem
        self.setAccessibleDescription(problem)
        self.setProperty("invalid", bool(problem))
        self.style().unpolish(self)
        self.style().polish(self)
        self.problem_changed.emit(problem)

    # -- Qt --------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            if self._takes_back(event):
                event.accept()  # the key is then not the program's shortcut
                return True
            if is_undo(event):
                event.ignore()  # the key is then the program's shortcut
                return False
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self.isModified() and not self.hasFocus():
            self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._takes_back(event):
            self._take_back()
        elif is_undo(event):
            event.ignore()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            right = self.take()
            self.selectAll()
            if right:
                self.confirmed.emit()
        else:
            super().keyPressEvent(event)

    def _takes_back(self, event: QKeyEvent) -> bool:
        undo = event.matches(QKeySequence.StandardKey.Undo)
        return self.isModified() and (undo or event.key() == Qt.Key.Key_Escape)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._outside.watch()
        if not self.isModified():
            self._show()
            if event.reason() != Qt.FocusReason.PopupFocusReason:
                self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._outside.rest()
        if event.reason() == Qt.FocusReason.PopupFocusReason:
            return
        self._enter()
        if not self.isModified() or event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self._show()
