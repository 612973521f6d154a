import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from bpsim.network import Network
from tests.helpers import press, xor_session
from ui.notice_bar import NoticeBar
from ui.session import Session

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def session(qapp: object) -> Session:
    return xor_session()


@pytest.fixture
def bar(qtbot: QtBot, session: Session) -> NoticeBar:
    bar = NoticeBar(session)
    qtbot.addWidget(bar)
    bar.resize(700, 40)
    return bar


def cures(bar: NoticeBar) -> dict[str, QPushButton]:
    QApplication.processEvents()  # a new button is shown then
    return {button.text(): button for button in bar.findChildren(QPushButton) if not button.isHidden()}


def test_without_anything_to_say_it_is_hidden(bar: NoticeBar, session: Session) -> None:
    assert (bar.text, bar.isVisible()) == ("", False)
    session.notice("Saved.")
    assert (bar.text, bar.isVisible()) == ("Saved.", True)
    assert cures(bar) == {}


@pytest.mark.parametrize("by", ["mouse", "key"])
def test_a_notice_is_closed(bar: NoticeBar, session: Session, qtbot: QtBot, by: str) -> None:
    session.notice("Saved.")
    if by == "mouse":
        qtbot.mouseClick(bar._close, LEFT)
    else:
        press(bar._close, Qt.Key.Key_Space)
    assert (bar.text, bar.isVisible()) == ("", False)


def test_the_next_step_takes_a_notice_away(bar: NoticeBar, session: Session) -> None:
    session.notice("Saved.")
    session.step()
    assert not bar.isVisible()


def test_its_cures_are_the_latest_ones_and_do_what_they_say(
    bar: NoticeBar, session: Session, qtbot: QtBot
) -> None:
    done: list[str] = []
    session.notice("Once.", ("First", lambda: done.append("first")))
    session.notice("Twice.", ("Second", lambda: done.append("second")), ("Third", lambda: None))
    assert list(cures(bar)) == ["Second", "Third"]
    qtbot.mouseClick(cures(bar)["Second"], LEFT)
    assert done == ["second"]


def test_a_text_is_shown_as_it_is(bar: NoticeBar, session: Session) -> None:
    session.notice("<b>1 < 2</b>")
    assert bar.text == "<b>1 < 2</b>"
    assert bar._text.textFormat() == Qt.TextFormat.PlainText
    assert bar._text.accessibleName() == bar.text


@pytest.mark.parametrize("cure", ["Fit the network to the data", "Fit the data to the network"])
def test_what_does_not_fit_is_said_until_it_is_cured(
    bar: NoticeBar, session: Session, qtbot: QtBot, cure: str
) -> None:
    session.edit("Grow", network=Network.dense([3, 2, 2]))
    why = session.moment.misfit
    assert why
    assert (bar.text, bar.isVisible()) == (why, True)
    assert bar._close.isHidden()
    session.notice("Saved.")
    assert bar.text == "Saved."
    qtbot.mouseClick(bar._close, LEFT)
    assert bar.text == why
    assert list(cures(bar)) == ["Fit the network to the data", "Fit the data to the network"]
    qtbot.mouseClick(cures(bar)[cure], LEFT)
    moment = session.moment
    assert moment.misfit is None
    assert not bar.isVisible()
    sizes = (moment.dataset.inputs.shape[1], moment.dataset.targets.shape[1])
    assert sizes == (moment.network.sizes[0], moment.network.sizes[-1])
    assert sizes == ((2, 1) if cure.startswith("Fit the network") else (3, 2))
    session.undo_stack.undo()
    assert bar.text == why


def test_targets_that_a_loss_cannot_have_are_cured_by_another_loss(
    bar: NoticeBar, session: Session, qtbot: QtBot
) -> None:
    session.edit("Cross-entropy", network=session.moment.network.with_loss("cross_entropy"))
    session.edit("Change a target", dataset=session.moment.dataset.with_target(0, 0, 3.0))
    assert bar.isVisible()
    assert list(cures(bar)) == ["Use the mean squared error"]
    qtbot.mouseClick(cures(bar)["Use the mean squared error"], LEFT)
    assert session.moment.network.loss == "mse"
    assert not bar.isVisible()
