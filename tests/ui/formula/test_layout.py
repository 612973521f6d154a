from itertools import pairwise

import pytest
from PySide6.QtCore import QRectF
from pytestqt.qtbot import QtBot

from bpsim.formula import Add, Apply, Equation, Formula, Negative, Number, Power, Symbol, Times, Words
from tests.ui.formula.examples import ALL, DELTA, OUTPUTS, SLOPE, SUM, WEIGHTS, delta_numbers, long_sum, relu
from ui.formula.boxes import Glyphs, Stretched
from ui.formula.layout import Setting, lay_out
from ui.formula.paint import Picture
from ui.numbers import NumberFormat

SETTING = Setting(NumberFormat().given, 18)
WIDE = 10_000


def texts(picture: Picture) -> list[str]:
    return [mark.what.text for mark in picture.marks if isinstance(mark.what, Glyphs)]


def written(formula: Formula) -> str:
    return "".join(texts(lay_out(formula, SETTING, WIDE)))


def heights(picture: Picture) -> list[float]:
    return sorted({mark.place.y() for mark in picture.marks})


@pytest.mark.parametrize("width", [244, 300, 356])
@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("opened", [False, True], ids=["folded", "opened"])
def test_nothing_reaches_out_of_the_width(qtbot: QtBot, name: str, width: int, opened: bool) -> None:
    picture = lay_out(ALL[name], SETTING, width, opened=opened)
    assert picture.width <= width
    assert all(-1 <= mark.place.x() < width for mark in picture.marks)
    assert all(-1 <= mark.place.y() <= picture.height for mark in picture.marks)


def test_numbers_are_written_as_they_are_asked_for(qtbot: QtBot) -> None:
    assert written(delta_numbers()) == "=(−0.146·0.4+0.067·0.5)·0.241"
    comma = Setting(NumberFormat(2, ",").given, 18)
    assert "0,17" in texts(lay_out(Number(0.1654321), comma, WIDE))


def test_about_equal_has_its_sign(qtbot: QtBot) -> None:
    assert written(Equation(None, Number(0.5), about=True)) == "≈0.5"


def test_a_sum_with_negative_terms_is_written_with_minus_signs(qtbot: QtBot) -> None:
    x = Symbol("x")
    assert written(Add((x, Negative(x), Number(-0.5)))) == "𝑥−𝑥−0.5"
    assert written(Add((Number(-0.5), x))) == "−0.5+𝑥"


def test_parentheses_stand_where_they_are_needed_and_only_there(qtbot: QtBot) -> None:
    x, y = Symbol("x"), Symbol("y")
    assert written(Times((x, y))) == "𝑥𝑦"
    assert written(Times((Add((x, y)), y))) == "(𝑥+𝑦)·𝑦"
    assert written(Times((Number(0.5), Number(-0.25)))) == "0.5·(−0.25)"
    assert written(Times((Number(-0.25), Number(0.5)))) == "−0.25·0.5"
    assert written(Power(Add((x, y)), Number(2.0))) == "(𝑥+𝑦)2"
    assert written(Power(Number(-0.5), Number(2.0))) == "(−0.5)2"
    assert written(Negative(Add((x, y)))) == "−(𝑥+𝑦)"
    assert written(Add((x, Negative(Add((x, y)))))) == "𝑥−(𝑥+𝑦)"
    assert written(Negative(Negative(x))) == "−(−𝑥)"
    assert written(Power(Symbol("a", "2", "1"), Number(2.0))) == "(𝑎21)2"
    assert written(Apply("ln", x)) == "ln(𝑥)"
    assert written(Add((Times((x, y)), x))) == "𝑥𝑦+𝑥"


def test_very_small_numbers_have_a_power_of_ten(qtbot: QtBot) -> None:
    assert written(Number(-1.2345678e-7)).replace("\u2009", "") == "−1.2·10−7"
    assert written(Number(4.0)) == "4"


