"""What every view of mathematics does, whatever it shows: here letters in two lines."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QRectF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from bpsim.quantity import Quantity
from ui.formula import boxes
from ui.formula.boxes import Box
from ui.formula.paint import Picture
from ui.numbers import NumberFormat
from ui.theme import load_theme
from ui.widgets.term_view import MARGIN, TermView

Key = Qt.Key
LIGHT = load_theme("light")
SIZE = 18
ABOVE = [Quantity("z", 1, i) for i in range(3)]
BELOW = [Quantity("delta", 1, i) for i in range(2)]
LAST = Quantity("error")


class Letters(TermView):
    """Three letters above two and dots; on one line where there is room for it."""

    shown, opened = True, 0

    @property
    def is_empty(self) -> bool:
        return not self.shown

    def lay_out(self, room: int) -> Picture:
        number = self._setting.number(0.5)
        above = boxes.row([part for q in ABOVE for part in (letter(number, q), boxes.space(20))])
        below = boxes.row([part for q in BELOW for part in (letter("b", q), boxes.space(30))])
        dots = replace(boxes.written("…", SIZE), dots=True)
        lines = [above, boxes.row([below, dots])]
        return Picture(boxes.row(lines) if boxes.row(lines).width <= room else boxes.column(lines, 12))

    def spoken(self) -> str:
        return "letters"

    def as_text(self) -> str:
        return "aaa bb …"

    def as_latex(self) -> str:
        return r"aaa\,bb\dots"

    def grounds(self, picture: Picture) -> list[QRectF]:
        return [picture.areas[0].rect]

    def on_dots(self) -> None:
        self.opened += 1


def letter(text: str, quantity: Quantity) -> Box:
    return boxes.meaning(boxes.written(text, SIZE), quantity)


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[Letters]:
    """The letters in two lines, with the keys, and a field below."""
    window = QWidget()
    qtbot.addWidget(window)
    view = Letters(LIGHT, NumberFormat())
    view.lay_out_anew()
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(view)
    column.addWidget(QLineEdit())
    column.addStretch()
    view.setFixedWidth(view.natural_width() - 10)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    view.setFocus()
    QTest.mouseMove(window, QPoint(2, window.height() - 2))
    yield view
    window.hide()


def heard(signal: object) -> list[object]:
    said: list[object] = []
    signal.connect(lambda *what: said.append(what[0] if what else None))  # type: ignore[attr-defined]
    return said


def ground(view: Letters, quantity: Quantity) -> str:
    place = view.place_of(quantity)
    assert place is not None
    return view.grab().toImage().pixelColor(place.left() + 1, place.center().y()).name()


def test_it_is_as_wide_as_a_line_and_higher_where_that_has_no_room(view: Letters) -> None:
    line = view.natural_width()
    assert view.heightForWidth(line) < view.heightForWidth(line - 1)
    assert view.heightForWidth(line) == view.heightForWidth(10 * line)
    assert view.height() == view.heightForWidth(view.width())


def test_up_and_down_lead_to_the_nearest_term_of_the_other_line_and_out(view: Letters, qtbot: QtBot) -> None:
    left = heard(view.walked_out)
    qtbot.keyClick(view, Key.Key_Right)
    assert view.pointed == ABOVE[1]
    qtbot.keyClick(view, Key.Key_Down)
    assert view.pointed == BELOW[1]
    qtbot.keyClick(view, Key.Key_Down)
    assert (view.pointed, left) == (BELOW[1], [1])
    qtbot.keyClick(view, Key.Key_Home)
    qtbot.keyClick(view, Key.Key_Down)
    assert view.pointed == BELOW[0]
    qtbot.keyClick(view, Key.Key_Up)
    qtbot.keyClick(view, Key.Key_Up)
    assert (view.pointed, left) == (ABOVE[0], [1, -1])


def test_left_and_right_lead_over_the_lines_and_out(view: Letters, qtbot: QtBot) -> None:
    left, seen = heard(view.walked_out), [view.pointed]
    for _ in range(6):
        qtbot.keyClick(view, Key.Key_Right)
        seen.append(view.pointed)
    assert seen == [*ABOVE, *BELOW, None, None]  # the dots stand for no number
    assert left == [1]
    qtbot.keyClick(view, Key.Key_Home)
    qtbot.keyClick(view, Key.Key_Left)
    assert left == [1, -1]


@pytest.mark.parametrize(("way", "first"), [(1, ABOVE[0]), (-1, None)])
def test_whoever_leads_the_keys_here_says_from_which_end(
    view: Letters, qtbot: QtBot, way: int, first: Quantity | None
) -> None:
    field = view.window().findChild(QLineEdit)
    assert field is not None
    field.setFocus()
    assert view.pointed is None
    entered = heard(view.entered)
    view.enter(way)
    assert view.hasFocus()
    assert view.pointed == first
    assert len(entered) == 1
    qtbot.keyClick(view, Key.Key_Left)
    assert view.pointed == (BELOW[1] if way < 0 else ABOVE[0])


@pytest.mark.parametrize("by", ["mouse", "key"])
def test_dots_are_answered_and_are_no_quantity(view: Letters, qtbot: QtBot, by: str) -> None:
    clicked = heard(view.quantity_clicked)
    if by == "key":
        qtbot.keyClick(view, Key.Key_End)
        qtbot.keyClick(view, Key.Key_Return)
    else:
        picture = view.picture
        assert picture is not None
        place = picture.areas[-1].rect.center().toPoint() + QPoint(MARGIN, MARGIN)
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=place)
        qtbot.mouseClick(view, Qt.MouseButton.RightButton, pos=place)
    assert view.opened == 1
    assert clicked == []


def test_the_mouse_leaves_and_the_keys_are_where_they_were(view: Letters, qtbot: QtBot) -> None:
    qtbot.keyClick(view, Key.Key_Right)
    place = view.place_of(BELOW[0])
    assert place is not None
    qtbot.mouseMove(view, place.center())
    assert view.pointed == BELOW[0]
    assert view.cursor().shape() == Qt.CursorShape.PointingHandCursor
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert view.pointed == ABOVE[1]


def test_some_grounds_are_light_whatever_is_pointed_at(view: Letters) -> None:
    view.clearFocus()
    wash = LIGHT.color("accent_wash").name()
    assert [ground(view, quantity) == wash for quantity in ABOVE] == [True, False, False]
    view.set_lit(frozenset({ABOVE[2], LAST}))
    assert [ground(view, quantity) == wash for quantity in ABOVE] == [True, False, True]


def test_what_cannot_be_broken_is_made_smaller_and_still_pointed_at(view: Letters, qtbot: QtBot) -> None:
    view.clearFocus()
    picture = view.picture
    assert picture is not None
    view.setFixedWidth(round(picture.width / 2) + 2 * MARGIN)
    qtbot.waitUntil(lambda: view.width() < picture.width)
    middle = picture.areas[2].rect.center() / 2
    qtbot.mouseMove(view, middle.toPoint() + QPoint(MARGIN, MARGIN))
    assert view.pointed == ABOVE[2]


def test_numbers_are_laid_out_anew_in_another_format_and_only_then(view: Letters) -> None:
    before, width = view.picture, view.natural_width()
    view.set_number_format(NumberFormat())
    assert view.picture is before
    view.set_number_format(NumberFormat(8))
    assert view.natural_width() == width  # 0.5 is given
    view.set_number_format(NumberFormat(3, ","))
    assert view.picture is not before


def test_the_menu_copies_it_as_text_latex_and_picture(view: Letters) -> None:
    clipboard = QGuiApplication.clipboard()
    text, latex, picture = view.menu().actions()
    text.trigger()
    assert clipboard.text() == "aaa bb …"
    latex.trigger()
    assert clipboard.text() == r"aaa\,bb\dots"
    picture.trigger()
    assert not clipboard.image().isNull()


def test_what_is_empty_has_no_height_no_name_and_nothing_to_copy(view: Letters, qtbot: QtBot) -> None:
    assert view.accessibleName() == "letters"
    view.copy_text()
    view.shown = False
    view.lay_out_anew()
    assert (view.accessibleName(), view.picture, view.natural_width()) == ("", None, 0)
    assert view.heightForWidth(200) == 0
    assert view.pointed is None
    assert view.place_of(ABOVE[0]) is None
    view.copy_latex()
    view.copy_picture()
    assert QGuiApplication.clipboard().text() == "aaa bb …"
    qtbot.keyClick(view, Key.Key_Right)
    assert view.pointed is None
