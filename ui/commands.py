"""The one undo command: an old and a new value."""

from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from ui.work import Work

MERGING = 1


class EditCommand(QUndoCommand):
    """An edit that is undone by putting the old value back.

    Consecutive edits with the same `merge` key, such as those of one slider move, become one.
    """

    def __init__(
        self, put: Callable[[Work], None], old: Work, new: Work, text: str, merge: str | None
    ) -> None:
        super().__init__(text)
        self._put, self._old = put, old
        self.new, self.merge = new, merge

    # -- Qt ------------------------------------------------------------------------------------------------

    def redo(self) -> None:
        self._put(self.new)

    def undo(self) -> None:
        self._put(self._old)

    def id(self) -> int:
        return -1 if self.merge is None else MERGING

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, EditCommand) or other.merge != self.merge:
            return False
        self.new = other.new
        return True
