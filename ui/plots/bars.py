"""A chart of bars by layer, painted by hand: it is quick to make and drawn in the same way into a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, floor, isfinite, log10

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from ui.numbers import NumberFormat
from ui.plots.painted_chart import CENTER, GAP, LEVEL_PIXELS, PaintedChart
from ui.plots.ticks import decade_ticks, round_ticks, tick_text
from ui.theme import Theme

_TOP, _RIGHT = 20.0, 8.0
_LEGEND, _SWATCH = 18.0, 10.0
_WIDEST = 56.0


@dataclass(frozen=True)
class Bars:
    """What the chart shows.

    Parameters
    ----------
    places : tuple of str
        What stands below each place.
    axis : str
        What the places are; it stands left of them.
    series : tuple of tuples of float
        The heights of one bar, or of several, at each place; None where a number is not known.
    names : tuple of str
        What the series mean, where that has to be said.
    shares : bool
        Whether they are shares, from 0 to 1, shown in percent.
    """

    places: tuple[str, ...]
    axis: str
    series: tuple[tuple[float | None, ...], ...]
    names: tuple[str, ...] = ()
    shares: bool = False

    @property
    def known(self) -> list[float]:
        """All heights that there are."""
        return [value for heights in self.series for value in heights if value is not None]


NO_BARS = Bars((), "", ())


@dataclass(frozen=True)
class Scale:
    """Where heights stand: from `low` to `high`, as powers of ten if `logarithmic`."""

    low: float
    high: float
    logarithmic: bool = False

    def share(self, value: float) -> float:
        """Return how high a value stands, from 0 to 1; on a logarithmic scale 0 has no height."""
        if self.logarithmic:
            value = log10(value) if value > 0 else self.low
        return min(1.0, max(0.0, (value - self.low) / (self.high - self.low)))


def scale_of(bars: Bars, logarithmic: bool) -> Scale:
    """Return a scale with room for all bars: from 0, or whole powers of ten."""
    if bars.shares:
        return Scale(0.0, 1.0)
    positive = [value for value in bars.known if 0 < value and isfinite(value)]
    if not logarithmic:
        return Scale(0.0, max(positive, default=0.0) * 1.1 or 1.0)
    low, high = log10(min(positive, default=0.1)), log10(max(positive, default=1.0))
    bottom = float(ceil(low) - 1)  # so that the smallest bar is seen too
    return Scale(bottom, max(float(ceil(high)), bottom + 1), logarithmic=True)


class BarChart(PaintedChart):
    """Draws bars; `pointed(place)` tells which place the mouse is at, None where it is at none."""

    def __init__(self, theme: Theme, number_format: NumberFormat, parent: QWidget | None = None) -> None:
        super().__init__(theme, number_format, parent)
        self.bars = NO_BARS
        self.scale = Scale(0.0, 1.0)
        self._logarithmic = False

    # -- what is shown -----------------------------------------------------------------------------------

    def set_bars(self, bars: Bars) -> None:
        self.bars = bars
        self._rescale()

    def set_logarithmic(self, logarithmic: bool) -> None:
        self._logarithmic = logarithmic
        self._rescale()

    def bar_box(self, place: int, number: int = 0) -> QRectF:
        """Return where a bar is drawn; one without height is flat."""
        return self._bar(QRectF(self.rect()), place, number)

    def color(self, number: int) -> QColor:
        """Return the colour of the bars of a series."""
        return self._theme.color("accent" if number == 0 else "warning")

    def _rescale(self) -> None:
        self.scale = scale_of(self.bars, self._logarithmic)
        self.update()

    # -- geometry ----------------------------------------------------------------------------------------

    def _area(self, box: QRectF) -> QRectF:
        """Return the room of the bars in the room of the chart."""
        texts = (self.bars.axis, *(text for _, text in self._levels(box)))
        width = max(map(QFontMetricsF(self.font()).horizontalAdvance, texts))
        return box.adjusted(width + GAP, self._above, -_RIGHT, -self._below)

    @property
    def _above(self) -> float:
        return _TOP + (_LEGEND if self.bars.names else 0.0)

    def _levels(self, box: QRectF) -> list[tuple[float, str]]:
        """Return what stands at the axis, as shares of the height with their texts."""
        scale = self.scale
        most = max(2, int((box.height() - self._above - 20) / LEVEL_PIXELS))
        ticks = (decade_ticks if scale.logarithmic else round_ticks)(scale.low, scale.high, most)
        return [((tick - scale.low) / (scale.high - scale.low), self._level_text(tick)) for tick in ticks]

    def _level_text(self, tick: float) -> str:
        if self.bars.shares:
            return f"{100 * tick:.0f} %"
        value = 10**tick if self.scale.logarithmic else tick
        return tick_text(value, self._format)

    def _pitch(self, area: QRectF) -> float:
        return area.width() / max(1, len(self.bars.places))

    def _bar(self, box: QRectF, place: int, number: int) -> QRectF:
        area, count = self._area(box), len(self.bars.series)
        pitch, apart = self._pitch(area), self._apart(area)
        width = min(0.62 * pitch / count, _WIDEST)
        middle = area.left() + (place + 0.5) * pitch + (number - (count - 1) / 2) * apart
        value = self.bars.series[number][place]
        height = self.scale.share(value) * area.height() if value is not None else 0.0
        return QRectF(middle - width / 2, area.bottom() - height, width, height)

    def _apart(self, area: QRectF) -> float:
        """Return how far the middles of bars at one place are apart: so that their numbers do not touch."""
        each = self._pitch(area) / len(self.bars.series)
        advance = QFontMetricsF(self.font()).horizontalAdvance
        texts = (self._value_text(value) for heights in self.bars.series for value in heights)
        widest = max(map(advance, texts), default=0.0) + GAP
        return min(each, max(min(0.62 * each, _WIDEST), widest))

    def _place_at(self, x: float) -> int | None:
        area = self._area(QRectF(self.rect()))
        place = floor((x - area.left()) / self._pitch(area)) if area.width() > 0 else -1
        return place if 0 <= place < len(self.bars.places) else None

    # -- painting ----------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, box: QRectF) -> None:
        self._begin(painter)
        area = self._area(box)
        self._paint_legend(painter, box)
        levels = self._levels(box)
        heights = [(round(area.bottom() - share * area.height()) + 0.5, text) for share, text in levels]
        self._paint_levels(painter, box, area, heights)
        for place in range(len(self.bars.places)):
            for number in range(len(self.bars.series)):
                self._paint_bar(painter, box, place, number)
        self._paint_places(painter, box, area, self._places_with_room(area), self.bars.axis)

    def _paint_legend(self, painter: QPainter, box: QRectF) -> None:
        metrics, x = QFontMetricsF(self.font()), box.left()
        for number, name in enumerate(self.bars.names):
            painter.setPen(QPen(self.color(number), 1.5))
            painter.setBrush(self.color(number))
            painter.drawRoundedRect(QRectF(x, box.top() + 4, _SWATCH, _SWATCH), 2, 2)
            text = QRectF(x + _SWATCH + GAP, box.top(), metrics.horizontalAdvance(name) + 2, _LEGEND)
            painter.setPen(self._theme.color("text_quiet"))
            painter.drawText(text, CENTER, name)
            x = text.right() + 2 * GAP

    def _paint_bar(self, painter: QPainter, box: QRectF, place: int, number: int) -> None:
        bar, value = self._bar(box, place, number), self.bars.series[number][place]
        color = self.color(number)
        painter.setPen(QPen(self._theme.color("text") if place == self._pointed else color, 1.5))
        painter.setBrush(color)
        if bar.height() > 0:
            painter.drawRoundedRect(bar, min(2.0, bar.height() / 2), min(2.0, bar.height() / 2))
        text = self._value_text(value)
        room = self._apart(self._area(box)) if len(self.bars.series) > 1 else self._pitch(self._area(box))
        if QFontMetricsF(self.font()).horizontalAdvance(text) + GAP / 2 <= room:
            painter.setPen(self._theme.color("text_quiet"))
            middle = bar.center().x()
            painter.drawText(QRectF(middle - room / 2, bar.top() - 18, room, 16), CENTER, text)

    def _value_text(self, value: float | None) -> str:
        return self._format.percent(value) if self.bars.shares else self._format.text(value)

    def _places_with_room(self, area: QRectF) -> Iterator[tuple[float, str]]:
        """Yield where places are whose names do not touch each other, and their names."""
        metrics, pitch = QFontMetricsF(self.font()), self._pitch(area)
        widest = max((metrics.horizontalAdvance(text) for text in self.bars.places), default=1.0) + GAP
        every = max(1, ceil(widest / max(pitch, 1.0)))
        for place, text in list(enumerate(self.bars.places))[::every]:
            yield area.left() + (place + 0.5) * pitch, text

    # -- Qt ------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(280, 180)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 90)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointed.emit(self._place_at(event.position().x()))
