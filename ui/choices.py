"""Menus of which one entry is chosen: step size, speed, theme, number format."""

from collections.abc import Callable, Iterable

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget


class ChoiceMenu(QMenu):
    """A menu of values that exclude each other.

    Parameters
    ----------
    title, name : str
        What the menu is called, and the stem of its actions' object names.
    choices : iterable of (text, value)
    choose : callable
        Called with the chosen value.
    """

    def __init__(
        self,
        title: str,
        name: str,
        choices: Iterable[tuple[str, object]],
        choose: Callable[[object], None],
        parent: QWidget,
    ) -> None:
        super().__init__(title, parent)
        group = QActionGroup(self)
        self._actions: dict[object, QAction] = {}
        for text, value in choices:
            action = self.addAction(text)
            action.setObjectName(f"{name}_{value}")
            action.setCheckable(True)
            group.addAction(action)
            action.triggered.connect(lambda _checked=False, value=value: choose(value))
            self._actions[value] = action

    def show_choice(self, value: object) -> None:
        """Mark the value that holds."""
        if value in self._actions:
            self._actions[value].setChecked(True)
