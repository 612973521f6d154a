"""Which two inputs a picture has as axes, where there are more, and where the others are held."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from bpsim.arrays import Array
from bpsim.datasets import Dataset
from bpsim.planes import Plane
from ui.numbers import NumberFormat
from ui.widgets.fields import ChoiceField
from ui.widgets.held_values import HeldValues

_HOLDS = {"mean": "others at mean", "instance": "others as here"}


class PlaneFields(QWidget):
    """Two drop-downs for the axes, and a button that opens the values of the others."""

    plane_chosen = Signal(object)

    def __init__(self, number_format: NumberFormat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plane = Plane()
        self.axes = ChoiceField(()), ChoiceField(())
        self.button = QPushButton()
        self.held = HeldValues(number_format)
        self.popup = QFrame(self, Qt.WindowType.Popup)
        self._build()
        for place, field in enumerate(self.axes):
            field.value_chosen.connect(lambda name, place=place: self._on_axis(place, int(name)))
        self.button.clicked.connect(lambda _checked=False: self._open())
        self.held.held_chosen.connect(lambda held: self.plane_chosen.emit(Plane(self._plane.axes, held)))

    def _build(self) -> None:
        for field, name, tip in zip(
            self.axes,
            ("Input from left to right", "Input from below to above"),
            ("The input that grows to the right", "The input that grows upwards"),
            strict=True,
        ):
            field.setAccessibleName(name)
            field.setProperty("kind", "narrow")
            field.set_tip(tip)
        self.button.setProperty("kind", "link")
        self.button.setToolTip("Where the inputs are held that are no axis")
        frame = QVBoxLayout(self.popup)
        frame.setContentsMargins(0, 0, 0, 0)
        frame.addWidget(self.held)
        self.popup.setFrameShape(QFrame.Shape.StyledPanel)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.axes[0], 1)
        row.addWidget(QLabel("×"))
        row.addWidget(self.axes[1], 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self.button)

    def show_plane(self, dataset: Dataset, plane: Plane, values: Array) -> None:
        """Show a plane through some data; `values` has a value for every input."""
        self._plane = plane
        names = dataset.input_names
        choices = [(str(column), name, "") for column, name in enumerate(names)]
        for field, column in zip(self.axes, plane.axes, strict=True):
            field.set_choices(choices)
            field.set_value(str(column))
        self.button.setText(_HOLDS.get(str(plane.held), "others as chosen") + " ▾")
        self.held.show_plane(dataset, plane, values)

    def set_number_format(self, number_format: NumberFormat) -> None:
        self.held.set_number_format(number_format)

    def _on_axis(self, place: int, column: int) -> None:
        """Take an axis; the one that the other axis has already is exchanged for its own."""
        axes = list(self._plane.axes)
        if axes[1 - place] == column:
            axes[1 - place] = axes[place]
        axes[place] = column
        self.plane_chosen.emit(Plane((axes[0], axes[1]), self._plane.held))

    def _open(self) -> None:
        self.popup.adjustSize()
        below = self.button.mapToGlobal(QPoint(0, self.button.height()))
        area = self.screen().availableGeometry()
        top = min(below.y(), area.bottom() - self.popup.height())
        self.popup.move(min(below.x(), area.right() - self.popup.width()), max(area.top(), top))
        self.popup.show()
