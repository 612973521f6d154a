"""Two docks, one in front of the other."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QLabel, QMainWindow, QWidget
from pytestqt.qtbot import QtBot


def behind_a_tab(widget: QWidget, qtbot: QtBot) -> tuple[QMainWindow, list[QDockWidget]]:
    """Return a window with a widget in the first of two docks, the second of which is in front."""
    window = QMainWindow()
    qtbot.addWidget(window)
    docks = [QDockWidget("one", window), QDockWidget("two", window)]
    for dock, inside in zip(docks, (widget, QLabel()), strict=True):
        dock.setWidget(inside)
        window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, dock)
    window.tabifyDockWidget(*docks)
    window.resize(400, 300)
    with qtbot.waitExposed(window):
        window.show()
    docks[1].raise_()
    return window, docks
