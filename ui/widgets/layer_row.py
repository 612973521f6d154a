"""One layer of the Network panel."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QToolButton, QWidget

from ui.icons import icon
from ui.widgets.choices import activation_choices
from ui.widgets.fields import ChoiceField, WholeField
from ui.widgets.labels import quiet_label

MOST_NODES = 1000
TITLE_WIDTH, SIZE_WIDTH, BUTTON_WIDTH = 54, 60, 24
UNLIMITED = 2**24 - 1  # of a widget, in Qt
ONE_LINE = 230
"""From this width on everything stands in one line; below, the activation has a line of its own."""


class LayerRow(QWidget):
    """Title, number of nodes, activation and, for a hidden layer, a button that removes it."""

    size_entered = Signal(int)
    activation_chosen = Signal(str)
    removal_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._title = quiet_label()
        self._title.setWordWrap(False)
        self._title.setMinimumWidth(TITLE_WIDTH)
        self.size_field = WholeField(1, MOST_NODES)
        self.size_field.setFixedWidth(SIZE_WIDTH)
        self.size_field.lineEdit().setTextMargins(2, 0, 0, 0)  # four digits have room
        self.activation_field = ChoiceField(activation_choices())
        self.activation_field.setProperty("kind", "narrow")
        self.remove_button = QToolButton()
        self.remove_button.setIcon(icon("delete"))
        self.remove_button.setAutoRaise(True)
        self.remove_button.setFixedWidth(BUTTON_WIDTH)
        self._title.setBuddy(self.size_field)
        self._lines = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(4)
        self._lines.addLayout(_line(self._title, self.size_field, stretch=True))
        self._lines.addLayout(_line(self.activation_field, self.remove_button), 1)
        self.size_field.value_entered.connect(self.size_entered)
        self.activation_field.value_chosen.connect(self.activation_chosen)
        self.remove_button.clicked.connect(lambda _checked=False: self.removal_requested.emit())

    def show_layer(self, title: str, size: int, activation: str | None, removable: bool) -> None:
        """Show a layer; `activation` None: it has none, being the input layer."""
        name = title.lower()
        self._title.setText(name.replace(" layer", ""))
        self.size_field.setAccessibleName(f"Number of nodes of the {name}")
        self.size_field.setToolTip(f"Number of nodes of the {name}")
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

    # -- Qt ----------------------------------------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        return QSize(TITLE_WIDTH + SIZE_WIDTH, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        one_line = event.size().width() >= ONE_LINE
        direction = QBoxLayout.Direction.LeftToRight if one_line else QBoxLayout.Direction.TopToBottom
        self._lines.setDirection(direction)
        self._title.setMaximumWidth(TITLE_WIDTH if one_line else UNLIMITED)


def _line(first: QWidget, second: QWidget, stretch: bool = False) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(4)
    line.addWidget(first, 1)
    line.addWidget(second)
    if stretch:
        line.addStretch(0)  # what the first widget leaves over at its greatest width
    return line
