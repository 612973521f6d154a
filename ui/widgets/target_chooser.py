"""Which targets an instance gets that is added by a click in a plot."""

import numpy as np
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from bpsim.datasets import Dataset
from bpsim.scoring import Classes
from ui.class_names import class_names
from ui.numbers import NumberFormat
from ui.widgets.fields import ChoiceField
from ui.widgets.number_field import NumberField


class TargetChooser(QWidget):
    """Offers the classes, or a field for the target shown where targets are plain numbers."""

    def __init__(self, number_format: NumberFormat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._classes: Classes | None = None
        self._means: tuple[float, ...] = ()
        self._output = 0
        self._label = QLabel("Add")
        self.choice = ChoiceField(())
        self.number = NumberField(number_format)
        self.choice.setAccessibleName("Class of the instance that a click adds")
        self.choice.set_tip("A click in free room adds an instance of this class, with Shift one of the next")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for widget in (self._label, self.choice, self.number):
            row.addWidget(widget)
        row.setStretch(1, 1)
        row.setStretch(2, 1)

    def show_data(
        self, dataset: Dataset, classes: Classes | None, output: int, number_format: NumberFormat
    ) -> None:
        """Offer what the targets of some data can be; `output` is the one that the plot shows."""
        self._classes, self._output = classes, output
        self._means = tuple(dataset.targets.mean(axis=0).tolist())
        self.choice.setVisible(classes is not None)
        self.number.setVisible(classes is None)
        if classes is not None:
            self._label.setText("Add")
            names = class_names(classes, dataset, number_format)
            self.choice.set_choices([(str(number), name, "") for number, name in enumerate(names)])
            return
        name = dataset.target_names[output]
        self._label.setText(f"Add {name} =")
        self.number.setAccessibleName(f"{name} of the instance that a click adds")
        self.number.setToolTip("A click in free room adds an instance with this target, others at their mean")
        self.number.set_number_format(number_format)
        if self.number.value is None:
            self.number.set_value(float(np.round(self._means[output], 3)))

    def targets(self, second: bool) -> tuple[float, ...]:
        """Return the targets of the next instance; `second`: of the class after the chosen one."""
        if self._classes is not None:
            number = (int(self.choice.value) + second) % self._classes.count
            return self._classes.targets(number)
        value = self.number.value
        return self.with_target(self._means[self._output] if value is None else value)

    def with_target(self, value: float) -> tuple[float, ...]:
        """Return targets with a value for the output that is shown, and the means for the others."""
        return (*self._means[: self._output], value, *self._means[self._output + 1 :])
