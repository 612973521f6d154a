"""The number of the one selected node or connection, to be typed in."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from bpsim.moment import Moment
from bpsim.naming import capitalized
from bpsim.notation import Notation
from ui.numbers import NumberFormat
from ui.view_state import Selection
from ui.widgets.labels import ProblemLabel
from ui.widgets.number_field import NumberField

FIELD_WIDTH = 104


class SelectedNumber(QWidget):
    """Shows the weight of a selected connection, the bias of a selected node, or x of a selected input.

    Hidden while nothing, or more than one thing, is selected.
    """

    value_entered = Signal(float)

    def __init__(self, number_format: NumberFormat) -> None:
        super().__init__()
        self._label = QLabel()
        self._label.setWordWrap(True)
        self.field = NumberField(number_format)
        self.field.setFixedWidth(FIELD_WIDTH)
        self._label.setBuddy(self.field)
        self._problem = ProblemLabel()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self._label, 0, 0)
        grid.addWidget(self.field, 0, 1)
        grid.addWidget(self._problem, 1, 0, 1, 2)
        self.field.problem_changed.connect(self._problem.show_problem)
        self.field.value_entered.connect(self.value_entered)
        self.hide()

    def show_selection(self, moment: Moment, selection: Selection, notation: Notation) -> None:
        """Show the number of what is selected."""
        if len(selection.edges) + len(selection.nodes) != 1:
            self.hide()
            return
        text, name, value = _number(moment, selection, notation)
        self._label.setText(capitalized(text))
        self.field.setAccessibleName(name)
        self.field.setReadOnly(value is None)
        self.field.set_value(value)
        self.show()


def _number(moment: Moment, selection: Selection, notation: Notation) -> tuple[str, str, float | None]:
    """Return what is selected as a short text and as a name, and its number."""
    network = moment.network
    for pair, i, j in selection.edges:
        source, target = network.node_name(pair, j), network.node_name(pair + 1, i)
        value = float(network.weights[pair][i, j])
        return f"{source} → {target}", f"weight from {source} to {target}", value
    layer, node = next(iter(selection.nodes))
    if layer > 0:
        name = f"bias {notation.lettered.bias_letter} of {network.node_name(layer, node)}"
        return name, name, float(network.biases[layer - 1][node])
    row, inputs = moment.position.instance, moment.dataset.inputs
    name = f"{network.node_name(layer, node)} of instance {row + 1}"
    return name, name, float(inputs[row, node]) if node < inputs.shape[1] else None
