"""The confusion table: how many instances of each class are taken for which class."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPoint, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QDialog, QGridLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from bpsim.scoring import Classified
from ui.widgets.labels import heading_label, quiet_label

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

_LARGEST = 460, 340
_CELL_HEIGHT = 28
_PADDING = 24
_NOTHING = "·"


class ConfusionModel(QAbstractTableModel):
    """Counts by true class (row) and by the class that the network says (column)."""

    def __init__(self, names: Sequence[str], counts: Classified, parent: QWidget) -> None:
        super().__init__(parent)
        self._names, self._counts = tuple(names), counts
        self._bold = QFont(parent.font())
        self._bold.setBold(True)

    def show_counts(self, counts: Classified) -> None:
        """Show other counts."""
        if not np.array_equal(counts, self._counts):
            self._counts = counts
            last = len(self._names) - 1
            self.dataChanged.emit(self.index(0, 0), self.index(last, last))

    def _spoken(self, row: int, column: int) -> str:
        said = "right" if row == column else f"taken for {self._names[column]}"
        return f"{self._counts[row, column]} of class {self._names[row]}: {said}"

    # -- Qt --------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._names)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return self.rowCount(parent)

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        row, column = index.row(), index.column()
        if role == Role.DisplayRole:
            count = int(self._counts[row, column])
            return str(count) if count or row == column else _NOTHING
        if role == Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        if role == Role.FontRole:
            return self._bold if row == column else None
        return self._spoken(row, column) if role in (Role.ToolTipRole, Role.AccessibleTextRole) else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> object:
        return self._names[section] if role == Role.DisplayRole else None


class ConfusionDialog(QDialog):
    """Shows a table for each group of instances, and keeps up with the training while it is open."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Tool)
        self.setWindowTitle("Confusion table")
        self._groups: tuple[str, ...] = ()
        self._names: tuple[str, ...] = ()
        self._body = QWidget()
        self.models: list[ConfusionModel] = []
        self._column = QVBoxLayout(self)
        self._column.addWidget(quiet_label("Row: the class of the instance. Column: what the network says."))
        self._column.addWidget(self._body)

    def show_tables(self, names: Sequence[str], tables: Sequence[tuple[str, Classified]]) -> None:
        """Show the tables of some groups, each with its name."""
        groups = tuple(name for name, _counts in tables)
        if (groups, tuple(names)) != (self._groups, self._names):
            self._groups, self._names = groups, tuple(names)
            self._make_tables([counts for _name, counts in tables])
        for model, (_name, counts) in zip(self.models, tables, strict=True):
            model.show_counts(counts)

    def open_at(self, button: QWidget) -> None:
        """Open above a button, as far as the screen goes."""
        self.adjustSize()
        above = button.mapToGlobal(QPoint(button.width() - self.width(), -self.height() - 8))
        area = button.screen().availableGeometry()
        self.move(max(area.left(), above.x()), max(area.top(), above.y()))
        self.show()
        self.activateWindow()

    def _make_tables(self, counts: Sequence[Classified]) -> None:
        old, self._body = self._body, QWidget()
        grid = QGridLayout(self._body)
        grid.setContentsMargins(0, 0, 0, 0)
        self.models = [ConfusionModel(self._names, table, self._body) for table in counts]
        for place, (group, model) in enumerate(zip(self._groups, self.models, strict=True)):
            grid.addWidget(heading_label(group), 0, place)
            grid.addWidget(_table(model, f"Confusion table, {group}"), 1, place)
        self._column.replaceWidget(old, self._body)
        old.deleteLater()


def _table(model: ConfusionModel, name: str) -> QTableView:
    """Return a view that is as large as its table, up to a limit."""
    view = QTableView()
    view.setModel(model)
    view.setAccessibleName(name)
    view.setTabKeyNavigation(False)
    across, down = view.horizontalHeader(), view.verticalHeader()
    names = [str(model.headerData(n, Qt.Orientation.Horizontal)) for n in range(model.rowCount())]
    width = max(across.fontMetrics().horizontalAdvance(text) for text in names) + _PADDING
    across.setDefaultSectionSize(width)
    across.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    down.setDefaultSectionSize(_CELL_HEIGHT)
    down.setFixedWidth(width)
    frame, count = 2 * view.frameWidth(), len(names)
    size = (count + 1) * width + frame, across.sizeHint().height() + count * _CELL_HEIGHT + frame
    view.setFixedSize(min(size[0], _LARGEST[0]), min(size[1], _LARGEST[1]))
    return view
