"""The widget that the window holds: the drawing with its caption."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.appearance import Appearance
from ui.canvas.caption import Caption
from ui.canvas.surface import Surface
from ui.session import Session

_ZOOM_STEP = 1.25
_LOW, _WIDE = 420, 700  # height below which, and width from which on the caption stands on one line


class NetworkView(QWidget):
    """The drawing with its caption.

    Parameters
    ----------
    session : Session
        Whose moment it shows, and whom edits go to.
    appearance : Appearance
        Whose theme it takes, now and when it changes.
    """

    def __init__(self, session: Session, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.caption = Caption(appearance.theme)
        self.surface = Surface(session, appearance.theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.surface, 1)
        layout.addWidget(self.caption)
        self.setFocusProxy(self.surface)
        self.caption.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.caption.setFocusProxy(self.surface)
        self.setMinimumSize(320, 240)
        self.surface.picture_changed.connect(self.caption.show_picture)
        appearance.changed.connect(self.surface.set_theme)
        appearance.changed.connect(self.caption.set_theme)
        self.caption.show_picture(self.surface.picture)

    def fit(self) -> None:
        """Show the whole network."""
        self.surface.zoom_to(1.0)

    def zoom_in(self) -> None:
        """Show it larger."""
        self.surface.zoom_by(_ZOOM_STEP)

    def zoom_out(self) -> None:
        """Show it smaller."""
        self.surface.zoom_by(1 / _ZOOM_STEP)

    def edit_selected(self) -> None:
        """Open a field for the number of what is selected: a weight, a bias or an input value."""
        self.surface.edit_selected()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.caption.set_low(self.height() < _LOW and self.width() >= _WIDE)
