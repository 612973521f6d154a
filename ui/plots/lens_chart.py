"""The drawing of the η lens: curve, tangent, and the step from where the weight stands to where it lands."""

from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPen, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QWidget

from bpsim.lens import Lens
from ui.numbers import MOST_DIGITS, NumberFormat
from ui.plots.frame import Frame
from ui.plots.painted_chart import GAP, LEVEL_PIXELS, RIGHT_MIDDLE, PaintedChart, room_beside
from ui.plots.ticks import Labelled, labelled_ticks, tick_text
from ui.theme import Theme

_TOP, _RIGHT = 6.0, 10.0
_LETTER = 14.0  # height of the letter of the error, in the upper left corner
_TICK_PIXELS = 70
_DOT, _HEAD = 4.5, 7.0
_ABOVE = 3.0  # how much more of the curve is shown than what the step is about, in heights of that
_SYMBOL = 64.0  # widest name of a weight beside its axis
_NOTCH = 120  # of a wheel


class Letters(NamedTuple):
    """How the weight, its step and the error are written."""

    weight: str = "θ"
    step: str = "Δθ"
    error: str = "E"


def frame_of(lens: Lens, box: QRectF) -> Frame:
    """Return a frame for the whole curve in width; in height for the step and what lies around it."""
    _, least = lens.lowest
    finite = lens.errors[np.isfinite(lens.errors)]
    about = [lens.error, min(least, lens.error), float(finite.min())]
    high = max(about) + _ABOVE * (max(about) - min(about))
    if np.isfinite(lens.landing_error):
        high = max(high, min(lens.landing_error, high + 2 * (max(about) - min(about))))
    high = max(min(high, float(finite.max())), *about)
    low, room = min(about), high - min(about)
    room = room if room > 1e-9 * max(abs(high), 1e-300) else max(abs(high), 1e-6)
    return Frame(
        float(lens.values[0]),
        float(lens.values[-1]),
        low - 0.06 * room,
        max(high, low + room) + 0.1 * room,
        box,
    )


