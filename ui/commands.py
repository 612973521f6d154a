"""The one undo command, an old and a new value; and the stack of them."""

from collections.abc import Callable
from weakref import WeakMethod

from PySide6.QtGui import QUndoCommand, QUndoStack
from shiboken6 import isValid

from ui.work import Work

MERGING = 1


class UndoStack(QUndoStack):
    """A stack that lets go of its commands before Python takes it apart.

    Python's collector may take the commands away first, and the stack would then end the program: seen with
    PySide6 6.11.3, where a QObject that holds itself and a stack with commands are enough.
    """

    def __del__(self) -> None:
        if isValid(self):
            self.blockSignals(True)
            self.clear()


class EditCommand(QUndoCommand):
    """An edit that is undone by putting the old value back.

    Consecutive edits with the same `merge` key, such as those of one slider move, become one.
    """

    def __init__(
        self, put: Callable[[Work], None], old: Work, new: Work, text: str, merge: str | None
    ) -> None:
        super().__init__(text)
        self._put, self._old = WeakMethod(put), old  # weak: no circle of session, stack and commands
        self.new, self.merge = new, merge

    def _put_back(self, work: Work) -> None:
        put = self._put()
        assert put is not None  # the stack goes with its session
        put(work)

    # -- Qt ------------------------------------------------------------------------------------------------

    def redo(self) -> None:
        self._put_back(self.new)

    def undo(self) -> None:
        self._put_back(self._old)

    def id(self) -> int:
        return -1 if self.merge is None else MERGING

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, EditCommand) or other.merge != self.merge:
            return False
        self.new = other.new
        return True
