"""The panel of the runs that are kept to be compared."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from bpsim.kept_run import KeptRun, keep, suggested_name
from bpsim.notation import NOTATIONS
from bpsim.numbers import counted
from ui.appearance import Appearance
from ui.icons import icon
from ui.kept_runs import KeptRuns
from ui.opening_runs import open_run
from ui.session import Session
from ui.widgets.labels import quiet_label
from ui.widgets.panel import number_format
from ui.widgets.runs_table import RunsModel, RunsTable

NONE_YET = (
    "Keep a run to compare it with others: its curve is then drawn over theirs. "
    "Kept runs are saved in the file of the project."
)

ROOMY = 460  # pixels of width
NARROWEST = 330


class RunsPanel(QWidget):
    """Keeps the present run under a name, and shows, opens and deletes those that are kept.

    Parameters
    ----------
    session : Session
    appearance : Appearance
    runs : KeptRuns
    compare : callable
        Opens the dialog that trains several runs at once.
    """

    def __init__(
        self, session: Session, appearance: Appearance, runs: KeptRuns, compare: Callable[[], object]
    ) -> None:
        super().__init__()
        self.setObjectName("runs_panel")
        self._session, self._appearance, self._runs = session, appearance, runs
        self.name_field = QLineEdit()
        self.keep_button = QPushButton("&Keep this run")
        self.compare_button = QPushButton("Compare…")
        self.open_button = _tool(
            "open", "Open: what the selected run began from, in place of the work; it can be undone"
        )
        self.delete_button = _tool("delete", "Delete: keep the selected runs no longer")
        self.model = RunsModel(runs, appearance.theme, number_format(session.view), "E")
        self.table = RunsTable(self.model)
        self.note = quiet_label(NONE_YET)
        self._build()
        self.keep_button.clicked.connect(lambda _checked=False: self.keep())
        self.name_field.textChanged.connect(self.name_field.setToolTip)
        self.name_field.returnPressed.connect(self.keep)
        self.compare_button.clicked.connect(lambda _checked=False: compare())
        self.open_button.clicked.connect(lambda _checked=False: self.open())
        self.delete_button.clicked.connect(lambda _checked=False: self.delete())
        self.table.enter_pressed.connect(self._on_enter)
        self.table.delete_pressed.connect(self.delete)
        self.table.rows_chosen.connect(self._show_buttons)
        session.moment_changed.connect(self._on_moment_changed)
        session.running_changed.connect(self._show)
        session.view_changed.connect(self._show_look)
        appearance.changed.connect(self._show_look)
        runs.changed.connect(self._show)
        self._show_look()
        self._show()

    # -- building --------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.name_field.setAccessibleName("Name of the run")
        self.name_field.setMinimumWidth(64)
        self.name_field.setMaximumWidth(220)
        self.keep_button.setToolTip("Keep the curve of the run, up to the present epoch, under this name")
        self.compare_button.setToolTip("Train with several η, seeds, activations … and compare them")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.name_field, 1)
        row.addWidget(self.keep_button)
        row.addWidget(self.compare_button)
        row.addStretch(0)
        row.addWidget(self.open_button)
        row.addWidget(self.delete_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 16, 8)
        column.setSpacing(6)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)  # `minimumSizeHint` says it
        column.addLayout(row)
        column.addWidget(self.table, 1)
        column.addWidget(self.note, 1)

    # -- what is asked for -----------------------------------------------------------------------------------

    @property
    def selected(self) -> list[KeptRun]:
        """The runs whose rows are selected."""
        return [self.model.kept[row] for row in self.table.selected_rows()]

    def keep(self) -> None:
        """Keep the present run, if it has trained an epoch."""
        series = self._session.series
        if series is None or not self._epochs:
            return
        project = self._session.project
        name = self.name_field.text().strip() or suggested_name(project, self._runs.all)
        self.name_field.setModified(False)
        self._runs.keep(keep(name, project, self._session.moment, series, self._session.divergence))

    def open(self) -> None:
        """Put the selected run in place of the present one."""
        if len(self.selected) == 1:
            open_run(self._session, self.selected[0])

    def delete(self) -> None:
        """Keep the selected runs no longer; the notice brings them back."""
        gone = self.selected
        if not gone:
            return
        self._runs.remove(*gone)
        names = f"“{gone[0].name}” is" if len(gone) == 1 else f"{counted(len(gone), 'run')} are"
        self._session.notice(f"{names} no longer kept.", ("Keep again", lambda: self._runs.put_back(*gone)))

    def _on_enter(self, _index: QModelIndex) -> None:
        self.open()

    # -- showing ---------------------------------------------------------------------------------------------

    @property
    def _epochs(self) -> int:
        """How many epochs are complete where the training stands."""
        moment, series = self._session.moment, self._session.series
        return 0 if series is None else (moment.instances_done + moment.finished) // series.epoch_size

    def _on_moment_changed(self) -> None:
        if not self._session.running:
            self._show()

    def _show(self) -> None:
        """Show which runs there are, and how the present one would be called."""
        if not self.isVisible():
            return
        self.table.setVisible(bool(self._runs.all))
        self.note.setVisible(not self._runs.all)
        if not self.name_field.isModified():
            self.name_field.setText(suggested_name(self._session.project, self._runs.all))
            self.name_field.setCursorPosition(0)  # a long name is seen from its beginning
        self._show_buttons()

    def _show_buttons(self) -> None:
        self.keep_button.setEnabled(self._epochs > 0)
        self.open_button.setEnabled(len(self.selected) == 1)
        self.delete_button.setEnabled(bool(self.selected))

    def _show_look(self) -> None:
        view = self._session.view
        letter = NOTATIONS[view.notation].error_letter
        self.model.set_look(self._appearance.theme, number_format(view), letter)

    # -- Qt ------------------------------------------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        return QSize(NARROWEST, 96)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.keep_button.setText("&Keep this run" if self.width() >= ROOMY else "&Keep")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show()


def _tool(name: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setIcon(icon(name))
    button.setAutoRaise(True)
    button.setToolTip(tip)
    button.setAccessibleName(tip.partition(":")[0])
    return button
