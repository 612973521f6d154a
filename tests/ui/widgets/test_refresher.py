import itertools
import time

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.widgets.tabs import behind_a_tab
from ui.turns import FRAME
from ui.widgets.refresher import LIVE, SELDOM, Often, Refresher


@pytest.fixture
def widget(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


def run_for(seconds: float) -> None:
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        QApplication.processEvents()


def test_many_wishes_are_one_refresh(widget: QWidget, qtbot: QtBot) -> None:
    calls: list[int] = []
    refresher = Refresher(widget, lambda: calls.append(1))
    for _ in range(100):
        refresher.ask()
    assert calls == []
    qtbot.waitUntil(lambda: bool(calls))
    run_for(2 * SELDOM.shortest)
    assert calls == [1]


def test_not_more_often_than_the_eye_follows(widget: QWidget) -> None:
    times: list[float] = []
    refresher = Refresher(widget, lambda: times.append(time.perf_counter()))
    end = time.perf_counter() + 0.5
    while time.perf_counter() < end:
        refresher.ask()
        QApplication.processEvents()
    assert 2 <= len(times) <= 0.5 / SELDOM.shortest + 2
    assert min(b - a for a, b in itertools.pairwise(times)) > 0.9 * SELDOM.shortest


def test_what_takes_long_is_done_less_often(widget: QWidget) -> None:
    times: list[float] = []

    def slow() -> None:
        times.append(time.perf_counter())
        time.sleep(0.02)

    refresher = Refresher(widget, slow)
    end = time.perf_counter() + 0.7
    while time.perf_counter() < end:
        refresher.ask()
        QApplication.processEvents()
    assert min(b - a for a, b in itertools.pairwise(times)) > 0.9 * 0.02 / SELDOM.share


def test_out_of_sight_nothing_happens_until_it_is_back(widget: QWidget, qtbot: QtBot) -> None:
    calls: list[int] = []
    refresher = Refresher(widget, lambda: calls.append(1))
    widget.hide()
    refresher.ask()
    run_for(2 * SELDOM.shortest)
    assert calls == []
    widget.show()
    qtbot.waitUntil(lambda: calls == [1])
    refresher.ask()
    widget.hide()
    run_for(2 * SELDOM.shortest)
    assert calls == [1]
    widget.show()
    qtbot.waitUntil(lambda: calls == [1, 1])


def test_it_catches_up_at_once_on_demand_and_only_if_it_was_asked(widget: QWidget) -> None:
    calls: list[int] = []
    refresher = Refresher(widget, lambda: calls.append(1))
    widget.hide()
    refresher.catch_up()
    assert calls == []
    refresher.ask()
    refresher.catch_up()
    assert calls == [1]
    widget.show()
    run_for(2 * SELDOM.shortest)
    assert calls == [1]


def test_behind_a_tab_nothing_happens_until_it_is_raised(qtbot: QtBot) -> None:
    calls: list[int] = []
    _window, docks = behind_a_tab(QWidget(), qtbot)
    run_for(0.1)
    refresher = Refresher(docks[0].widget(), lambda: calls.append(1))
    refresher.ask()
    run_for(2 * SELDOM.shortest)
    assert calls == []
    docks[0].raise_()
    qtbot.waitUntil(lambda: calls == [1])


def test_what_is_live_is_refreshed_more_often(widget: QWidget) -> None:
    def count(often: Often) -> int:
        times: list[float] = []
        refresher = Refresher(widget, lambda: times.append(time.perf_counter()), often)
        end = time.perf_counter() + 0.5
        while time.perf_counter() < end:
            refresher.ask()
            QApplication.processEvents()
        return len(times)

    assert count(LIVE) > count(SELDOM)


def test_two_do_not_come_in_the_same_frame(widget: QWidget, qtbot: QtBot) -> None:
    times: list[float] = []
    refreshers = [Refresher(widget, lambda: times.append(time.perf_counter())) for _ in range(3)]
    for refresher in refreshers:
        refresher.ask()
    qtbot.waitUntil(lambda: len(times) == 3)
    assert min(b - a for a, b in itertools.pairwise(times)) > 0.9 * FRAME
