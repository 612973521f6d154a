"""The actions that undo and redo; a run under way ends first, so that it is what is undone."""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from ui.session import Session


def undo_actions(session: Session, parent: QObject) -> dict[str, QAction]:
    """Return both actions, by name; their texts say what they undo and redo."""
    stack, undo, redo = session.undo_stack, QAction("Undo", parent), QAction("Redo", parent)
    undo.setShortcut("Ctrl+Z")
    redo.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
    undo.setEnabled(stack.canUndo())
    redo.setEnabled(stack.canRedo())
    undo.triggered.connect(session.undo)
    redo.triggered.connect(session.redo)
    stack.undoTextChanged.connect(partial(_show_text, undo, "Undo"))
    stack.redoTextChanged.connect(partial(_show_text, redo, "Redo"))
    stack.canUndoChanged.connect(undo.setEnabled)
    stack.canRedoChanged.connect(redo.setEnabled)
    session.running_changed.connect(lambda running: undo.setEnabled(running or stack.canUndo()))
    actions = {"undo": undo, "redo": redo}
    for name, action in actions.items():
        action.setObjectName(name)
    return actions


def _show_text(action: QAction, verb: str, text: str) -> None:
    action.setText(f"{verb} {text}".rstrip())
