"""A table of numbers that is used with the keyboard: type to change, copy, paste, delete."""

from PySide6.QtCore import (
    QEvent,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.fonts import SMALL_SIZE, text_font
from ui.numbers import NumberFormat

ROW_HEIGHT = 26
PADDING = 14
EDITOR_WIDTH = 72
"""Of the field that a number is typed into, also where the column is narrower."""

_DENSE = """
    QTableView { font-size: 12px; }
    QTableView::item { padding: 0px 3px; }
    QTableView::item:focus { padding: 0px 1px; }
"""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_DELETE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_PLAIN = Qt.KeyboardModifier.NoModifier
_KEYPAD = Qt.KeyboardModifier.KeypadModifier


class NumberTable(QTableView):
    """Shows a model of numbers; what a key asks for is told by signals.

    While the table has the focus, plain keys, copy and paste are its own and not the window's shortcuts.
    """

    enter_pressed = Signal(QModelIndex)
    delete_pressed = Signal()
    text_pasted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setItemDelegate(_NumberDelegate(self))
        self.setFont(text_font(SMALL_SIZE))
        self.setStyleSheet(_DENSE)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setMinimumSectionSize(ROW_HEIGHT)
        self.horizontalHeader().setHighlightSections(False)
        self.verticalHeader().setHighlightSections(False)

    @property
    def is_editing(self) -> bool:
        """Whether a cell is being typed into."""
        return self.state() == QAbstractItemView.State.EditingState

    def selected_rows(self) -> list[int]:
        """Return the rows in which a cell is selected, in rising order."""
        return sorted({row for part in self._ranges() for row in range(part.top(), part.bottom() + 1)})

    def width_of_number(self, number_format: NumberFormat) -> int:
        """Return the width of a column in which most numbers can be read."""
        return self.fontMetrics().horizontalAdvance(number_format.text(-0.5)) + PADDING

    def copy(self) -> None:
        """Put the selected cells on the clipboard, in all their digits, for a spreadsheet."""
        ranges = self._ranges()
        if ranges:
            QGuiApplication.clipboard().setText(self._as_text(ranges))

    def paste(self) -> None:
        """Announce the text on the clipboard."""
        self.text_pasted.emit(QGuiApplication.clipboard().text())

    def _ranges(self) -> list[QItemSelectionRange]:
        selection = self.selectionModel().selection()
        return [selection.at(number) for number in range(selection.count())]

    def _as_text(self, ranges: list[QItemSelectionRange]) -> str:
        columns = range(min(r.left() for r in ranges), max(r.right() for r in ranges) + 1)
        lines = []
        for row in self.selected_rows():
            cells = [self.model().index(row, column) for column in columns]
            texts = [
                str(cell.data(Qt.ItemDataRole.EditRole)) if any(r.contains(cell) for r in ranges) else ""
                for cell in cells
            ]
            lines.append("\t".join(texts))
        return "\n".join(lines)

    def _next_editable(self, step: int) -> QModelIndex:
        """Return the next cell that can be typed into, row by row; none after the last one."""
        model, current = self.model(), self.currentIndex()
        columns = model.columnCount()
        place = current.row() * columns + current.column() + step
        while 0 <= place < model.rowCount() * columns:
            index = model.index(*divmod(place, columns))
            if index.flags() & Qt.ItemFlag.ItemIsEditable and not self.isColumnHidden(index.column()):
                return index
            place += step
        return QModelIndex()

    # -- Qt --------------------------------------------------------------------------------------------------

    def moveCursor(  # noqa: N802
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        actions = QAbstractItemView.CursorAction
        if action in (actions.MoveNext, actions.MovePrevious):  # Tab while a cell is typed into
            return self._next_editable(1 if action == actions.MoveNext else -1)
        return super().moveCursor(action, modifiers)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_ours(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.is_editing:
            super().keyPressEvent(event)  # Enter that the editor has taken already
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() in _ENTER:
            self.enter_pressed.emit(self.currentIndex())
        elif event.key() in _DELETE:
            self.delete_pressed.emit()
        else:
            super().keyPressEvent(event)


class _NumberDelegate(QStyledItemDelegate):
    """Gives the field over a cell room for a number."""

    # -- Qt --------------------------------------------------------------------------------------------------

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().updateEditorGeometry(editor, option, index)
        place, area = editor.geometry(), editor.parentWidget()
        place.setWidth(max(place.width(), EDITOR_WIDTH))
        if area is not None and place.right() > area.rect().right():
            place.moveRight(area.rect().right())
        editor.setGeometry(place)


def _is_ours(event: QKeyEvent) -> bool:
    if event.matches(QKeySequence.StandardKey.Copy) or event.matches(QKeySequence.StandardKey.Paste):
        return True
    if event.matches(QKeySequence.StandardKey.SelectAll):
        return True
    function_key = Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35 and event.key() != Qt.Key.Key_F2
    tab_or_escape = event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Escape)
    return event.modifiers() in (_PLAIN, _KEYPAD) and not function_key and not tab_or_escape
