"""Typing into a field ends with a press of the mouse elsewhere; undo takes it back."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget


class OutsidePress(QObject):
    """Takes the keyboard from a field as soon as the mouse is pressed elsewhere.

    So what was typed holds, or is taken back, before a button acts that does not take the keyboard itself;
    and the stepping keys are the window's again. Filters the application's events between `watch` and `rest`.
    """

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self._field = field

    def watch(self) -> None:
        """Begin: the field has got the keyboard."""
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)

    def rest(self) -> None:
        """End: the field has lost it."""
        app = QApplication.instance()
        assert app is not None
        app.removeEventFilter(self)

    # -- Qt ------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget):
            inside = watched is self._field or self._field.isAncestorOf(watched)
            if not inside and QApplication.activePopupWidget() is None:
                self._field.clearFocus()
        return False


def is_undo(event: QKeyEvent) -> bool:
    """Tell whether a key is that of undo or redo."""
    return event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)
