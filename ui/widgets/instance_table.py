"""The instances of the data as a table, with what the network makes of each now."""

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QHeaderView, QWidget

from bpsim.datasets import Dataset
from bpsim.evaluation import Evaluation, evaluate
from bpsim.moment import Moment
from bpsim.network import Network
from bpsim.notation import NOTATIONS, Notation
from bpsim.numbers import parse_number
from bpsim.splitting import Split
from ui.afterwards import Afterwards
from ui.appearance import Appearance
from ui.fonts import SMALL_SIZE, text_font
from ui.numbers import UNKNOWN, NumberFormat
from ui.widgets.column_heads import column_name, column_tip, output_name
from ui.widgets.number_table import PADDING, NumberTable

BLOCK = 64
"""Rows whose predictions are computed together, as they come into view."""
SAMPLE = 2000
"""Cells of the first rows that the columns are made wide enough for."""
PRESENT = "▸"
TESTED = "test"
_NO_ROW = -1
HEAD_PADDING = 14
LOW_ROW = 22
FEWEST_ROWS = 4
"""What there is room for at least."""
WIDEST = 96
"""Of a column, in pixels; longer numbers end in "…", and the tool tip has all of them."""
TYPICAL = (0.5, -0.0555, 0.00555)
"""Numbers that E and ŷ have room for from the start."""

_STEP_KEYS = {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Space}

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


