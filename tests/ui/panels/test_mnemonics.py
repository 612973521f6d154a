"""Alt and a letter lead to one field or menu of the window."""

import re
from collections import Counter

from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers import xor_session
from ui.actions import MENUS
from ui.appearance import Appearance
from ui.panels.data_panel import DataPanel
from ui.panels.network_panel import NetworkPanel
from ui.panels.training_panel import TrainingPanel


def letters(panel: QWidget) -> list[str]:
    labels = [label.text() for label in panel.findChildren(QLabel) if label.buddy()]
    buttons = [button.text() for button in panel.findChildren(QAbstractButton)]
    return [found[1].lower() for text in labels + buttons if (found := re.search("&([A-Za-z])", text))]


def test_every_letter_leads_to_one_place(appearance: Appearance, qtbot: QtBot) -> None:
    session = xor_session()
    panels = [panel(session, appearance) for panel in (NetworkPanel, TrainingPanel, DataPanel)]
    for panel in panels:
        qtbot.addWidget(panel)
    menus = [title[title.index("&") + 1].lower() for title, _ in MENUS]
    taken = Counter([*menus, *(letter for panel in panels for letter in letters(panel))])
    assert len(taken) > 15
    assert [letter for letter, count in taken.items() if count > 1] == []
