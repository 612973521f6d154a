import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.numbers import NumberFormat
from ui.widgets.score_view import Score, ScoreView

TRAIN, TEST = np.array([[30, 1], [0, 41]]), np.array([[3, 0], [2, 4]])
NAMES = ("y₁ = 0", "y₁ = 1")


@pytest.fixture
def score(qtbot: QtBot) -> ScoreView:
    score = ScoreView(NumberFormat())
    qtbot.addWidget(score)
    score.resize(400, 28)
    return score


def test_it_says_the_share_that_is_right(score: ScoreView) -> None:
    score.show_score(Score(NAMES, TRAIN, TEST))
    assert score.text() == "Accuracy 98.6 % · test 77.8 %"
    assert score.accessibleName().startswith("Accuracy 98.6 % · test 77.8 % in the right class")
    score.show_score(Score(NAMES, np.array([[1, 0], [0, 1]]), None))
    assert score.text() == "Accuracy 100 %"
    score.show_score(Score(NAMES, TRAIN, TEST))
    score.set_number_format(NumberFormat(3, ","))
    assert score.text() == "Accuracy 98,6 % · test 77,8 %"


def test_numbers_take_no_room(score: ScoreView) -> None:
    score.show()
    score.show_score(Score(NAMES, TRAIN, None))
    assert score.isVisible()
    score.show_score(None)
    assert not score.isVisible()


def test_nothing_to_count_is_no_share(score: ScoreView) -> None:
    score.show_score(Score(NAMES, TRAIN, np.zeros((2, 2), dtype=np.intp)))
    assert score.text() == "Accuracy 98.6 % · test –"


def test_it_says_less_where_there_is_no_room_but_always_what_of(score: ScoreView) -> None:
    score.show_score(Score(NAMES, TRAIN, TEST))
    score.show()
    texts = []
    second = score.fontMetrics().horizontalAdvance("train 98.6 % · test 77.8 %") + 4
    for width in (400, second, 100):
        score.resize(width, 28)
        texts.append(score.text())
        assert score.toolTip().startswith("Accuracy 98.6 % · test 77.8 %\n")
    assert texts == [
        "Accuracy 98.6 % · test 77.8 %",
        "train 98.6 % · test 77.8 %",
        "train 99\u202f% · test 78\u202f%",
    ]
    score.show_score(Score(NAMES, np.array([[999, 1], [0, 0]]), np.array([[0, 1], [999, 0]])))
    assert score.text() == "train 99\u202f% · test 0\u202f%"
    score.show_score(Score(NAMES, np.array([[999, 0], [0, 1]]), np.array([[1, 1], [998, 0]])))
    assert score.text() == "train 100\u202f% · test 1\u202f%"
    score.show_score(Score(NAMES, TRAIN, None))
    score.resize(90, 28)
    assert score.text() == "train 98.6 %"


def test_it_can_leave_its_room_to_others(score: ScoreView) -> None:
    score.show()
    score.give_way(to_others=True)
    score.show_score(Score(NAMES, TRAIN, TEST))
    assert not score.isVisible()
    score.give_way(to_others=False)
    assert score.isVisible()
    score.show_score(None)
    score.give_way(to_others=False)
    assert not score.isVisible()


def test_a_click_opens_the_table_which_keeps_up(score: ScoreView, qtbot: QtBot) -> None:
    score.show_score(Score(NAMES, TRAIN, TEST))
    score.show()
    QTest.mouseClick(score, Qt.MouseButton.LeftButton)
    assert score.dialog.isVisible()
    train, test = score.dialog.models
    assert [train.index(1, c).data() for c in (0, 1)] == ["·", "41"]
    assert test.index(1, 0).data() == "2"
    score.show_score(Score(NAMES, TRAIN + 1, TEST))
    assert train.index(1, 0).data() == "1"
    score.show_score(None)
    assert not score.dialog.isVisible()
