"""Keeps the stepping keys from being taken away from a field, table or button that needs them."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QAbstractSlider, QComboBox, QWidget

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
    """An event filter for the application: a key that the focused widget works with is no shortcut there.

    Text fields need no guard, Qt keeps their keys.
    """

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
            if plain and any(isinstance(watched, kind) and event.key() in keys for kind, keys in _NEEDED):
                event.accept()
                return True
        return False
