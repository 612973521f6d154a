"""What the tests of the window share: small projects, and real mouse and key events."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from bpsim.arrays import Array
from bpsim.datasets import Dataset
from bpsim.kept_run import KeptRun, Outcome
from bpsim.moment import Moment
from bpsim.network import Network
from bpsim.project import Project
from bpsim.settings import Settings
from ui.main_window import MainWindow
from ui.session import Session

XOR_INPUTS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
XOR_TARGETS = np.array([[0.0], [1.0], [1.0], [0.0]])


def xor_project(**settings: object) -> Project:
    """Return a 2-2-1 network with the four XOR instances."""
    network = Network.dense([2, 2, 1], seed=1)
    return Project(network, Dataset(XOR_INPUTS, XOR_TARGETS), Settings(weight_seed=1, **settings))


def xor_session(**settings: object) -> Session:
    """Return a session on `xor_project`."""
    return Session(xor_project(**settings))


def kept_run(name: str, errors: Array, test_errors: Array = np.empty(0)) -> KeptRun:  # noqa: B008
    """Return a run of the XOR project with these errors, an epoch each."""
    return KeptRun(name, xor_project(), len(errors), errors, test_errors, 1, 4, Outcome(float(errors[-1])))


def same_moment(left: Moment, right: Moment) -> bool:
    """Tell whether two moments show the same, bit for bit."""
    return (
        left.position == right.position
        and left.shown == right.shown
        and left.network == right.network
        and left.dataset == right.dataset
        and left.settings == right.settings
        and left.misfit == right.misfit
    )


def press(
    widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Press and release a key in a widget, as a keyboard does."""
    QTest.keyClick(widget, key, modifier)


def shown_window(qtbot: QtBot, session: Session) -> MainWindow:
    """Return a window on a session, on the screen, with the keys in the drawing."""
    window = MainWindow(session)
    window.resize(1440, 900)
    qtbot.addWidget(window, before_close_func=lambda w: w.session.saved_as(None))
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    window.canvas.setFocus()
    qtbot.waitUntil(lambda: window.canvas.surface.hasFocus())
    return window
