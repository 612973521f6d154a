"""g and g′ of a node, with where the node is on them: whether it is saturated is seen."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from bpsim.activation_curve import ActivationCurve, activation_curve
from bpsim.activations import ACTIVATIONS
from bpsim.backprop import Trace
from bpsim.notation import Notation
from bpsim.quantity import Quantity
from ui.numbers import NumberFormat
from ui.plots.activation import ActivationChart
from ui.theme import Theme
from ui.widgets.labels import heading_label, quiet_label

KINDS = ("z", "a", "slope", "delta", "back_sum")
"""The numbers of a node that g or g′ has to do with."""


class ActivationSection(QWidget):
    """A small plot, its numbers below it, and what they mean where hardly any error passes back.

    `quantity_hovered` tells the node's z while the mouse is here.
    """

    quantity_hovered = Signal(object)

    def __init__(self, theme: Theme, number_format: NumberFormat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._format = number_format
        self._z: Quantity | None = None
        self.heading = heading_label("")
        self.heading.setWordWrap(True)
        self.chart = ActivationChart(theme)
        self.numbers = quiet_label()
        self.remark = QLabel()
        self.remark.setProperty("role", "warning")
        self.remark.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(2)
        for widget in (self.heading, self.chart, self.numbers, self.remark):
            column.addWidget(widget)
        self.hide()

    def show_node(
        self, trace: Trace, quantity: Quantity, notation: Notation, known: Callable[[Quantity], bool]
    ) -> None:
        """Show the curve of the node that a number belongs to; hidden where g has nothing to do with it."""
        self.setVisible(quantity.kind in KINDS and bool(quantity.layer) and quantity.instance is None)
        if self.isHidden() or quantity.layer is None or quantity.node is None:
            return
        self._z = quantity._replace(kind="z")
        g, letter = notation.letters["g"], notation.letters["z"]
        label = ACTIVATIONS[trace.network.activations[quantity.layer - 1]].label
        self.heading.setText(f"{g} and {g}′ at this node: {label}")
        curve = activation_curve(trace, quantity.layer, quantity.node)
        self.chart.setVisible(isinstance(curve, ActivationCurve))
        if isinstance(curve, ActivationCurve):
            point, slope = known(self._z), known(quantity._replace(kind="slope"))
            self.chart.show_curve(curve, g, point, slope)
            self.numbers.setText(self._numbers(curve, g, letter, point, slope))
            self._remark(curve, g, slope)
        else:
            self.numbers.setText(curve)
            self.remark.hide()
        self.chart.setAccessibleName(f"{self.heading.text()}. {self.numbers.text()} {self.remark.text()}")

    def set_theme(self, theme: Theme) -> None:
        self.chart.set_theme(theme)

    def set_number_format(self, number_format: NumberFormat) -> None:
        """Write numbers in another way, from the next node on."""
        self._format = number_format

    def _numbers(self, curve: ActivationCurve, g: str, z: str, point: bool, slope: bool) -> str:
        if not point:
            return f"Where the node is on it is seen once {z} is known."
        told = f"{self._equation(z, curve.z)},  {self._equation(f'{g}({z})', curve.a)}"
        return f"{told},  {self._equation(f'{g}′({z})', curve.slope)}" if slope else told

    def _equation(self, symbol: str, value: float) -> str:
        text = self._format.given(value)
        return f"{symbol} {'=' if text == self._format.exact(value) else '≈'} {text}"

    def _remark(self, curve: ActivationCurve, g: str, slope: bool) -> None:
        if curve.blocked:
            text = f"▲ {g}′ = 0: no error passes back through this node now."
        else:
            text = f"▲ saturated: {self._equation(f'{g}′', curve.slope)}, so hardly any error passes back."
        wanted = slope and (curve.blocked or curve.saturated)
        self.remark.setText(text if wanted else "")
        self.remark.setVisible(wanted)

    # -- Qt --------------------------------------------------------------------------------------------------

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.quantity_hovered.emit(self._z)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.quantity_hovered.emit(None)
