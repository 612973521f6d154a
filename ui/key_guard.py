"""Keeps the stepping keys from being taken away from a field, table or button that needs them."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QWidget,
)

_ARROWS = {
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End,
    Qt.Key.Key_Space, Qt.Key.Key_Delete,
}  # fmt: skip

_NEEDED: tuple[tuple[type[QWidget], set[Qt.Key]], ...] = (
    (QAbstractItemView, _ARROWS),
    (QComboBox, _ARROWS - {Qt.Key.Key_Left, Qt.Key.Key_Right}),  # ↑ ↓ choose as well
    (QAbstractSlider, _ARROWS - {Qt.Key.Key_Space, Qt.Key.Key_Delete}),
    (QAbstractButton, {Qt.Key.Key_Space}),
)


class KeyGuard(QObject):
    """Watches whatever has the keyboard: a key that it works with is no shortcut there.

    Text fields need no guard, Qt keeps their keys. Only widgets that have had the keyboard are filtered: a
    filter of the whole application would be called for every event there is.
    """

    def __init__(self, app: QApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        app.focusChanged.connect(self._watch)
        self._watch(None, app.focusWidget())

    def _watch(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None:
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
            if plain and _needs(watched, event.key()):
                event.accept()
                return True
        return False


def _needs(widget: QObject | None, key: int) -> bool:
    """Tell whether a widget, or one that it stands in, works with a key."""
    while widget is not None:
        if any(isinstance(widget, kind) and key in keys for kind, keys in _NEEDED):
            return True
        widget = widget.parent()
    return False
