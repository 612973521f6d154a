"""One layer of the Network panel."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from ui.icons import icon
from ui.widgets.choices import activation_choices
from ui.widgets.fields import ChoiceField, WholeField

MOST_NODES = 1000
SIZE_WIDTH = 104


class LayerRow(QWidget):
    """Title, number of nodes, activation and, for a hidden layer, a button that removes it."""

    size_entered = Signal(int)
    activation_chosen = Signal(str)
    removal_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._title = QLabel()
        self.size_field = WholeField(1, MOST_NODES, (" node", " nodes"))
        self.activation_field = ChoiceField(activation_choices())
        self.remove_button = QToolButton()
        self.remove_button.setIcon(icon("delete"))
        self.remove_button.setAutoRaise(True)
        self._title.setBuddy(self.size_field)
        self.size_field.setFixedWidth(SIZE_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(_line(self._title, self.size_field))
        column.addLayout(_line(self.activation_field, self.remove_button))
        self.size_field.value_entered.connect(self.size_entered)
        self.activation_field.value_chosen.connect(self.activation_chosen)
        self.remove_button.clicked.connect(lambda _checked=False: self.removal_requested.emit())

    def show_layer(self, title: str, size: int, activation: str | None, removable: bool) -> None:
        """Show a layer; `activation` None: it has none, being the input layer."""
        name = title.lower()
        self._title.setText(title)
        self.size_field.setAccessibleName(f"Number of nodes of the {name}")
        self.size_field.set_value(size)
        self.activation_field.setVisible(activation is not None)
        self.activation_field.setAccessibleName(f"Activation of the {name}")
        self.activation_field.set_tip(f"Activation function g of the {name}")
        if activation is not None:
            self.activation_field.set_value(activation)
        self.remove_button.setVisible(removable)
        self.remove_button.setAccessibleName(f"Remove {name}")
        self.remove_button.setToolTip(f"Remove the {name} with all its weights")

    def show_refusals(self, reasons: Mapping[str, str]) -> None:
        """Grey the activations that the layer cannot have."""
        self.activation_field.set_refusals(reasons)


def _line(first: QWidget, second: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(4)
    line.addWidget(first, 1)
    line.addWidget(second)
    return line
