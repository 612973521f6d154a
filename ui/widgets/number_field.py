"""A field for one number, with every digit of it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from bpsim.numbers import parse_number
from ui.numbers import NumberFormat


def anything(_value: float) -> str:
    """Find nothing wrong with any number."""
    return ""


class NumberField(QLineEdit):
    """Shows a number shortly, and with all its digits as soon as it is edited; takes "." and ",".

    A number is handed on by Enter or by leaving the field. What cannot be taken stays in the field, marked,
    with a plain sentence in the tool tip and in `problem_changed`; Esc brings the number back. Undo and redo
    are the program's, not the field's.

    Parameters
    ----------
    number_format : NumberFormat
    check : callable, optional
        Says what is wrong with a number in a plain sentence, "" where nothing is.
    """

    value_entered = Signal(float)
    problem_changed = Signal(str)

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
        self.setText(self._full_text() if editing else self._format.given(self._value))
        if not editing:
            self.setCursorPosition(0)
        self._set_problem("")

    def _full_text(self) -> str:
        return "" if self._value is None else self._format.full(self._value)

    def _enter(self) -> None:
        """Take what was typed, or say why not."""
        if not self.isModified():
            return
        try:
            value = parse_number(self.text())
        except ValueError as error:
            self._set_problem(_sentence(str(error)))
            return
        problem = self._check(value)
        if problem:
            self._set_problem(problem)
            return
        changed = value != self._value
        self._value = value
        self._show()
        if changed:
            self.value_entered.emit(value)

    def _set_problem(self, problem: str) -> None:
        if problem == self._problem:
            return
        if not self._problem:
            self._usual_tip = self.toolTip()
        self._problem = problem
        self.setToolTip(problem or self._usual_tip)
        self.setAccessibleDescription(problem)
        self.setProperty("invalid", bool(problem))
        self.style().unpolish(self)
        self.style().polish(self)
        self.problem_changed.emit(problem)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            if _is_undo(event):
                event.ignore()  # the key is then the program's shortcut
                return False
            if event.key() == Qt.Key.Key_Escape and self.isModified():
                event.accept()  # the key is then not the program's shortcut
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_undo(event):
            event.ignore()
        elif event.key() == Qt.Key.Key_Escape and self.isModified():
            self._show()
            self.selectAll()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
            self.selectAll()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.isModified():
            self._show()
            if event.reason() != Qt.FocusReason.PopupFocusReason:
                self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() == Qt.FocusReason.PopupFocusReason:
            return
        self._enter()
        if not self.isModified():
            self._show()


def _is_undo(event: QKeyEvent) -> bool:
    return event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."
