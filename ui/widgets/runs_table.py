"""The table of kept runs: how each is drawn, what it was made with, how well it did."""

from typing import NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QWidget

from bpsim.kept_run import KeptRun
from bpsim.numbers import whole_text
from ui.kept_runs import KeptRuns
from ui.numbers import UNKNOWN, NumberFormat
from ui.plots.pens import SWATCH, run_pen, swatch
from ui.theme import Theme
from ui.widgets.number_table import NumberTable

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

SHOWN, NAME, TEST, RIGHT, SEED = 0, 1, 3, 4, 10
DIVERGED = "diverged"


class Column(NamedTuple):
    """A column: its head, what it means, and whether it holds numbers."""

    head: str
    meaning: str
    is_number: bool = False


COLUMNS = (
    Column("", "Whether it is drawn over the present run"),
    Column("run", "Its name"),
    Column(
        "E train",
        "The error over the training instances with the weights at its end; "
        "the mean E of an epoch is taken while these still change",
        True,
    ),
    Column("E test", "The error over the test instances at its end", True),
    Column("accuracy", "Share of instances in the right class at its end: training / test instances", True),
    Column("epochs", "Epochs trained", True),
    Column("η", "Learning rate at its start"),
    Column("activations", "Activation functions, layer by layer"),
    Column("batch", "Batch size", True),
    Column("optimizer", "How steps are made of the gradient"),
    Column("seed", "Seed of the start weights"),
)


def texts(run: KeptRun, number_format: NumberFormat) -> tuple[str, ...]:
    """Return what each column says of a run."""
    train, test, *shares = run.outcome
    errors = [DIVERGED if run.diverged else number_format.text(error) for error in (train, test)]
    right = " / ".join(number_format.percent(share) for share in shares if share is not None)
    rate, *others = run.traits[:5]
    rate = rate.replace(".", number_format.separator)
    return ("", run.name, *errors, right or UNKNOWN, whole_text(run.epochs), rate, *others)


class RunsModel(QAbstractTableModel):
    """Shows the kept runs; ticking one draws it, typing renames it."""

    def __init__(self, runs: KeptRuns, theme: Theme, number_format: NumberFormat, letter: str) -> None:
        super().__init__()
        self._runs, self._theme, self._format, self._letter = runs, theme, number_format, letter
        self._kept = runs.all
        runs.changed.connect(self._on_changed)

    @property
    def kept(self) -> tuple[KeptRun, ...]:
        """What is shown, row by row."""
        return self._kept

    def set_look(self, theme: Theme, number_format: NumberFormat, letter: str) -> None:
        """Draw and write in another way; `letter` is that of the error."""
        self._theme, self._format, self._letter = theme, number_format, letter
        self._tell()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)

    def _on_changed(self) -> None:
        """Show other runs; where they are as many, selection and editing stay."""
        if len(self._runs.all) == len(self._kept):
            self._kept = self._runs.all
            self._tell()
            return
        self.beginResetModel()
        self._kept = self._runs.all
        self.endResetModel()

    def _spoken(self, run: KeptRun, column: int) -> str:
        if column == SHOWN:
            return "drawn" if run.shown else "not drawn"
        return f"{COLUMNS[column].meaning}: {texts(run, self._format)[column]}"

    def _tell(self) -> None:
        if self._kept:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._kept) - 1, len(COLUMNS) - 1))

    # -- Qt --------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._kept)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)  # none where there is no cell
        if index.column() == SHOWN:
            return flags | Qt.ItemFlag.ItemIsUserCheckable
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == NAME else flags

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        if not index.isValid():
            return None
        run, column = self._kept[index.row()], COLUMNS[index.column()]
        if role in (Role.DisplayRole, Role.EditRole):
            return texts(run, self._format)[index.column()]
        if role == Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.is_number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Role.ToolTipRole:
            return run.diverged or run.description
        if role == Role.AccessibleTextRole:
            return self._spoken(run, index.column())
        if index.column() != SHOWN:
            return None
        if role == Role.CheckStateRole:
            return Qt.CheckState.Checked if run.shown else Qt.CheckState.Unchecked
        return swatch(run_pen(self._theme, run.style)) if role == Role.DecorationRole else None

    def setData(self, index: Index, value: object, role: int = Role.EditRole) -> bool:
        run = self._kept[index.row()]
        if role == Role.CheckStateRole:
            self._runs.show(run, Qt.CheckState(value) == Qt.CheckState.Checked)
            return True
        name = str(value).strip()
        if role != Role.EditRole or index.column() != NAME or not name:
            return False
        self._runs.rename(run, name)
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> object:
        if orientation == Qt.Orientation.Vertical:
            return None
        column = COLUMNS[section]
        if role == Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.is_number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Role.DisplayRole:
            head = column.head
            return f"{self._letter}{head[1:]}" if head.startswith("E ") else head
        return column.meaning if role in (Role.ToolTipRole, Role.AccessibleTextRole) else None


class RunsTable(NumberTable):
    """Shows a `RunsModel`, whole rows selected; Enter opens, Delete deletes."""

    rows_chosen = Signal()
    """Other rows are selected."""

    def __init__(self, model: RunsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runs_model = model
        self.setModel(model)
        self.setAccessibleName("Kept runs")
        self.setSelectionBehavior(NumberTable.SelectionBehavior.SelectRows)
        self.setIconSize(SWATCH)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(SEED, QHeaderView.ResizeMode.Stretch)
        self.selectionModel().selectionChanged.connect(lambda _new, _old: self.rows_chosen.emit())
        model.modelReset.connect(self.rows_chosen)
        model.modelReset.connect(self._show_columns)
        self._show_columns()

    def _show_columns(self) -> None:
        """Hide what no run has: test instances, classes."""
        outcomes = [run.outcome for run in self._runs_model.kept]
        tested = any(outcome.test_error is not None for outcome in outcomes)
        self.setColumnHidden(TEST, not tested)
        self.setColumnHidden(RIGHT, all(outcome.accuracy is None for outcome in outcomes))
