import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from bpsim.datasets import Dataset
from bpsim.network import Network
from bpsim.project import Project
from bpsim.settings import Settings
from bpsim.stopping import Stopping
from tests.helpers import XOR_INPUTS, XOR_TARGETS, kept_run, xor_session
from ui.appearance import Appearance
from ui.kept_runs import KeptRuns
from ui.panels.runs_panel import RunsPanel
from ui.session import Session
from ui.trainer import Trainer
from ui.view_state import Notice
from ui.widgets.runs_table import NAME, SHOWN, TEST

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton


class Shown:
    """The panel of a session on the XOR project."""

    def __init__(self, qtbot: QtBot, qapp: QApplication) -> None:
        self.session: Session = xor_session()
        self.runs = KeptRuns()
        self.compared = 0
        self.appearance = Appearance(qapp, "light")
        self.panel = RunsPanel(self.session, self.appearance, self.runs, self._compare)
        self.notices: list[Notice] = []
        self.session.noticed.connect(self.notices.append)
        qtbot.addWidget(self.panel)
        self.panel.resize(760, 220)
        with qtbot.waitExposed(self.panel):
            self.panel.show()
        self.panel.activateWindow()

    def _compare(self) -> None:
        self.compared += 1

    @property
    def names(self) -> list[str]:
        return [run.name for run in self.runs.all]

    def cell(self, row: int, column: int) -> QPoint:
        return self.panel.table.visualRect(self.panel.model.index(row, column)).center()

    def click(self, row: int, column: int = NAME) -> None:
        QTest.mouseClick(self.panel.table.viewport(), LEFT, pos=self.cell(row, column))


@pytest.fixture
def shown(qtbot: QtBot, qapp: QApplication) -> Shown:
    return Shown(qtbot, qapp)


@pytest.mark.parametrize("width", [330, 390])
def test_the_name_is_seen_from_its_beginning(shown: Shown, qtbot: QtBot, width: int) -> None:
    panel, session = shown.panel, shown.session
    panel.resize(width, 220)
    session.edit("Change η", settings=session.moment.settings.with_(learning_rate=0.0123456789))
    assert panel.name_field.text().startswith("η = 0.0123")
    assert panel.name_field.cursorPosition() == 0
    assert panel.name_field.toolTip() == panel.name_field.text()
    needed = panel.name_field.fontMetrics().horizontalAdvance("η = 2, seed 1")
    if width > 330:
        qtbot.waitUntil(lambda: panel.name_field.width() > needed)


def test_a_run_is_kept_under_the_suggested_name(shown: Shown, qtbot: QtBot) -> None:
    panel, session = shown.panel, shown.session
    assert panel.note.isVisible()
    assert not panel.keep_button.isEnabled()
    session.step("epoch")
    assert panel.name_field.text() == "η = 0.5"
    qtbot.mouseClick(panel.keep_button, LEFT)
    assert shown.names == ["η = 0.5"]
    assert panel.table.isVisible()
    session.edit("Change η", settings=session.moment.settings.with_(learning_rate=2.0), restart=True)
    assert panel.name_field.text() == "η = 2"
    session.step("epoch")
    qtbot.mouseClick(panel.keep_button, LEFT)
    assert shown.names == ["η = 0.5", "η = 2"]
    assert session.series is not None
    assert shown.runs.all[1].epoch_errors.tolist() == session.series.epoch_errors.tolist()


def test_a_name_can_be_typed(shown: Shown, qtbot: QtBot) -> None:
    shown.session.step("epoch")
    field = shown.panel.name_field
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "my run")
    shown.session.step("epoch")
    assert field.text() == "my run"
    qtbot.keyClick(field, Key.Key_Return)
    assert shown.names == ["my run"]
    assert field.text() == "η = 0.5"


def test_the_table_says_what_a_run_is(shown: Shown) -> None:
    shown.session.step("epoch")
    shown.panel.keep()
    model, run = shown.panel.model, shown.runs.all[0]
    texts = [model.index(0, column).data() for column in range(model.columnCount())]
    assert run.outcome.accuracy is not None
    assert texts[:2] == ["", "η = 0.5"]
    assert texts[2:5] == [f"{run.outcome.error:.3f}", "–", f"{100 * run.outcome.accuracy:g} %"]
    assert texts[5:] == ["1", "0.5", "sigmoid", "1", "gradient descent", "1"]
    assert shown.panel.table.isColumnHidden(TEST)  # there are no test instances


@pytest.mark.parametrize("running", [False, True])
def test_a_run_that_diverged_says_so(shown: Shown, qtbot: QtBot, running: bool) -> None:
    data = Dataset(XOR_INPUTS * 3, XOR_TARGETS)
    shown.session.open(Project(Network.dense([2, 1], "linear", seed=1), data, Settings(learning_rate=1e12)))
    trainer = Trainer(shown.session)
    if running:
        with qtbot.waitSignal(shown.session.run_ended):
            trainer.start()
    else:
        shown.session.go_to(1000)
    reason = shown.notices[-1].text.partition(": ")[2]
    assert "too large" in reason
    qtbot.mouseClick(shown.panel.keep_button, LEFT)
    model = shown.panel.model
    assert shown.runs.all[0].diverged == reason
    assert model.index(0, 2).data() == "diverged"
    assert model.index(0, 2).data(Qt.ItemDataRole.ToolTipRole) == reason
    shown.session.back("epoch")
    qtbot.mouseClick(shown.panel.keep_button, LEFT)
    assert shown.runs.all[1].diverged == ""
    assert model.index(1, 2).data() != "diverged"


