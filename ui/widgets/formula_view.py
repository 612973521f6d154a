"""A formula on the screen: its terms can be pointed at, clicked, and walked over with the arrow keys."""

from collections.abc import Callable
from dataclasses import replace
from math import ceil

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from bpsim.formula import Formula
from bpsim.formula_latex import to_latex
from bpsim.formula_spoken import to_spoken
from bpsim.formula_text import to_text
from bpsim.quantity import Quantity
from ui.fonts import FORMULA_SIZE
from ui.formula.colors import role_of
from ui.formula.layout import Setting, lay_out
from ui.formula.paint import Area, Picture, paint, paint_ground
from ui.numbers import NumberFormat
from ui.theme import Theme

MARGIN = 3
"""Room around a formula, for the light ground of a term at its edge."""

_UNLIMITED = 1_000_000
_NARROWEST = 40
_MOST_PICTURES = 8  # of one formula at different widths
_PICTURE_SCALE = 3  # pixels of a copied picture for one of the screen
_PICTURE_MARGIN = 8
_WALK = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}
_KEYS = {*_WALK, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}


class FormulaView(QWidget):
    """Shows one formula, broken into lines where it is wider than the widget.

    `quantity_hovered(quantity)` tells what the mouse or the keyboard points at, None for nothing;
    `quantity_clicked(quantity)` what was clicked. The dots of a long sum open it.
    """

    quantity_hovered = Signal(object)
    quantity_clicked = Signal(object)

    def __init__(
        self,
        theme: Theme,
        number_format: NumberFormat | None = None,
        size: int = FORMULA_SIZE,
        bold: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._format = number_format or NumberFormat()
        self._setting = Setting(self._format.given, size, bold)
        self._formula: Formula | None = None
        self._subject: Quantity | None = None
        self._lit: frozenset[Quantity] = frozenset()
        self._pointed: Area | None = None
        self._stop = 0
        self._pictures: dict[int, Picture] = {}
        self._opened = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    # -- what is shown ---------------------------------------------------------------------------------------

    @property
    def formula(self) -> Formula | None:
        """The formula that is shown."""
        return self._formula

    @property
    def picture(self) -> Picture | None:
        """The formula laid out for the present width."""
        return self._picture(self.width())

    @property
    def pointed(self) -> Quantity | None:
        """The quantity that mouse or keyboard point at."""
        return None if self._pointed is None else self._pointed.quantity

    def show_formula(self, formula: Formula | None, subject: Quantity | None = None) -> None:
        """Show a formula, or None; `subject` is the quantity that it explains."""
        if formula == self._formula and subject == self._subject:
            return
        if subject != self._subject:
            self._opened, self._stop = False, 0
        self._formula, self._subject = formula, subject
        self._lay_out_anew()

    def set_lit(self, quantities: frozenset[Quantity]) -> None:
        """Put a light ground under every term that stands for one of these."""
        if quantities != self._lit:
            self._lit = quantities
            self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def set_number_format(self, number_format: NumberFormat) -> None:
        if number_format == self._format:
            return
        self._format = number_format
        self._setting = replace(self._setting, number=number_format.given)
        self._lay_out_anew()

    def place_of(self, quantity: Quantity) -> QRect | None:
        """Return where a quantity's first term is shown, None where it is not."""
        picture = self.picture
        areas = () if picture is None else picture.areas
        found = next((area for area in areas if area.quantity == quantity), None)
        return None if found is None else found.rect.translated(MARGIN, MARGIN).toRect()

    def natural_width(self) -> int:
        """Return how wide the formula is on one line."""
        picture = self._picture(_UNLIMITED)
        return 0 if picture is None else ceil(picture.width) + 2 * MARGIN

    def _lay_out_anew(self) -> None:
        self._pictures.clear()
        spoken = "" if self._formula is None else to_spoken(self._formula, self._format.given)
        self.setAccessibleName(spoken)
        self.updateGeometry()
        self.update()
        self._point_at_stop()

    def _picture(self, width: int) -> Picture | None:
        """Return the formula laid out for a width; one that fits on a line is the same for all widths."""
        if self._formula is None:
            return None
        line = self._laid_out(self._formula, _UNLIMITED)
        room = max(_NARROWEST, width - 2 * MARGIN)
        return line if line.width <= room else self._laid_out(self._formula, room)

    def _laid_out(self, formula: Formula, room: int) -> Picture:
        if room not in self._pictures:
            if len(self._pictures) > _MOST_PICTURES:
                self._pictures.clear()
            self._pictures[room] = lay_out(formula, self._setting, room, opened=self._opened)
        return self._pictures[room]

    def _color(self, quantity: Quantity | None, quiet: bool) -> QColor:
        return self._theme.color("text_quiet" if quiet else role_of(quantity, self._subject))

    # -- pointing --------------------------------------------------------------------------------------------

    def _point_at(self, area: Area | None) -> None:
        if area == self._pointed:
            return
        old, self._pointed = self.pointed, area
        self.setCursor(Qt.CursorShape.ArrowCursor if area is None else Qt.CursorShape.PointingHandCursor)
        self.update()
        if self.pointed != old:
            self.quantity_hovered.emit(self.pointed)

    def _area_at(self, place: QPointF) -> Area | None:
        picture = self.picture
        return None if picture is None else picture.area_at(place - QPointF(MARGIN, MARGIN))

    def _click(self, area: Area | None) -> None:
        if area is None:
            return
        if area.quantity is None:
            self._opened = True
            self._lay_out_anew()
        else:
            self.quantity_clicked.emit(area.quantity)

    def _walk_to(self, stop: int) -> None:
        picture = self.picture
        if picture is None or not picture.areas:
            return
        self._stop = max(0, min(stop, len(picture.areas) - 1))
        self._point_at(picture.areas[self._stop])

    def _point_at_stop(self) -> None:
        """Point at where the keyboard is, at nothing without it."""
        self._point_at(None)
        if self.hasFocus():
            self._walk_to(self._stop)

    # -- copying ---------------------------------------------------------------------------------------------

    def copy_text(self) -> None:
        """Put the formula on the clipboard in plain text."""
        if self._formula is not None:
            QGuiApplication.clipboard().setText(to_text(self._formula, self._format.given))

    def copy_latex(self) -> None:
        """Put the formula on the clipboard as LaTeX."""
        if self._formula is not None:
            QGuiApplication.clipboard().setText(to_latex(self._formula, self._format.given))

    def copy_picture(self) -> None:
        """Put the formula on the clipboard as a picture, three times as sharp as the screen."""
        picture = self.picture
        if picture is None:
            return
        size = QSize(round(picture.width) + 2 * _PICTURE_MARGIN, round(picture.height) + 2 * _PICTURE_MARGIN)
        image = QImage(size * _PICTURE_SCALE, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(_PICTURE_SCALE)
        image.fill(self._theme.color("field"))
        painter = QPainter(image)
        painter.translate(_PICTURE_MARGIN, _PICTURE_MARGIN)
        paint(painter, picture, self._color)
        painter.end()
        QGuiApplication.clipboard().setImage(image)

    def menu(self) -> QMenu:
        """Return the ways to copy the formula."""
        menu = QMenu(self)
        copies: tuple[tuple[str, Callable[[], None]], ...] = (
            ("Copy as &text", self.copy_text),
            ("Copy as &LaTeX", self.copy_latex),
            ("Copy as &picture", self.copy_picture),
        )
        for label, copy in copies:
            menu.addAction(label, copy)
        return menu

    # -- Qt --------------------------------------------------------------------------------------------------

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        picture = self._picture(width)
        return 0 if picture is None else round(picture.height) + 2 * MARGIN

    def sizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(max(self.width(), 240)))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.heightForWidth(self.width()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        picture = self.picture
        if picture is None:
            return
        painter = QPainter(self)
        painter.translate(MARGIN, MARGIN)
        if picture.width > self.width() - 2 * MARGIN:
            painter.scale(*[(self.width() - 2 * MARGIN) / picture.width] * 2)
        pointed = self.pointed
        for area in picture.areas:
            if area.quantity is not None and (area.quantity in self._lit or area.quantity == pointed):
                paint_ground(painter, area, self._theme.color("accent_wash"))
        if self.hasFocus() and self._pointed is not None:
            paint_ground(
                painter, self._pointed, self._theme.color("accent_wash"), self._theme.color("accent")
            )
        paint(painter, picture, self._color)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._point_at_stop()
            self.updateGeometry()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_ours(event):
            event.accept()  # here the arrows walk over the terms
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or key not in _KEYS:
            super().keyPressEvent(event)
        elif key in _WALK:
            self._walk_to(self._stop + _WALK[key])
        elif key == Qt.Key.Key_Home:
            self._walk_to(0)
        elif key == Qt.Key.Key_End:
            self._walk_to(2**31)
        else:
            self._click(self._pointed)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self._area_at(event.position()))

    def leaveEvent(self, _event: QEvent) -> None:
        self._point_at_stop()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._click(self._area_at(event.position()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._point_at_stop()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._point_at_stop()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu().popup(event.globalPos())


def _is_ours(event: QKeyEvent) -> bool:
    return event.key() in _KEYS and event.modifiers() == Qt.KeyboardModifier.NoModifier