class LensChart(PaintedChart):
    """Draws a lens, with a crosshair on a point of its curve.

    `pointed(index)` tells which point of the curve the mouse is at; `zoomed(notches)` that the wheel was
    turned.
    """

    zoomed = Signal(float)

    def __init__(self, theme: Theme, number_format: NumberFormat, parent: QWidget | None = None) -> None:
        super().__init__(theme, number_format, parent)
        self.lens: Lens | None = None
        self.letters = Letters()

    # -- what is shown -----------------------------------------------------------------------------------

    def set_lens(self, lens: Lens | None, letters: Letters = Letters()) -> None:  # noqa: B008  # it is frozen
        self.lens, self.letters = lens, letters
        self.update()

    def frame(self, lens: Lens, box: QRectF | None = None) -> Frame:
        """Return the frame in which a lens is drawn."""
        whole = QRectF(self.rect()) if box is None else box
        metrics, below = QFontMetricsF(self.font()), self._below
        rough = frame_of(lens, whole.adjusted(40, _TOP, -_RIGHT, -below))
        texts = (*(text for _, text in self._levels(rough)), self._symbol(metrics))
        width = max(map(metrics.horizontalAdvance, texts))
        return frame_of(lens, whole.adjusted(width + GAP, _TOP, -_RIGHT, -below))

    def _symbol(self, metrics: QFontMetricsF) -> str:
        """Return what stands left of the θ axis: how the weight is written, or the beginning of that."""
        return metrics.elidedText(self.letters.weight, Qt.TextElideMode.ElideRight, _SYMBOL)

    def _levels(self, frame: Frame) -> Labelled:
        """Return levels of the error with their numbers: none of them on the letter of the error."""
        most = max(2, int(frame.box.height() / LEVEL_PIXELS))
        highest = frame.box.top() - _TOP + _LETTER + QFontMetricsF(self.font()).height() / 2

        def beside(ticks: list[float]) -> Labelled:
            written = self._written(ticks)
            heights = [frame.point(frame.left, level).y() for level in ticks]
            return [(y, t if at >= highest else "") for (y, t), at in zip(written, heights, strict=True)]

        return labelled_ticks(frame.bottom, frame.top, most, beside)

    def _written(self, ticks: list[float]) -> Labelled:
        """Return numbers with their texts, which have as many digits as tell them apart."""
        form = self._format
        texts = [tick_text(tick, form) for tick in ticks]
        while len(set(texts)) < len(texts) and form.digits < MOST_DIGITS:
            form = form.finer(1)
            texts = [form.text(tick) for tick in ticks]
        return list(zip(ticks, texts, strict=True))

    # -- painting ----------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, box: QRectF) -> None:
        if self.lens is None:
            return
        lens, frame = self.lens, self.frame(self.lens, box)
        self._begin(painter)
        self._paint_axes(painter, box, frame)
        painter.save()
        painter.setClipRect(frame.box)
        self._paint_tangent(painter, frame, lens)
        painter.setPen(QPen(self._theme.color("accent"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(_curve(frame, lens))
        self._paint_crosshair(painter, frame, lens)
        painter.restore()
        self._paint_step(painter, frame, lens)

    def _paint_axes(self, painter: QPainter, box: QRectF, frame: Frame) -> None:
        metrics = QFontMetricsF(self.font())
        heights = [(frame.point(frame.left, level).y(), text) for level, text in self._levels(frame)]
        self._paint_levels(painter, box, frame.box, [(round(y) + 0.5, text) for y, text in heights])
        places = [(frame.point(tick, frame.bottom).x(), text) for tick, text in self._ticks(frame, metrics)]
        self._paint_places(painter, box, frame.box, places, self._symbol(metrics))
        painter.drawText(room_beside(box, frame.box, box.top(), _LETTER), RIGHT_MIDDLE, self.letters.error)

    def _ticks(self, frame: Frame, metrics: QFontMetricsF) -> Labelled:
        """Return numbers for the axis below: none of them on the name of the weight, or cut off."""
        first, last = frame.box.left() - GAP / 2, frame.box.right() + _RIGHT

        def below(ticks: list[float]) -> Labelled:
            written = [
                (tick, text, metrics.horizontalAdvance(text) / 2) for tick, text in self._written(ticks)
            ]
            placed = [(tick, text, frame.point(tick, frame.bottom).x(), half) for tick, text, half in written]
            return [(tick, text) for tick, text, x, half in placed if first <= x - half and x + half <= last]

        return labelled_ticks(frame.left, frame.right, max(2, int(frame.box.width() / _TICK_PIXELS)), below)

    def _paint_tangent(self, painter: QPainter, frame: Frame, lens: Lens) -> None:
        painter.setPen(QPen(self._theme.color("text_quiet"), 1.5, Qt.PenStyle.DashLine))
        ends = (frame.left, frame.right)
        painter.drawLine(
            *(frame.point(end, _near(lens.tangent(end), frame)) for end in _inside(lens, frame, ends))
        )

    def _paint_step(self, painter: QPainter, frame: Frame, lens: Lens) -> None:
        theme = self._theme
        here = frame.point(lens.value, lens.error)
        landing = frame.point(
            lens.landing, lens.landing_error if np.isfinite(lens.landing_error) else frame.top
        )
        landing.setX(min(max(landing.x(), frame.box.left()), frame.box.right()))
        landing.setY(min(max(landing.y(), frame.box.top()), frame.box.bottom()))
        falls = lens.landing_error < lens.error
        color = theme.color("right" if falls or lens.step == 0 else "wrong")
        if lens.step != 0:
            painter.setPen(QPen(color, 1.2, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(landing.x(), here.y()), landing)
            painter.setPen(QPen(color, 2))
            tip = QPointF(landing.x(), here.y())
            painter.drawLine(here, tip)
            painter.setBrush(color)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawPolygon(_head(here, tip))
            painter.setPen(QPen(color, 2))
            painter.setBrush(theme.color("canvas"))
            painter.drawEllipse(landing, _DOT, _DOT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent"))
        painter.drawEllipse(here, _DOT, _DOT)

    def _paint_crosshair(self, painter: QPainter, frame: Frame, lens: Lens) -> None:
        if self._pointed is None or self._pointed >= len(lens.values):
            return
        value, error = float(lens.values[self._pointed]), float(lens.errors[self._pointed])
        x = frame.point(value, frame.bottom).x()
        painter.setPen(QPen(self._theme.color("text_quiet"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, frame.box.top()), QPointF(x, frame.box.bottom()))
        if np.isfinite(error):
            painter.setPen(QPen(self._theme.color("text"), 1.5))
            painter.setBrush(self._theme.color("canvas"))
            painter.drawEllipse(frame.point(value, error), _DOT, _DOT)

    # -- Qt ------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(320, 200)

    def minimumSizeHint(self) -> QSize:
        return QSize(140, 100)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.lens is not None:
            value = self.frame(self.lens).x_at(event.position().x())
            self.pointed.emit(int(np.argmin(np.abs(self.lens.values - value))))

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoomed.emit(event.angleDelta().y() / _NOTCH)
        event.accept()


def _curve(frame: Frame, lens: Lens) -> QPolygonF:
    pairs = zip(lens.values.tolist(), lens.errors.tolist(), strict=True)
    return QPolygonF([frame.point(value, error) for value, error in pairs if np.isfinite(error)])


def _inside(lens: Lens, frame: Frame, ends: tuple[float, float]) -> tuple[float, float]:
    """Return between which θ the tangent is in sight."""
    if lens.slope == 0:
        return ends
    reached = sorted(lens.value + (level - lens.error) / lens.slope for level in (frame.bottom, frame.top))
    return max(ends[0], reached[0]), min(ends[1], reached[1])


def _near(error: float, frame: Frame) -> float:
    return min(max(error, frame.bottom), frame.top)


def _head(start: QPointF, tip: QPointF) -> QPolygonF:
    """Return the head of the arrow; a very short arrow has a small one."""
    length = min(_HEAD, abs(tip.x() - start.x()))
    back = tip.x() - length if tip.x() > start.x() else tip.x() + length
    half = 0.5 * length
    return QPolygonF([tip, QPointF(back, tip.y() - half), QPointF(back, tip.y() + half)])
