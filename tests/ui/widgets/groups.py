"""Unfolding the groups of settings of a Training panel in a window, and typing into them."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from bpsim.settings import Settings
from tests.helpers import xor_session
from tests.ui.tables import Show
from ui.appearance import Appearance
from ui.panels.training_panel import TrainingPanel
from ui.session import Session
from ui.widgets.settings_group import SettingsGroup


def unfolded(
    appearance: Appearance, show: Show, group: str, **settings: object
) -> tuple[Session, TrainingPanel, SettingsGroup]:
    """Return a session, its panel, and one of its groups, unfolded by a click."""
    session = xor_session(**settings)
    panel = TrainingPanel(session, appearance)
    show(panel, session)
    found: SettingsGroup = getattr(panel, f"{group}_group")
    QTest.mouseClick(found.button, Qt.MouseButton.LeftButton)
    return session, panel, found


def enter(field: QWidget, text: str) -> None:
    """Type a number in place of the one in a field, and press Enter."""
    field.setFocus()
    field.selectAll()  # type: ignore[attr-defined]  # every field for numbers has it
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def settings_of(session: Session) -> Settings:
    """Return the present settings."""
    return session.moment.settings