def test_a_tick_draws_a_run_and_typing_renames_it(shown: Shown, qtbot: QtBot) -> None:
    shown.runs.keep(kept_run("a", np.ones(3)), kept_run("b", np.ones(3)))
    table = shown.panel.table
    shown.click(1, SHOWN)
    table.setFocus()
    qtbot.keyClick(table, Key.Key_Space)
    assert [kept.shown for kept in shown.runs.all] == [True, False]
    qtbot.keyClick(table, Key.Key_Space)
    assert [kept.shown for kept in shown.runs.all] == [True, True]
    shown.click(1)
    qtbot.keyClick(table, Key.Key_F2)
    editor = table.findChild(QLineEdit)
    editor.selectAll()
    qtbot.keyClicks(editor, "second")
    qtbot.keyClick(editor, Key.Key_Return)
    qtbot.waitUntil(lambda: shown.names == ["a", "second"])


def test_a_run_is_opened_at_its_start_and_undo_brings_the_work_back(shown: Shown, qtbot: QtBot) -> None:
    session = shown.session
    start = session.project.network
    session.step("epoch")
    session.step("epoch")
    shown.panel.keep()
    session.edit("New weights", network=start.with_weight(0, 0, 0, 7.0), restart=True)
    changed = session.moment.network
    assert not shown.panel.open_button.isEnabled()
    shown.click(0)
    qtbot.mouseClick(shown.panel.open_button, LEFT)
    assert session.moment.network == start
    assert session.moment.instances_done == 0
    assert session.moment.settings.stopping.epochs == 2
    assert "Run trains the same 2 epochs" in shown.notices[-1].text
    session.undo_stack.undo()
    assert session.moment.network == changed


def test_a_run_that_was_changed_on_the_way_is_opened_with_its_changes(shown: Shown, qtbot: QtBot) -> None:
    session = shown.session
    session.edit("Stop", settings=session.moment.settings.with_(stopping=Stopping(error_below=0.3)))
    session.step("epoch")
    session.edit("Change η", settings=session.moment.settings.with_(learning_rate=2.0))
    session.step("epoch")
    session.step("epoch")
    shown.panel.keep()
    shown.click(0)
    shown.panel.table.setFocus()
    qtbot.keyClick(shown.panel.table, Key.Key_Return)
    assert session.moment.settings.learning_rate == 0.5
    trainer = Trainer(session)
    with qtbot.waitSignal(session.run_ended):
        trainer.start()
    assert session.moment.settings.learning_rate == 2.0
    assert session.moment.settings.stopping == Stopping(epochs=3)
    assert session.series is not None
    errors = session.series.epoch_errors.tolist()  # of the compiled loop
    assert errors == pytest.approx(shown.runs.all[0].epoch_errors.tolist(), rel=1e-12)


def test_what_is_deleted_can_be_kept_again(shown: Shown, qtbot: QtBot) -> None:
    shown.runs.keep(kept_run("a", np.ones(3)), kept_run("b", np.ones(3)), kept_run("c", np.ones(3)))
    shown.click(0)
    QTest.mouseClick(
        shown.panel.table.viewport(), LEFT, Qt.KeyboardModifier.ShiftModifier, shown.cell(1, NAME)
    )
    shown.panel.table.setFocus()
    qtbot.keyClick(shown.panel.table, Key.Key_Delete)
    assert shown.names == ["c"]
    assert shown.notices[-1].text == "2 runs are no longer kept."
    _label, cure = shown.notices[-1].cures[0]
    cure()
    assert sorted(shown.names) == ["a", "b", "c"]
    assert not shown.panel.delete_button.isEnabled()


def test_compare_opens_the_dialog(shown: Shown, qtbot: QtBot) -> None:
    qtbot.mouseClick(shown.panel.compare_button, LEFT)
    assert shown.compared == 1


def test_the_head_has_the_letter_of_the_notation(shown: Shown) -> None:
    shown.session.set_view(notation="nielsen")
    assert shown.panel.model.headerData(2, Qt.Orientation.Horizontal) == "C train"


def test_the_swatches_take_the_theme(shown: Shown) -> None:
    shown.runs.keep(kept_run("a", np.ones(3)))
    index = shown.panel.model.index(0, SHOWN)
    before = index.data(Qt.ItemDataRole.DecorationRole).pixmap(24, 10).toImage()
    shown.appearance.choose("dark")
    assert index.data(Qt.ItemDataRole.DecorationRole).pixmap(24, 10).toImage() != before


@pytest.mark.parametrize(("width", "text"), [(330, "&Keep"), (760, "&Keep this run")])
def test_it_fits_a_narrow_place(shown: Shown, width: int, text: str) -> None:
    panel = shown.panel
    panel.resize(width, 160)
    QApplication.processEvents()
    assert panel.width() == width
    assert panel.keep_button.text() == text
    row = [panel.name_field, panel.keep_button, panel.compare_button, panel.open_button, panel.delete_button]
    edges = [edge for widget in row for edge in (widget.geometry().left(), widget.geometry().right())]
    assert edges == sorted(edges)
    assert edges[-1] < width
    assert panel.keep_button.width() >= panel.keep_button.minimumSizeHint().width()
