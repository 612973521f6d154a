"""The tables of the Import CSV dialog: which column is what, and the cells of the file."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from bpsim.csv_table import CsvTable
from ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

NAME, INPUT, TARGET, EXAMPLE = range(4)
_HEADS = ("Column", "Input", "Target", "First value")


class ColumnRolesModel(QAbstractTableModel):
    """A row for each column of the file, with a box to tick if it is an input, and one if it is a target.

    A column is at most one of them; one that is neither is left out.
    """

    roles_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._table: CsvTable | None = None
        self._roles: list[int] = []

    def show_table(self, table: CsvTable | None) -> None:
        """Show the columns of a file: at first the last one is the target and all others are inputs."""
        count = len(table.column_names) if table else 0
        self.beginResetModel()
        self._table = table
        if len(self._roles) != count:
            self._roles = [INPUT] * (count - 1) + [TARGET] * min(count, 1)
        self.endResetModel()

    def places(self, role: int) -> list[int]:
        """Return the columns that are inputs, or targets."""
        return [place for place, present in enumerate(self._roles) if present == role]

    def set_role(self, place: int, role: int | None) -> None:
        """Make a column an input, a target, or (None) leave it out."""
        self._roles[place] = NAME if role is None else role
        self.dataChanged.emit(self.index(place, INPUT), self.index(place, TARGET))
        self.roles_changed.emit()

    def title(self, place: int) -> str:
        """Return the name of a column, its number if it has none."""
        name = self._table.column_names[place] if self._table else ""
        return name or f"column {place + 1}"

    # -- Qt ----------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._roles)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_HEADS)

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        if not index.isValid():
            return None
        place, column = index.row(), index.column()
        ticked = self._roles[place] == column
        if column in (INPUT, TARGET):
            if role == Role.CheckStateRole:
                return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
            if role == Role.AccessibleTextRole:
                return f"{self.title(place)} is {'' if ticked else 'no '}{_HEADS[column].lower()}"
            return None
        if role not in (Role.DisplayRole, Role.ToolTipRole) or self._table is None:
            return None
        if column == NAME:
            return self.title(place)
        return self._table.rows[0][place] if self._table.rows else ""

    def setData(self, index: Index, value: object, role: int = Role.EditRole) -> bool:
        if role != Role.CheckStateRole or index.column() not in (INPUT, TARGET):
            return False
        ticked = Qt.CheckState(value) == Qt.CheckState.Checked
        self.set_role(index.row(), index.column() if ticked else None)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        box = index.isValid() and index.column() in (INPUT, TARGET)
        return super().flags(index) | (Qt.ItemFlag.ItemIsUserCheckable if box else Qt.ItemFlag(0))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Role.DisplayRole:
            return _HEADS[section]
        return None


class CsvPreviewModel(QAbstractTableModel):
    """The cells of a file as they stand there; those that cannot be read are marked and say why."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._table: CsvTable | None = None
        self._targets: frozenset[int] = frozenset()
        self._problems: Mapping[tuple[int, int], str] = {}

    def show_table(self, table: CsvTable | None) -> None:
        """Show a file."""
        self.beginResetModel()
        self._table, self._problems = table, {}
        self.endResetModel()

    def show_verdict(self, targets: Iterable[int], problems: Mapping[tuple[int, int], str]) -> None:
        """Mark the targets' columns and the cells, by line and column from 1, that cannot be read."""
        self._targets, self._problems = frozenset(targets), problems
        if self.rowCount():
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def _problem(self, index: Index) -> str | None:
        assert self._table is not None
        return self._problems.get((self._table.lines[index.row()], index.column() + 1))

    # -- Qt ----------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or self._table is None else len(self._table.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or self._table is None else len(self._table.column_names)

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        if self._table is None or not index.isValid():
            return None
        problem = self._problem(index)
        if role == Role.DisplayRole:
            return self._table.rows[index.row()][index.column()]
        if role == Role.ToolTipRole:
            return problem
        if role == Role.BackgroundRole:
            if problem:
                return self._theme.color("wrong_wash")
            return self._theme.color("accent_wash") if index.column() in self._targets else None
        if role == Role.ForegroundRole and problem:
            return self._theme.color("wrong")
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> object:
        if self._table is None or role != Role.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return self._table.lines[section]
        return self._table.column_names[section] or str(section + 1)
