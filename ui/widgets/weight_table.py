"""The weights and biases between two layers as a table: every number of a network, by keyboard."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from bpsim.network import Network
from bpsim.notation import NOTATIONS, Notation
from bpsim.numbers import parse_number
from ui.numbers import NumberFormat
from ui.widgets.number_table import PADDING, ROW_HEIGHT, NumberTable

MISSING = "·"
"""What stands where two nodes are not connected."""
BIAS = -1
"""The source node of a bias."""

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

_MOST_MEASURED = 200  # cells


class WeightTableModel(QAbstractTableModel):
    """θ between layer l and layer l + 1: a row for each target node, θ₀ and then the source nodes as columns.

    Cells that are typed into are announced, not changed: whoever owns the network shows the changed one.
    """

    value_entered = Signal(int, int, float)
    """Target node i, source node j or BIAS, value."""
    refused = Signal(str)

    def __init__(self, network: Network, pair: int, number_format: NumberFormat) -> None:
        super().__init__()
        self._network, self._pair, self._format = network, pair, number_format
        self._notation = NOTATIONS["lecture"]

    @property
    def pair(self) -> int:
        """The layer that the shown weights lead from."""
        return self._pair

    def show(self, network: Network, pair: int, number_format: NumberFormat) -> None:
        """Show a network's weights from layer `pair` on."""
        if (network, pair, number_format) == (self._network, self._pair, self._format):
            return
        same_shape = network.sizes[pair : pair + 2] == self._network.sizes[self._pair : self._pair + 2]
        if same_shape and pair == self._pair and len(network.sizes) == len(self._network.sizes):
            self._network, self._format = network, number_format
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self._network, self._pair, self._format = network, pair, number_format
        self.endResetModel()

    def show_notation(self, notation: Notation) -> None:
        """Head rows and columns in other letters."""
        if notation.lettered != self._notation:
            self._notation = notation.lettered
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, self.rowCount() - 1)

    def is_connected(self, row: int, column: int) -> bool:
        """Tell whether a cell has a number: a bias always has."""
        return column == 0 or bool(self._network.masks[self._pair][row, column - 1])

    def name(self, row: int, column: int) -> str:
        """Return what a cell is in words, such as "weight from input 1 to hidden node 2"."""
        target = self._network.node_name(self._pair + 1, row)
        if column == 0:
            return f"bias {self._notation.bias_letter} of {target}"
        source = self._network.node_name(self._pair, column - 1)
        return f"weight from {source} to {target}"

    def _value(self, row: int, column: int) -> float:
        if column == 0:
            return float(self._network.biases[self._pair][row])
        return float(self._network.weights[self._pair][row, column - 1])

    def _spoken(self, row: int, column: int) -> str:
        if not self.is_connected(row, column):
            return f"{self.name(row, column)}: not connected"
        return f"{self.name(row, column)}: {self._format.full(self._value(row, column))}"

    # -- Qt --------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._network.sizes[self._pair + 1]

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._network.sizes[self._pair] + 1

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role in (Role.ToolTipRole, Role.AccessibleTextRole):
            return self._spoken(row, column)
        if role not in (Role.DisplayRole, Role.EditRole):
            return None
        if not self.is_connected(row, column):
            return MISSING if role == Role.DisplayRole else ""
        value = self._value(row, column)
        return self._format.given(value) if role == Role.DisplayRole else self._format.full(value)

    def setData(self, index: Index, value: object, role: int = Role.EditRole) -> bool:
        if role != Role.EditRole or value == index.data(Role.EditRole):
            return False
        row, column = index.row(), index.column()
        try:
            number = parse_number(str(value))
        except ValueError as error:
            self.refused.emit(f"The {self.name(row, column)} stays as it is: {error}.")
            return False
        self.value_entered.emit(row, column - 1, number)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        editable = Qt.ItemFlag.ItemIsEditable if index.isValid() else Qt.ItemFlag(0)
        return super().flags(index) | editable

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> object:
        if role not in (Role.DisplayRole, Role.ToolTipRole, Role.AccessibleTextRole):
            return None
        is_column = orientation == Qt.Orientation.Horizontal
        if is_column and section == 0:
            return self._notation.bias_letter if role == Role.DisplayRole else "bias"
        layer, node = (self._pair, section - 1) if is_column else (self._pair + 1, section)
        if role == Role.DisplayRole:
            return self._notation.node_text(layer, node, self._network)
        return f"{'from' if is_column else 'to'} {self._network.node_name(layer, node)}"


class WeightTable(NumberTable):
    """Shows a `WeightTableModel`; Space connects or disconnects, Delete disconnects all selected cells."""

    toggled = Signal(int, int)
    """Target node and source node of a connection to be made or taken away."""
    disconnected = Signal(list)
    """Cells (target node, source node) whose connections are to be taken away."""

    def __init__(self, model: WeightTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self.setAccessibleName("Weights and biases")
        self.enter_pressed.connect(self.edit)
        self.delete_pressed.connect(self._disconnect)

    def fit(self, number_format: NumberFormat, most_rows: int) -> None:
        """Be as high as the rows, up to a number of them, with columns wide enough for most numbers.

        In a small table all of them have room.
        """
        width, columns = self.width_of_number(number_format), self._model.columnCount()
        is_small = self._model.rowCount() * columns <= _MOST_MEASURED
        for column in range(columns):
            self.setColumnWidth(column, max(width, self._widest(column)) if is_small else width)
        frame = self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth()
        scroll_bar = self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(frame + min(self._model.rowCount(), most_rows) * ROW_HEIGHT + scroll_bar)

    def _widest(self, column: int) -> int:
        """Return the width in which every number of a column can be read."""
        texts = (str(self._model.index(row, column).data()) for row in range(self._model.rowCount()))
        return max(map(self.fontMetrics().horizontalAdvance, texts)) + PADDING

    def _disconnect(self) -> None:
        cells = [(cell.row(), cell.column()) for cell in self.selectedIndexes()]
        weights = [(i, c - 1) for i, c in cells if c > 0 and self._model.is_connected(i, c)]
        if weights:
            self.disconnected.emit(weights)

    # -- Qt --------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        cell = self.currentIndex()
        if event.key() == Qt.Key.Key_Space and cell.column() > 0 and not self.is_editing:
            self.toggled.emit(cell.row(), cell.column() - 1)
        else:
            super().keyPressEvent(event)
