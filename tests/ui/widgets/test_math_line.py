from pytestqt.qtbot import QtBot

from ui.widgets.math_line import LINE, MathLine

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
