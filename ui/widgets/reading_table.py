"""A table to read: a row for each quantity, named in the lecture's letters, with its numbers beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from bpsim.quantity import Quantity
from ui.fonts import SMALL_SIZE, math_font
from ui.numbers import NumberFormat
from ui.widgets.number_table import ROW_HEIGHT, NumberTable

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


@dataclass(frozen=True)
class ReadingRow:
    """One row: what it is about, in letters and in words, and its numbers; None is not known yet."""

    quantity: Quantity
    name: str
    words: str
    values: tuple[float | None, ...]


class ReadingTableModel(QAbstractTableModel):
    """Rows of numbers under a heading each.

    Parameters
    ----------
    heads : sequence of (str, str)
        For each column, the first is that of the names: its heading, and what it means.
    """

    def __init__(self, heads: Sequence[tuple[str, str]], number_format: NumberFormat) -> None:
        super().__init__()
        self._heads, self._format = tuple(heads), number_format
        self._rows: tuple[ReadingRow, ...] = ()
        self._name_font = math_font(SMALL_SIZE + 2)

    @property
    def rows(self) -> tuple[ReadingRow, ...]:
        """What is shown."""
        return self._rows

    def show(self, rows: Sequence[ReadingRow], number_format: NumberFormat) -> None:
        """Show other rows; where they are about the same quantities, selection and scrolling stay."""
        new = tuple(rows)
        if (new, number_format) == (self._rows, self._format):
            return
        if [row.quantity for row in new] != [row.quantity for row in self._rows]:
            self.beginResetModel()
            self._rows, self._format = new, number_format
            self.endResetModel()
            return
        self._rows, self._format = new, number_format
        self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    def _spoken(self, row: ReadingRow, column: int) -> str:
        if column == 0:
            return row.words
        value = row.values[column - 1]
        number = "not known yet" if value is None else self._format.full(value)
        return f"{row.words}, {self._heads[column][1]}: {number}"

    # -- Qt --------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        if role == Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role in (Role.ToolTipRole, Role.AccessibleTextRole):
            return self._spoken(row, column)
        if role == Role.FontRole:
            return None if column else self._name_font
        if role not in (Role.DisplayRole, Role.EditRole):
            return None
        if column == 0:
            return row.name
        value = row.values[column - 1]
        if role == Role.DisplayRole:
            return self._format.text(value)
        return "" if value is None else self._format.full(value)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> object:
        if orientation == Qt.Orientation.Vertical or not 0 <= section < len(self._heads):
            return None
        if role == Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Role.DisplayRole:
            return self._heads[section][0]
        return self._heads[section][1] if role in (Role.ToolTipRole, Role.AccessibleTextRole) else None


class ReadingTable(NumberTable):
    """Shows a `ReadingTableModel`; tells which row is pointed at and which is chosen."""

    quantity_pointed = Signal(object)
    """The quantity of the row under the mouse, None when it leaves."""
    quantity_chosen = Signal(object)

    def __init__(self, model: ReadingTableModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(24)
        self.entered.connect(lambda index: self.quantity_pointed.emit(self._quantity(index)))
        self.clicked.connect(lambda index: self.quantity_chosen.emit(self._quantity(index)))
        self.enter_pressed.connect(self._on_enter)

    def fit(self, most_rows: int) -> None:
        """Be as high as the rows, up to a number of them."""
        frame = self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth()
        self.setFixedHeight(frame + min(max(self._model.rowCount(), 1), most_rows) * ROW_HEIGHT)

    def _quantity(self, index: QModelIndex) -> Quantity:
        return self._model.rows[index.row()].quantity

    def _on_enter(self, index: QModelIndex) -> None:
        if index.isValid():
            self.quantity_chosen.emit(self._quantity(index))

    # -- Qt --------------------------------------------------------------------------------------------------

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.quantity_pointed.emit(None)
