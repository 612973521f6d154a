"""What the panels at the sides of the window have in common."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDockWidget, QFrame, QScrollArea, QVBoxLayout, QWidget

from ui.canvas.view import NetworkView
from ui.numbers import NumberFormat
from ui.view_state import ViewState

MARGIN = 16
NARROWEST = 224


class Panel(QScrollArea):
    """A column of widgets in a dock: as wide as the dock, scrolled where it is too high."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._body = QWidget()
        self.column = QVBoxLayout(self._body)
        self.column.setContentsMargins(MARGIN, 4, MARGIN, 12)
        self.column.setSpacing(8)
        self.setWidget(self._body)
        self.verticalScrollBar().rangeChanged.connect(self._on_range_changed)

    def _on_range_changed(self, _lowest: int, highest: int) -> None:
        """Have the scroll bar stand in the margin, so that it takes no room from the fields."""
        scroll_bar = self.verticalScrollBar().sizeHint().width() if highest else 0
        self.column.setContentsMargins(MARGIN, 4, MARGIN - scroll_bar, 12)

    # -- Qt --------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(268, self._body.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(NARROWEST, 72)


def number_format(view: ViewState) -> NumberFormat:
    """Return how numbers are written in a view."""
    return NumberFormat(view.digits, view.decimal_separator)


def back_to_drawing(field: QWidget) -> None:
    """Give the keyboard from a field to the drawing of its window, so that → steps again."""
    field.clearFocus()
    window = field.window()
    floats = isinstance(window, QDockWidget)
    main_window = window.parentWidget() if floats else window
    drawing = main_window.findChild(NetworkView) if main_window is not None else None
    if drawing is not None:
        drawing.activateWindow()
        drawing.setFocus()
