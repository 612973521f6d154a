"""The dialog that makes data, with real keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from bpsim.made_data import DATASETS
from bpsim.network import Network
from tests.helpers import xor_project
from ui.dialogs.make_data import MakeDataDialog, make_data
from ui.session import Session
from ui.view_state import Notice

Key = Qt.Key


@pytest.fixture
def dialog(session: Session, window: QWidget, qtbot: QtBot) -> MakeDataDialog:
    dialog = MakeDataDialog(session, window)
    with qtbot.waitExposed(dialog):
        dialog.open()
    return dialog


def choose(dialog: MakeDataDialog, name: str) -> None:
    dialog.list.setCurrentRow(list(DATASETS).index(name))


@pytest.mark.parametrize("name", DATASETS)
def test_every_way_makes_data_as_the_table_says(dialog: MakeDataDialog, name: str) -> None:
    choose(dialog, name)
    assert dialog.data == DATASETS[name].make()
    assert set(dialog.fields) == {parameter.name for parameter in DATASETS[name].parameters}
    assert dialog.seed_field.isVisible() == DATASETS[name].random
    dialog.grab()


def test_moons_by_keys_alone(dialog: MakeDataDialog, session: Session, qtbot: QtBot) -> None:
    dialog.list.setFocus()
    for _ in range(2):
        qtbot.keyClick(dialog.list, Key.Key_Down)
    assert dialog.chosen.name == "moons"
    size, noise = dialog.fields["size"], dialog.fields["noise"]
    for field, text in ((size, "40"), (noise, "0,2"), (dialog.seed_field, "7")):
        field.setFocus()
        field.selectAll()
        qtbot.keyClicks(field, text)
        qtbot.keyClick(field, Key.Key_Return)
    expected = DATASETS["moons"].make(seed=7, size=40, noise=0.2)
    assert dialog.isVisible()
    qtbot.keyClick(dialog.make_button, Key.Key_Return)
    assert session.moment.dataset == expected
    assert session.undo_stack.undoText() == "Make data: two moons"


def test_a_parameter_out_of_its_range_is_said_and_nothing_can_be_made(
    dialog: MakeDataDialog, session: Session, qtbot: QtBot
) -> None:
    choose(dialog, "moons")
    noise = dialog.fields["noise"]
    noise.setFocus()
    noise.selectAll()
    qtbot.keyClicks(noise, "3")
    assert "from 0 to 1" in dialog.problem.text()
    assert not dialog.make_button.isEnabled()
    dialog.accept()
    assert session.undo_stack.count() == 0
    noise.selectAll()
    qtbot.keyClicks(noise, "0.1")
    assert dialog.make_button.isEnabled()
    assert not dialog.problem.isVisible()
    qtbot.mouseClick(dialog.make_button, Qt.MouseButton.LeftButton)
    assert session.moment.dataset == DATASETS["moons"].make(noise=0.1)


def test_what_is_still_being_typed_is_taken(dialog: MakeDataDialog, session: Session, qtbot: QtBot) -> None:
    choose(dialog, "moons")
    for name, text in (("size", "40"), ("noise", "0.3")):
        dialog.fields[name].setFocus()
        dialog.fields[name].selectAll()
        qtbot.keyClicks(dialog.fields[name], text)
    dialog.accept()
    assert session.moment.dataset == DATASETS["moons"].make(size=40, noise=0.3)


def test_a_new_training_begins_with_the_start_weights_and_that_is_said(
    dialog: MakeDataDialog, session: Session, window: QWidget
) -> None:
    notices: list[Notice] = []
    session.noticed.connect(notices.append)
    dialog.accept()
    assert notices[-1].text == ""
    start = session.moment.network
    session.step("epoch")
    trained = session.moment.network
    MakeDataDialog(session, window).accept()  # the same data: nothing is replaced
    assert notices[-1].text == ""
    assert session.moment.network == trained
    other = MakeDataDialog(session, window)
    choose(other, "or")
    other.accept()
    assert session.moment.network == start
    assert notices[-1].text == (
        "A new training starts from the start weights. Undo brings the earlier one back."
    )


def test_the_network_is_made_to_fit_in_the_same_undo_step(
    dialog: MakeDataDialog, session: Session, qtbot: QtBot
) -> None:
    assert not dialog.fit_box.isVisible()
    choose(dialog, "clusters")
    assert dialog.fit_box.isVisible()
    assert dialog.fit_box.text().replace("&", "") == "Make the network fit: 2 inputs, 3 outputs"
    qtbot.mouseClick(dialog.make_button, Qt.MouseButton.LeftButton)
    assert session.moment.network.sizes == (2, 2, 3)
    assert session.moment.misfit is None
    session.undo_stack.undo()
    assert session.moment.network == xor_project().network
    assert session.moment.dataset == xor_project().dataset


def test_the_network_is_left_alone_if_so_wished(
    dialog: MakeDataDialog, session: Session, qtbot: QtBot
) -> None:
    choose(dialog, "sine")
    dialog.fit_box.setFocus()
    qtbot.keyClick(dialog.fit_box, Key.Key_Space)
    qtbot.mouseClick(dialog.make_button, Qt.MouseButton.LeftButton)
    assert session.moment.network.sizes == (2, 2, 1)
    assert session.moment.misfit is not None


def test_a_perceptron_with_step_can_be_fitted(session: Session, window: QWidget) -> None:
    session.edit("Perceptron", network=Network.dense([3, 1], "step"))
    dialog = MakeDataDialog(session, window)
    dialog.open()
    dialog.accept()
    assert session.moment.network.sizes == (2, 1)


def test_esc_changes_nothing(dialog: MakeDataDialog, session: Session, qtbot: QtBot) -> None:
    choose(dialog, "circles")
    qtbot.keyClick(dialog, Key.Key_Escape)
    assert session.undo_stack.count() == 0


def test_the_picture_says_what_its_marks_mean(dialog: MakeDataDialog) -> None:
    assert dialog.preview.legend == "x₂ (up) over x₁   ○ y₁ = 0  ● y₁ = 1"
    choose(dialog, "clusters")
    assert "□ class 3" in dialog.preview.legend
    accent = dialog.palette().color(QPalette.ColorRole.Accent).name()
    [label] = dialog.preview.findChildren(QLabel)
    assert f'<span style="color: {accent}">●</span>' in label.text()
    choose(dialog, "sine")
    assert dialog.preview.legend == "y₁ (up) over x₁"
    choose(dialog, "parity")
    assert dialog.preview.legend == "3 inputs: no picture."


def test_the_command_opens_it_over_the_window(session: Session, window: QWidget) -> None:
    make_data(session, window)
    [dialog] = window.findChildren(MakeDataDialog)
    assert dialog.isVisible()
    dialog.reject()
