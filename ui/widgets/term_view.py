"""Mathematics on the screen: its terms can be pointed at, clicked, and walked over with the arrow keys."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from math import ceil

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
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

from bpsim.quantity import Quantity
from ui.fonts import FORMULA_SIZE
from ui.formula.colors import role_of
from ui.formula.layout import Setting
from ui.formula.paint import Area, Picture, paint, paint_ground
from ui.numbers import NumberFormat
from ui.theme import TEXT_CONTRAST, Theme, contrast

MARGIN = 3
"""Room around what is shown, for the light ground of a term at its edge."""

_UNLIMITED = 1_000_000
_DEEPER = 120  # per cent, of an ink that is too light for the ground of a lit term
_NARROWEST = 40
_MOST_PICTURES = 8  # of the same at different widths
_PICTURE_SCALE = 3  # pixels of a copied picture for one of the screen
_PICTURE_MARGIN = 8
_LINE, _SAME_LINE = 9.0, 4.0  # how far apart the middles of terms on two lines are, and on the same line
_WALK = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_CLIMB = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_KEYS = {*_WALK, *_CLIMB, Qt.Key.Key_Home, Qt.Key.Key_End, *_ENTER}


class TermView(QWidget):
    """Shows a picture of mathematics, broken into lines where it is wider than the widget.

    `quantity_hovered(quantity)` tells what the mouse or the keyboard points at, None for nothing;
    `quantity_clicked(quantity)` what was clicked; `walked_out(way)` that an arrow key leads on from the last
    term (1) or the first (−1); `entered` that the keyboard is here.

    A subclass says what is shown: `lay_out`, `spoken`, `as_text`, `as_latex`.
    """

    quantity_hovered = Signal(object)
    quantity_clicked = Signal(object)
    walked_out = Signal(int)
    entered = Signal()

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
        self._subject: Quantity | None = None
        self._values: Mapping[Quantity, float] = {}
        self._lit: frozenset[Quantity] = frozenset()
        self._pointed: Area | None = None
        self._stop = 0
        self._pictures: dict[int, Picture] = {}
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    # -- what a subclass says --------------------------------------------------------------------------------

    @property
    def is_empty(self) -> bool:
        """Whether nothing is shown."""
        raise NotImplementedError

    def lay_out(self, room: int) -> Picture:
        """Return what is shown, laid out for a width."""
        raise NotImplementedError

    def spoken(self) -> str:
        """Return how it is read aloud."""
        raise NotImplementedError

    def as_text(self) -> str:
        """Return it in plain text."""
        raise NotImplementedError

    def as_latex(self) -> str:
        """Return it as LaTeX."""
        raise NotImplementedError

    def grounds(self, picture: Picture) -> list[QRectF]:
        """Return what has a light ground whatever is pointed at."""
        return []

    def on_dots(self) -> None:
        """Answer a click on dots, or on what folds them again."""

    # -- what is shown ---------------------------------------------------------------------------------------

    @property
    def picture(self) -> Picture | None:
        """What is shown, laid out for the present width."""
        return self._picture(self.width())

    @property
    def pointed(self) -> Quantity | None:
        """The quantity that mouse or keyboard point at."""
        return None if self._pointed is None else self._pointed.quantity

    def set_lit(self, quantities: frozenset[Quantity]) -> None:
        """Put a light ground under every term that stands for one of these."""
        if quantities != self._lit:
            self._lit = quantities
            self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def set_number_format(self, number_format: NumberFormat) -> None:
        if number_format != self._format:
            self.take_number_format(number_format)
            self.lay_out_anew()

    def set_values(self, values: Mapping[Quantity, float]) -> None:
        """Take the numbers that symbols stand for: weights have the colour of their sign."""
        if values != self._values:
            self._values = values
            self.update()

    def take_number_format(self, number_format: NumberFormat) -> None:
        """Write the numbers of what is shown next in another way."""
        if number_format != self._format:
            self._format = number_format
            self._setting = replace(self._setting, number=number_format.given)

    def place_of(self, quantity: Quantity) -> QRect | None:
        """Return where a quantity's first term is shown, None where it is not."""
        picture = self.picture
        areas = () if picture is None else picture.areas
        found = next((area for area in areas if area.quantity == quantity), None)
        return None if found is None else found.rect.translated(MARGIN, MARGIN).toRect()

    def natural_width(self) -> int:
        """Return how wide it is on one line."""
        picture = self._picture(_UNLIMITED)
        return 0 if picture is None else ceil(picture.width) + 2 * MARGIN

    def lay_out_anew(self) -> None:
        """Show something else."""
        self._pictures.clear()
        self.setAccessibleName("" if self.is_empty else self.spoken())
        self.updateGeometry()
        self.update()
        self._point_at_stop()

    def _picture(self, width: int) -> Picture | None:
        """Return what is laid out for a width; what fits on a line is the same for all widths."""
        if self.is_empty:
            return None
        line = self._laid_out(_UNLIMITED)
        room = max(_NARROWEST, width - 2 * MARGIN)
        return line if line.width <= room else self._laid_out(room)

    def _laid_out(self, room: int) -> Picture:
        if room not in self._pictures:
            if len(self._pictures) > _MOST_PICTURES:
                self._pictures.clear()
            self._pictures[room] = self.lay_out(room)
        return self._pictures[room]

    def _color(self, quantity: Quantity | None, quiet: bool) -> QColor:
        if quiet:
            return self._theme.color("text_quiet")
        value = 0.0 if quantity is None else self._values.get(quantity, 0.0)
        color = self._theme.color(role_of(quantity, self._subject, value))
        on_light = quantity is not None and (quantity in self._lit or quantity == self.pointed)
        if on_light and contrast(color, self._theme.color("accent_wash")) < TEXT_CONTRAST:
            return color.darker(_DEEPER)
        return color

    # -- pointing --------------------------------------------------------------------------------------------

    @property
    def _areas(self) -> tuple[Area, ...]:
        picture = self.picture
        return () if picture is None else picture.areas

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
        return None if picture is None else picture.area_at((place - QPointF(MARGIN, MARGIN)) / self._scale)

    def _click(self, area: Area | None) -> None:
        if area is None:
            return
        if area.quantity is None:
            self.on_dots()
        else:
            self.quantity_clicked.emit(area.quantity)

    def enter(self, way: int) -> None:
        """Take the keyboard, at the first term for 1, at the last for −1."""
        self._stop = 0 if way > 0 else max(len(self._areas) - 1, 0)
        self.setFocus(Qt.FocusReason.TabFocusReason)
        self._point_at_stop()

    def _walk_to(self, stop: int) -> None:
        if self._areas:
            self._stop = max(0, min(stop, len(self._areas) - 1))
            self._point_at(self._areas[self._stop])

    def _walk(self, way: int) -> None:
        """Go to the next term, or out."""
        if 0 <= self._stop + way < len(self._areas):
            self._walk_to(self._stop + way)
        else:
            self.walked_out.emit(way)

    def _climb(self, way: int) -> None:
        """Go to the nearest term of the line above or below, or out."""
        areas = self._areas
        here = areas[self._stop].rect.center() if self._stop < len(areas) else QPointF()
        away = [(way * (area.rect.center().y() - here.y()), n) for n, area in enumerate(areas)]
        beyond = [(distance, n) for distance, n in away if distance > _LINE]
        if not beyond:
            self.walked_out.emit(way)
            return
        nearest = min(beyond)[0]
        on_line = [n for distance, n in beyond if distance < nearest + _SAME_LINE]
        self._walk_to(min(on_line, key=lambda n: abs(areas[n].rect.center().x() - here.x())))

    def _point_at_stop(self) -> None:
        """Point at where the keyboard is, at nothing without it."""
        self._point_at(None)
        if self.hasFocus():
            self._walk_to(self._stop)

    # -- copying ---------------------------------------------------------------------------------------------

    def copy_text(self) -> None:
        """Put it on the clipboard in plain text."""
        if not self.is_empty:
            QGuiApplication.clipboard().setText(self.as_text())

    def copy_latex(self) -> None:
        """Put it on the clipboard as LaTeX."""
        if not self.is_empty:
            QGuiApplication.clipboard().setText(self.as_latex())

    def copy_picture(self) -> None:
        """Put it on the clipboard as a picture, three times as sharp as the screen."""
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
        """Return the ways to copy it."""
        menu = QMenu(self)
        copies: tuple[tuple[str, Callable[[], None]], ...] = (
            ("Copy as &text", self.copy_text),
            ("Copy as &LaTeX", self.copy_latex),
            ("Copy as &picture", self.copy_picture),
        )
        for label, copy in copies:
            menu.addAction(label, copy)
        return menu

    # -- painting --------------------------------------------------------------------------------------------

    @property
    def _scale(self) -> float:
        """How much smaller than laid out it is painted: what cannot be broken may be too wide."""
        picture, room = self.picture, self.width() - 2 * MARGIN
        return 1.0 if picture is None or picture.width <= room else room / picture.width

    def _paint_grounds(self, painter: QPainter, picture: Picture) -> None:
        wash, line = self._theme.color("accent_wash"), self._theme.color("accent")
        for rect in self.grounds(picture):
            paint_ground(painter, Area(rect, None), wash)
        pointed = self.pointed
        for area in picture.areas:
            if area.quantity is not None and (area.quantity in self._lit or area.quantity == pointed):
                paint_ground(painter, area, wash)
        if self.hasFocus() and self._pointed is not None:
            paint_ground(painter, self._pointed, wash, line)

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
        painter.scale(self._scale, self._scale)
        self._paint_grounds(painter, picture)
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
            self._walk(_WALK[key])
        elif key in _CLIMB:
            self._climb(_CLIMB[key])
        elif key in _ENTER:
            self._click(self._pointed)
        else:
            self._walk_to(0 if key == Qt.Key.Key_Home else 2**31)

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
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._point_at_stop()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu().popup(event.globalPos())


def _is_ours(event: QKeyEvent) -> bool:
    return event.key() in _KEYS and event.modifiers() == Qt.KeyboardModifier.NoModifier
