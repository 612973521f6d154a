"""How lines of plots are drawn."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPen, QPixmap

from ui.theme import Theme

SWATCH = QSize(24, 10)
TEST_DASHES = (5.0, 3.0)
RUN_COLORS = 10
"""How many roles "run_1" … a theme has."""

_RUN_DASHES: tuple[Sequence[float], ...] = (
    (),
    (5, 2, 1, 2),
    (1.5, 1.5),
    (7, 3),
    (4, 1.5, 1, 1.5, 1, 1.5),
    (1, 3),
    (10, 2),
    (3, 3),
    (2, 1, 2, 4),
    (8, 2, 2, 2, 2, 2),
)


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


def run_pen(theme: Theme, style: int, width: float = 2) -> QPen:
    """Return how a kept run is drawn: 100 styles differ in colour or dashes, the first ten in both."""
    color, turn = style % RUN_COLORS, style // RUN_COLORS
    return pen(theme, f"run_{color + 1}", width, _RUN_DASHES[(color + turn) % len(_RUN_DASHES)])


def swatch(line_pen: QPen) -> QIcon:
    """Return a piece of a curve as an icon."""
    ratio = 3  # fine enough for every screen
    pixmap = QPixmap(SWATCH * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    draw_swatch(painter, line_pen, 0, SWATCH.height() / 2)
    painter.end()
    return QIcon(pixmap)


def draw_swatch(painter: QPainter, line_pen: QPen, left: float, middle: float) -> None:
    """Draw a piece of a curve."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    swatch_pen = QPen(line_pen)
    swatch_pen.setCosmetic(False)  # as wide as in the plot on every screen
    painter.setPen(swatch_pen)
    painter.drawLine(round(left), round(middle), round(left) + SWATCH.width(), round(middle))
