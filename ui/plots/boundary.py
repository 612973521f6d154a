"""The plot of a decision boundary: what the network makes of every point of two inputs, and the instances."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ui.fonts import SMALL_SIZE, text_font
from ui.numbers import NumberFormat
from ui.plots.boundary_chart import BoundaryChart
from ui.plots.plot_parts import fit_button, nothing_label, put_on_canvas
from ui.theme import Theme
from ui.widgets.labels import FittingLabel

Place = tuple[float, float]

_STEP = 1 / 50  # of what is in sight, for a press of an arrow key
_ARROWS = {
    Qt.Key.Key_Left: (-_STEP, 0.0),
    Qt.Key.Key_Right: (_STEP, 0.0),
    Qt.Key.Key_Up: (0.0, _STEP),
    Qt.Key.Key_Down: (0.0, -_STEP),
}
_JUMPS = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class BoundaryPlot(QWidget):
    """Shows what it is told; tells where mouse and keys point and what they choose.

    With the focus in the plot the arrow keys move the crosshair, Page Up and Page Down put it on the instance
    before or after, Enter does what a click does, Shift+Enter what a click with the right button does, and
    Esc takes the crosshair away. A click does not take the focus: → goes on stepping.
    """

    pointed = Signal(object)
    """The place that is read as (x, y), None where there is none."""
    instance_chosen = Signal(int)
    room_chosen = Signal(float, float, bool)
    """Free room was clicked: x, y, and whether with the right button or Shift."""

    def __init__(self, theme: Theme, number_format: NumberFormat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chart = BoundaryChart(theme, number_format, self)
        self.place: Place | None = None
        self._cross: Place | None = None
        self._readout = FittingLabel()
        self._all = fit_button("Show all of the data")
        self._nothing = nothing_label()
        self._stack = QStackedLayout()
        self._build()

        self._all.clicked.connect(self.chart.show_home)
        self.chart.pointed.connect(self._on_pointed)
        self.chart.clicked.connect(self._choose)

    def _build(self) -> None:
        self.setAccessibleName("Decision boundary")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        put_on_canvas(self)
        for widget in (self._all, self._readout):
            widget.setFont(text_font(SMALL_SIZE))
        self.header = QHBoxLayout()
        self.header.setSpacing(4)
        self.header.addWidget(self._readout, 1)
        self.header.addWidget(self._all)
        self.body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.body.setSpacing(0)
        self.body.addLayout(self._stack, stretch=1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 2, 8, 4)
        column.setSpacing(2)
        column.addLayout(self.header)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)  # what stands beside gives way
        column.addLayout(self.body, stretch=1)
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(self.chart.widget)

    # -- what is shown ---------------------------------------------------------------------------------------

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing but the reason why."""
        return self._stack.currentWidget() is self._nothing

    def show_plot(self) -> None:
        """Show the drawing."""
        self._stack.setCurrentWidget(self.chart.widget)

    def clear(self, why: str) -> None:
        """Say why there is nothing to see, in its place."""
        self._nothing.setText(why)
        self._stack.setCurrentWidget(self._nothing)
        self.set_reading("")
        self.setAccessibleDescription(why)

    def set_reading(self, *wordings: str) -> None:
        """Say what can be read at a place, or what the plot shows; the longest wording that has room."""
        self._readout.set_wordings(*wordings)
        self.setAccessibleDescription(self._readout.text())

    # -- what is asked for -----------------------------------------------------------------------------------

    def _on_pointed(self, place: Place | None) -> None:
        self._put_cross(None)
        self._point_at(place)

    def _point_at(self, place: Place | None) -> None:
        self.place = place
        self.pointed.emit(place)

    def _put_cross(self, place: Place | None) -> None:
        self._cross = place
        self.chart.show_crosshair(place)

    def _choose(self, x: float, y: float, second: bool) -> None:
        row = self.chart.instance_at(x, y)
        if row is None:
            self.room_chosen.emit(x, y, second)
        else:
            self.instance_chosen.emit(row)

    def _move_cross(self, dx: float, dy: float) -> None:
        (left, right), (below, above) = self.chart.bounds
        x, y = self._cross or ((left + right) / 2, (below + above) / 2)
        x, y = x + dx * (right - left), y + dy * (above - below)
        self._cross_at(min(max(x, left), right), min(max(y, below), above))

    def _jump(self, by: int) -> None:
        """Put the crosshair on the next instance after, or before, the one that it is on."""
        points = self.chart.points
        count = len(points.marks.x)
        on = self.chart.instance_at(*self._cross) if self._cross else None
        start = on if on is not None else points.present
        row = ((start if start is not None else -1) + by) % max(count, 1)
        if count:
            self._cross_at(float(points.marks.x[row]), float(points.marks.y[row]))

    def _cross_at(self, x: float, y: float) -> None:
        self.chart.forget_mouse()
        self._put_cross((x, y))
        self._point_at((x, y))

    def _take_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in _ARROWS:
            self._move_cross(*_ARROWS[key])
        elif key in _JUMPS:
            self._jump(_JUMPS[key])
        elif key in _ENTER and self._cross is not None:
            self._choose(*self._cross, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key == Qt.Key.Key_Escape and self._cross is not None:
            self._on_pointed(None)
        else:
            return False
        return True

    # -- Qt --------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
            if plain and Qt.Key(event.key()) in _ARROWS and not self.is_empty:
                event.accept()  # while the plot has the focus the arrows are its own, not the program's
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.is_empty or not self._take_key(event):
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.chart.forget_mouse()
        if self._cross is None:
            self._point_at(None)
