"""Our icons (`resources/icons/*.svg`), painted in the colours of the palette at every size and screen."""

from functools import cache
from importlib import resources

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer


def icon(name: str, role: QPalette.ColorRole = QPalette.ColorRole.ButtonText) -> QIcon:
    """Return an icon of ours; it follows the palette when the theme is switched.

    Parameters
    ----------
    name : str
        Name of the drawing: "step", "back", "play", ... (the files in `resources/icons`).
    role : QPalette.ColorRole
        The palette colour it is painted in. A button of kind "primary" takes `QPalette.ColorRole.BrightText`.

    Raises
    ------
    FileNotFoundError
        If there is no such drawing.
    """
    return QIcon(_PaletteIcon(_drawing(name), role))


# Qt becomes the owner of a clone, but Python would take it away as soon as `clone` has returned.
_CLONES: list[QIconEngine] = []


class _PaletteIcon(QIconEngine):
    """Paints one drawing: quieter when disabled, in the accent when switched on."""

    def __init__(self, drawing: str, role: QPalette.ColorRole) -> None:
        super().__init__()
        self._drawing = drawing
        self._role = role

    def _color(self, mode: QIcon.Mode, state: QIcon.State) -> QColor:
        palette = QGuiApplication.palette()
        if mode == QIcon.Mode.Disabled:
            return palette.color(QPalette.ColorGroup.Disabled, self._role)
        if state == QIcon.State.On and self._role != QPalette.ColorRole.BrightText:
            return palette.color(QPalette.ColorRole.Accent)
        return palette.color(self._role)

    def clone(self) -> QIconEngine:
        copy = _PaletteIcon(self._drawing, self._role)
        _CLONES.append(copy)
        return copy

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        _renderer(self._drawing, self._color(mode, state).name()).render(painter, QRectF(rect))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        result = QPixmap(size)
        result.fill(Qt.GlobalColor.transparent)
        painter = QPainter(result)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return result


@cache
def _drawing(name: str) -> str:
    return resources.files("resources").joinpath("icons", f"{name}.svg").read_text(encoding="utf-8")


@cache
def _renderer(drawing: str, color: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(drawing.replace("currentColor", color).encode()))
