"""The list of keys."""

from PySide6.QtWidgets import QDialog, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from ui.dialogs.keys import show_keys


def test_every_line_is_seen_whole(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    show_keys(window)
    [dialog] = window.findChildren(QDialog)
    qtbot.waitUntil(dialog.isVisible)
    [area] = dialog.findChildren(QScrollArea)
    assert area.horizontalScrollBar().maximum() == 0
    dialog.close()
