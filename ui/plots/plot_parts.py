"""Parts that all plots have: the ground, the button that shows everything, the place of a missing drawing."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton, QWidget

from ui.icons import icon
from ui.widgets.labels import quiet_label


def put_on_canvas(widget: QWidget) -> None:
    """Give a widget the colour of the canvas as its ground."""
    widget.setProperty("role", "canvas")
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)


def fit_button(tip: str, name: str = "") -> QToolButton:
    """Return the button that brings everything back into sight.

    Parameters
    ----------
    tip : str
        What is then in sight.
    name : str
        What it is called where it is not seen; empty: as `tip`.
    """
    button = QToolButton()
    button.setIcon(icon("fit"))
    button.setAutoRaise(True)
    button.setToolTip(tip)
    button.setAccessibleName(name or tip)
    return button


def nothing_label(text: str = "") -> QLabel:
    """Return what stands in place of a drawing and says why there is none."""
    label = quiet_label(text)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return label
