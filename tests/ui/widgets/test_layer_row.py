from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.helpers import press
from ui.widgets.layer_row import ONE_LINE, LayerRow

Key = Qt.Key


@pytest.fixture
def row(qtbot: QtBot) -> Iterator[LayerRow]:
    panel, row = QWidget(), LayerRow()
    qtbot.addWidget(panel)
    row.setParent(panel)
    row.show_layer("Hidden layer 2", 3, "tanh", removable=True)
    row.resize(ONE_LINE, 30)
    panel.resize(300, 100)
    with qtbot.waitExposed(panel):
        panel.show()
    panel.activateWindow()
    yield row
    panel.hide()


def heard(signal: object) -> list[object]:
    said: list[object] = []
    signal.connect(lambda *what: said.append(what[0] if what else None))  # type: ignore[attr-defined]
    return said


def test_it_shows_a_layer_and_tells_nobody(row: LayerRow) -> None:
    told = heard(row.size_entered), heard(row.activation_chosen), heard(row.removal_requested)
    row.show_layer("Output layer", 2, "sigmoid", removable=False)
    assert (row.size_field.value(), row.activation_field.value) == (2, "sigmoid")
    assert not row.remove_button.isVisible()
    row.show_layer("Input layer", 4, None, removable=False)
    assert not row.activation_field.isVisible()
    assert told == ([], [], [])


def test_everything_is_named_for_a_screen_reader(row: LayerRow) -> None:
    fields = (row.size_field, row.activation_field, row.remove_button)
    assert [field.accessibleName() for field in fields] == [
        "Number of nodes of the hidden layer 2",
        "Activation of the hidden layer 2",
        "Remove hidden layer 2",
    ]


def test_what_is_typed_chosen_and_clicked_is_asked_for(row: LayerRow, qtbot: QtBot) -> None:
    sizes, activations, removals = (
        heard(row.size_entered),
        heard(row.activation_chosen),
        heard(row.removal_requested),
    )
    row.size_field.setFocus()
    row.size_field.selectAll()
    qtbot.keyClicks(row.size_field, "12")
    press(row.size_field, Key.Key_Return)
    assert sizes == [12]
    row.activation_field.setFocus()
    press(row.activation_field, Key.Key_Down)
    assert activations == [row.activation_field.value]
    assert activations != ["tanh"]
    qtbot.mouseClick(row.remove_button, Qt.MouseButton.LeftButton)
    assert len(removals) == 1


def test_in_a_narrow_place_the_activation_has_a_line_of_its_own(row: LayerRow, qtbot: QtBot) -> None:
    def tops() -> tuple[int, int]:
        fields = (row.size_field, row.activation_field)
        size, activation = (field.mapTo(row, field.rect().center()).y() for field in fields)
        return size, activation

    assert abs(tops()[0] - tops()[1]) < 4
    row.resize(ONE_LINE - 1, 70)
    qtbot.waitUntil(lambda: tops()[1] - tops()[0] > 10)
    row.resize(ONE_LINE, 30)
    qtbot.waitUntil(lambda: abs(tops()[0] - tops()[1]) < 4)
