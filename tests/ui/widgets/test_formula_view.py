from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from bpsim.formula import Symbol
from bpsim.formula_latex import to_latex
from bpsim.formula_spoken import to_spoken
from bpsim.formula_text import to_text
from bpsim.quantity import Quantity
from tests.ui.formula.examples import OUTPUTS, SLOPE, SUM, WEIGHTS, delta_numbers, delta_rule, long_sum
from ui.numbers import NumberFormat
from ui.theme import TEXT_CONTRAST, contrast, load_theme
from ui.widgets.formula_view import FormulaView

Key = Qt.Key
LIGHT = load_theme("light")
IN_ORDER = [SUM, OUTPUTS[0], WEIGHTS[0], OUTPUTS[1], WEIGHTS[1], SLOPE]


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[FormulaView]:
    """The numbers of δ, 300 px wide, in a window whose → is taken by a shortcut."""
    window = QWidget()
    qtbot.addWidget(window)
    view = FormulaView(LIGHT)
    view.show_formula(delta_numbers())
    line = QHBoxLayout(window)
    line.setContentsMargins(0, 0, 0, 0)
    line.addWidget(view)
    line.addWidget(QPushButton("other"))
    view.setFixedWidth(300)
    step = QAction(window)
    step.setShortcut("Right")
    window.addAction(step)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    view.setFocus()
    QTest.mouseMove(window, QPoint(window.width() - 5, 5))
    yield view
    window.hide()


def place(view: FormulaView, quantity: Quantity) -> QPoint:
    found = view.place_of(quantity)
    assert found is not None
    return found.center()


def heard(signal: object) -> list[object]:
    said: list[object] = []
    signal.connect(said.append)  # type: ignore[attr-defined]
    return said


def color_at(view: FormulaView, quantity: Quantity) -> str:
    """Return the colour of the ground under a term."""
    found = view.place_of(quantity)
    assert found is not None
    return view.grab().toImage().pixelColor(found.left() + 3, found.top() + 1).name()


def test_the_mouse_points_at_terms(view: FormulaView, qtbot: QtBot) -> None:
    hovered = heard(view.quantity_hovered)
    for quantity in (WEIGHTS[0], WEIGHTS[1], SLOPE):
        qtbot.mouseMove(view, place(view, quantity))
        assert view.pointed == quantity
        assert color_at(view, quantity) == LIGHT.color("accent_wash").name()
    view.clearFocus()
    qtbot.mouseMove(view, QPoint(view.width() - 1, view.height() - 1))
    assert view.pointed is None
    assert hovered == [WEIGHTS[0], WEIGHTS[1], SLOPE, None]


def test_a_click_is_told_and_leaves_the_keyboard_where_it_is(view: FormulaView, qtbot: QtBot) -> None:
    clicked = heard(view.quantity_clicked)
    other = view.window().findChild(QPushButton)
    assert other is not None
    other.setFocus()
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=place(view, OUTPUTS[1]))
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(view.width() - 1, view.height() - 1))
    assert clicked == [OUTPUTS[1]]
    assert other.hasFocus()


def test_the_arrows_walk_over_the_terms_and_are_no_shortcut_there(view: FormulaView, qtbot: QtBot) -> None:
    stepped = heard(view.window().actions()[0].triggered)
    seen = [view.pointed]
    for _ in IN_ORDER[1:]:
        qtbot.keyClick(view, Key.Key_Right)
        seen.append(view.pointed)
    assert seen == IN_ORDER
    qtbot.keyClick(view, Key.Key_Right)
    assert view.pointed == SLOPE
    qtbot.keyClick(view, Key.Key_Left)
    assert view.pointed == WEIGHTS[1]
    qtbot.keyClick(view, Key.Key_Home)
    assert view.pointed == SUM
    qtbot.keyClick(view, Key.Key_End)
    assert view.pointed == SLOPE
    assert stepped == []


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter, Key.Key_Space])
def test_enter_clicks_the_term(view: FormulaView, qtbot: QtBot, key: Qt.Key) -> None:
    clicked = heard(view.quantity_clicked)
    qtbot.keyClick(view, Key.Key_Right)
    qtbot.keyClick(view, key)
    assert clicked == [OUTPUTS[0]]


def test_tab_leads_on_and_points_at_nothing_any_more(view: FormulaView, qtbot: QtBot) -> None:
    hovered = heard(view.quantity_hovered)
    qtbot.keyClick(view, Key.Key_Tab)
    assert not view.hasFocus()
    assert view.pointed is None
    assert hovered == [None]


