"""A field over the head of a column, to give it another name."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QTableView

NARROWEST = 88


class HeaderEditor(QLineEdit):
    """Opens over a column's head; Enter or leaving the field takes the name, Esc leaves the old one."""

    named = Signal(int, str)

    def __init__(self, table: QTableView) -> None:
        super().__init__(table.horizontalHeader())
        self._table = table
        self._header = table.horizontalHeader()
        self._section = -1
        self._old = ""
        self.setMaxLength(80)
        self.setAccessibleName("Name of the column")
        self.hide()

    def open(self, section: int, name: str) -> None:
        """Ask for another name of a column."""
        self._section, self._old = section, name
        header = self._header
        width = max(header.sectionSize(section), NARROWEST)
        left = min(header.sectionViewportPosition(section), header.width() - width)
        self.setGeometry(QRect(max(left, 0), 0, width, header.height()))
        self.setText(name)
        self.selectAll()
        self.show()
        self.setFocus()

    def _close(self, take: bool) -> None:
        if not self.isVisible():
            return
        section, name = self._section, self.text().strip()
        had_focus = self.hasFocus()
        self.hide()
        if had_focus:
            self._table.setFocus()
        if take and name and name != self._old:
            self.named.emit(section, name)

    # -- Qt ----------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._close(take=True)
        elif event.key() == Qt.Key.Key_Escape:
            self._close(take=False)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._close(take=True)
