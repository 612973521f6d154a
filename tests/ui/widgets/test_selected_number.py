import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from bpsim.network import Network
from bpsim.notation import NOTATIONS
from tests.helpers import press, xor_session
from ui.numbers import NumberFormat
from ui.session import Session
from ui.view_state import Selection
from ui.widgets.selected_number import SelectedNumber

LECTURE = NOTATIONS["lecture"]
EDGE = Selection(edges=frozenset({(0, 1, 0)}))
HIDDEN, INPUT = Selection(nodes=frozenset({(1, 1)})), Selection(nodes=frozenset({(0, 1)}))


@pytest.fixture
def session(qapp: object) -> Session:
    return xor_session()


@pytest.fixture
def number(qtbot: QtBot) -> SelectedNumber:
    number = SelectedNumber(NumberFormat())
    qtbot.addWidget(number)
    return number


def label(number: SelectedNumber) -> str:
    return number.findChildren(QLabel)[0].text()


def test_a_weight_a_bias_or_an_input_is_shown_by_name(number: SelectedNumber, session: Session) -> None:
    moment, field = session.moment, number.field
    number.show_selection(moment, EDGE, LECTURE)
    assert number.isVisible()
    assert (label(number), field.accessibleName()) == (
        "Input 1 → hidden node 2",
        "weight from input 1 to hidden node 2",
    )
    assert field.value == moment.network.weights[0][1, 0]
    number.show_selection(moment, HIDDEN, LECTURE)
    assert field.accessibleName() == f"bias {LECTURE.bias_letter} of hidden node 2"
    assert field.value == moment.network.biases[0][1]
    session.step("instance")
    session.step("instance")
    number.show_selection(session.moment, INPUT, LECTURE)
    row = session.moment.position.instance
    assert label(number) == f"Input 2 of instance {row + 1}"
    assert field.value == session.moment.dataset.inputs[row, 1]


@pytest.mark.parametrize(
    "selection",
    [
        Selection(),
        Selection(nodes=frozenset({(1, 0), (1, 1)})),
        Selection(nodes=frozenset({(1, 0)}), edges=frozenset({(0, 1, 0)})),
    ],
)
def test_it_is_hidden_where_not_exactly_one_thing_is_selected(
    number: SelectedNumber, session: Session, selection: Selection
) -> None:
    number.show_selection(session.moment, EDGE, LECTURE)
    number.show_selection(session.moment, selection, LECTURE)
    assert not number.isVisible()


def test_a_typed_number_is_told_and_a_wrong_one_is_said(
    number: SelectedNumber, session: Session, qtbot: QtBot
) -> None:
    entered: list[float] = []
    number.value_entered.connect(entered.append)
    number.show_selection(session.moment, EDGE, LECTURE)
    number.activateWindow()
    number.field.setFocus()
    number.field.selectAll()
    qtbot.keyClicks(number.field, "much")
    press(number.field, Qt.Key.Key_Return)
    assert entered == []
    problems = [found.text() for found in number.findChildren(QLabel)[1:] if found.isVisible()]
    assert any("much" in problem for problem in problems)
    number.field.selectAll()
    qtbot.keyClicks(number.field, "-1,5")
    press(number.field, Qt.Key.Key_Return)
    assert entered == [-1.5]


def test_an_input_that_the_data_do_not_have_cannot_be_typed(number: SelectedNumber, session: Session) -> None:
    session.edit("Grow", network=Network.dense([3, 2, 1]))
    number.show_selection(session.moment, Selection(nodes=frozenset({(0, 2)})), LECTURE)
    assert number.field.isReadOnly()
    assert number.field.value is None
    number.show_selection(session.moment, INPUT, LECTURE)
    assert not number.field.isReadOnly()
