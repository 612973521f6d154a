from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpsim.datasets import Dataset
from bpsim.evaluation import evaluate
from bpsim.network import Network
from bpsim.project import Project
from tests.helpers import XOR_INPUTS, XOR_TARGETS, xor_session
from ui.appearance import Appearance
from ui.canvas.view import NetworkView
from ui.lens_view import NOT_KNOWN, SELECT, LensView, parameter_of
from ui.panels.training_panel import TrainingPanel
from ui.plots.lens import INSTANCE
from ui.session import Session
from ui.theme import load_theme
from ui.view_state import Selection

Show = Callable[[Session], LensView]
WEIGHT = Selection(edges=frozenset({(0, 1, 0)}))


@pytest.fixture
def show(qtbot: QtBot, qapp: QApplication) -> Iterator[Show]:
    def show_view(session: Session) -> LensView:
        view = LensView(session, Appearance(qapp, "light"))
        qtbot.addWidget(view)
        view.resize(460, 280)
        with qtbot.waitExposed(view):
            view.show()
        return view

    return show_view


def test_without_a_selection_it_asks_for_one(show: Show, qtbot: QtBot) -> None:
    view = show(xor_session())
    assert view.plot._nothing.text() == SELECT
    assert view.plot.lens is None


def test_one_weight_or_the_bias_of_one_node_can_be_looked_at() -> None:
    assert parameter_of(WEIGHT) == (0, 1, 0)
    assert parameter_of(Selection(nodes=frozenset({(2, 0)}))) == (1, 0, None)
    assert parameter_of(Selection(nodes=frozenset({(0, 1)}))) is None
    assert parameter_of(Selection(nodes=frozenset({(1, 0), (1, 1)}))) is None
    assert parameter_of(Selection(nodes=frozenset({(1, 0)}), edges=WEIGHT.edges)) is None
    assert parameter_of(Selection()) is None


def test_the_selected_weight_is_shown(show: Show, qtbot: QtBot) -> None:
    session = xor_session()
    view = show(session)
    session.select(WEIGHT)
    qtbot.waitUntil(lambda: view.plot.lens is not None)
    lens = view.plot.lens
    assert lens is not None
    assert lens.value == session.moment.network.weights[0][1, 0]
    assert lens.error == pytest.approx(
        evaluate(session.moment.network, XOR_INPUTS, XOR_TARGETS).errors.mean()
    )
    assert view.plot.title == "E over θ¹₁₂ · over 4 instances, present weights"
    assert view.plot.sentence.startswith("Δθ¹₁₂ = ")
    session.select(Selection(nodes=frozenset({(1, 0)})))
    qtbot.waitUntil(lambda: "θ¹₀₁" in view.plot.title)
    session.select(Selection())
    qtbot.waitUntil(lambda: view.plot.lens is None)


def test_eta_moves_the_step_at_once(show: Show, qtbot: QtBot) -> None:
    session = xor_session()
    session.select(WEIGHT)
    view = show(session)
    qtbot.waitUntil(lambda: view.plot.lens is not None)
    before = view.plot.lens
    assert before is not None
    for rate in (1.0, 2.0, 5.0):
        settings = session.moment.settings.with_(learning_rate=rate)
        session.edit("Change η", settings=settings, merge="η")
    qtbot.waitUntil(lambda: view.plot.lens is not before, timeout=1000)
    after = view.plot.lens
    assert after is not None
    assert after.step == pytest.approx(10 * before.step)
    assert after.slope == before.slope


def test_of_one_instance_nothing_is_shown_before_it_is_known(show: Show, qtbot: QtBot) -> None:
    session = xor_session()
    session.select(WEIGHT)
    view = show(session)
    qtbot.waitUntil(lambda: view.plot.lens is not None)
    qtbot.mouseClick(view.plot.errors.button(INSTANCE), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.plot.lens is None)
    assert view.plot._nothing.text() == NOT_KNOWN
    session.go_to_phase("gradient")
    qtbot.waitUntil(lambda: view.plot.lens is not None)
    trace, lens = session.moment.trace, view.plot.lens
    assert trace is not None
    assert lens is not None
    assert lens.step == pytest.approx(trace.weight_steps[0][1, 0], rel=1e-12)
    assert view.plot.title == "E over θ¹₁₂ · instance 1, present weights"
    session.go_to_phase("update")
    qtbot.waitUntil(lambda: "before its update" in view.plot.title)
    now = view.plot.lens
    assert now is not None
    assert now.landing == pytest.approx(session.moment.network.weights[0][1, 0], rel=1e-12)