def test_lit_terms_have_a_light_ground(view: FormulaView) -> None:
    view.clearFocus()
    plain = color_at(view, WEIGHTS[0])
    assert plain != LIGHT.color("accent_wash").name()
    view.set_lit(frozenset({WEIGHTS[0]}))
    assert color_at(view, WEIGHTS[0]) == LIGHT.color("accent_wash").name()
    assert color_at(view, WEIGHTS[1]) == plain


def test_a_change_of_what_is_shown_points_at_nothing(view: FormulaView, qtbot: QtBot) -> None:
    view.clearFocus()
    qtbot.mouseMove(view, place(view, SLOPE))
    hovered = heard(view.quantity_hovered)
    view.show_formula(delta_rule())
    assert hovered == [None]
    assert view.formula == delta_rule()


def test_a_narrower_view_is_higher_and_nothing_is_cut(view: FormulaView) -> None:
    high, low = view.heightForWidth(180), view.heightForWidth(400)
    assert high > low
    view.setFixedWidth(180)
    picture = view.picture
    assert picture is not None
    assert picture.width <= 180
    assert view.natural_width() > 180


def test_the_dots_open_a_long_sum(view: FormulaView, qtbot: QtBot) -> None:
    view.show_formula(long_sum(64, (0, 17, 63)))
    folded = view.heightForWidth(300)
    clicked = heard(view.quantity_clicked)
    for _ in range(2):
        qtbot.keyClick(view, Key.Key_Right)
    assert view.pointed is None
    qtbot.keyClick(view, Key.Key_Return)
    assert view.heightForWidth(300) > 3 * folded
    assert clicked == []


def test_a_screen_reader_is_told_the_sentence(view: FormulaView) -> None:
    assert view.accessibleName() == to_spoken(delta_numbers(), NumberFormat().given)
    view.set_number_format(NumberFormat(2, ","))
    assert view.accessibleName() == to_spoken(delta_numbers(), NumberFormat(2, ",").given)


def copies() -> dict[str, Callable[..., str]]:
    return {"Copy as &text": to_text, "Copy as &LaTeX": to_latex}


@pytest.mark.parametrize("label", copies())
def test_it_is_copied_in_words(view: FormulaView, label: str) -> None:
    actions = {action.text(): action for action in view.menu().actions()}
    actions[label].trigger()
    assert QGuiApplication.clipboard().text() == copies()[label](delta_numbers(), NumberFormat().given)


def test_it_is_copied_as_a_sharp_picture(view: FormulaView) -> None:
    actions = {action.text(): action for action in view.menu().actions()}
    actions["Copy as &picture"].trigger()
    image, picture = QGuiApplication.clipboard().image(), view.picture
    assert picture is not None
    assert image.width() == pytest.approx(3 * (picture.width + 16), abs=3)
    assert image.pixelColor(1, 1) == LIGHT.color("field")


def test_colours_follow_the_theme(view: FormulaView) -> None:
    dark = load_theme("dark")
    view.set_theme(dark)
    image = view.grab().toImage()
    seen = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert dark.color("term_delta").name() in seen
    assert LIGHT.color("term_delta").name() not in seen


def test_weights_have_the_colour_of_their_sign(qtbot: QtBot) -> None:
    view = FormulaView(LIGHT)
    qtbot.addWidget(view)
    quantity = Quantity("weight", 1, 0, 0)
    view.show_formula(Symbol("θ", quantity=quantity))
    for value, role in ((0.5, "weight_positive"), (-0.5, "weight_negative"), (0.0, "text")):
        view.set_values({quantity: value})
        image = view.grab().toImage()
        seen = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
        assert LIGHT.color(role).name() in seen


@pytest.mark.parametrize("value", [0.5, -0.5])
def test_a_lit_weight_can_be_read(view: FormulaView, value: float) -> None:
    quantity = Quantity("weight", 1, 0, 0)
    view.show_formula(Symbol("θ", quantity=quantity))
    view.set_values({quantity: value})
    view.set_lit(frozenset({quantity}))
    image = view.grab().toImage()
    inks = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    assert max(contrast(ink, LIGHT.color("accent_wash")) for ink in inks) >= TEXT_CONTRAST


def test_without_a_formula_there_is_nothing(qtbot: QtBot) -> None:
    view = FormulaView(LIGHT)
    qtbot.addWidget(view)
    assert view.heightForWidth(300) == 0
    view.copy_text()
    view.copy_latex()
    view.copy_picture()
    qtbot.keyClick(view, Key.Key_Right)
    assert view.pointed is None
