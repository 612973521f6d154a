"""A row of buttons of which exactly one is chosen."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QWidget


class Segments(QFrame):
    """Offers a few choices side by side, such as Draw | Simulate.

    Parameters
    ----------
    choices : sequence of (str, str)
        Name in the program and text on the button.
    """

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "segments")
        self._names = [name for name, _text in choices]
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        for number, (_name, text) in enumerate(choices):
            button = QPushButton(text)
            button.setCheckable(True)
            button.setProperty("segment", True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # else a click would take Space from Play
            self._group.addButton(button, number)
            row.addWidget(button)
        self._group.button(0).setChecked(True)
        self._group.idClicked.connect(self._on_clicked)

    @property
    def choice(self) -> str:
        """The name of the chosen one."""
        return self._names[self._group.checkedId()]

    def set_choice(self, name: str) -> None:
        """Choose without telling anybody."""
        self._group.button(self._names.index(name)).setChecked(True)

    def button(self, name: str) -> QPushButton:
        """Return the button of a choice, for its tool tip and icon."""
        found = self._group.button(self._names.index(name))
        assert isinstance(found, QPushButton)
        return found

    def _on_clicked(self, number: int) -> None:
        self.chosen.emit(self._names[number])
