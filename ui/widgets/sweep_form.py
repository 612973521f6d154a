"""The form that says what a sweep varies."""

import re
from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from bpsim.activations import ACTIVATIONS
from bpsim.errors import MisfitError, NetworkError, SettingsError
from bpsim.numbers import counted, whole_text
from bpsim.optimizers import OPTIMIZERS
from bpsim.project import Project
from bpsim.sweep import Sweep, Value, label_of, spread, varied_layers
from ui.numbers import NumberFormat
from ui.widgets.choices import refused_activations
from ui.widgets.fields import ChoiceField, WholeField
from ui.widgets.form import Form
from ui.widgets.labels import ProblemLabel, section_label
from ui.widgets.many_choices import ManyChoices
from ui.widgets.number_field import NumberField

FIRST_RATES = (0.01, 10.0)
FIRST_COUNT = 7
FIRST_SEEDS = 5
AS_IT_IS = "as it is"
MOST_EPOCHS = 1_000_000
MOST_RUNS = 1000
WAYS = (
    ("factor", "by equal factors", "0.01, 0.1, 1, 10"),
    ("step", "by equal steps", "0.1, 0.2, 0.3, 0.4"),
)

_SEPARATORS = re.compile(r"[\s,;]+")


class SweepForm(QWidget):
    """Fields for η, start weights, activations, batch sizes and optimizers; the sweep that they make."""

    changed = Signal()

    def __init__(self, project: Project, number_format: NumberFormat, rate_letter: str) -> None:
        super().__init__()
        self._project, self._problem = project, ""
        self.low_field = NumberField(number_format, _check_rate)
        self.high_field = NumberField(number_format, _check_rate)
        self.count_field = WholeField(1, 50)
        self.way_field = ChoiceField(WAYS)
        self.seeds_field = WholeField(0, 50)
        self.activations_field = ManyChoices(
            [(one.name, one.label) for one in ACTIVATIONS.values()], AS_IT_IS
        )
        self.batches_field = QLineEdit()
        self.optimizers_field = ManyChoices([(one.name, one.label) for one in OPTIMIZERS.values()], AS_IT_IS)
        self.epochs_field = WholeField(1, MOST_EPOCHS)
        self.problem_label = ProblemLabel()
        self._form = Form()
        self._build(rate_letter)
        self._fill()
        self._connect()
        self._judge()

    def _build(self, rate_letter: str) -> None:
        self.seeds_field.setSpecialValueText("as drawn")
        self.seeds_field.setToolTip("Each combination is trained from the start weights of so many seeds")
        self.seeds_field.valueChanged.connect(self._show_unit)
        self.count_field.setToolTip("How many learning rates are tried, the first and the last one included")
        self.batches_field.setPlaceholderText(AS_IT_IS)
        self.batches_field.setToolTip("Batch sizes, such as 1, 4, 16")
        form = self._form
        form.add_row(f"&{rate_letter} from", self.low_field)
        form.add_row("&to", self.high_field)
        form.add_row(f"&number of {rate_letter}", self.count_field)
        form.add_row("spr&ead", self.way_field)
        form.add_row("&Start weights", self.seeds_field)
        form.add_row("Hidden &activations", self.activations_field)
        form.add_row("&Batch sizes", self.batches_field)
        form.add_row("&Optimizers", self.optimizers_field)
        form.add_row("E&pochs each", self.epochs_field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(section_label("What differs"))
        column.addWidget(form)
        column.addWidget(self.problem_label)
        column.addStretch(1)

    def _fill(self) -> None:
        self.low_field.set_value(FIRST_RATES[0])
        self.high_field.set_value(FIRST_RATES[1])
        self.count_field.set_value(FIRST_COUNT)
        self.seeds_field.set_value(FIRST_SEEDS)
        self._show_unit(FIRST_SEEDS)
        self.epochs_field.set_value(self._project.settings.stopping.epochs or 1000)
        self._refuse()

    def _show_unit(self, seeds: int) -> None:
        self.seeds_field.setSuffix(" seed" if seeds == 1 else " seeds")

    def _refuse(self) -> None:
        """Offer only the activations that the layers that are varied can have."""
        network = self._project.network
        which = label_of("activation", network).partition(" ")[0]
        self._form.show_row(self.activations_field, True, f"{which.capitalize()} &activations")
        refused = refused_activations(network, varied_layers(network)[0])
        for name in ACTIVATIONS:
            action = self.activations_field.action(name)
            action.setEnabled(name not in refused)
            action.setToolTip(refused.get(name, ""))

    def _connect(self) -> None:
        for field in (self.low_field, self.high_field):
            field.value_entered.connect(self._judge)
            field.problem_changed.connect(self._judge)
        for whole in (self.count_field, self.seeds_field, self.epochs_field):
            whole.value_entered.connect(self._judge)
        for many in (self.activations_field, self.optimizers_field):
            many.chosen_changed.connect(self._judge)
        self.way_field.value_chosen.connect(self._judge)
        self.batches_field.textChanged.connect(self._judge)

    def set_project(self, project: Project) -> None:
        """Take what every run begins from; the fields stay."""
        self._project = project
        self._refuse()
        self._judge()

    @property
    def problem(self) -> str:
        """What is wrong with the fields, "" where nothing is."""
        return self._problem

    @property
    def sweep(self) -> Sweep | None:
        """What the fields say, None while something is wrong."""
        return None if self._problem else Sweep(self._project, self._varied(), self.epochs_field.value())

    def take(self) -> bool:
        """Take what is still being typed; tell whether nothing is wrong."""
        for field in (self.count_field, self.seeds_field, self.epochs_field):
            field.interpretText()
        taken = [field.take() for field in (self.low_field, self.high_field)]
        return all(taken) and not self._problem

    def _varied(self) -> dict[str, list[Value]]:
        low, high = self.low_field.value or 0.0, self.high_field.value or 0.0
        rates = spread(low, high, self.count_field.value(), self.way_field.value == "factor")
        first = self._project.settings.weight_seed
        varied: dict[str, list[Value]] = {
            "learning_rate": [*rates],
            "activation": [*self.activations_field.chosen],
            "batch_size": [*self._batch_sizes()],
            "optimizer": [*self.optimizers_field.chosen],
            "weight_seed": [*range(first, first + self.seeds_field.value())],
        }
        return {name: values for name, values in varied.items() if values}

    def _batch_sizes(self) -> list[int]:
        texts = [text for text in _SEPARATORS.split(self.batches_field.text()) if text]
        if not all(text.isdecimal() and int(text) for text in texts):
            raise SettingsError("Batch sizes are whole numbers from 1, such as 1, 4, 16.")
        return list(dict.fromkeys(int(text) for text in texts))

    def _judge(self) -> None:
        """Find out what is wrong."""
        typed = self.low_field.problem or self.high_field.problem
        self._problem = typed or _problem(self._make)
        self.problem_label.show_problem(self._problem)
        self.changed.emit()

    def _make(self) -> None:
        sweep = Sweep(self._project, self._varied(), self.epochs_field.value())
        if sweep.size > MOST_RUNS:
            these = counted(sweep.size, "run")
            raise SettingsError(f"These are {these}; up to {whole_text(MOST_RUNS)} can be compared at once.")
        sweep.configurations()


def _problem(make: Callable[[], None]) -> str:
    try:
        make()
    except (SettingsError, NetworkError, MisfitError) as error:
        return str(error)
    return ""


def _check_rate(value: float) -> str:
    return "" if value > 0 else "η must be a number above 0."