class InstanceTableModel(QAbstractTableModel):
    """A row for each instance: its number p, inputs, targets, and E and ŷ with the present weights.

    Cells that are typed into are announced, not changed: whoever owns the data changes it and shows it here.
    """

    value_entered = Signal(int, int, float)
    """Row, column of the data (the inputs, then the targets), value."""
    refused = Signal(str)

    def __init__(self, moment: Moment, number_format: NumberFormat, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._format = number_format
        self._notation = NOTATIONS["lecture"]
        self._dataset: Dataset = moment.dataset
        self._network: Network | None = _fitting_network(moment)
        self._present: int = moment.position.instance
        self._split, self._tested = moment.split, frozenset(moment.split.test)
        self._results_shown = True
        self._blocks: dict[int, Evaluation] = {}

    @property
    def data_columns(self) -> int:
        """How many inputs and targets an instance has."""
        return len(self._dataset.input_names) + len(self._dataset.target_names)

    def data_column(self, column: int) -> int | None:
        """Return which input or target a column shows, None for p, E and ŷ."""
        return column - 1 if 0 < column <= self.data_columns else None

    def show_moment(self, moment: Moment) -> None:
        """Show the data, the present instance, and the network's predictions of a moment."""
        network, dataset, present = _fitting_network(moment), moment.dataset, moment.position.instance
        self._show_split(moment.split)
        if dataset is not self._dataset:
            self._show_dataset(dataset, network, present)
            return
        if network is not self._network:
            self._network, self._blocks = network, {}
            self._tell_changed(range(self.data_columns + 1, self.columnCount()))
        self._show_present(present)

    def forget_results(self) -> None:
        """Show E and ŷ as unknown, and no instance as the present one, until the next moment."""
        if self._network is not None:
            self._network, self._blocks = None, {}
            self._tell_changed(range(self.data_columns + 1, self.columnCount()))
        self._show_present(_NO_ROW)

    def show_results(self, shown: bool) -> None:
        """Show or hide E and ŷ."""
        self.beginResetModel()
        self._results_shown = shown
        self.endResetModel()

    def show_format(self, number_format: NumberFormat) -> None:
        """Write the numbers in another way."""
        self._format = number_format
        self._tell_changed(range(self.columnCount()))

    def show_notation(self, notation: Notation) -> None:
        """Write the headings in other letters."""
        notation = notation.lettered
        if notation != self._notation:
            self._notation = notation
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def _show_present(self, present: int) -> None:
        old, self._present = self._present, present
        for row in {old, present} - {_NO_ROW} if old != present else ():
            self._tell_changed(range(self.columnCount()), row, row)

    def _show_split(self, split: Split) -> None:
        if split is not self._split:
            self._split, self._tested = split, frozenset(split.test)
            self._tell_changed(range(1))

    def _show_dataset(self, dataset: Dataset, network: Network | None, present: int) -> None:
        def look(data: Dataset) -> tuple[object, ...]:
            return len(data), data.input_names, data.target_names

        same = look(dataset) == look(self._dataset)
        if not same:
            self.beginResetModel()
        self._dataset, self._network, self._present, self._blocks = dataset, network, present, {}
        if same:
            self._tell_changed(range(self.columnCount()))
        else:
            self.endResetModel()

    def _tell_changed(self, columns: range, first_row: int = 0, last_row: int | None = None) -> None:
        if columns:
            last = self.rowCount() - 1 if last_row is None else last_row
            self.dataChanged.emit(self.index(first_row, columns[0]), self.index(last, columns[-1]))

    # -- what stands in a cell ---------------------------------------------------------------------------

    def _value(self, row: int, column: int) -> float | None:
        """Return the number in a column, but p; None where it is not known."""
        inputs = len(self._dataset.input_names)
        place = self.data_column(column)
        if place is not None:
            side = self._dataset.inputs if place < inputs else self._dataset.targets
            return float(side[row, place if place < inputs else place - inputs])
        if self._network is None:
            return None
        evaluation = self._evaluation(self._network, row // BLOCK)
        output = column - self.data_columns - 2
        if output < 0:
            return float(evaluation.errors[row % BLOCK])
        return float(evaluation.predictions[row % BLOCK, output])

    def _evaluation(self, network: Network, block: int) -> Evaluation:
        if block not in self._blocks:
            rows = slice(block * BLOCK, (block + 1) * BLOCK)
            self._blocks[block] = evaluate(network, self._dataset.inputs[rows], self._dataset.targets[rows])
        return self._blocks[block]

    def _text(self, row: int, column: int) -> str:
        if column == 0:
            mark = PRESENT if row == self._present else TESTED if row in self._tested else ""
            return f"{mark} {row + 1}".lstrip()
        value = self._value(row, column)
        return self._format.text(value) if self.data_column(column) is None else self._format.given(value)

    def _full(self, row: int, column: int) -> str:
        if column == 0:
            return str(row + 1)
        value = self._value(row, column)
        return UNKNOWN if value is None else self._format.full(value)

    def name(self, column: int) -> str:
        """Return what a column shows, in words."""
        place, notation = self.data_column(column), self._notation
        if place is not None:
            return column_name(self._dataset, place, notation)
        output = column - self.data_columns - 2
        if output < 0:
            return notation.error_letter
        target = column_name(self._dataset, len(self._dataset.input_names) + output, notation)
        return f"{notation.letters['output']} for {target}"

    def _spoken(self, row: int, column: int) -> str:
        if column == 0:
            return f"Instance {row + 1}{self._spoken_use(row)}"
        return f"{self.name(column)} of instance {row + 1}: {self._full(row, column)}"

    def _spoken_use(self, row: int) -> str:
        if row == self._present:
            return ", the present one"
        if row in self._tested:
            return ", kept for testing: it is not trained"
        return ": click or press Enter to work on it"

    def _look(self, row: int, column: int, role: int) -> object:
        if role == Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        theme, present = self._appearance.theme, row == self._present
        if role == Role.BackgroundRole and present:
            return theme.color("accent_wash")
        if role == Role.ForegroundRole and (present or self.data_column(column) is None):
            return theme.color("accent_text" if present else "text_quiet")
        if role == Role.FontRole and present and column == 0:
            font = text_font(SMALL_SIZE)
            font.setBold(True)
            return font
        return None

    # -- Qt ----------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._dataset)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if parent.isValid():
            return 0
        return 1 + self.data_columns + (1 + len(self._dataset.target_names) if self._results_shown else 0)

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == Role.DisplayRole:
            return self._text(row, column)
        if role == Role.EditRole:
            return self._full(row, column)
        if role in (Role.ToolTipRole, Role.AccessibleTextRole):
            return self._spoken(row, column)
        return self._look(row, column, role)

    def setData(self, index: Index, value: object, role: int = Role.EditRole) -> bool:
        row, place = index.row(), self.data_column(index.column())
        if role != Role.EditRole or place is None or value == self._full(row, index.column()):
            return False
        try:
            number = parse_number(str(value))
        except ValueError as error:
            self.refused.emit(f"{self.name(index.column())} of instance {row + 1} stays as it is: {error}.")
            return False
        self.value_entered.emit(row, place, number)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        editable = index.isValid() and self.data_column(index.column()) is not None
        return super().flags(index) | (Qt.ItemFlag.ItemIsEditable if editable else Qt.ItemFlag(0))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> object:
        if orientation == Qt.Orientation.Vertical or role not in (
            Role.DisplayRole, Role.ToolTipRole, Role.AccessibleTextRole,
        ):  # fmt: skip
            return None
        if section == 0:
            return "p" if role == Role.DisplayRole else "number of the instance"
        output = section - self.data_columns - 2
        if role == Role.DisplayRole:
            return output_name(output, self._network, self._notation) if output >= 0 else self.name(section)
        if self.data_column(section) is not None:
            return column_tip(self._dataset, section - 1, self._notation)
        what = f"Error {self.name(section)} of the instance" if output < 0 else self.name(section)
        return f"{what}, with the present weights"


class InstanceTable(NumberTable):
    """Shows an `InstanceTableModel`; a click on a cell of another instance, or Enter, asks to work on it.

    A click that ends the typing into another cell, or that selects several cells by Shift or Ctrl, does not.
    After a click on the number p the stepping keys are the window's.
    """

    instance_chosen = Signal(int)

    def __init__(self, model: InstanceTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._format = NumberFormat()
        self._typing_ends = self._press_ends_typing = False
        self._stepping = False  # whether the last thing done here was a click on p
        self.setModel(model)
        self.setShowGrid(False)
        self.setAccessibleName("Instances")
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(LOW_ROW)
        self.verticalHeader().setDefaultSectionSize(LOW_ROW)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setMinimumSectionSize(24)
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.clicked.connect(self._on_clicked)
        self.enter_pressed.connect(self._on_enter)
        self.selectionModel().currentColumnChanged.connect(self._on_column_changed)
        model.modelReset.connect(self._on_reset)
        self._widening = Afterwards(self._widen, self)
        model.dataChanged.connect(self._widening.ask)
        self.verticalScrollBar().valueChanged.connect(self._widening.ask)
        self.horizontalScrollBar().valueChanged.connect(self._widening.ask)
        self.fit_columns(self._format)

    def fit_columns(self, number_format: NumberFormat) -> None:
        """Make the columns as wide as their first numbers need, and wider where there is room."""
        self._format = number_format
        self._share([self._width(column) for column in range(self._model.columnCount())])

    def _share(self, widths: list[int]) -> None:
        self._widths = widths
        spare = self.viewport().width() - sum(widths)
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width + max(0, spare) // len(widths))

    def _width(self, column: int) -> int:
        rows = range(min(SAMPLE // self._model.columnCount() + 1, self._model.rowCount()))
        if column == 0:
            texts = [f"{PRESENT} {self._model.rowCount()} "]  # it is bold
        elif self._model.data_column(column) is None:
            texts = list(map(self._format.text, TYPICAL))
        else:
            texts = self._texts(rows, column)
        header = str(self._model.headerData(column, Qt.Orientation.Horizontal))
        advance = self.fontMetrics().horizontalAdvance
        return min(max(max(map(advance, texts)) + PADDING, advance(header[:8]) + HEAD_PADDING), WIDEST)

    def _texts(self, rows: range, column: int) -> list[str]:
        return [str(self._model.index(row, column).data()) for row in rows]

    def _on_reset(self) -> None:
        self.fit_columns(self._format)

    def _widen(self) -> None:
        """Widen columns that the numbers in view have outgrown; none gets narrower under the eyes."""
        size = self.viewport().size()
        rows = _range(self.rowAt(0), self.rowAt(size.height() - 1), self._model.rowCount())
        columns = _range(self.columnAt(0), self.columnAt(size.width() - 1), self._model.columnCount())
        advance = self.fontMetrics().horizontalAdvance
        widths = list(self._widths)
        for column in columns:
            needed = max(map(advance, self._texts(rows, column)), default=0) + PADDING
            widths[column] = max(widths[column], min(needed, WIDEST))
        if widths != self._widths:
            self._share(widths)

    def _on_enter(self, index: QModelIndex) -> None:
        if index.isValid():
            self.instance_chosen.emit(index.row())

    def _on_clicked(self, index: QModelIndex) -> None:
        plain = QGuiApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier
        if plain and not self._press_ends_typing:
            self._stepping = index.column() == 0
            self.instance_chosen.emit(index.row())

    def _on_column_changed(self) -> None:
        self._stepping = False

    def _forget_typing(self) -> None:
        self._typing_ends = False

    # -- Qt ----------------------------------------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        head, bar = self.horizontalHeader().sizeHint(), self.horizontalScrollBar().sizeHint()
        height = head.height() + FEWEST_ROWS * LOW_ROW + bar.height() + 2 * self.frameWidth()
        return QSize(super().minimumSizeHint().width(), height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share(self._widths)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:  # noqa: N802
        super().closeEditor(editor, hint)
        self._typing_ends = True
        QTimer.singleShot(0, self, self._forget_typing)  # after the press of the mouse that ended it

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._press_ends_typing = self._typing_ends or self.is_editing
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if self._stepping and plain and event.key() in _STEP_KEYS:
            self._trigger(QKeySequence(event.key()))
        else:
            super().keyPressEvent(event)

    def _trigger(self, keys: QKeySequence) -> None:
        """Do what the window does on a key."""
        for action in self.window().actions():
            if keys in action.shortcuts():
                action.trigger()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self._stepping = False


def _range(first: int, last: int, count: int) -> range:
    """Return what is in view, from the first to the last one there; −1 stands for none at that edge."""
    return range(max(first, 0), (last if last >= 0 else count - 1) + 1)


def _fitting_network(moment: Moment) -> Network | None:
    return None if moment.misfit else moment.network
