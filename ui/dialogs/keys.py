"""The list of keys."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.actions import COMMANDS

ON_CANVAS = (
    ("Tab, arrow keys", "Draw: to another node"),
    ("Shift + arrow keys", "Draw: select several nodes"),
    ("W", "Draw: the weights of this node, one after the other"),
    ("Enter", "Draw: type the number"),
    ("+", "Draw: add a node"),
    ("L", "Draw: add a layer after this one"),
    ("C", "Draw: connect or disconnect the two selected nodes"),
    ("Alt + ↑ ↓", "Draw: move the node within its layer"),
    ("↑ ↓, Enter", "Error plot: to another instance, and go there"),
    ("Esc", "Cancel what is being drawn or typed"),
    ("Shift + click", "Select several"),
    ("Wheel", "Zoom"),
)
HEIGHT = 480


def show_keys(window: QWidget) -> None:
    """Show all keys until the dialog is closed."""
    dialog = QDialog(window)
    dialog.setWindowTitle("Keys")
    column = QVBoxLayout(dialog)
    area = QScrollArea()
    area.setWidgetResizable(True)
    table = _table()
    area.setWidget(table)
    bar = area.verticalScrollBar().sizeHint().width()
    area.setMinimumSize(table.sizeHint().width() + bar + 2 * area.frameWidth(), HEIGHT)
    column.addWidget(area)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.close)
    column.addWidget(buttons)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def _table() -> QWidget:
    table = QWidget()
    grid = QGridLayout(table)
    grid.setHorizontalSpacing(24)
    rows = [(_written(command.keys[0]), command.tip) for command in COMMANDS if command.keys]
    for row, (keys, what) in enumerate([*rows, *ON_CANVAS]):
        name = QLabel(keys)
        name.setProperty("role", "heading")
        grid.addWidget(name, row, 0)
        grid.addWidget(QLabel(what), row, 1)
    grid.setColumnStretch(1, 1)
    return table


def _written(keys: str) -> str:
    text = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
    return text.replace("Right", "→").replace("Left", "←")
