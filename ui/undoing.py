"""The actions that undo and redo; a run under way ends first, so that it is what is undone."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from ui.session import Session


class _StackAction(QAction):
    """An action whose text says what it would undo or redo."""

    def __init__(self, name: str, keys: tuple[str, ...], parent: QObject) -> None:
        super().__init__(name.capitalize(), parent)
        self.setObjectName(name)
        self.setShortcuts([QKeySequence(key) for key in keys])

    def show_what(self, what: str) -> None:
        self.setText(f"{self.objectName().capitalize()} {what}".rstrip())


def undo_actions(session: Session, parent: QObject) -> dict[str, QAction]:
    """Return both actions, by name."""
    stack = session.undo_stack
    undo = _StackAction("undo", ("Ctrl+Z",), parent)
    redo = _StackAction("redo", ("Ctrl+Shift+Z", "Ctrl+Y"), parent)
    undo.setEnabled(stack.canUndo())
    redo.setEnabled(stack.canRedo())
    undo.triggered.connect(session.undo)
    redo.triggered.connect(session.redo)
    stack.undoTextChanged.connect(undo.show_what)
    stack.redoTextChanged.connect(redo.show_what)
    stack.canUndoChanged.connect(undo.setEnabled)
    stack.canRedoChanged.connect(redo.setEnabled)
    session.running_changed.connect(lambda running: undo.setEnabled(running or stack.canUndo()))
    return {"undo": undo, "redo": redo}
