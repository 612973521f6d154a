"""Where the inputs that are no axis are held, each with a slider and a field for its number."""

import numpy as np
from PySide6.QtCore import QObject, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QSlider, QVBoxLayout, QWidget

from bpsim.arrays import Array
from bpsim.datasets import Dataset
from bpsim.planes import Plane, Range, range_of
from ui.numbers import NumberFormat
from ui.widgets.fields import ChoiceField
from ui.widgets.number_field import NumberField

HOLDS = (
    ("mean", "the mean of the data", "Each at its mean over all instances"),
    ("instance", "the present instance", "Each at its value in the instance that the simulation stands at"),
    ("chosen", "chosen values", "Each at the value below"),
)
_TICKS = 100
_MOST_HEIGHT = 320
_WIDTH = 300


class HeldValues(QWidget):
    """Says at which values the other inputs are held; `held_chosen(held)` as in `Plane.held`."""

    held_chosen = Signal(object)

    def __init__(self, number_format: NumberFormat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._format = number_format
        self._values: Array = np.empty(0)
        self.how = ChoiceField(HOLDS)
        self.how.setAccessibleName("Others held at")
        self._rows: list[tuple[int, HeldValue]] = []
        self._names: tuple[str, ...] = ()
        self._columns: tuple[int, ...] = ()
        self._grid_holder = QScrollArea()
        self._grid_holder.setWidgetResizable(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(QLabel("The other inputs are held at"))
        column.addWidget(self.how)
        column.addWidget(self._grid_holder)
        self.setMinimumWidth(_WIDTH)
        self.how.value_chosen.connect(self._on_how)

    @property
    def rows(self) -> list["HeldValue"]:
        """The inputs that are held."""
        return [row for _column, row in self._rows]

    def show_plane(self, dataset: Dataset, plane: Plane, values: Array) -> None:
        """Show where a plane through some data holds the inputs."""
        columns = tuple(c for c in range(len(values)) if c not in plane.axes)
        if (dataset.input_names, columns) != (self._names, self._columns):
            self._names, self._columns = dataset.input_names, columns
            self._make_rows()
        self._values = values
        self.how.set_value(plane.held if isinstance(plane.held, str) else "chosen")
        for column, row in self._rows:
            row.show_value(float(values[column]), range_of(dataset.inputs[:, column]))

    def set_number_format(self, number_format: NumberFormat) -> None:
        self._format = number_format
        for row in self.rows:
            row.field.set_number_format(number_format)

    def _make_rows(self) -> None:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        self._rows = [(c, HeldValue(self._names[c], self._format, holder)) for c in self._columns]
        for place, (column, row) in enumerate(self._rows):
            for number, widget in enumerate((row.label, row.slider, row.field)):
                grid.addWidget(widget, place, number)
            row.value_chosen.connect(lambda value, column=column: self._on_value(column, value))
        self._grid_holder.setWidget(holder)
        self._grid_holder.setFixedHeight(min(holder.sizeHint().height() + 4, _MOST_HEIGHT))

    def _on_how(self, how: str) -> None:
        self.held_chosen.emit(tuple(self._values.tolist()) if how == "chosen" else how)

    def _on_value(self, column: int, value: float) -> None:
        values = self._values.tolist()
        values[column] = value
        self.held_chosen.emit(tuple(values))


class HeldValue(QObject):
    """Name, slider and field of one input."""

    value_chosen = Signal(float)

    def __init__(self, name: str, number_format: NumberFormat, parent: QObject) -> None:
        super().__init__(parent)
        self._range: Range = (0.0, 1.0)
        self.label, self.slider = QLabel(name), QSlider(Qt.Orientation.Horizontal)
        self.field = NumberField(number_format)
        self.slider.setRange(0, _TICKS)
        for widget in (self.slider, self.field):
            widget.setAccessibleName(f"{name} is held at")
        self.label.setBuddy(self.field)
        self.slider.valueChanged.connect(self._on_slider)
        self.field.value_entered.connect(self.value_chosen)

    def show_value(self, value: float, within: Range) -> None:
        """Show a value, without telling anybody."""
        self._range = within
        low, high = within
        self.field.set_value(value)
        with QSignalBlocker(self.slider):
            self.slider.setValue(round((value - low) / (high - low) * _TICKS))

    def _on_slider(self, tick: int) -> None:
        low, high = self._range
        self.value_chosen.emit(low + tick / _TICKS * (high - low))
