"""The Data panel, with real keys and mouse and a real session."""

import time
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from bpsim.backprop import backpropagate
from bpsim.datasets import Dataset
from bpsim.made_data import DATASETS
from bpsim.network import Network
from bpsim.project import Project
from bpsim.settings import Settings
from bpsim.stopping import Stopping
from tests.helpers import XOR_INPUTS, xor_project
from tests.ui.tables import Show, cell_editor, click, texts, type_into
from ui.appearance import Appearance
from ui.numbers import NumberFormat
from ui.panels.data_panel import DataPanel
from ui.session import Session
from ui.trainer import Trainer

Key, Modifier = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def session(qapp: object) -> Session:
    return Session(xor_project())


@pytest.fixture
def panel(session: Session, appearance: Appearance, show: Show) -> DataPanel:
    panel = DataPanel(session, appearance)
    show(panel, session)
    return panel


@pytest.fixture
def heard(session: Session) -> list[str]:
    texts: list[str] = []
    session.noticed.connect(lambda notice: notice.text and texts.append(notice.text))
    return texts


def choose(panel: DataPanel, name: str) -> None:
    action = panel.menu.findChild(QAction, f"data_{name}")
    assert isinstance(action, QAction), name
    action.trigger()


def is_in_view(panel: DataPanel, row: int) -> bool:
    table = panel.table
    return table.viewport().rect().contains(table.visualRect(panel.model.index(row, 0)).center())


# -- showing -------------------------------------------------------------------------------------------------


def test_shows_every_instance_with_error_and_prediction(panel: DataPanel, session: Session) -> None:
    trace = backpropagate(session.moment.network, XOR_INPUTS[1], [1.0])
    form = NumberFormat()
    assert "4 instances" in panel.heading.text()
    assert texts(panel.table, 1) == [
        "2", "0", "1", "1", form.text(trace.error), form.text(float(trace.prediction[0])),
    ]  # fmt: skip


def test_predictions_follow_the_weights_at_the_cursor(panel: DataPanel, session: Session) -> None:
    before = texts(panel.table, 3)
    session.step("phase")
    assert texts(panel.table, 3) == before
    session.step("instance")
    after = texts(panel.table, 3)
    assert after[:4] == before[:4]
    assert after[5] != before[5]
    session.go_to(0, 0)
    assert texts(panel.table, 3) == before


def test_where_network_and_data_do_not_fit_predictions_are_unknown(
    panel: DataPanel, session: Session
) -> None:
    session.edit("Grow", network=session.moment.network.with_layer_size(0, 3))
    assert texts(panel.table, 0)[4:] == ["–", "–"]
    session.undo_stack.undo()
    assert "–" not in texts(panel.table, 0)


def test_the_present_instance_is_marked_without_colour_too(panel: DataPanel, session: Session) -> None:
    session.step("instance")
    session.step("phase")
    assert [texts(panel.table, row)[0] for row in range(4)] == ["1", "▸ 2", "3", "4"]


def test_after_a_run_the_present_instance_is_in_view(
    show: Show, appearance: Appearance, qtbot: QtBot
) -> None:
    settings = Settings(shuffle=True, stopping=Stopping(epochs=2))
    session = Session(Project(Network.dense([2, 3, 1]), DATASETS["spirals"].make(), settings))
    panel = DataPanel(session, appearance)
    show(panel, session)
    session.step("instance")
    trainer = Trainer(session)
    with qtbot.waitSignal(session.run_ended, timeout=20_000):
        trainer.start()
    present = session.moment.position.instance
    assert is_in_view(panel, present)
    assert not is_in_view(panel, (present + 50) % 100)


def test_rows_are_typed_one_after_the_other_with_tab(
    panel: DataPanel, session: Session, qtbot: QtBot
) -> None:
    panel.table.setFocus()
    panel.table.setCurrentIndex(panel.model.index(1, 1))
    qtbot.keyClicks(panel.table, "2")
    for text in ("3", "4", "5"):  # E and ŷ take no number
        qtbot.keyClick(cell_editor(panel.table), Key.Key_Tab)
        qtbot.keyClicks(cell_editor(panel.table), text)
    qtbot.keyClick(cell_editor(panel.table), Key.Key_Return)
    qtbot.waitUntil(lambda: not panel.table.is_editing)
    dataset = session.moment.dataset
    assert dataset.inputs[1].tolist() == [2, 3]
    assert dataset.targets[1].tolist() == [4]
    assert dataset.inputs[2].tolist() == [5, 0]


