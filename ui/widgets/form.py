"""Rows of a label and a field, all fields of one width."""

from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

LEAST_FIELD = 84


class Form(QWidget):
    """A column of named fields: the mnemonic of a label leads to its field, screen readers say the label."""

    def __init__(self) -> None:
        super().__init__()
        self._labels: dict[QWidget, QLabel] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)

    def keep_room_for_labels(self, width: int) -> None:
        """Have the fields begin where those of other forms do."""
        self._grid.setColumnMinimumWidth(0, width)

    def add_row(self, text: str, field: QWidget) -> None:
        """Add a field behind its label."""
        label = QLabel()
        label.setBuddy(field)
        field.setMinimumWidth(LEAST_FIELD)
        field.setSizePolicy(QSizePolicy.Policy.Expanding, field.sizePolicy().verticalPolicy())
        self._labels[field] = label
        self._name(field, text)
        row = self._grid.rowCount()
        self._grid.addWidget(label, row, 0)
        self._grid.addWidget(field, row, 1)

    def add_wide(self, widget: QWidget) -> None:
        """Add a widget over the whole width."""
        self._grid.addWidget(widget, self._grid.rowCount(), 0, 1, 2)

    def show_row(self, field: QWidget, shown: bool, text: str | None = None) -> None:
        """Show or hide a field with its label, which may get another text."""
        if text is not None:
            self._name(field, text)
        self._labels[field].setVisible(shown)
        field.setVisible(shown)

    def _name(self, field: QWidget, text: str) -> None:
        self._labels[field].setText(text)
        field.setAccessibleName(text.replace("&", ""))
