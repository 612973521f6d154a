"""The timeline: to any instance that was trained, by mouse and keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSlider, QTableView
from pytestqt.qtbot import QtBot

from bpsim.stopping import Stopping
from tests.helpers import press, shown_window, xor_session
from ui.main_window import MainWindow
from ui.status import place_text
from ui.timeline import Timeline

Key = Qt.Key


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    return shown_window(qtbot, xor_session(stopping=Stopping(epochs=500)))


def timeline_of(window: MainWindow) -> tuple[Timeline, QSlider]:
    slider = window.findChild(QSlider, "timeline")
    timeline = slider.parentWidget()
    assert isinstance(timeline, Timeline)
    return timeline, slider


def test_leads_to_any_instance(window: MainWindow, qtbot: QtBot) -> None:
    session, (_, slider) = window.session, timeline_of(window)
    assert not slider.isEnabled()
    with qtbot.waitSignal(session.run_ended, timeout=20_000):
        window.trainer.start()
    assert slider.maximum() == slider.value() == 2000
    end = session.moment.network
    slider.setFocus()
    press(slider, Key.Key_Left)
    qtbot.waitUntil(lambda: session.moment.instances_done == 1998)
    press(slider, Key.Key_PageDown)
    qtbot.waitUntil(lambda: session.moment.instances_done == 1994)
    press(slider, Key.Key_Home)
    qtbot.waitUntil(lambda: (session.moment.instances_done, session.moment.shown) == (0, 0))
    middle = slider.rect().center()
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.waitUntil(lambda: session.moment.instances_done > 0)
    press(slider, Key.Key_End)
    qtbot.waitUntil(lambda: session.moment.instances_done == 1999)
    assert session.moment.network == end


def test_the_field_leads_to_the_end_of_an_epoch(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    session.go_to(19)
    timeline, _ = timeline_of(window)
    timeline.epoch_field.setFocus()
    timeline.epoch_field.selectAll()
    QTest.keyClicks(timeline.epoch_field, "3")
    press(timeline.epoch_field, Key.Key_Return)
    assert session.moment.instances_done == 11
    assert session.moment.finished


def test_a_press_in_the_groove_leads_there_and_leaves_the_arrows_to_the_steps(
    window: MainWindow, qtbot: QtBot
) -> None:
    session, (_, slider) = window.session, timeline_of(window)
    session.go_to(1999)
    window.findChild(QTableView).setFocus()
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=slider.rect().center())
    qtbot.waitUntil(lambda: abs(session.moment.instances_done - 1000) < 20)
    assert window.canvas.surface.hasFocus()
    done, shown = session.moment.instances_done, session.moment.shown
    press(window.canvas.surface, Key.Key_Left)  # by node, as is chosen
    assert (session.moment.instances_done, session.moment.shown) == (done, shown - 1)
    slider.setFocus()  # as Tab does: then the arrows are the slider's
    press(slider, Key.Key_Left)
    qtbot.waitUntil(lambda: session.moment.instances_done == done - 2)  # the end of that one
    assert slider.hasFocus()


def test_it_names_the_epoch_that_the_status_names(window: MainWindow) -> None:
    session, (timeline, _) = window.session, timeline_of(window)
    assert timeline.epoch_field.value() == 0
    for shown in (1, 5, None):
        for done in (0, 2, 3, 4, 7, 8):
            session.go_to(done, shown)
            epoch = timeline.epoch_field.value()
            assert place_text(session).startswith(f"epoch {epoch} ")
            assert timeline.epoch_field.maximum() >= epoch


def test_while_a_run_goes_on_it_leads_where_the_slider_was_put(window: MainWindow, qtbot: QtBot) -> None:
    session, (_, slider) = window.session, timeline_of(window)
    session.edit("Stop", settings=session.moment.settings.with_(stopping=Stopping(epochs=None)))
    window.trainer.start()
    qtbot.waitUntil(lambda: session.running and session.recorded > 50)
    slider.setValue(7)
    session.moment_changed.emit(session.moment, session.moment)  # the run moves it on before it is asked
    assert slider.value() > 7
    qtbot.waitUntil(lambda: not session.running)
    assert session.moment.instances_done == 6
    assert session.recorded > 50
