"""The part of the Network panel that unfolds to a table of all weights."""

from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from bpsim.network import Network
from bpsim.notation import Notation
from ui.numbers import NumberFormat
from ui.widgets.fields import ChoiceField
from ui.widgets.labels import quiet_label
from ui.widgets.weight_table import WeightTable, WeightTableModel

MOST_ROWS = 6


class WeightSection(QWidget):
    """A button, and below it once it is pressed: a choice of two layers and the weights between them.

    What is typed or toggled is announced with the layer l that the weights lead from.
    """

    value_entered = Signal(int, int, int, float)
    """l, target node i, source node j or BIAS, value."""
    toggled = Signal(int, int, int)
    """l, i, j of a connection to be made or taken away."""
    disconnected = Signal(int, list)
    """l, cells (i, j) of connections to be taken away."""
    refused = Signal(str)

    def __init__(self, network: Network, number_format: NumberFormat) -> None:
        super().__init__()
        self._network, self._format = network, number_format
        self._pairs: list[tuple[str, str, str]] = []
        self.button = QPushButton()
        self.button.setProperty("kind", "link")
        self.button.setCheckable(True)
        self.model = WeightTableModel(network, 0, number_format)
        self.pair_field = ChoiceField([])
        self.pair_field.setAccessibleName("Layers that the weights connect")
        self.table = WeightTable(self.model)
        self._body = self._make_body()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.button)
        column.addWidget(self._body)
        self._unfold(False)

        self.button.toggled.connect(self._unfold)
        self.pair_field.value_chosen.connect(lambda _name: self._show())
        self.model.value_entered.connect(self._on_value_entered)
        self.model.refused.connect(self.refused)
        self.table.toggled.connect(lambda i, j: self.toggled.emit(self.model.pair, i, j))
        self.table.disconnected.connect(lambda cells: self.disconnected.emit(self.model.pair, cells))

    def show_network(self, network: Network) -> None:
        """Show the weights of a network, at once if the section is unfolded and else when it is."""
        self._network = network
        if self.button.isChecked():
            self._show()

    def show_format(self, number_format: NumberFormat) -> None:
        """Write the numbers in another way."""
        self._format = number_format
        self.show_network(self._network)

    def show_notation(self, notation: Notation) -> None:
        """Head the table in other letters."""
        self.model.show_notation(notation)

    def _on_value_entered(self, i: int, j: int, value: float) -> None:
        self.value_entered.emit(self.model.pair, i, j, value)

    def _make_body(self) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.pair_field)
        column.addWidget(self.table)
        column.addWidget(
            quiet_label("A row for each node that the weights lead to. Space connects, disconnects.")
        )
        return body

    def _unfold(self, unfolded: bool) -> None:
        self.button.setText(f"{'▾' if unfolded else '▸'} &weights and biases")
        self._body.setVisible(unfolded)
        if unfolded:
            self._show()

    def _show(self) -> None:
        pairs = _pairs(self._network)
        if pairs != self._pairs:
            self._pairs = pairs
            self.pair_field.set_choices(pairs)
        self.model.show(self._network, int(self.pair_field.value), self._format)
        self.table.fit(self._format, MOST_ROWS)


def _pairs(network: Network) -> list[tuple[str, str, str]]:
    """Return every pair of neighbouring layers as a choice."""
    titles = [network.layer_title(layer).removesuffix(" layer") for layer in range(len(network.sizes))]
    return [(str(n), f"{a} → {b.lower()}", "") for n, (a, b) in enumerate(pairwise(titles))]
