import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ui.widgets.segments import Segments


@pytest.fixture
def segments(qtbot: QtBot) -> Segments:
    segments = Segments([("draw", "Draw"), ("simulate", "Simulate")])
    qtbot.addWidget(segments)
    with qtbot.waitExposed(segments):
        segments.show()
    return segments


def test_the_first_is_chosen_at_the_start(segments: Segments) -> None:
    assert segments.choice == "draw"


def test_a_click_chooses_and_tells_it(segments: Segments, qtbot: QtBot) -> None:
    with qtbot.waitSignal(segments.chosen) as heard:
        qtbot.mouseClick(segments.button("simulate"), Qt.MouseButton.LeftButton)
    assert heard.args == ["simulate"]
    assert segments.choice == "simulate"
    assert not segments.button("draw").isChecked()


def test_setting_tells_nobody(segments: Segments, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(segments.chosen):
        segments.set_choice("simulate")
    assert segments.choice == "simulate"


def test_keys_choose(segments: Segments, qtbot: QtBot) -> None:
    segments.activateWindow()
    segments.button("simulate").setFocus()
    qtbot.keyClick(segments.button("simulate"), Qt.Key.Key_Space)
    assert segments.choice == "simulate"


def test_an_unknown_choice_is_an_error(segments: Segments) -> None:
    with pytest.raises(ValueError, match="play"):
        segments.set_choice("play")
