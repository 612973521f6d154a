import pytest
from pytestqt.qtbot import QtBot

from ui.widgets.explanation_head import FOLLOW_AGAIN, FOLLOWING, PINNED, ExplanationHead


@pytest.fixture
def head(qtbot: QtBot) -> ExplanationHead:
    head = ExplanationHead()
    qtbot.addWidget(head)
    head.resize(344, 200)
    head.show()
    head.show_state(asked=False, pinned=False)
    head.show_number("δ of output 1", "layer 3 · the error", "≈ −0.146")
    return head


def test_it_says_what_is_followed(head: ExplanationHead) -> None:
    assert head.following_line.text() == FOLLOWING
    head.show_state(asked=True, pinned=False)
    assert head.follow_button.isVisible()
    assert not head.following_line.isVisible()
    head.show_state(asked=True, pinned=True)
    assert head.following_line.text() == PINNED
    assert not head.follow_button.isVisible()


def test_in_little_height_it_stands_on_two_lines_with_the_value(head: ExplanationHead) -> None:
    assert not head.value.isVisible()
    high = head.sizeHint().height()
    head.set_low(True)
    head.show_state(asked=True, pinned=False)
    head.show_number("δ of output 1", "layer 3 · the error", "≈ −0.146")
    assert head.value.isVisible()
    assert not head.subtitle.isVisible()
    assert head.title.toolTip() == "layer 3 · the error"
    assert head.way_switch.isVisible()
    assert head.follow_button.accessibleName() == FOLLOW_AGAIN
    assert head.sizeHint().height() < 0.6 * high
    assert head.sizeHint().width() <= 344


def test_it_stands_as_before_once_there_is_room_again(head: ExplanationHead) -> None:
    before = head.sizeHint()
    for low in (True, True, False):
        head.set_low(low)
        head.show_state(asked=False, pinned=False)
        head.show_number("δ of output 1", "layer 3 · the error", "≈ −0.146")
    assert head.sizeHint() == before
    assert head.subtitle.isVisible()


def test_why_there_is_nothing_is_said_in_little_height_too(head: ExplanationHead) -> None:
    head.set_low(True)
    head.show_number("Nothing computed yet", "Press → to receive instance 1")
    assert head.subtitle.isVisible()
    assert not head.value.isVisible()
