"""A button with a list from which several can be ticked."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QAction, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

AROUND_TEXT = 44
"""Pixels of the button that its text cannot take."""


class ManyChoices(QPushButton):
    """Offers choices as (name, text); with none ticked it says what is then taken.

    The list stays open while the mouse or the space bar ticks.
    """

    chosen_changed = Signal()

    def __init__(self, choices: Iterable[tuple[str, str]], none: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._none = none
        self._menu = QMenu(self)
        self._actions: dict[str, QAction] = {}
        for name, text in choices:
            action = self._menu.addAction(text)
            action.setCheckable(True)
            action.toggled.connect(self._on_toggled)
            self._actions[name] = action
        self._menu.installEventFilter(self)
        self.setMenu(self._menu)
        self._show()

    @property
    def chosen(self) -> list[str]:
        """The names of those that are ticked."""
        return [name for name, action in self._actions.items() if action.isChecked()]

    def action(self, name: str) -> QAction:
        """Return the entry of a choice."""
        return self._actions[name]

    def _on_toggled(self) -> None:
        self._show()
        self.chosen_changed.emit()

    def _show(self) -> None:
        texts = [action.text() for action in self._actions.values() if action.isChecked()]
        whole = ", ".join(texts) or self._none
        fits = self.fontMetrics().horizontalAdvance(whole) <= self.width() - AROUND_TEXT
        self.setText(whole if len(texts) < 2 or (fits and len(texts) == 2) else f"{len(texts)} chosen")
        self.setToolTip(", ".join(texts))

    # -- Qt ------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            action = self._menu.actionAt(event.position().toPoint())
            if action is not None and action.isEnabled():
                action.toggle()
                return True
        return super().eventFilter(watched, event)