def test_error_and_prediction_can_be_hidden(panel: DataPanel) -> None:
    choose(panel, "results")
    assert texts(panel.table, 0) == ["▸ 1", "0", "0", "0"]
    choose(panel, "results")
    assert len(texts(panel.table, 0)) == 6


def test_class_names_are_shown(panel: DataPanel, session: Session) -> None:
    session.edit("Make data", dataset=DATASETS["clusters"].make(), network=Network.dense([2, 3, 3]))
    assert panel.classes_line.text() == "classes: class 1, class 2, class 3"
    assert panel.classes_line.isVisible()


def test_numbers_follow_digits_and_decimal_sign(panel: DataPanel, session: Session) -> None:
    session.edit("Change input", dataset=session.moment.dataset.with_input(0, 0, 0.25))
    session.set_view(decimal_separator=",", digits=5)
    assert texts(panel.table, 0)[1] == "0,25"
    assert len(texts(panel.table, 0)[4]) == len("0,12345")


@pytest.mark.parametrize(
    ("name", "heading"),
    [("", "4 instances"), ("XOR", "XOR · 4 instances"), ("four instances", "4 instances")],
)
def test_the_heading_says_once_how_many_instances_there_are(
    panel: DataPanel, session: Session, name: str, heading: str
) -> None:
    session.edit("x", dataset=replace(session.moment.dataset, name=name))
    assert panel.heading.text() == heading


def test_four_rows_have_room_over_the_scroll_bar(panel: DataPanel, session: Session, qtbot: QtBot) -> None:
    session.edit("Make data", dataset=DATASETS["clusters"].make(), network=Network.dense([2, 3, 3]))
    table = panel.table
    table.setFixedHeight(table.minimumSizeHint().height())
    qtbot.waitUntil(table.horizontalScrollBar().isVisible)
    assert table.viewport().rect().bottom() + 1 >= table.visualRect(panel.model.index(3, 1)).bottom()


def test_no_number_in_view_is_cut(panel: DataPanel, session: Session) -> None:
    rng = np.random.default_rng(0)
    data = Dataset(rng.normal(size=(300, 2)) * 0.05, rng.normal(size=(300, 1)))
    session.open(Project(session.moment.network, data, session.moment.settings))
    for _ in range(3):
        session.step("instance")
    panel.table.scrollToBottom()
    advance = panel.table.fontMetrics().horizontalAdvance
    for row in (296, 297, 298, 299):
        for column, text in enumerate(texts(panel.table, row)):
            assert advance(text) + 8 <= panel.table.columnWidth(column)


# -- working on an instance ----------------------------------------------------------------------------------


def test_a_click_on_any_cell_works_on_the_instance(panel: DataPanel, session: Session) -> None:
    for row, column in ((2, 0), (1, 1), (3, 4)):
        click(panel.table, row, column)
        assert session.moment.position.instance == row


def test_clicks_that_select_several_cells_do_not(panel: DataPanel, session: Session, qtbot: QtBot) -> None:
    click(panel.table, 1, 1)
    place = panel.table.visualRect(panel.model.index(3, 1)).center()
    for modifier in (Modifier.ShiftModifier, Modifier.ControlModifier):
        qtbot.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, modifier, place)
        assert session.moment.position.instance == 1


def test_a_double_click_edits_and_a_click_that_ends_it_only_selects(
    panel: DataPanel, session: Session, qtbot: QtBot
) -> None:
    table = panel.table
    click(table, 1, 1)
    place = table.visualRect(panel.model.index(1, 1)).center()
    qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    editor = cell_editor(table)
    assert editor is not None
    editor.selectAll()
    qtbot.keyClicks(editor, "0.75")
    editor.clearFocus()  # as the press of a mouse does, before the table hears of it
    click(table, 3, 1)
    assert session.moment.dataset.inputs[1, 0] == 0.75
    assert session.moment.position.instance == 1
    assert table.currentIndex().row() == 3
    QApplication.processEvents()
    click(table, 2, 1)
    assert session.moment.position.instance == 2


