"""The plot by layer: |δ|, |Δθ|, saturated and dead nodes, with a sentence where the gradient vanishes."""

from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from bpsim.layer_stats import LayerStats, verdict
from bpsim.notation import NOTATIONS, Notation
from ui.fonts import SMALL_SIZE, text_font
from ui.numbers import NumberFormat, whole_text
from ui.plots.bars import BarChart, Bars
from ui.plots.plot_parts import put_on_canvas
from ui.plots.saving import Figure, Table
from ui.theme import Theme
from ui.widgets.fields import ChoiceField
from ui.widgets.labels import FittingLabel, quiet_label
from ui.widgets.save_plot import SavePlotButton

NOTHING = "Nothing can be trained."

_ONE_LINE, _LOW = 400, 180  # the reading stands in the line of the fields from this width, below this height


class LayersPlot(QWidget):
    """Shows the statistics of the layers as bars.

    With the focus in the plot ↑ ↓ move from layer to layer.
    """

    def __init__(
        self,
        theme: Theme,
        number_format: NumberFormat,
        notation: Notation = NOTATIONS["lecture"],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._format, self._notation = theme, number_format, notation
        self._stats: LayerStats | None = None
        self._problem = ""
        self._pointed: int | None = None
        self.chart = BarChart(self._theme, self._format, self)
        self.quantity_field = ChoiceField(())
        self.logarithmic = QCheckBox("log")
        self.save_button = SavePlotButton("By layer", self.figure)
        self._column, self._header = QVBoxLayout(self), QHBoxLayout()
        self._readout, self._sentence = FittingLabel(self), quiet_label()
        self._build()
        self._show()

        self.quantity_field.value_chosen.connect(lambda _name: self._show())
        self.logarithmic.toggled.connect(self.chart.set_logarithmic)
        self.chart.pointed.connect(self.point_at)

    def _build(self) -> None:
        self.setAccessibleName("By layer")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        put_on_canvas(self)
        self.quantity_field.setProperty("kind", "flat")
        self.quantity_field.setAccessibleName("What the bars show")
        self.quantity_field.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToContents)
        column = self._column
        column.setContentsMargins(12, 2, 8, 6)
        column.setSpacing(4)
        self._header.setSpacing(3)
        for widget in (self.quantity_field, self.logarithmic, self.save_button):
            self._header.addWidget(widget)
        column.addLayout(self._header)
        self.logarithmic.setFont(text_font(SMALL_SIZE))
        self.logarithmic.setToolTip("Logarithmic axis")
        self.logarithmic.setAccessibleName("Logarithmic axis")
        column.addWidget(self.chart, 1)
        column.addWidget(self._sentence)

    # -- what is shown -------------------------------------------------------------------------------------

    @property
    def title(self) -> str:
        """What the bars are computed from."""
        stats = self._stats
        if stats is None:
            return self._problem
        some = "" if stats.instances == stats.of else f" of {whole_text(stats.of)}"
        instances = "instance" if stats.of == 1 else "instances"
        return f"over {whole_text(stats.instances)}{some} {instances}, present weights"

    @property
    def sentence(self) -> str:
        """Where the gradient vanishes or explodes."""
        return verdict(self._stats, self._notation) if self._stats is not None else ""

    def set_stats(self, stats: LayerStats | None, problem: str = NOTHING) -> None:
        """Show other statistics; None says a problem in place of them."""
        self._stats, self._problem = stats, problem
        self._show()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.chart.set_theme(theme)

    def set_number_format(self, number_format: NumberFormat) -> None:
        self._format = number_format
        self.chart.set_number_format(number_format)
        self._show()

    def set_notation(self, notation: Notation) -> None:
        self._notation = notation
        self._show()

    def point_at(self, place: int | None) -> None:
        """Read the bars of a place; None reads none."""
        if place != self._pointed:
            self._pointed = place
            self._show_reading()

    def _show(self) -> None:
        self.quantity_field.set_choices(self._choices())
        self.quantity_field.set_tip("What the bars show")
        self.logarithmic.setEnabled(self.quantity_field.value != "flat")
        self.chart.set_bars(self._bars())
        if self._pointed is not None and self._pointed >= len(self.chart.bars.places):
            self._pointed = None
        self._sentence.setText(self.sentence)
        self._sentence.setVisible(bool(self.sentence))
        self._show_reading()

    def _choices(self) -> tuple[tuple[str, str, str], ...]:
        letters = self._notation.plain_letters
        delta, step, slope = (letters[kind] for kind in ("delta", "step", "slope"))
        return (
            ("deltas", f"|{delta}|", "the mean over instances and nodes"),
            ("steps", f"|{step}|", "the mean over instances and parameters that lead to the layer"),
            (
                "flat",
                "saturated or dead",
                f"the shares of nodes that hardly learn: saturated ones, {slope} ≈ 0, and dead ones, "
                f"{slope} = 0 for every instance",
            ),
        )

    def _bars(self) -> Bars:
        stats = self._stats
        if stats is None:
            return Bars((), "", ())
        places = tuple(str(self._notation.layer_number(l)) for l in range(1, len(stats.deltas)))
        if self.quantity_field.value == "flat":
            series = (stats.saturated[1:], stats.dead[1:])
            return Bars(places, "layer", series, ("saturated", "dead"), shares=True)
        return Bars(places, "layer", (getattr(stats, self.quantity_field.value)[1:],))

    def _show_reading(self) -> None:
        self.chart.point_at(self._pointed)
        text = self.title if self._pointed is None else self.reading(self._pointed)
        self._readout.set_wordings(*_shorter(text))
        self.setAccessibleDescription(" ".join(part for part in (text, self.sentence) if part))

    def reading(self, place: int) -> str:
        """Return all numbers of a layer in words."""
        stats, letters, text = self._stats, self._notation.plain_letters, self._format.finer().text
        if stats is None:
            return self._problem
        layer, percent = place + 1, self._format.percent
        parts = {
            "deltas": f"mean |{letters['delta']}| = {text(stats.deltas[layer])}",
            "steps": f"mean |{letters['step']}| = {text(stats.steps[layer])}",
            "flat": f"saturated {percent(stats.saturated[layer])} · dead {percent(stats.dead[layer])}",
        }
        first = parts.pop(self.quantity_field.value)  # what the bars show, in case there is no room for more
        return " · ".join([f"layer {self._notation.layer_number(layer)}", first, *parts.values()])

    # -- saving ----------------------------------------------------------------------------------------------

    def figure(self) -> Figure | None:
        """Return what a file shows of the plot, None while there is nothing."""
        if self._stats is None:
            return None
        title = f"By layer: {self.quantity_field.currentText()} {self.title}"
        size = QSizeF(self.chart.size())
        return Figure("layers", title, size, self.chart.paint, self._table, self._theme, note=self.sentence)

    def _table(self) -> Table:
        stats, letters = self._stats, self._notation.plain_letters
        assert stats is not None
        header = ("layer", f"mean |{letters['delta']}|", f"mean |{letters['step']}|", "saturated", "dead")
        layers = [self._notation.layer_number(l) for l in range(1, len(stats.deltas))]
        return Table(header, (layers, stats.deltas[1:], stats.steps[1:], stats.saturated[1:], stats.dead[1:]))

    # -- Qt ------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= _ONE_LINE or self.height() < _LOW
        if wide and self._header.indexOf(self._readout) < 0:
            self._header.insertWidget(1, self._readout, 1)
        elif not wide and self._column.indexOf(self._readout) < 0:
            self._column.insertWidget(1, self._readout)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        last = len(self.chart.bars.places) - 1
        if event.key() in moves and last >= 0:
            by = moves[Qt.Key(event.key())]
            here = self._pointed if self._pointed is not None else -1 if by > 0 else last + 1
            self.point_at(max(0, min(last, here + by)))
        else:
            super().keyPressEvent(event)


def _shorter(text: str) -> list[str]:
    """Return a text in fewer and fewer of its parts, down to what the bars show."""
    parts = text.split(" · ")
    if len(parts) == 1:
        return [text, text.partition(", ")[0]]
    fewer = [" · ".join(parts[:count]) for count in range(len(parts), 1, -1)]
    return [*fewer, parts[1], parts[1].removeprefix("mean ")]
