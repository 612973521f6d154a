"""The main path through the real window, by mouse and keys: draw, set up, load data, step, save, reopen."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QDockWidget, QFileDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.canvas.hands import Hand
from ui.main_window import MainWindow
from ui.panels.network_panel import NetworkPanel
from ui.panels.training_panel import TrainingPanel
from ui.phase_strip import PhaseButton
from ui.plots.loss import LossPlot
from ui.session import Session

Key, Modifier = Qt.Key, Qt.KeyboardModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    window = MainWindow(Session())
    window.resize(1440, 900)
    qtbot.addWidget(window, before_close_func=lambda w: w.session.undo_stack.setClean())
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: window.findChild(LossPlot) is not None)
    return window


def test_a_student_draws_a_network_trains_it_and_comes_back_to_it(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    hand = Hand(window.canvas)
    draw_2_3_1(window, hand, qtbot)
    choose_tanh_and_eta(window, qtbot)
    load_xor(window, qtbot)
    step_through_all_phases(window, hand, qtbot)
    check_numbers_of_the_first_update(window)
    watch_the_plot_and_go_back_by_it(window, qtbot)
    save_and_reopen(window, qtbot, tmp_path / "walk.bpsim")


def draw_2_3_1(window: MainWindow, hand: Hand, qtbot: QtBot) -> None:
    """From the first example's 2-3-2 network to a 2-3-1 network without one of its connections."""
    window.activateWindow()
    qtbot.keyClick(window, Key.Key_1, Modifier.ControlModifier)
    assert window.session.view.mode == "draw"
    hand.click(hand.node(2, 1))
    hand.key(Key.Key_Delete)
    assert hand.sizes == (2, 3, 1)
    hand.click(hand.room_below(1))
    assert hand.sizes == (2, 4, 1)
    hand.click(hand.gap(1))
    assert hand.sizes == (2, 2, 4, 1)
    for _ in range(2):
        qtbot.keyClick(window, Key.Key_Z, Modifier.ControlModifier)
    assert hand.sizes == (2, 3, 1)
    hand.drag(hand.node(0, 0), hand.node(1, 2))
    assert not hand.session.moment.network.masks[0][2, 0]
    hand.double_click(hand.edge((1, 0, 0), 0.3))
    hand.type_number("0,75")
    assert hand.session.moment.network.weights[1][0, 0] == 0.75


def choose_tanh_and_eta(window: MainWindow, qtbot: QtBot) -> None:
    row = window.findChild(NetworkPanel).rows[1]
    row.activation_field.setFocus()
    qtbot.keyClick(row.activation_field, Key.Key_Down)
    assert window.session.moment.network.activations == ("tanh", "sigmoid")
    field = window.findChild(TrainingPanel).rate_field
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "0.25")
    qtbot.keyClick(field, Key.Key_Return)
    assert window.session.moment.settings.learning_rate == 0.25


def load_xor(window: MainWindow, qtbot: QtBot) -> None:
    notice = window.findChild(QLabel, "notice_text")
    assert notice.text() == "The network has 1 output, the data 2 targets."
    qtbot.keyClick(window, Key.Key_M, Modifier.ControlModifier)
    dialog = window.findChild(QDialog, "make_data_dialog")
    qtbot.waitUntil(dialog.isVisible)
    qtbot.mouseClick(dialog.make_button, LEFT)
    assert window.session.moment.misfit is None
    assert window.session.moment.dataset.name == "XOR"
    assert not notice.isVisible()
    assert window.session.moment.network.sizes == (2, 3, 1)


def step_through_all_phases(window: MainWindow, hand: Hand, qtbot: QtBot) -> None:
    """All phases by clicks on the strip, then back over all sizes of step, then forwards again."""
    session = window.session
    qtbot.keyClick(window, Key.Key_2, Modifier.ControlModifier)
    start = session.moment.network
    for phase in ("receive", "forward", "error", "backward", "gradient", "update"):
        assert not session.moment.knows(phase)
        qtbot.mouseClick(window.findChild(PhaseButton, f"phase_{phase}"), LEFT)
        assert session.moment.position.phase == phase
        assert session.moment.knows(phase)
    assert session.moment.network != start
    after = session.moment.network
    hand.surface.setFocus()
    hand.key(Key.Key_Left, Modifier.ShiftModifier)
    assert session.moment.position.phase == "gradient"
    assert session.moment.network == start
    while session.moment.shown:
        hand.key(Key.Key_Left)
    assert session.moment.position == (0, 0, None, None, None)
    for size in ("node", "layer", "phase", "instance"):
        session.set_view(step_size=size)
        hand.key(Key.Key_Right)
    assert session.moment.position == (0, 0, "update", None, None)
    assert session.moment.network == after


def check_numbers_of_the_first_update(window: MainWindow) -> None:
    """Compute the first instance by hand from the start weights and compare."""
    session = window.session
    start, after = session.project.network, session.moment.network
    x, y, eta = session.moment.dataset.inputs[0], session.moment.dataset.targets[0], 0.25
    (w1, w2), (b1, b2) = start.weights, start.biases
    a1 = np.tanh(w1 @ x + b1)
    prediction = 1 / (1 + np.exp(-(w2 @ a1 + b2)))
    d2 = (y - prediction) * prediction * (1 - prediction)
    d1 = (w2.T @ d2) * (1 - a1**2)
    np.testing.assert_allclose(after.weights[1], w2 + eta * np.outer(d2, a1), rtol=1e-14)
    np.testing.assert_allclose(after.weights[0], w1 + eta * np.outer(d1, x) * start.masks[0], rtol=1e-14)
    np.testing.assert_allclose(after.biases[0], b1 + eta * d1, rtol=1e-14)
    assert after.weights[0][2, 0] == 0


def watch_the_plot_and_go_back_by_it(window: MainWindow, qtbot: QtBot) -> None:
    session, plot = window.session, window.findChild(LossPlot)
    session.set_view(step_size="epoch")
    window.canvas.surface.setFocus()
    for _ in range(3):
        qtbot.keyClick(window.canvas.surface, Key.Key_Right)
    assert session.moment.position == (2, 3, "update", None, None)
    assert session.series is not None
    assert len(session.series.errors) == 12
    plot.setFocus()
    for _ in range(3):
        qtbot.keyClick(plot, Key.Key_Down)
    qtbot.keyClick(plot, Key.Key_Return)
    assert session.moment.position == (2, 0, "update", None, None)
    assert len(session.series.errors) == 12


def save_and_reopen(window: MainWindow, qtbot: QtBot, path: Path) -> None:
    session = window.session

    def choose() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        name = dialog.findChild(QLineEdit)
        name.setText(str(path))
        qtbot.keyClick(name, Key.Key_Return)

    QTimer.singleShot(100, choose)
    qtbot.keyClick(window, Key.Key_S, Modifier.ControlModifier)
    assert path.is_file()
    assert not window.isWindowModified()
    kept = session.moment
    window.activateWindow()  # the dialog had the keys
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Key.Key_N, Modifier.ControlModifier)
    assert session.moment.network.sizes == (2, 2, 1)
    window.files.open_path(str(path))
    qtbot.waitUntil(lambda: session.moment.position == kept.position)
    assert session.moment.network == kept.network
    assert session.moment.dataset == kept.dataset
    assert session.moment.settings == kept.settings
    assert window.findChild(QDockWidget, "data_dock").isVisible()