def test_after_a_click_on_the_number_the_stepping_keys_step(
    panel: DataPanel, session: Session, qtbot: QtBot
) -> None:
    window, heard = panel.window(), []
    for key in ("Right", "Left"):
        action = QAction(window)
        action.setShortcut(key)
        action.triggered.connect(lambda _checked=False, key=key: heard.append(key))
        window.addAction(action)
    click(panel.table, 2, 0)
    panel.table.setFocus(Qt.FocusReason.MouseFocusReason)
    qtbot.keyClick(panel.table, Key.Key_Right)
    qtbot.keyClick(panel.table, Key.Key_Left)
    assert heard == ["Right", "Left"]
    click(panel.table, 2, 1)
    qtbot.keyClick(panel.table, Key.Key_Right)
    assert panel.table.currentIndex().column() == 2
    click(panel.table, 2, 0)
    panel.add_button.setFocus()
    panel.table.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(panel.table, Key.Key_Right)
    assert panel.table.currentIndex().column() == 1
    assert heard == ["Right", "Left"]


def test_enter_works_on_the_instance(panel: DataPanel, session: Session, qtbot: QtBot) -> None:
    panel.table.setFocus()
    panel.table.setCurrentIndex(panel.model.index(3, 2))
    qtbot.keyClick(panel.table, Key.Key_Return)
    assert session.moment.position.instance == 3
    choose(panel, "work_on")
    assert session.moment.position.instance == 3


def test_enter_that_ends_typing_does_not(panel: DataPanel, session: Session) -> None:
    type_into(panel.table, 3, 1, "0.5")
    assert session.moment.position.instance == 0


# -- editing cells -------------------------------------------------------------------------------------------


def test_inputs_and_targets_are_typed_and_undone_from_the_table(
    panel: DataPanel, session: Session, qtbot: QtBot
) -> None:
    before = session.moment.dataset
    type_into(panel.table, 1, 1, "0,123456789")
    assert session.moment.dataset.inputs[1, 0] == 0.123456789
    assert session.undo_stack.undoText() == "Change input"
    type_into(panel.table, 1, 3, "-1e-3")
    assert session.moment.dataset.targets[1, 0] == -0.001
    assert session.undo_stack.undoText() == "Change target"
    qtbot.keyClick(panel.table, Key.Key_Z, Modifier.ControlModifier)
    qtbot.keyClick(panel.table, Key.Key_Z, Modifier.ControlModifier)
    assert session.moment.dataset == before
    assert texts(panel.table, 1)[1] == "0"


@pytest.mark.parametrize("text", ["abc", "", "1.234,5", "nan"])
def test_text_that_is_no_number_is_said_and_the_cell_stays(
    panel: DataPanel, session: Session, heard: list[str], text: str
) -> None:
    type_into(panel.table, 2, 2, text)
    assert session.undo_stack.count() == 0
    assert texts(panel.table, 2)[2] == "0"
    assert len(heard) == 1
    assert heard[0].startswith("x₂ of instance 3 stays as it is: ")


def test_computed_cells_are_not_edited(panel: DataPanel, qtbot: QtBot) -> None:
    for column in (0, 4, 5):
        index = panel.model.index(0, column)
        assert not panel.model.flags(index) & Qt.ItemFlag.ItemIsEditable


def test_typing_into_a_cell_leaves_the_present_instance_and_is_one_undo_step(
    panel: DataPanel, session: Session
) -> None:
    before = session.moment.dataset
    click(panel.table, 2, 0)
    type_into(panel.table, 2, 1, "0.5")
    assert session.moment.dataset.inputs[2, 0] == 0.5
    assert session.moment.position.instance == 2
    session.undo_stack.undo()
    assert session.moment.dataset == before
    assert session.moment.position.instance == 2
    type_into(panel.table, 2, 1, "1.0")
    assert session.undo_stack.index() == 1


# -- targets of 0.1 and 0.9, and test instances -----------------------------------------------------------


def test_targets_of_0_1_and_0_9_are_ticked_and_undone(panel: DataPanel, session: Session) -> None:
    before = session.moment.dataset
    action = panel.menu.findChild(QAction, "data_soft_targets")
    assert action is not None
    assert not action.isChecked()
    choose(panel, "soft_targets")
    assert session.moment.dataset.targets[:, 0].tolist() == [0.1, 0.9, 0.9, 0.1]
    assert session.undo_stack.undoText() == "Soften targets"
    assert action.isChecked()
    assert panel.scaling_line.text() == "y₁: 0.1 and 0.9 in place of 0 and 1"
    assert panel.scaling_line.isVisible()
    panel.add_instance()
    assert session.moment.dataset.targets[4, 0] == 0.1
    session.undo_stack.undo()
    choose(panel, "soft_targets")
    assert session.moment.dataset == before
    assert session.undo_stack.undoText() == "Harden targets"
    assert not panel.scaling_line.isVisible()


