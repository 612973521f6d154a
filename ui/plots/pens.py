"""How lines of plots are drawn."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPen

from ui.theme import Theme


def pen(theme: Theme, role: str, width: float, dashes: Sequence[float] | Qt.PenStyle = ()) -> QPen:
    """Return a pen in a colour of the theme, as wide at every zoom.

    Parameters
    ----------
    dashes : sequence of float or Qt.PenStyle
        Lengths of dashes and gaps, in widths of the line.
    """
    result = QPen(theme.color(role), width)
    result.setCosmetic(True)
    if isinstance(dashes, Qt.PenStyle):
        result.setStyle(dashes)
    elif dashes:
        result.setDashPattern(dashes)
        result.setCapStyle(Qt.PenCapStyle.FlatCap)
    return result
