from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from bpsim.backprop import Trace, backpropagate
from bpsim.matrices import MatrixEquation, matrix_equation
from bpsim.matrix_text import matrix_to_latex, matrix_to_spoken, matrix_to_text
from bpsim.network import Network
from bpsim.quantity import Quantity
from ui.numbers import NumberFormat
from ui.theme import load_theme
from ui.widgets.matrix_view import ROOMS, MatrixView

LIGHT = load_theme("light")
Key = Qt.Key
Z = Quantity("z", 1, 1)


def trace(*sizes: int) -> Trace:
    return backpropagate(Network.dense(sizes, seed=1), [0.5] * sizes[0], [0.0] * sizes[-1])


def rooms(traced: Trace, q: Quantity) -> list[MatrixEquation]:
    made = [matrix_equation(traced, q, "nielsen", room=room) for room in ROOMS]
    return [equation for equation in made if isinstance(equation, MatrixEquation)]


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[MatrixView]:
    window = QWidget()
    qtbot.addWidget(window)
    view = MatrixView(LIGHT, NumberFormat())
    view.show_equations(rooms(trace(2, 3, 2), Z), Z)
    line = QHBoxLayout(window)
    line.setContentsMargins(0, 0, 0, 0)
    line.addWidget(view)
    view.setFixedWidth(300)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    QTest.mouseMove(window, QPoint(299, 1))
    yield view
    window.hide()


def ground(view: MatrixView, quantity: Quantity) -> str:
    place = view.place_of(quantity)
    assert place is not None
    return view.grab().toImage().pixelColor(place.left() + 1, place.top() + 4).name()


def test_the_present_row_is_lit(view: MatrixView) -> None:
    view.clearFocus()  # with it the entry that the keys are at is marked, too
    wash = LIGHT.color("accent_wash").name()
    lit = [Z, Quantity("weight", 1, 1, 0), Quantity("weight", 1, 1, 1), Quantity("bias", 1, 1)]
    lit += [Quantity("input", 0, 0), Quantity("input", 0, 1)]
    assert {ground(view, q) for q in lit} == {wash}
    others = [Quantity("z", 1, 0), Quantity("weight", 1, 0, 0), Quantity("bias", 1, 2)]
    assert wash not in {ground(view, q) for q in others}


def test_pointing_and_clicking(view: MatrixView, qtbot: QtBot) -> None:
    hovered: list[object] = []
    clicked: list[object] = []
    view.quantity_hovered.connect(hovered.append)
    view.quantity_clicked.connect(clicked.append)
    weight = Quantity("weight", 1, 2, 0)
    place = view.place_of(weight)
    assert place is not None
    qtbot.mouseMove(view, place.center())
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=place.center())
    assert hovered == [weight]
    assert clicked == [weight]


def test_the_arrows_walk_along_rows_and_columns(view: MatrixView, qtbot: QtBot) -> None:
    view.setFocus()
    qtbot.keyClick(view, Key.Key_Home)
    assert view.pointed == Quantity("z", 1, 0)
    qtbot.keyClick(view, Key.Key_Down)
    assert view.pointed == Z
    qtbot.keyClick(view, Key.Key_Down)
    assert view.pointed == Quantity("z", 1, 2)
    left: list[int] = []
    view.walked_out.connect(left.append)
    qtbot.keyClick(view, Key.Key_Down)
    qtbot.keyClick(view, Key.Key_Home)
    qtbot.keyClick(view, Key.Key_Left)
    assert left == [1, -1]
    while view.pointed != Quantity("weight", 1, 0, 0):
        qtbot.keyClick(view, Key.Key_Right)
    qtbot.keyClick(view, Key.Key_Down)
    assert view.pointed == Quantity("weight", 1, 1, 0)


@pytest.mark.parametrize("width", [260, 300, 360])
@pytest.mark.parametrize("kind", ["z", "delta", "step"])
@pytest.mark.parametrize("sizes", [(2, 3, 2), (4, 5, 3), (64, 128, 10)])
def test_nothing_is_cut_off(view: MatrixView, sizes: tuple[int, ...], kind: str, width: int) -> None:
    q = Quantity(kind, 1, 2, 1 if kind == "step" else None)
    view.setFixedWidth(width)
    view.show_equations(rooms(trace(*sizes), q), q)
    picture = view.picture
    assert picture is not None
    assert picture.width <= 1.25 * view.width()  # what is wider is painted a little smaller
    assert view.place_of(q) is not None


def test_it_is_told_to_screen_readers_and_copied(view: MatrixView) -> None:
    equation, write = view.equation, NumberFormat().given
    assert equation is not None
    assert view.accessibleName() == matrix_to_spoken(equation, write)
    view.copy_text()
    assert QGuiApplication.clipboard().text() == matrix_to_text(equation, write)
    view.copy_latex()
    assert QGuiApplication.clipboard().text() == matrix_to_latex(equation, write)
    view.copy_picture()
    assert not QGuiApplication.clipboard().image().isNull()


def test_without_an_equation_there_is_nothing(view: MatrixView) -> None:
    view.show_equations([])
    assert view.equation is None
    assert view.picture is None
    assert view.accessibleName() == ""
