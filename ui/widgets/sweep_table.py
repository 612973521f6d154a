"""The table of a sweep: a row for all runs that differ only in their start weights."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHeaderView, QWidget

from bpsim.activations import ACTIVATIONS
from bpsim.naming import capitalized
from bpsim.numbers import whole_text
from bpsim.optimizers import OPTIMIZERS
from bpsim.sweep import LABELS, Row, Value, label_of
from ui.numbers import UNKNOWN, NumberFormat
from ui.plots.pens import SWATCH, run_pen, swatch
from ui.theme import Theme
from ui.widgets.number_table import NumberTable

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

ERROR_HEADS = (
    ("runs", "Runs with different start weights"),
    ("mean {}", "Mean of the error over the training instances at the end, of the runs that did not diverge"),
    ("least {}", "The smallest of these errors"),
    ("largest {}", "The largest of these errors"),
    ("test {}", "Mean of the error over the test instances at the end"),
    ("accuracy", "Mean share of instances in the right class: of the test instances where there are some"),
    ("diverged", "Runs in which a number became too large to compute"),
)
SHORT_HEADS = {
    "hidden activation": "hidden",
    "output activation": "output",
    "batch size": "batch",
    "least": "least",
    "largest": "largest",
}
"""What stands over a column whose name is longer than its numbers."""


def value_text(name: str, value: Value, number_format: NumberFormat) -> str:
    """Return a varied value as the screen writes it."""
    if name == "activation":
        return ACTIVATIONS[str(value)].label
    if name == "optimizer":
        return OPTIMIZERS[str(value)].label
    return whole_text(value) if isinstance(value, int) else number_format.exact(float(value))


class SweepModel(QAbstractTableModel):
    """Shows the rows of a sweep under the names of what it varies."""

    def __init__(self, theme: Theme, number_format: NumberFormat, letter: str) -> None:
        super().__init__()
        self._theme, self._format, self._letter = theme, number_format, letter
        self._names: tuple[str, ...] = ()
        self._rows: tuple[Row, ...] = ()
        self._bold = QFont()
        self._bold.setBold(True)

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown."""
        return self._rows

    @property
    def heads(self) -> list[str]:
        """The names of the columns."""
        varied = [self._label(name) for name in self._names]
        return [*varied, *(head.format(self._letter) for head, _meaning in ERROR_HEADS)]

    def _label(self, name: str) -> str:
        return label_of(name, self._rows[0].runs[0].project.network) if self._rows else LABELS[name]

    def show(self, names: Sequence[str], rows: Sequence[Row]) -> None:
        """Show other rows; `names` say what their values are."""
        self.beginResetModel()
        self._names = tuple(name for name in names if name != "weight_seed")
        self._rows = tuple(rows)
        self.endResetModel()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 0))

    def title(self, row: Row) -> str:
        """Return what a row is about, in words."""
        texts = [
            f"{self._label(name)} {value_text(name, value, self._format)}"
            for name, value in zip(self._names, row.values, strict=True)
        ]
        return ", ".join(texts) or "as it is"

    def texts(self, row: Row) -> list[str]:
        """Return what each column says of a row."""
        values = zip(self._names, row.values, strict=True)
        numbers = (row.mean, row.smallest, row.largest, row.test)
        return [
            *(value_text(name, value, self._format) for name, value in values),
            str(len(row.runs)),
            *(self._format.text(number) for number in numbers),
            self._format.percent(row.accuracy),
            str(row.diverged) if row.diverged else UNKNOWN,
        ]

    def exact(self) -> list[list[object]]:
        """Return the numbers of all rows, for a file."""
        return [
            [
                *row.values, len(row.runs), row.mean, row.smallest, row.largest, row.test, row.accuracy,
                row.diverged,
            ]
            for row in self._rows
        ]  # fmt: skip

    @property
    def _best(self) -> Row | None:
        known = [row for row in self._rows if row.mean is not None]
        return min(known, key=lambda row: row.mean or 0.0) if len(known) > 1 else None

    # -- Qt --------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._names) + len(ERROR_HEADS)

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        if role in (Role.DisplayRole, Role.EditRole):
            return self.texts(row)[column]
        if role == Role.TextAlignmentRole:
            return self._side(column)
        if role == Role.AccessibleTextRole:
            return f"{self.title(row)}, {self.heads[column]}: {self.texts(row)[column]}"
        if role == Role.FontRole:
            return self._bold if row is self._best else None
        if role == Role.ToolTipRole:
            lowest = " — the lowest mean error" if row is self._best else ""
            return f"{self.title(row)}{lowest}. Enter opens its best run."
        if role == Role.DecorationRole and column == 0:
            return swatch(run_pen(self._theme, index.row()))
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> object:
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Role.TextAlignmentRole:
            return self._side(section)
        head, place = self.heads[section], section - len(self._names)
        if role == Role.DisplayRole:
            return SHORT_HEADS.get(head.removesuffix(f" {self._letter}"), head)
        if role == Role.AccessibleTextRole:
            return head
        if role == Role.ToolTipRole:
            return ERROR_HEADS[place][1] if place >= 0 else capitalized(head)
        return None

    def _side(self, column: int) -> Qt.AlignmentFlag:
        left = column < len(self._names)
        return (
            Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight
        ) | Qt.AlignmentFlag.AlignVCenter


class SweepTable(NumberTable):
    """Shows a `SweepModel`, whole rows selected."""

    def __init__(self, model: SweepModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setAccessibleName("Compared runs")
        self.setEditTriggers(NumberTable.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(NumberTable.SelectionBehavior.SelectRows)
        self.setSelectionMode(NumberTable.SelectionMode.SingleSelection)
        self.setIconSize(SWATCH)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setStretchLastSection(True)
        self._sweep_model = model
        model.modelReset.connect(self._show_columns)

    def _show_columns(self) -> None:
        """Hide what no run has: test instances, classes."""
        rows, count = self._sweep_model.rows, self._sweep_model.columnCount()
        self.setColumnHidden(count - 3, all(row.test is None for row in rows))
        self.setColumnHidden(count - 2, all(row.accuracy is None for row in rows))
