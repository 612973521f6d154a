import pytest
from pytestqt.qtbot import QtBot

from ui.formula.boxes import big_sum, bracket, column, fraction, hatted, on_axis, row, scripts, space, written
from ui.formula.faces import axis

SIZE = 18


def test_a_row_is_as_wide_as_its_boxes_and_as_high_as_the_highest(qtbot: QtBot) -> None:
    low, high = written("x", SIZE), written("h", SIZE)
    line = row((low, space(5), high))
    assert line.width == low.width + 5 + high.width
    assert (line.ascent, line.descent) == (high.ascent, max(low.descent, high.descent))
    assert all(part.y == 0 for part in line.parts)  # one baseline


def test_a_column_has_even_lines_from_its_first_baseline_on(qtbot: QtBot) -> None:
    lines = [written(text, SIZE) for text in ("x", "h", "g")]
    box = column(lines, 5, (14, 4))
    assert [part.y for part in box.parts] == [0, 23, 46]
    assert (box.ascent, box.descent) == (14, 46 + max(4, lines[2].descent))


def test_a_fraction_has_its_line_on_the_axis_and_its_parts_clear_of_it(qtbot: QtBot) -> None:
    above, below = written("1", SIZE), written("1+x", SIZE)
    box = fraction(above, below, SIZE)
    up, line, down = box.parts
    assert line.y == pytest.approx(-axis(SIZE), abs=1)
    assert up.y + above.descent < line.y
    assert down.y - below.ascent > line.y + 1
    assert (up.x + above.width / 2, down.x + below.width / 2) == pytest.approx((box.width / 2,) * 2)
    assert box.ascent == above.ascent - up.y


def test_indices_stand_over_each_other_without_touching(qtbot: QtBot) -> None:
    upper, lower = written("2", 13), written("11", 13)
    box = scripts(written("δ", SIZE), upper, lower, SIZE)
    _letter, high, low = box.parts
    assert abs(high.x - low.x) < 1
    assert high.y + upper.descent < low.y - lower.ascent
    assert box.width == pytest.approx(low.x + lower.width)


def test_limits_stand_below_and_above_the_sum(qtbot: QtBot) -> None:
    lower, upper = written("j=1", 13), written("3", 13)
    box = big_sum(lower, upper, SIZE)
    sign, below, above = box.parts
    plain = big_sum(None, None, SIZE)
    assert below.y - lower.ascent > plain.descent
    assert -above.y - upper.descent > plain.ascent
    centres = [part.x + width / 2 for part, width in ((below, lower.width), (above, upper.width))]
    assert centres == pytest.approx([box.width / 2] * 2)
    assert sign.x >= 0


def test_parentheses_grow_with_what_they_embrace(qtbot: QtBot) -> None:
    small = bracket("(", 13, 4, SIZE)
    assert small == written("(", SIZE)
    grown = bracket("(", 30, 20, SIZE)
    assert grown.ascent > 30
    assert grown.descent > 20
    assert small.width < grown.width < 2 * small.width


def test_a_bar_grows_in_height_and_stays_thin() -> None:
    small, grown = bracket("|", 13, 4, SIZE), bracket("|", 30, 20, SIZE)
    assert grown.ascent >= 30
    assert grown.descent >= 20
    assert grown.width < small.width + 0.1 * SIZE


def test_a_hat_stands_over_its_letter(qtbot: QtBot) -> None:
    plain, capital = hatted(written("y", SIZE), SIZE), hatted(written("E", SIZE), SIZE)
    assert plain.width == written("y", SIZE).width
    assert plain.ascent > written("y", SIZE).ascent
    assert capital.ascent > written("E", SIZE).ascent


def test_a_box_is_moved_onto_the_axis(qtbot: QtBot) -> None:
    box = on_axis(written("∑", 30), SIZE)
    assert (box.ascent - box.descent) / 2 == pytest.approx(axis(SIZE), abs=1)
