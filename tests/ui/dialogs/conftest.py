import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.helpers import xor_session
from ui.session import Session


@pytest.fixture
def session(qapp: object) -> Session:
    return xor_session()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """The window that dialogs are opened from."""
    window = QWidget()
    qtbot.addWidget(window)
    return window
