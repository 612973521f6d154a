import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bpsim.backprop import Trace, backpropagate
from bpsim.examples import load_example
from bpsim.matrices import matrix_equation
from bpsim.network import Network
from bpsim.quantity import Quantity
from ui.numbers import NumberFormat
from ui.theme import load_theme
from ui.widgets.matrix_card import MatrixCard

LIGHT, DARK = load_theme("light"), load_theme("dark")
Z, X = Quantity("z", 1, 1), Quantity("input", 0, 0)


def trace(*sizes: int) -> Trace:
    return backpropagate(Network.dense(sizes, seed=1), [0.5] * sizes[0], [0.0] * sizes[-1])


def all_known(_quantity: Quantity) -> bool:
    return True


@pytest.fixture
def card(qtbot: QtBot) -> MatrixCard:
    card = MatrixCard(LIGHT, NumberFormat())
    qtbot.addWidget(card)
    card.resize(420, 220)
    assert card.show_step(trace(2, 3, 2), Z, "lecture", all_known)
    with qtbot.waitExposed(card):
        card.show()
    QTest.mouseMove(card, QPoint(1, 1))
    return card


def place(card: MatrixCard, quantity: Quantity) -> QPoint:
    found = card.view.place_of(quantity)
    assert found is not None
    return found.center()


def test_an_equation_is_shown_with_what_is_to_be_said_of_it(card: MatrixCard) -> None:
    assert card.view.isVisible()
    assert card.views == (card.view,)
    equation = matrix_equation(trace(2, 3, 2), Z, "lecture", all_known)
    assert not isinstance(equation, str)
    assert card.note.text() == equation.note
    assert card.note.isVisible() == bool(equation.note)


def test_where_there_is_none_it_says_why_and_shows_the_next_one_again(card: MatrixCard) -> None:
    why = matrix_equation(trace(2, 3, 2), X, "lecture", all_known)
    assert isinstance(why, str)
    assert not card.show_step(trace(2, 3, 2), X, "lecture", all_known)
    assert not card.view.isVisible()
    assert card.note.isVisible()
    assert card.note.text() == why
    assert card.show_step(trace(2, 3, 2), Z, "lecture", all_known)
    assert card.view.isVisible()


def test_numbers_are_pointed_at_and_clicked(card: MatrixCard, qtbot: QtBot) -> None:
    hovered: list[Quantity | None] = []
    clicked: list[Quantity] = []
    card.quantity_hovered.connect(hovered.append)
    card.quantity_clicked.connect(clicked.append)
    weight = Quantity("weight", 1, 1, 0)
    qtbot.mouseMove(card.view, place(card, weight))
    qtbot.mouseClick(card.view, Qt.MouseButton.LeftButton, pos=place(card, Z))
    qtbot.mouseMove(card.view, QPoint(card.view.width() - 1, card.view.height() - 1))
    assert hovered[0] == weight
    assert hovered[-1] is None
    assert clicked == [Z]


def test_what_is_lit_elsewhere_has_a_light_ground(card: MatrixCard) -> None:
    weight = Quantity("weight", 1, 0, 0)  # not in the row of the number that is explained
    wash = LIGHT.color("accent_wash")

    def ground() -> object:
        found = card.view.place_of(weight)
        assert found is not None
        return card.view.grab().toImage().pixelColor(found.left() + 1, found.top() + 4)

    assert ground() != wash
    card.set_lit(frozenset({weight}))
    assert ground() == wash
    card.set_lit(frozenset())
    assert ground() != wash


def test_numbers_and_colours_are_taken_over(card: MatrixCard) -> None:
    before = card.view.as_text()
    card.set_number_format(NumberFormat(6, ","))
    assert card.view.as_text() != before
    assert "," in card.view.as_text()
    card.set_theme(DARK)
    image = card.view.grab().toImage()
    seen = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert DARK.color("accent_wash").name() in seen
    assert LIGHT.color("accent_wash").name() not in seen


def test_the_equation_is_true_as_it_is_written(card: MatrixCard) -> None:
    """0.4·0.593 + 0.45·0.597 − 0.6·0.534 + 0.6 is 0.785, and all of it is rounded."""
    project = load_example("lecture_demo")
    traced = backpropagate(project.network, project.dataset.inputs[0], project.dataset.targets[0])
    z = Quantity("z", 2, 0)
    assert card.show_step(traced, z, "lecture", all_known)
    assert "[0.785; 0.755] ≈ [" in card.view.as_text()
    card.set_number_format(NumberFormat(5, ","))
    assert card.show_step(traced, z, "lecture", all_known)
    assert card.view.as_text().splitlines()[1].startswith("[0,78")
