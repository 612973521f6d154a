"""The dialog that reads data from a CSV file."""

from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QHeaderView,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from bpsim.csv_reader import table_to_dataset
from bpsim.csv_table import CsvTable, read_table
from bpsim.data_errors import DataError
from bpsim.datasets import Dataset
from bpsim.numbers import counted
from ui.dialogs.csv_models import INPUT, NAME, TARGET, ColumnRolesModel, CsvPreviewModel
from ui.dialogs.fit_box import FitBox
from ui.session import Session
from ui.theme import Theme, load_theme
from ui.widgets.fields import ChoiceField
from ui.widgets.form import Form
from ui.widgets.labels import quiet_label, title_label
from ui.widgets.number_table import ROW_HEIGHT

FILTER = "CSV files (*.csv *.tsv *.txt *.dat);;All files (*)"
LAST_FOLDER = "csv_folder"
DELIMITERS = (("", "automatic", ""), (",", "comma ,", ""), (";", "semicolon ;", ""), ("\t", "tab", ""))
DECIMALS = (("", "automatic", ""), (".", "point 0.5", ""), (",", "comma 0,5", ""))
HEADERS = (("", "automatic", ""), ("yes", "are names", ""), ("no", "are values", ""))


def import_csv(session: Session, window: QWidget) -> None:
    """Ask for a file and open the dialog on it."""
    path, _ = QFileDialog.getOpenFileName(window, "Import CSV", _folder(session), FILTER)
    if path:
        _store().setValue(LAST_FOLDER, str(Path(path).parent))
        ImportCsvDialog(session, path, window).open()


def _folder(session: Session) -> str:
    """Return where the last file came from, or else where the project stands."""
    last = str(_store().value(LAST_FOLDER, ""))
    if last and Path(last).is_dir():
        return last
    return str(Path(session.path).parent if session.path else Path.home())


def _store() -> QSettings:
    return QSettings(QSettings.defaultFormat(), QSettings.Scope.UserScope, "bpsim", "bpsim")


