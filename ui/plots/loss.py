"""The plot of the error: each instance as it was trained, and the mean of each epoch."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from bpsim.arrays import Array
from bpsim.moment import Series
from ui.fonts import SMALL_SIZE, text_font
from ui.icons import icon
from ui.numbers import NumberFormat
from ui.plots.loss_chart import NO_SERIES, LossChart
from ui.theme import Theme, load_theme
from ui.widgets.labels import ElidedLabel, quiet_label

NOTHING_YET = "No instance has been trained yet: press → to step."
HINT = "Point at a curve to read it; click to go to that instance."

_SWATCH = QSize(18, 10)


class LossPlot(QWidget):
    """Shows the errors of the training so far; a click asks to go to that instance.

    With the focus in the plot ↑ ↓ move the crosshair by an instance, Page Up and Page Down by an epoch, and
    Enter asks to go there.
    """

    instance_chosen = Signal(int)

    def __init__(
        self,
        theme: Theme | None = None,
        number_format: NumberFormat | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        theme = theme or load_theme("light")
        self._format = number_format or NumberFormat()
        self._pointed: int | None = None
        self._chart = LossChart(theme, self._format, self)
        self._instances = _switch("each instance")
        self._epochs = _switch("epoch mean")
        self._logarithmic = QCheckBox("log axis")
        self._all = QToolButton()
        self._readout = ElidedLabel()
        self._nothing = quiet_label(NOTHING_YET)
        self._stack = QStackedLayout()
        self._build()
        self.set_theme(theme)
        self._show_state()

        self._instances.toggled.connect(self._chart.show_instances)
        self._epochs.toggled.connect(self._chart.show_epochs)
        self._logarithmic.toggled.connect(self._on_logarithmic)
        self._all.clicked.connect(self._chart.show_all)
        self._chart.pointed.connect(self._point_at)
        self._chart.clicked.connect(self._on_clicked)

    def _build(self) -> None:
        self.setAccessibleName("Error E by instances trained")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("role", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._all.setIcon(icon("fit"))
        self._all.setAutoRaise(True)
        self._all.setToolTip("Show the whole training")
        self._all.setAccessibleName(self._all.toolTip())
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 2, 8, 4)
        column.setSpacing(4)
        column.addLayout(self._header())
        column.addLayout(self._stack, stretch=1)
        self._stack.addWidget(self._nothing)  # not before the layout has a parent: it would open a window
        self._stack.addWidget(self._chart.widget)

    def _header(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self._readout, 1)
        for widget in (self._instances, self._epochs, self._logarithmic, self._all):
            widget.setFont(text_font(SMALL_SIZE))
            row.addWidget(widget)
        return row

    # -- what is shown ---------------------------------------------------------------------------------------

    def set_series(self, errors: Array, epoch_errors: Array, epoch_size: int) -> None:
        """Show other errors.

        Parameters
        ----------
        errors : array of shape (T,)
            `errors[t]` is E_p of the instance that was trained as number t + 1.
        epoch_errors : array of shape (complete epochs,)
            The mean of those of each epoch.
        epoch_size : int
            Instances of an epoch.
        """
        self._nothing.setText(NOTHING_YET)
        self._chart.set_series(Series(errors, epoch_errors, epoch_size))
        if self._pointed is not None and self._pointed >= len(errors):
            self._pointed = None
        self._show_state()

    def clear(self, why: str = NOTHING_YET) -> None:
        """Say why there are no errors, in place of them."""
        self._nothing.setText(why)
        self._chart.set_series(NO_SERIES)
        self._point_at(None)
        self._show_state()

    def set_cursor(self, t: int | None) -> None:
        """Mark the present instance: the index of its error, also of one that is still to be trained."""
        self._chart.set_cursor(t)
        self._show_state()

    def set_theme(self, theme: Theme) -> None:
        self._chart.set_theme(theme)
        self._instances.setIcon(_swatch(theme.color("outline"), 1))
        self._epochs.setIcon(_swatch(theme.color("accent"), 2.5))

    def set_number_format(self, number_format: NumberFormat) -> None:
        self._format = number_format
        self._chart.set_number_format(number_format)
        self._show_state()

    def _show_state(self) -> None:
        """Show the plot if there is something in it, the crosshair, and what can be read at it."""
        series = self._chart.series
        count = len(series.errors)
        self._stack.setCurrentWidget(self._chart.widget if count else self._nothing)
        self._chart.point_at(self._pointed)
        cursor = self._chart.cursor
        t = self._pointed if self._pointed is not None else cursor
        text = reading(series, t, self._format.finer()) if t is not None and t < count else HINT
        gaps = self._chart.gaps
        text = f"{text} · {gaps} × E = 0 not on a log axis" if gaps else text
        self._readout.setText(text if count else "")
        self.setAccessibleDescription(text if count else self._nothing.text())

    # -- what is asked for -----------------------------------------------------------------------------------

    def _point_at(self, t: int | None) -> None:
        if t != self._pointed:
            self._pointed = t
            self._show_state()

    def _on_clicked(self, t: int) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.instance_chosen.emit(t)

    def _on_logarithmic(self, logarithmic: bool) -> None:
        self._chart.set_logarithmic(logarithmic)
        self._show_state()

    def _move_crosshair(self, by: int) -> None:
        last = len(self._chart.series.errors) - 1
        here = self._pointed if self._pointed is not None else min(self._chart.cursor or 0, last + 1)
        self._point_at(max(0, min(last, here + by)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        size = self._chart.series.epoch_size
        moves = {
            Qt.Key.Key_Up: 1,
            Qt.Key.Key_Down: -1,
            Qt.Key.Key_PageUp: size,
            Qt.Key.Key_PageDown: -size,
        }
        key = Qt.Key(event.key())
        if key in moves and len(self._chart.series.errors):
            self._move_crosshair(moves[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._pointed is not None:
            self.instance_chosen.emit(self._pointed)
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point_at(None)


def reading(series: Series, t: int, number_format: NumberFormat) -> str:
    """Return in words what the plot shows at index `t` of its errors."""
    epoch = t // series.epoch_size
    error = f"instance no. {t + 1} · epoch {epoch + 1} · E = {number_format.text(float(series.errors[t]))}"
    if epoch < len(series.epoch_errors):
        mean = number_format.text(float(series.epoch_errors[epoch]))
        return f"{error} · epoch mean {mean}"
    return f"{error} · epoch {epoch + 1} is not complete"


def _switch(text: str) -> QCheckBox:
    switch = QCheckBox(text)
    switch.setChecked(True)
    switch.setIconSize(_SWATCH)
    return switch


def _swatch(color: QColor, width: float) -> QIcon:
    """Return a piece of a curve, for the legend."""
    ratio = 3  # fine enough for every screen
    pixmap = QPixmap(_SWATCH * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    middle = _SWATCH.height() / 2
    painter.setPen(QPen(color, width))
    painter.drawLine(0, round(middle), _SWATCH.width(), round(middle))
    painter.end()
    return QIcon(pixmap)
