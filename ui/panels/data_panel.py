"""The Data panel: the instances as a table, and everything that can be done to them."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bpsim.cells import parse_cells
from bpsim.data_errors import DataError
from bpsim.datasets import Dataset
from bpsim.moment import Moment
from bpsim.naming import capitalized
from bpsim.notation import NOTATIONS, Notation
from bpsim.numbers import counted, decimal_sign, is_number
from bpsim.scaling import SCALINGS
from ui.appearance import Appearance
from ui.dialogs import opening
from ui.session import Session
from ui.view_state import ViewState
from ui.widgets.header_editor import HeaderEditor
from ui.widgets.instance_table import InstanceTable, InstanceTableModel
from ui.widgets.labels import ElidedLabel, quiet_label
from ui.widgets.panel import MARGIN, NARROWEST, number_format

TABLE_MARGIN = 8
MOST_CLASS_NAMES = 4
_OTHER = {".": ",", ",": "."}


class DataPanel(QWidget):
    """Shows the instances with ŷ and E of each; the present one is marked."""

    def __init__(self, session: Session, appearance: Appearance) -> None:
        super().__init__()
        self.setObjectName("data_panel")
        self.setMinimumWidth(NARROWEST)
        self._session = session
        self._followed = session.moment.position.instance  # the row that was brought into view last
        self.heading = ElidedLabel()
        self.menu_button = QPushButton("Edit ▾")
        self.model = InstanceTableModel(session.moment, number_format(session.view), appearance)
        self.table = InstanceTable(self.model)
        self.name_editor = HeaderEditor(self.table)
        self.classes_line = quiet_label()
        self.scaling_line = quiet_label()
        self.unscale_button = QPushButton("Undo s&caling")
        self.add_button = QPushButton("+ &instance")
        self.menu = self._make_menu()
        self._build()
        self._show_notation(NOTATIONS[session.view.notation])
        self.table.fit_columns(number_format(session.view))
        self._show_dataset(session.moment.dataset)
        self._connect(appearance)

    def _connect(self, appearance: Appearance) -> None:
        session, table = self._session, self.table
        self.model.value_entered.connect(self._on_value)
        self.model.refused.connect(session.notice)
        table.instance_chosen.connect(session.work_on)
        table.delete_pressed.connect(self.delete_instances)
        table.text_pasted.connect(self.paste)
        table.customContextMenuRequested.connect(self._open_menu)
        table.horizontalHeader().sectionDoubleClicked.connect(self.rename_column)
        self.name_editor.named.connect(self._on_named)
        self.menu_button.clicked.connect(lambda _checked=False: self._open_menu_at_button())
        self.add_button.clicked.connect(lambda _checked=False: self.add_instance())
        self.unscale_button.clicked.connect(lambda _checked=False: self.undo_scaling())
        self._results.toggled.connect(self.model.show_results)
        session.moment_changed.connect(self._on_moment)
        session.view_changed.connect(self._on_view)
        session.running_changed.connect(lambda _running: self._on_moment(session.moment, session.moment))
        appearance.changed.connect(self._on_theme)

    # -- edits -------------------------------------------------------------------------------------------

    @property
    def _dataset(self) -> Dataset:
        return self._session.moment.dataset

    def add_instance(self) -> None:
        """Add an instance of zeros at the end, ready to be typed into."""
        data = self._dataset
        blank = [0.0] * len(data.input_names), data.blank_targets
        if self._try("Add instance", lambda: data.with_instance_added(len(data), *blank)):
            self.table.setCurrentIndex(self.model.index(self.model.rowCount() - 1, 1))
            self.table.setFocus()

    def delete_instances(self) -> None:
        """Delete the instances in which a cell is selected."""
        rows = self.table.selected_rows()
        if rows:
            text = "Delete instance" if len(rows) == 1 else f"Delete {counted(len(rows), 'instance')}"
            self._try(text, lambda: self._dataset.with_instances_removed(rows))

    def paste(self, text: str) -> None:
        """Write cells of a spreadsheet over the table, from the current cell on; rows are added as needed."""
        current, data = self.table.currentIndex(), self._dataset
        row = current.row() if current.isValid() else len(data)
        place = self.model.data_column(current.column()) if current.column() > 0 else 0
        if place is None:
            self._session.notice("These numbers are computed: paste into the inputs or the targets.")
            return
        decimal = self._session.view.decimal_separator
        self._try(
            "Paste", lambda: data.with_cells_pasted(row, place, _alike(parse_cells(text), decimal), decimal)
        )

    def rename_column(self, column: int) -> None:
        """Open a field for the name of an input or target."""
        place, data = self.model.data_column(column), self._dataset
        if place is not None:
            self.name_editor.open(column, (data.input_names + data.target_names)[place])

    def undo_scaling(self) -> None:
        """Bring the values back that were there before they were scaled."""
        self._try("Undo scaling", lambda: self._dataset.with_unscaled_inputs().with_unscaled_targets())

    def _on_value(self, row: int, place: int, value: float) -> None:
        data, inputs = self._dataset, len(self._dataset.input_names)
        is_input = place < inputs
        changed = (
            data.with_input(row, place, value) if is_input else data.with_target(row, place - inputs, value)
        )
        if changed == data:
            return
        self._session.edit("Change input" if is_input else "Change target", dataset=changed)

    def _on_named(self, column: int, name: str) -> None:
        place = self.model.data_column(column)
        if place is None:
            return
        data, inputs = self._dataset, len(self._dataset.input_names)
        names = [*data.input_names, *data.target_names]
        names[place] = name
        change = data.with_input_names if place < inputs else data.with_target_names
        self._try("Rename column", lambda: change(names[:inputs] if place < inputs else names[inputs:]))

    def _scale_inputs(self, method: str) -> None:
        self._try("Scale inputs", lambda: self._dataset.with_scaled_inputs(method))

    def _scale_targets(self, method: str) -> None:
        self._try("Scale targets", lambda: self._dataset.with_scaled_targets(method))

    def _soften_targets(self, soft: bool) -> None:
        self._try(
            "Soften targets" if soft else "Harden targets",
            self._dataset.with_soft_targets if soft else self._dataset.with_unscaled_targets,
        )

    def _try(self, text: str, make: Callable[[], Dataset]) -> bool:
        """Edit the data; what the engine refuses is said, and nothing is changed."""
        try:
            self._session.edit(text, dataset=make())
        except DataError as error:
            self._session.notice(str(error))
            return False
        return True

    def _work_on_current(self) -> None:
        if self.table.currentIndex().isValid():
            self._session.work_on(self.table.currentIndex().row())

    # -- showing -----------------------------------------------------------------------------------------

    def _on_moment(self, new: Moment, old: Moment) -> None:
        if self._session.running:
            self.model.forget_results()  # they change too fast to be read
            return
        if new.dataset is old.dataset:
            self.model.show_moment(new)
        else:
            current = self.table.currentIndex()
            row, column = current.row(), current.column()
            self.model.show_moment(new)
            self._show_dataset(new.dataset)
            if row >= 0 and not self.table.currentIndex().isValid():
                last = self.model.index(self.model.rowCount() - 1, self.model.columnCount() - 1)
                self.table.setCurrentIndex(self.model.index(min(row, last.row()), min(column, last.column())))
        present = new.position.instance
        if present != self._followed and not self.table.hasFocus():
            self._followed = present
            self.table.scrollTo(self.model.index(present, 0))

    def _on_theme(self) -> None:
        self.table.viewport().update()

    def _on_view(self, view: ViewState, _old: ViewState) -> None:
        self.model.show_format(number_format(view))
        self._show_notation(NOTATIONS[view.notation])
        self.table.fit_columns(number_format(view))

    def _show_notation(self, notation: Notation) -> None:
        self.model.show_notation(notation)
        letters = notation.lettered
        self._results.setText(f"Show &{letters.error_letter} and {letters.letters['output']}")

    def _show_dataset(self, data: Dataset) -> None:
        self.heading.setText(_heading(data))
        names = ", ".join(data.class_names[:MOST_CLASS_NAMES])
        more = len(data.class_names) - MOST_CLASS_NAMES
        self.classes_line.setText(f"classes: {names}" + (f" and {more} more" if more > 0 else ""))
        self.classes_line.setVisible(bool(data.class_names))
        scaling = data.describe_scaling()
        self.scaling_line.setText(scaling)
        for widget in (self.scaling_line, self.unscale_button):
            widget.setVisible(bool(scaling))
        self._unscale.setEnabled(bool(scaling))
        self._target_scalings.setEnabled(not data.one_hot)
        self._soft.setChecked(data.has_soft_targets)
        self._soft.setEnabled(data.can_have_soft_targets())

    # -- building ----------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.menu_button.setAccessibleName("Edit the data")
        self.menu_button.setToolTip("Import, make, scale, copy and paste data")
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.add_button.setToolTip("Add an instance of zeros at the end")
        self.unscale_button.setToolTip("Bring back the values from before")
        for button in (self.add_button, self.unscale_button, self.menu_button):
            button.setProperty("kind", "link")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 8)
        column.setSpacing(4)
        column.addLayout(_line(MARGIN, self.heading, self.add_button, self.menu_button))
        column.addLayout(_line(MARGIN, self.classes_line))
        column.addLayout(_line(TABLE_MARGIN, self.table), 1)
        column.addLayout(_line(MARGIN, self.scaling_line, self.unscale_button))

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        self._add(menu, "&Work on this instance\tEnter", "work_on", self._work_on_current)
        self._add(
            menu, "&Rename column", "rename", lambda: self.rename_column(self.table.currentIndex().column())
        )
        self._add(menu, "&Copy\tCtrl+C", "copy", self.table.copy)
        self._add(menu, "&Paste\tCtrl+V", "paste", self.table.paste)
        self._add(menu, "&Delete instances\tDel", "delete", self.delete_instances)
        menu.addSeparator()
        self._results = menu.addAction("Show &E and ŷ")
        self._results.setObjectName("data_results")
        self._results.setCheckable(True)
        self._results.setChecked(True)
        menu.addSeparator()
        self._add(menu, "&Import CSV…", "import", lambda: opening.import_csv(self._session, self.window()))
        self._add(menu, "&Make data…", "make", lambda: opening.make_data(self._session, self.window()))
        menu.addSeparator()
        self._add_scalings(menu.addMenu("Scale i&nputs"), "inputs", self._scale_inputs)
        self._target_scalings = menu.addMenu("Scale &targets")
        self._add_scalings(self._target_scalings, "targets", self._scale_targets)
        self._soft = menu.addAction("Targets 0.1 and 0.&9 in place of 0 and 1")
        self._soft.setObjectName("data_soft_targets")
        self._soft.setCheckable(True)
        self._soft.setToolTip("A sigmoid reaches 0.9, but never 1: so its weights need not grow for ever")
        self._soft.triggered.connect(self._soften_targets)
        self._unscale = self._add(menu, "Undo &scaling", "unscale", self.undo_scaling)
        return menu

    def _add(self, menu: QMenu, text: str, name: str, do: Callable[[], object]) -> QAction:
        action = menu.addAction(text)
        action.setObjectName(f"data_{name}")
        action.triggered.connect(lambda _checked=False: do())
        return action

    def _add_scalings(self, menu: QMenu, side: str, scale: Callable[[str], None]) -> None:
        for method in SCALINGS.values():
            text = f"{capitalized(method.label)}: {method.result}"
            self._add(menu, text, f"scale_{side}_{method.name}", partial(scale, method.name))

    def _open_menu_at_button(self) -> None:
        self.menu.popup(self.menu_button.mapToGlobal(QPoint(0, self.menu_button.height())))

    def _open_menu(self, place: QPoint) -> None:
        self.menu.popup(self.table.viewport().mapToGlobal(place))


def _heading(data: Dataset) -> str:
    """Return the name of the data, unless it says no more than how many instances there are, and that."""
    count = counted(len(data), "instance")
    return f"{data.name} · {count}" if data.name and "instance" not in data.name else count


def _alike(cells: list[list[str]], decimal: str) -> list[list[str]]:
    """Return cells all with the same decimal sign, but for those that may have thousands separators."""
    sign = decimal_sign([text for row in cells for text in row], decimal)

    def written(text: str) -> str:
        clear = is_number(text) and decimal_sign([text], sign) == decimal_sign([text], _OTHER[sign])
        return text.replace(_OTHER[sign], sign) if clear else text

    return [[written(text) for text in row] for row in cells]


def _line(margin: int, first: QWidget, *others: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setContentsMargins(margin, 0, margin, 0)
    line.setSpacing(8)
    line.addWidget(first, 1)
    for widget in others:
        line.addWidget(widget)
    return line