def test_targets_that_are_numbers_stay_hard(panel: DataPanel, session: Session) -> None:
    session.edit("x", dataset=session.moment.dataset.with_target(0, 0, 0.5))
    action = panel.menu.findChild(QAction, "data_soft_targets")
    assert action is not None
    assert not action.isEnabled()


def test_a_test_instance_is_marked_and_cannot_be_worked_on(
    panel: DataPanel, session: Session, heard: list[str]
) -> None:
    session.edit("x", settings=session.moment.settings.with_(test_share=0.5))
    row = session.moment.split.test[0]
    before = session.moment
    assert texts(panel.table, row)[0] == f"test {row + 1}"
    click(panel.table, row, 0)
    assert session.moment.position == before.position
    assert heard[-1].startswith(f"Instance {row + 1} is kept for testing: it is not trained. The network now")
    needed = panel.table.fontMetrics().horizontalAdvance(f"test {row + 1}")
    assert panel.table.columnWidth(0) > needed


# -- rows ----------------------------------------------------------------------------------------------------


def test_an_instance_is_added_ready_to_be_typed(panel: DataPanel, session: Session, qtbot: QtBot) -> None:
    qtbot.mouseClick(panel.add_button, Qt.MouseButton.LeftButton)
    assert len(session.moment.dataset) == 5
    assert panel.table.currentIndex().row() == 4
    assert panel.table.hasFocus()
    qtbot.keyClick(panel.table, Key.Key_Z, Modifier.ControlModifier)
    assert len(session.moment.dataset) == 4
    assert panel.table.currentIndex().row() == 3


def test_selected_instances_are_deleted(panel: DataPanel, session: Session, qtbot: QtBot) -> None:
    click(panel.table, 1, 1)
    panel.table.setFocus()
    qtbot.keyClick(panel.table, Key.Key_Down, Modifier.ShiftModifier)
    qtbot.keyClick(panel.table, Key.Key_Delete)
    np.testing.assert_array_equal(session.moment.dataset.inputs, XOR_INPUTS[[0, 3]])
    assert session.undo_stack.undoText() == "Delete 2 instances"


def test_the_last_instance_stays(panel: DataPanel, session: Session, heard: list[str], qtbot: QtBot) -> None:
    panel.table.setFocus()
    panel.table.selectAll()
    qtbot.keyClick(panel.table, Key.Key_Delete)
    assert len(session.moment.dataset) == 4
    assert "at least one instance" in heard[0]


# -- spreadsheets --------------------------------------------------------------------------------------------


