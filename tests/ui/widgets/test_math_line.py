from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from ui.fonts import math_font
from ui.widgets.math_line import INDENT, LINE, SIZE, MathLine

TEXT = "Δθ¹₁₁ = −η · ∂E/∂θ¹₁₁ = −0.5 · 0.00044 = −0.00022"


def test_it_breaks_before_an_equals_sign_where_there_is_no_room(qtbot: QtBot) -> None:
    line = MathLine()
    qtbot.addWidget(line)
    line.set_text(TEXT)
    line.show()
    line.resize(900, LINE)
    assert (line.lines, line.height()) == ([TEXT], LINE)
    line.resize(240, LINE)
    assert len(line.lines) > 1
    assert " ".join(line.lines) == TEXT
    assert all(part.startswith("= ") for part in line.lines[1:])
    assert line.height() == len(line.lines) * LINE
    assert line.accessibleName() == TEXT
    assert not line.grab().isNull()


def test_an_empty_line_is_one_line_high(qtbot: QtBot) -> None:
    line = MathLine()
    qtbot.addWidget(line)
    line.set_text("E")
    line.set_text("")
    assert line.height() == LINE


def test_a_long_sum_is_broken_before_its_signs(qtbot: QtBot) -> None:
    line = MathLine()
    qtbot.addWidget(line)
    text = "sum of 4 paths = " + " + ".join(f"0.1234{n}" for n in range(9)) + " = 1.11"
    line.set_text(text)
    line.show()
    line.resize(192, LINE)
    assert " ".join(line.lines) == text
    metrics = QFontMetrics(math_font(SIZE))
    assert all(metrics.horizontalAdvance(part) + INDENT <= 192 for part in line.lines[1:])


def test_a_piece_that_is_too_wide_by_itself_ends_in_dots(qtbot: QtBot) -> None:
    line = MathLine()
    qtbot.addWidget(line)
    line.set_text(f"a = {'w' * 60}")
    line.show()
    line.resize(192, LINE)
    assert line.lines[-1].endswith("…")
    assert line.toolTip() == f"a = {'w' * 60}"
