import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from bpsim.network import Network
from bpsim.notation import NOTATIONS
from tests.ui.tables import texts, type_into
from ui.numbers import NumberFormat
from ui.widgets.weight_section import MOST_ROWS, WeightSection
from ui.widgets.weight_table import BIAS

Key = Qt.Key
NETWORK = Network.dense([2, 3, 1], seed=1)


@pytest.fixture
def section(qtbot: QtBot) -> WeightSection:
    section = WeightSection(NETWORK, NumberFormat())
    qtbot.addWidget(section)
    section.resize(300, 300)
    with qtbot.waitExposed(section):
        section.show()
    section.activateWindow()
    return section


def unfold(section: WeightSection, qtbot: QtBot) -> None:
    qtbot.mouseClick(section.button, Qt.MouseButton.LeftButton)


def heard(signal: object) -> list[tuple[object, ...]]:
    said: list[tuple[object, ...]] = []
    signal.connect(lambda *what: said.append(what))  # type: ignore[attr-defined]
    return said


def test_it_unfolds_and_folds_again(section: WeightSection, qtbot: QtBot) -> None:
    assert not section.table.isVisible()
    assert section.button.text() == "▸ &weights and biases"
    unfold(section, qtbot)
    assert section.table.isVisible()
    assert section.button.text() == "▾ &weights and biases"
    form = NumberFormat()
    assert texts(section.table, 0)[1:] == [form.given(float(w)) for w in NETWORK.weights[0][0]]
    unfold(section, qtbot)
    assert not section.table.isVisible()


def test_a_network_is_shown_when_it_unfolds_and_at_once_while_it_is_open(
    section: WeightSection, qtbot: QtBot
) -> None:
    first, second = NETWORK.with_weight(0, 0, 0, 0.25), NETWORK.with_weight(0, 0, 0, 0.75)
    section.show_network(first)
    unfold(section, qtbot)
    assert texts(section.table, 0)[1] == "0.25"
    section.show_network(second)
    assert texts(section.table, 0)[1] == "0.75"
    section.show_format(NumberFormat(3, ","))
    assert texts(section.table, 0)[1] == "0,75"


def test_another_pair_of_layers_is_chosen_and_kept(section: WeightSection, qtbot: QtBot) -> None:
    unfold(section, qtbot)
    assert [section.pair_field.itemText(place) for place in range(2)] == ["Input → hidden", "Hidden → output"]
    section.pair_field.setFocus()
    qtbot.keyClick(section.pair_field, Key.Key_Down)
    assert (section.model.rowCount(), section.model.columnCount()) == (1, 4)
    section.show_network(NETWORK.with_weight(1, 0, 2, 0.5))
    assert texts(section.table, 0)[3] == "0.5"
    section.show_network(Network.dense([2, 1]))
    assert section.pair_field.count() == 1
    assert (section.model.rowCount(), section.model.columnCount()) == (1, 3)


def test_what_is_asked_for_is_told_with_the_layer_it_leads_from(section: WeightSection, qtbot: QtBot) -> None:
    unfold(section, qtbot)
    section.pair_field.setFocus()
    qtbot.keyClick(section.pair_field, Key.Key_Down)
    entered, toggled = heard(section.value_entered), heard(section.toggled)
    disconnected, refused = heard(section.disconnected), heard(section.refused)
    type_into(section.table, 0, 0, "0,5")
    type_into(section.table, 0, 2, "-2")
    assert entered == [(1, 0, BIAS, 0.5), (1, 0, 1, -2.0)]
    section.table.setCurrentIndex(section.model.index(0, 3))
    qtbot.keyClick(section.table, Key.Key_Space)
    assert toggled == [(1, 0, 2)]
    section.table.selectAll()
    qtbot.keyClick(section.table, Key.Key_Delete)
    assert disconnected == [(1, [(0, 0), (0, 1), (0, 2)])]
    type_into(section.table, 0, 1, "much")
    [(sentence,)] = refused
    assert str(sentence).startswith("The weight from hidden node 1 to output 1 stays as it is: 'much'")


def test_heads_are_in_the_letters_of_the_notation(section: WeightSection, qtbot: QtBot) -> None:
    unfold(section, qtbot)
    across = Qt.Orientation.Horizontal
    assert section.model.headerData(0, across) == NOTATIONS["lecture"].bias_letter
    section.show_notation(NOTATIONS["nielsen"])
    assert section.model.headerData(0, across) == "b"


def test_a_large_layer_scrolls_within_a_few_rows(section: WeightSection, qtbot: QtBot) -> None:
    unfold(section, qtbot)
    section.show_network(Network.dense([2, MOST_ROWS, 1]))
    height = section.table.height()
    section.show_network(Network.dense([2, 10 * MOST_ROWS, 1]))
    assert section.table.height() == height
    section.show_network(Network.dense([2, 1, 1]))
    assert section.table.height() < height