def test_cells_are_copied_and_pasted(panel: DataPanel, session: Session, qtbot: QtBot) -> None:
    session.edit("x", dataset=session.moment.dataset.with_input(1, 0, 1 / 3))
    table = panel.table
    table.setFocus()
    table.setCurrentIndex(panel.model.index(1, 1))
    qtbot.keyClick(table, Key.Key_Right, Modifier.ShiftModifier)
    qtbot.keyClick(table, Key.Key_C, Modifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "0.3333333333333333\t1"
    table.setCurrentIndex(panel.model.index(3, 1))
    qtbot.keyClick(table, Key.Key_V, Modifier.ControlModifier)
    assert session.moment.dataset.inputs[3].tolist() == [1 / 3, 1]
    assert session.undo_stack.undoText() == "Paste"


def test_pasting_adds_rows(panel: DataPanel, session: Session, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("0,5\t0,25\t1\n0,75\t1\t0\n")
    panel.table.setFocus()
    panel.table.setCurrentIndex(panel.model.index(3, 0))
    qtbot.keyClick(panel.table, Key.Key_V, Modifier.ControlModifier)
    assert session.moment.dataset.inputs[3:].tolist() == [[0.5, 0.25], [0.75, 1]]


def test_every_bad_cell_that_is_pasted_is_reported(
    panel: DataPanel, session: Session, heard: list[str], qtbot: QtBot
) -> None:
    QGuiApplication.clipboard().setText("a\t1\n2\tb\n")
    panel.table.setFocus()
    panel.table.setCurrentIndex(panel.model.index(0, 1))
    qtbot.keyClick(panel.table, Key.Key_V, Modifier.ControlModifier)
    assert session.undo_stack.count() == 0
    assert "'a'" in heard[0]
    assert "'b'" in heard[0]


def test_each_cell_that_is_pasted_may_have_a_decimal_sign_of_its_own(
    panel: DataPanel, session: Session, heard: list[str]
) -> None:
    panel.table.setCurrentIndex(panel.model.index(0, 1))
    panel.paste("0,55\t0.25\n-1,5\t3")
    assert session.moment.dataset.inputs[:2].tolist() == [[0.55, 0.25], [-1.5, 3]]
    panel.paste("1,234")
    assert "decimal sign" in heard[0]  # a thousand and more, or less than two


def test_pasting_into_computed_cells_is_refused(panel: DataPanel, session: Session, heard: list[str]) -> None:
    panel.table.setCurrentIndex(panel.model.index(0, 4))
    panel.paste("1")
    assert session.undo_stack.count() == 0
    assert "computed" in heard[0]


# -- columns -------------------------------------------------------------------------------------------------


def test_a_column_is_renamed_in_its_head(panel: DataPanel, session: Session, qtbot: QtBot) -> None:
    panel.table.setCurrentIndex(panel.model.index(0, 2))
    choose(panel, "rename")
    editor = panel.name_editor
    assert editor.isVisible()
    assert editor.text() == "x₂"
    editor.selectAll()
    qtbot.keyClicks(editor, "width")
    qtbot.keyClick(editor, Key.Key_Return)
    assert session.moment.dataset.input_names == ("x₁", "width")
    assert not editor.isVisible()
    assert panel.table.hasFocus()


def test_a_target_is_renamed_by_double_click_and_esc_leaves_it(
    panel: DataPanel, session: Session, qtbot: QtBot
) -> None:
    header = panel.table.horizontalHeader()
    panel.table.scrollTo(panel.model.index(0, 3))
    place = header.viewport().rect().topLeft()
    place.setX(header.sectionViewportPosition(3) + header.sectionSize(3) // 2)
    place.setY(header.height() // 2)
    for key, name in ((Key.Key_Escape, "y₁"), (Key.Key_Return, "out")):
        qtbot.mouseDClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
        panel.name_editor.selectAll()
        qtbot.keyClicks(panel.name_editor, "out")
        qtbot.keyClick(panel.name_editor, key)
        assert session.moment.dataset.target_names == (name,)


def test_a_name_that_is_there_already_is_refused(
    panel: DataPanel, session: Session, heard: list[str], qtbot: QtBot
) -> None:
    panel.rename_column(1)
    panel.name_editor.setText("x₂")
    qtbot.keyClick(panel.name_editor, Key.Key_Return)
    assert session.undo_stack.count() == 0
    assert heard


# -- scaling -------------------------------------------------------------------------------------------------


def test_scaling_is_shown_and_undone(panel: DataPanel, session: Session, qtbot: QtBot) -> None:
    before = session.moment.dataset
    assert not panel.scaling_line.isVisible()
    choose(panel, "scale_inputs_standardize")
    assert session.moment.dataset.inputs[0, 0] == -1
    assert panel.scaling_line.text() == "x₁, x₂ scaled to mean 0, standard deviation 1"
    qtbot.mouseClick(panel.unscale_button, Qt.MouseButton.LeftButton)
    assert session.moment.dataset == before
    assert not panel.unscale_button.isVisible()
    choose(panel, "scale_targets_minmax")
    assert session.undo_stack.undoText() == "Scale targets"


# -- the whole -----------------------------------------------------------------------------------------------


def test_ten_thousand_instances_stay_quick(panel: DataPanel, session: Session) -> None:
    rng = np.random.default_rng(0)
    data = Dataset(rng.normal(size=(10_000, 2)), rng.integers(0, 2, (10_000, 1)))
    session.open(Project(session.moment.network, data, session.moment.settings))
    panel.table.grab()
    began = time.perf_counter()
    for _ in range(10):
        session.step("instance")
        panel.table.grab()
    panel.table.scrollToBottom()
    panel.table.grab()
    assert time.perf_counter() - began < 1.0


def test_works_240_wide(panel: DataPanel, qtbot: QtBot) -> None:
    panel.window().resize(240, 300)
    qtbot.waitUntil(lambda: panel.width() <= 240)
    for button in panel.findChildren(QPushButton):
        if button.isVisible():
            assert panel.rect().contains(button.geometry())
