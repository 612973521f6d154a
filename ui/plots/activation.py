"""A small drawing of g and g′ with the place of a node on both, and the tangent of g there."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from bpsim.activation_curve import ActivationCurve
from bpsim.arrays import Array
from ui.fonts import SMALL_SIZE, math_font, text_font
from ui.plots.frame import Frame
from ui.plots.ticks import round_ticks
from ui.theme import Theme

HEIGHT = 132
_TEXT_SIZE, _LETTER_SIZE = SMALL_SIZE - 1, 15
_LEFT, _RIGHT, _TOP, _BELOW = 26.0, 22.0, 8.0, 18.0
_DOT, _CURVE, _TANGENT = 4.0, 1.8, 1.4
_REACH = 0.3  # of the tangent to both sides, as a share of the width
_LEVELS, _TICKS = 3, 5


class ActivationChart(QWidget):
    """Draws g and g′, once it is known the node on both, and the tangent: flat where it is saturated."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.curve: ActivationCurve | None = None
        self.letter = "g"
        self.shows_point = self.shows_slope = False
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_curve(self, curve: ActivationCurve, letter: str, point: bool, slope: bool) -> None:
        """Show another curve.

        Parameters
        ----------
        letter : str
            What the function is called.
        point, slope : bool
            Whether z, and whether g′(z) is known.
        """
        self.curve, self.letter, self.shows_point, self.shows_slope = curve, letter, point, slope
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def frame(self, curve: ActivationCurve) -> Frame:
        """Return the frame in which a curve is drawn."""
        box = QRectF(self.rect()).adjusted(_LEFT, _TOP, -_RIGHT, -_BELOW)
        low = min(0.0, float(curve.activations.min()))
        high = max(1.0, float(curve.activations.max()))
        room = 0.06 * (high - low)
        return Frame(float(curve.values[0]), float(curve.values[-1]), low - room, high + room, box)

    # -- painting --------------------------------------------------------------------------------------------

    def _paint_grid(self, painter: QPainter, frame: Frame) -> None:
        painter.setFont(text_font(_TEXT_SIZE))
        box, metrics = frame.box, QFontMetricsF(text_font(_TEXT_SIZE))
        for level in round_ticks(frame.bottom, frame.top, _LEVELS):
            y = frame.point(frame.left, level).y()
            painter.setPen(self._theme.color("line"))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            painter.setPen(self._theme.color("text_quiet"))
            text = f"{level:g}".replace("-", "−")
            painter.drawText(QPointF(box.left() - 5 - metrics.horizontalAdvance(text), y + 4), text)
        for tick in round_ticks(frame.left, frame.right, _TICKS):
            text, x = f"{tick:g}".replace("-", "−"), frame.point(tick, frame.bottom).x()
            painter.drawText(QPointF(x - metrics.horizontalAdvance(text) / 2, box.bottom() + 14), text)
        painter.setPen(self._theme.color("edge"))
        zero = frame.point(0.0, frame.bottom).x()
        painter.drawLine(QPointF(zero, box.top()), QPointF(zero, box.bottom()))

    def _paint_curve(
        self, painter: QPainter, frame: Frame, curve: ActivationCurve, of: Array, role: str
    ) -> None:
        dashed = role == "term_sum"
        style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
        painter.setPen(QPen(self._theme.color(role), _CURVE, style))
        painter.drawPolyline(QPolygonF([frame.point(z, v) for z, v in zip(curve.values, of, strict=True)]))
        painter.setFont(math_font(_LETTER_SIZE))
        name = f"{self.letter}′" if dashed else self.letter
        end = frame.point(float(curve.values[-1]), float(of[-1]))
        painter.drawText(end + QPointF(4.0, 4.0), name)

    def _paint_point(self, painter: QPainter, frame: Frame, curve: ActivationCurve) -> None:
        accent = self._theme.color("accent")
        here = frame.point(curve.z, curve.a)
        painter.setPen(QPen(accent, 1.0, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(here.x(), frame.box.top()), QPointF(here.x(), frame.box.bottom()))
        if self.shows_slope:
            reach = _REACH * (frame.right - frame.left)
            ends = (curve.z - reach, curve.z + reach)
            painter.setPen(QPen(accent, _TANGENT))
            painter.drawLine(*(frame.point(z, curve.tangent(z)) for z in ends))
        painter.setPen(QPen(self._theme.color("field"), 1.2))
        painter.setBrush(accent)
        painter.drawEllipse(here, _DOT, _DOT)
        if self.shows_slope:
            painter.setBrush(self._theme.color("term_sum"))
            painter.drawEllipse(frame.point(curve.z, curve.slope), _DOT, _DOT)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    # -- Qt --------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(240, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        curve = self.curve
        if curve is None:
            return
        painter, frame = QPainter(self), self.frame(curve)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_grid(painter, frame)
        painter.setClipRect(frame.box.adjusted(-_DOT, -_TOP, _RIGHT, _DOT))
        self._paint_curve(painter, frame, curve, curve.slopes, "term_sum")
        self._paint_curve(painter, frame, curve, curve.activations, "term_activation")
        if self.shows_point:
            self._paint_point(painter, frame, curve)