def test_it_follows_the_training(show: Show, qtbot: QtBot) -> None:
    session = xor_session()
    session.select(WEIGHT)
    view = show(session)
    qtbot.waitUntil(lambda: view.plot.lens is not None)
    session.step("epoch")
    value = session.moment.network.weights[0][1, 0]
    qtbot.waitUntil(lambda: view.plot.lens is not None and view.plot.lens.value == value)


def test_the_wheel_looks_closer_until_another_weight_is_selected(show: Show, qtbot: QtBot) -> None:
    session = xor_session()
    session.select(WEIGHT)
    view = show(session)
    qtbot.waitUntil(lambda: view.plot.lens is not None)
    view.plot.zoom(1)
    qtbot.waitUntil(lambda: view.plot.lens is not None and np.ptp(view.plot.lens.values) == pytest.approx(2))
    session.select(Selection(edges=frozenset({(0, 0, 0)})))
    qtbot.waitUntil(lambda: view.plot.lens is not None and np.ptp(view.plot.lens.values) == pytest.approx(4))


def test_another_optimizer_is_said(show: Show, qtbot: QtBot) -> None:
    session = xor_session(optimizer="adam")
    session.select(WEIGHT)
    view = show(session)
    qtbot.waitUntil(lambda: view.plot.title.endswith(" · step of gradient descent, without decay"))


def test_what_cannot_be_shown_is_said(show: Show, qtbot: QtBot) -> None:
    data = Dataset(XOR_INPUTS, XOR_TARGETS)
    session = Session(Project(Network.dense([2, 1], "step", seed=0), data))
    session.select(Selection(edges=frozenset({(0, 0, 1)})))
    view = show(session)
    qtbot.waitUntil(lambda: "perceptron rule follows no gradient" in view.plot._nothing.text())
    session.edit("Change data", dataset=Dataset(np.zeros((2, 5)), np.zeros((2, 1))))
    qtbot.waitUntil(lambda: view.plot._nothing.text().startswith("Nothing can be trained. "))


def test_letters_follow_the_notation(show: Show, qtbot: QtBot) -> None:
    session = xor_session()
    session.select(WEIGHT)
    view = show(session)
    session.set_view(notation="nielsen")
    qtbot.waitUntil(lambda: view.plot.title.startswith("C over w²₂₁ · "))


def test_with_the_mouse_a_weight_is_selected_and_eta_dragged(
    show: Show, qtbot: QtBot, qapp: QApplication
) -> None:
    session = xor_session()
    view, appearance = show(session), Appearance(qapp, "light")
    drawing, panel = NetworkView(session, appearance), TrainingPanel(session, appearance)
    for widget in (drawing, panel):
        qtbot.addWidget(widget)
        widget.resize(600, 500)
        with qtbot.waitExposed(widget):
            widget.show()
    layout = drawing.surface.picture.layout
    (x1, y1), (x2, y2) = layout.place(0, 0), layout.place(1, 1)
    middle = drawing.surface.mapFromScene(x1 + 0.3 * (x2 - x1), y1 + 0.3 * (y2 - y1))
    qtbot.mouseClick(drawing.surface.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    qtbot.waitUntil(lambda: view.plot.lens is not None)
    assert view.plot.title.startswith("E over θ¹₁₂")
    before = view.plot.lens
    assert before is not None
    slider = panel.rate_slider
    start, end = QPoint(slider.width() // 2, slider.height() // 2), QPoint(slider.width() - 8, 10)
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(slider, end)
    qtbot.waitUntil(lambda: view.plot.lens is not None and abs(view.plot.lens.step) > 5 * abs(before.step))
    assert view.plot.lens is not None
    assert view.plot.lens.slope == before.slope
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=end)


def test_the_theme_follows(qtbot: QtBot, qapp: QApplication) -> None:
    appearance, session = Appearance(qapp, "light"), xor_session()
    view = LensView(session, appearance)
    qtbot.addWidget(view)
    view.resize(460, 280)
    with qtbot.waitExposed(view):
        view.show()
    session.select(WEIGHT)
    qtbot.waitUntil(lambda: view.plot.lens is not None)
    lens = view.plot.lens
    assert lens is not None
    for name in ("dark", "light"):
        appearance.choose(name)
        here = view.plot.chart.frame(lens).point(lens.value, lens.error).toPoint()
        image = view.plot.chart.grab().toImage()
        assert image.pixelColor(here) == load_theme(name).color("accent")
