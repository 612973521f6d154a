"""The dialog that makes a data set."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bpsim.data_errors import DataError
from bpsim.datasets import Dataset
from bpsim.made_data import DATASETS, MadeData, Parameter
from bpsim.naming import capitalized
from ui.dialogs.data_preview import DataPreview
from ui.dialogs.fit_box import FitBox
from ui.numbers import NumberFormat
from ui.session import Session
from ui.widgets.fields import WholeField
from ui.widgets.form import Form
from ui.widgets.labels import ProblemLabel, quiet_label
from ui.widgets.number_field import NumberField

FIRST = "xor"
LARGEST_SEED = 2**31 - 1


def make_data(session: Session, window: QWidget) -> None:
    """Open the dialog."""
    MakeDataDialog(session, window).open()


class MakeDataDialog(QDialog):
    """A list of ways of making data, the parameters of the chosen one, and a picture of what comes out."""

    def __init__(self, session: Session, window: QWidget | None = None) -> None:
        super().__init__(window)
        self.setObjectName("make_data_dialog")
        self.setWindowTitle("Make data")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._data: Dataset | None = None
        self.fields: dict[str, WholeField | NumberField] = {}
        self.list = QListWidget()
        self.description = quiet_label()
        self.form = Form()
        self.seed_field = WholeField(0, LARGEST_SEED)
        self.problem = ProblemLabel()
        self.preview = DataPreview()
        self.fit_box = FitBox(session.moment.network)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.make_button = QPushButton("&Make")
        self._build()
        self.list.currentRowChanged.connect(lambda _row: self._show_choice())
        self.list.itemActivated.connect(lambda _item: self.accept())
        self.seed_field.value_entered.connect(lambda _seed: self._make())
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.list.setCurrentRow(list(DATASETS).index(FIRST))

    @property
    def chosen(self) -> MadeData:
        """The way of making data that is chosen."""
        return list(DATASETS.values())[self.list.currentRow()]

    @property
    def data(self) -> Dataset | None:
        """The data that come out, None while a parameter is wrong."""
        return self._data

    def _show_choice(self) -> None:
        """Show the fields of the chosen way."""
        self._body.removeWidget(self.form)
        self.form.hide()
        self.form.deleteLater()
        self.form, self.fields = Form(), {}
        for parameter in self.chosen.parameters:
            self._add_field(parameter)
        self.form.add_row("&Seed", self.seed_field)
        self.form.show_row(self.seed_field, self.chosen.random)
        self._body.insertWidget(1, self.form)
        self.form.show()
        self.description.setText(self.chosen.description)
        self._make()

    def _add_field(self, parameter: Parameter) -> None:
        field: WholeField | NumberField
        if parameter.whole:
            field = WholeField(int(parameter.smallest), int(parameter.largest))
            field.set_value(int(parameter.default))
        else:
            view = self._session.view
            number_format = NumberFormat(view.digits, view.decimal_separator)
            field = NumberField(number_format, lambda value: _problem(parameter, value))
            field.set_value(parameter.default)
            field.problem_changed.connect(lambda _problem: self._show_problems())
        field.value_entered.connect(lambda _value: self._make())
        self.form.add_row(parameter.label, field)
        self.fields[parameter.name] = field

    def _values(self) -> dict[str, float]:
        return {
            name: field.value() if isinstance(field, WholeField) else field.value or 0.0
            for name, field in self.fields.items()
        }

    def _make(self) -> None:
        self._data = self.chosen.make(seed=self.seed_field.value(), **self._values())
        self.preview.show_data(self._data)
        self.fit_box.show_data(self._data)
        self._show_problems()

    def _show_problems(self) -> None:
        problem = next((field.problem for field in self._number_fields() if field.problem), "")
        self.problem.show_problem(problem)
        self.make_button.setEnabled(not problem)

    def _number_fields(self) -> list[NumberField]:
        return [field for field in self.fields.values() if isinstance(field, NumberField)]

    def _take_all(self) -> bool:
        """Take what is still being typed; tell whether nothing is wrong."""
        for field in (*self.fields.values(), self.seed_field):
            if isinstance(field, WholeField):
                field.interpretText()
        return not [field for field in self._number_fields() if not field.take()]

    # -- building ----------------------------------------------------------------------------------------

    def _build(self) -> None:
        for made in DATASETS.values():
            self.list.addItem(capitalized(made.label))
        self.list.setAccessibleName("Data that can be made")
        self.list.setFixedWidth(160)
        self.list.setSpacing(2)
        self.seed_field.setToolTip("The same seed makes the same data")
        self.make_button.setProperty("kind", "primary")
        self.make_button.setDefault(True)
        self.buttons.addButton(self.make_button, QDialogButtonBox.ButtonRole.AcceptRole)
        self._body = QVBoxLayout()
        self._body.setSpacing(8)
        for widget in (self.description, self.form, self.problem):
            self._body.addWidget(widget)
        self._body.addWidget(self.preview, 1)
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 16, 16, 16)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        grid.addWidget(self.list, 0, 0)
        grid.addLayout(self._body, 0, 1)
        grid.addWidget(self.fit_box, 1, 0, 1, 2)
        grid.addWidget(self.buttons, 2, 0, 1, 2)
        self.resize(600, 520)

    # -- Qt ----------------------------------------------------------------------------------------------

    def accept(self) -> None:
        if not self._take_all() or self._data is None:
            return
        self.fit_box.put(self._session, f"Make data: {self.chosen.label}", self._data)
        super().accept()


def _problem(parameter: Parameter, value: float) -> str:
    try:
        parameter.check(value)
    except DataError as error:
        return str(error)
    return ""