def test_the_sign_of_a_derivative_stays_close_to_what_is_derived(qtbot: QtBot) -> None:
    close, apart = (lay_out(Times((Symbol(s), Symbol("E"))), SETTING, WIDE) for s in ("∂", "η"))
    letters = [mark.place.x() for mark in close.marks]
    assert letters[1] == pytest.approx(lay_out(Symbol("∂"), SETTING, WIDE).width)
    assert apart.marks[1].place.x() > lay_out(Symbol("η"), SETTING, WIDE).width


def test_a_folded_sum_has_dots_that_open_it(qtbot: QtBot) -> None:
    formula = long_sum(64, (0, 17, 63))
    folded, opened = lay_out(formula, SETTING, 300), lay_out(formula, SETTING, 300, opened=True)
    assert [area.quantity for area in folded.areas].count(None) == 2  # the dots
    assert texts(folded).count("⋯") == 2
    assert "⋯" not in texts(opened)
    assert texts(opened).count("·") == 65
    assert lay_out(long_sum(64, (0, 1, 63)), SETTING, 300).height < folded.height + 1


def test_lines_after_the_first_stand_under_what_follows_the_equals_sign(qtbot: QtBot) -> None:
    picture = lay_out(long_sum(12), SETTING, 300)
    rows = heights(picture)
    assert len(rows) > 3
    starts = [min(mark.place.x() for mark in picture.marks if mark.place.y() == y) for y in rows]
    assert starts[0] == 0
    assert len({round(x) for x in starts[1:]}) == 1
    assert starts[1] > 10
    assert len({round(b - a) for a, b in pairwise(rows)}) == 1


def test_every_quantity_can_be_found_in_reading_order(qtbot: QtBot) -> None:
    picture = lay_out(delta_numbers(), SETTING, 300)
    assert [area.quantity for area in picture.areas] == [
        SUM, OUTPUTS[0], WEIGHTS[0], OUTPUTS[1], WEIGHTS[1], SLOPE,
    ]  # fmt: skip


def test_the_whole_of_a_function_stands_for_its_quantity_and_its_argument_for_its_own(qtbot: QtBot) -> None:
    picture = lay_out(ALL["delta_rule"], SETTING, 300)
    slope = next(area for area in picture.areas if area.quantity == SLOPE)
    argument = next(area for area in picture.areas if area.quantity is not None and area.quantity.kind == "z")
    assert slope.rect.contains(argument.rect.center())
    hit = picture.area_at(argument.rect.center())
    assert hit is not None
    assert hit.quantity == argument.quantity
    left = picture.area_at(slope.rect.topLeft() + (slope.rect.center() - slope.rect.topLeft()) * 0.1)
    assert left is not None
    assert left.quantity == SLOPE


def test_terms_with_both_indices_stand_on_one_baseline(qtbot: QtBot) -> None:
    term = Symbol("δ", "2", "1", quantity=DELTA)
    picture = lay_out(Add((term, Symbol("x"))), SETTING, 300)
    letters = [m for m in picture.marks if isinstance(m.what, Glyphs) and m.what.size == 18]
    assert len({mark.place.y() for mark in letters}) == 1


def test_what_does_not_hold_is_quiet(qtbot: QtBot) -> None:
    picture = lay_out(relu(1), SETTING, 300)
    quiet = [mark.what.text for mark in picture.marks if mark.quiet and isinstance(mark.what, Glyphs)]
    assert quiet == ["𝑧", "if z > 0"]
    brace = [mark for mark in picture.marks if isinstance(mark.what, Stretched)]
    assert len(brace) == 1


def test_long_words_are_broken(qtbot: QtBot) -> None:
    words = Words("the activation of hidden node 1, times the weight from there to output 1")
    picture = lay_out(Equation(Words("error", quantity=DELTA), words), SETTING, 250)
    assert picture.width <= 250
    assert picture.areas[0].quantity == DELTA
    assert picture.marks[0].quantity == DELTA


def test_letters_are_laid_out_in_their_size(qtbot: QtBot) -> None:
    small, large = (lay_out(delta_numbers(), Setting(str, size), WIDE) for size in (12, 24))
    assert large.width == pytest.approx(2 * small.width, rel=0.1)
    assert isinstance(large.areas[0].rect, QRectF)
