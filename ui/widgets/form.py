"""Rows of a label and a field, all fields of one width; below its label where a field is too narrow."""

from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from ui.widgets.fields import ChoiceField

LEAST_FIELD = 84
GAP, SPACING = 8, 4


@dataclass
class _Line:
    """A label with its field, the first of the two rows of the grid that are theirs, and how they stand."""

    label: QWidget
    field: QWidget
    row: int
    stacked: bool = False

    @property
    def wanted(self) -> int:
        """How wide the field is to be, so that nothing of it is cut."""
        least = self.field.minimumWidth()
        return max(least, self.field.full_width()) if isinstance(self.field, ChoiceField) else least


class Form(QWidget):
    """A column of named fields: the mnemonic of a label leads to its field, screen readers say the label."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: dict[QWidget, _Line] = {}
        self._labels: dict[QWidget, QLabel] = {}
        self._label_room = self._rows = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(SPACING)
        self._grid.setColumnStretch(1, 1)

    def keep_room_for_labels(self, width: int) -> None:
        """Have the fields begin where those of other forms do."""
        self._label_room = width
        self._grid.setColumnMinimumWidth(0, width)

    def add_row(self, text: str, field: QWidget) -> None:
        """Add a field behind its label."""
        label = QLabel()
        label.setBuddy(field)
        field.setMinimumWidth(max(field.minimumWidth(), LEAST_FIELD))
        self._labels[field] = label
        self._name(field, text)
        self.add_pair(label, field)

    def add_pair(self, label: QWidget, field: QWidget) -> None:
        """Add a field behind what stands for its label."""
        field.setSizePolicy(QSizePolicy.Policy.Expanding, field.sizePolicy().verticalPolicy())
        line = self._lines[field] = _Line(label, field, self._rows)
        self._rows += 2
        self._put(line)

    def add_wide(self, widget: QWidget) -> None:
        """Add a widget over the whole width."""
        self._grid.addWidget(widget, self._rows, 0, 1, 2)
        self._rows += 1

    def show_row(self, field: QWidget, shown: bool, text: str | None = None) -> None:
        """Show or hide a field with its label, which may get another text."""
        if text is not None:
            self._name(field, text)
        self._labels[field].setVisible(shown)
        field.setVisible(shown)

    def is_stacked(self, field: QWidget) -> bool:
        """Tell whether a field stands below its label."""
        return self._lines[field].stacked

    def _name(self, field: QWidget, text: str) -> None:
        self._labels[field].setText(text)
        field.setAccessibleName(text.replace("&", ""))

    def _put(self, line: _Line) -> None:
        columns = 2 if line.stacked else 1
        self._grid.addWidget(line.label, line.row, 0, 1, columns)
        self._grid.addWidget(line.field, line.row + line.stacked, 2 - columns, 1, columns)

    def _fit(self, width: int) -> None:
        """Put below its label what has too little room beside it."""
        labels = (line.label.sizeHint().width() for line in self._lines.values())
        room = width - max(self._label_room, *labels, 0) - GAP
        for line in self._lines.values():
            if line.stacked != (line.wanted > room):
                line.stacked = not line.stacked
                for widget in (line.label, line.field):
                    self._grid.removeWidget(widget)
                self._put(line)

    # -- Qt --------------------------------------------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        widths = [max(w.minimumSizeHint().width(), w.minimumWidth()) for w in self._all()]
        return QSize(max(widths, default=0), self._grid.minimumSize().height())

    def _all(self) -> list[QWidget]:
        return [widget for line in self._lines.values() for widget in (line.label, line.field)]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(event.size().width())