class ImportCsvDialog(QDialog):
    """Shows how a file is read, what each column is for, and every cell that cannot be read."""

    def __init__(self, session: Session, path: str, window: QWidget | None = None) -> None:
        super().__init__(window)
        self.setObjectName("import_csv_dialog")
        self.setWindowTitle(f"Import {Path(path).name}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session, self._path = session, path
        self._table: CsvTable | None = None
        self._data: Dataset | None = None
        self.header_field = ChoiceField(HEADERS)
        self.delimiter_field = ChoiceField(DELIMITERS)
        self.decimal_field = ChoiceField(DECIMALS)
        self.roles = ColumnRolesModel()
        self.roles_table = QTableView()
        self.classes_box = QCheckBox("The target holds &classes")
        self.preview = CsvPreviewModel(_theme(self))
        self.preview_table = QTableView()
        self.format_line = quiet_label()
        self.report = QPlainTextEdit()
        self.fit_box = FitBox(session.moment.network)
        self.import_button = QPushButton("&Import")
        self._build()
        for field in (self.header_field, self.delimiter_field, self.decimal_field):
            field.value_chosen.connect(lambda _name: self._read())
        self.roles.roles_changed.connect(lambda: self._judge(classes=None))
        self.classes_box.clicked.connect(lambda ticked: self._judge(classes=ticked))
        self._read()

    @property
    def data(self) -> Dataset | None:
        """The data that come out, None while something cannot be read."""
        return self._data

    def _read(self) -> None:
        """Read the file as the fields say."""
        header = self.header_field.value
        try:
            self._table = read_table(
                self._path,
                header=None if not header else header == "yes",
                delimiter=self.delimiter_field.value or None,
                decimal=self.decimal_field.value or None,
            )
        except DataError as error:
            self._table = None
            self._show_tables()
            self._show_result(None, error)
            return
        self._show_tables()
        self._judge(classes=None)

    def _show_tables(self) -> None:
        self.roles.show_table(self._table)
        self.preview.show_table(self._table)
        self.format_line.setText(f"Read as {self._table.format.describe()}." if self._table else "")

    def _judge(self, classes: bool | None) -> None:
        """Make data of the file, or say all that cannot be read; `classes` None: as the cells look."""
        if self._table is None:
            return
        inputs, targets = self.roles.places(INPUT), self.roles.places(TARGET)
        self._show_classes_box(targets, classes)
        try:
            data = table_to_dataset(self._table, targets, inputs, self.classes_box.isChecked())
        except DataError as error:
            self._show_result(None, error)
        else:
            self._show_result(data, None)

    def _show_classes_box(self, targets: list[int], classes: bool | None) -> None:
        assert self._table is not None
        single = len(targets) == 1
        if classes is None:
            classes = single and self._table.holds_classes(targets[0])
        self.classes_box.setEnabled(single)
        self.classes_box.setChecked(classes)

    def _show_result(self, data: Dataset | None, error: DataError | None) -> None:
        self._data = data
        problems = error.problems if error else ()
        cells = {(p.row, p.column): p.reason for p in problems if p.column is not None}
        self.preview.show_verdict(self.roles.places(TARGET), cells)
        self.report.setPlainText(_complaint(error) if error else _summary(data))
        self.import_button.setEnabled(data is not None)
        self.fit_box.show_data(data)

    # -- building ----------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._build_tables()
        self.report.setReadOnly(True)
        self.report.setAccessibleName("What was read")
        self.report.setFixedHeight(112)
        self.report.setTabChangesFocus(True)
        self.classes_box.setToolTip("Each class becomes an output of its own: 1 for its instances, else 0")
        self.import_button.setProperty("kind", "primary")
        self.import_button.setDefault(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.addButton(self.import_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 16, 16, 16)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        grid.addWidget(title_label(Path(self._path).name), 0, 0, 1, 2)
        grid.addLayout(self._left_side(), 1, 0)
        grid.addWidget(self.preview_table, 1, 1)
        grid.addWidget(self.report, 2, 0, 1, 2)
        grid.addWidget(self.fit_box, 3, 0, 1, 2)
        grid.addWidget(buttons, 4, 0, 1, 2)
        self.resize(840, 600)

    def _left_side(self) -> QVBoxLayout:
        form = Form()
        form.add_row("First &row", self.header_field)
        form.add_row("Columns &split at", self.delimiter_field)
        form.add_row("&Decimal sign", self.decimal_field)
        left = QVBoxLayout()
        left.setSpacing(8)
        for widget in (form, self.format_line, self.roles_table, self.classes_box):
            left.addWidget(widget)
        return left

    def _build_tables(self) -> None:
        self.roles_table.setModel(self.roles)
        self.roles_table.setAccessibleName("What each column is for")
        self.roles_table.setFixedWidth(320)
        self.roles_table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.roles_table.horizontalHeader().setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for column, width in ((INPUT, 56), (TARGET, 60), (TARGET + 1, 88)):
            self.roles_table.setColumnWidth(column, width)
        self.preview_table.setModel(self.preview)
        self.preview_table.setAccessibleName("The cells of the file")
        for table in (self.roles_table, self.preview_table):
            table.setTabKeyNavigation(False)
            table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
            table.horizontalHeader().setHighlightSections(False)
        self.roles_table.verticalHeader().hide()
        self.preview_table.horizontalHeader().setDefaultSectionSize(88)

    # -- Qt ----------------------------------------------------------------------------------------------

    def accept(self) -> None:
        if self._data is None:
            return
        self.fit_box.put(self._session, f"Import {Path(self._path).name}", self._data)
        super().accept()


def _summary(data: Dataset | None) -> str:
    """Return what comes out, in words."""
    if data is None:
        return ""
    inputs, targets = ", ".join(data.input_names), ", ".join(data.target_names)
    kind = "Classes" if data.one_hot else "Targets"
    return f"✓ {counted(len(data), 'instance')}.\nInputs: {inputs}\n{kind}: {targets}\nNothing is scaled."


def _complaint(error: DataError) -> str:
    """Return everything that is wrong, every cell of it, and what to do."""
    if not error.problems:
        return f"✗ {error}"
    count = len(error.problems)
    head = f"✗ {error.sentence}: {count} place{'' if count == 1 else 's'}."
    return "\n".join([head, *([error.advice] if error.advice else []), *map(str, error.problems)])


def _theme(widget: QWidget) -> Theme:
    """Return the theme that the widget's palette belongs to."""
    return load_theme("dark" if widget.palette().window().color().lightness() < 128 else "light")
