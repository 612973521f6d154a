from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpsim.backprop import backpropagate
from bpsim.datasets import Dataset
from tests.helpers import xor_session
from ui.appearance import Appearance
from ui.layers_view import LayersView
from ui.session import Session
from ui.theme import load_theme

Show = Callable[[Session], LayersView]


@pytest.fixture
def show(qtbot: QtBot, qapp: QApplication) -> Iterator[Show]:
    def show_view(session: Session) -> LayersView:
        view = LayersView(session, Appearance(qapp, "light"))
        qtbot.addWidget(view)
        view.resize(420, 260)
        with qtbot.waitExposed(view):
            view.show()
        qtbot.waitUntil(lambda: view.plot.figure() is not None)
        return view

    return show_view


def mean_delta(session: Session, rows: range) -> float:
    network, data = session.moment.network, session.moment.dataset
    deltas = [backpropagate(network, data.inputs[p], data.targets[p]).deltas[1] for p in rows]
    return float(np.abs(deltas).mean())


def shown(view: LayersView) -> float | None:
    return view.plot.chart.bars.series[0][0]


def test_it_shows_the_present_weights_over_the_training_instances(show: Show, qtbot: QtBot) -> None:
    session = xor_session()
    view = show(session)
    assert shown(view) == pytest.approx(mean_delta(session, range(4)))
    assert view.plot.title == "over 4 instances, present weights"


def test_it_follows_an_update_and_nothing_before(show: Show, qtbot: QtBot) -> None:
    session = xor_session()
    view = show(session)
    stats = view.plot._stats
    session.go_to_phase("gradient")
    qtbot.wait(150)
    assert view.plot._stats is stats  # nothing in it has changed
    session.go_to_phase("update")
    qtbot.waitUntil(lambda: view.plot._stats is not stats)
    assert shown(view) == pytest.approx(mean_delta(session, range(4)))
    session.back("instance")
    qtbot.waitUntil(lambda: view.plot._stats == stats)


def test_test_instances_do_not_count(show: Show) -> None:
    session = xor_session(test_share=0.5)
    view = show(session)
    assert view.plot.title.endswith("over 2 instances, present weights")
    assert shown(view) == pytest.approx(mean_delta(session, session.moment.split.train))


def test_a_misfit_is_said_in_place_of_numbers(show: Show, qtbot: QtBot) -> None:
    session = xor_session()
    view = show(session)
    session.edit("Change data", dataset=Dataset(np.zeros((2, 5)), np.zeros((2, 1))))
    qtbot.waitUntil(lambda: view.plot.figure() is None)
    assert view.plot._readout.text().startswith("Nothing can be trained. ")


def test_letters_and_digits_follow(show: Show) -> None:
    session = xor_session()
    view = show(session)
    session.set_view(notation="nielsen", decimal_separator=",")
    assert view.plot.quantity_field.itemText(1) == "|Δw|"
    view.plot.point_at(0)
    assert "0," in view.plot._readout.text()


def test_the_theme_follows(qtbot: QtBot, qapp: QApplication) -> None:
    appearance = Appearance(qapp, "light")
    view = LayersView(xor_session(), appearance)
    qtbot.addWidget(view)
    view.resize(420, 260)
    with qtbot.waitExposed(view):
        view.show()
    qtbot.waitUntil(lambda: view.plot.figure() is not None)
    for name in ("dark", "light"):
        appearance.choose(name)
        inside = view.plot.chart.bar_box(1).center().toPoint()
        image = view.plot.chart.grab().toImage()
        assert image.pixelColor(inside) == load_theme(name).color("accent")
        assert view.plot.figure().theme.name == name  # type: ignore[union-attr]


def test_eta_changes_the_steps(show: Show, qtbot: QtBot) -> None:
    session = xor_session()
    view = show(session)
    before = view.plot._stats
    assert before is not None
    assert before.steps[1] is not None
    session.edit("Change η", settings=session.moment.settings.with_(learning_rate=5.0))
    qtbot.waitUntil(lambda: view.plot._stats is not before)
    assert view.plot._stats is not None
    assert view.plot._stats.steps[1] == pytest.approx(10 * before.steps[1])
