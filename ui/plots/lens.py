"""The η lens: the error over one weight, its tangent, and the step that η takes."""

from math import isfinite

from PySide6.QtCore import QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from bpsim.lens import Lens, verdict
from ui.fonts import SMALL_SIZE, text_font
from ui.numbers import NumberFormat
from ui.plots.lens_chart import LensChart, Letters
from ui.plots.plot_parts import fit_button, nothing_label, put_on_canvas
from ui.plots.saving import Figure, Table
from ui.theme import Theme
from ui.widgets.labels import FittingLabel, quiet_label
from ui.widgets.save_plot import SavePlotButton
from ui.widgets.segments import Segments

MEAN, INSTANCE = "mean", "instance"
_TEXTS = {MEAN: ("all instances", "all"), INSTANCE: ("this instance", "this one")}
_ROOMY = QSize(360, 280)  # from which on the reading has a line of its own
_LEAST_WIDTH = 236
_NARROWEST, _WIDEST = 2.0**-6, 2.0**10  # how far the curve reaches at the closest and widest look


class LensPlot(QWidget):
    """Shows a lens, or a sentence where there is none.

    The wheel, + and − change how far the curve reaches. With the focus in the plot ↑ ↓ move along the curve.
    `asked` tells that another curve is wanted: mean or instance, or another span.
    """

    asked = Signal()

    def __init__(self, theme: Theme, number_format: NumberFormat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._format = theme, number_format
        self._heading = ""
        self._pointed: int | None = None
        self.span: float | None = None
        """How far the curve is to reach to both sides; None: as far as the step and some more."""
        self.chart = LensChart(self._theme, self._format, self)
        self.errors = Segments([(name, long) for name, (long, _short) in _TEXTS.items()])
        self.fit_button = fit_button("As far as the step reaches", "Show as far as the step reaches")
        self.save_button = SavePlotButton("η lens", self.figure)
        self._readout, self._sentence, self._nothing = FittingLabel(), quiet_label(), nothing_label()
        self._column, self._header = QVBoxLayout(self), QHBoxLayout()
        self._stack = QStackedLayout()
        self._build()

        self.errors.chosen.connect(lambda _name: self.asked.emit())
        self.fit_button.clicked.connect(self._fit)
        self.chart.pointed.connect(self.point_at)
        self.chart.zoomed.connect(self.zoom)

    def _build(self) -> None:
        self.setAccessibleName("η lens")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        put_on_canvas(self)
        self.errors.button(MEAN).setToolTip("The error as the mean over the training instances")
        self.errors.button(INSTANCE).setToolTip(
            "The error of the present instance, with the weights before its update"
        )
        header = self._header
        header.setSpacing(8)
        header.addWidget(self.errors)
        header.addStretch()
        for button in (self.fit_button, self.save_button):
            button.setFont(text_font(SMALL_SIZE))
            header.addWidget(button)
        self._readout.setFont(text_font(SMALL_SIZE))
        column = self._column
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)  # `minimumSizeHint` says it
        column.setContentsMargins(16, 2, 8, 4)
        column.setSpacing(2)
        column.addLayout(header)
        column.addWidget(self._readout)
        column.addLayout(self._stack, 1)
        column.addWidget(self._sentence)
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(self.chart)

    # -- what is shown -------------------------------------------------------------------------------------

    @property
    def lens(self) -> Lens | None:
        """What is shown."""
        return self.chart.lens

    @property
    def title(self) -> str:
        """What the curve is, and what it is computed from."""
        return self._heading

    @property
    def sentence(self) -> str:
        """What the step does."""
        lens, write, letters = self.lens, self._format, self.chart.letters
        if lens is None:
            return ""
        return f"{letters.step} = {write.signed(lens.step)}. {verdict(lens, write.text, letters.error)}"

    def set_lens(self, lens: Lens, letters: Letters, heading: str) -> None:
        """Show another lens; `heading` says what it is computed from."""
        self._heading = f"{letters.error} over {letters.weight} · {heading}"
        if self.lens is None or self.lens.parameter != lens.parameter:
            self._pointed = None
        self.chart.set_lens(lens, letters)
        self._stack.setCurrentWidget(self.chart)
        self._show()

    def set_problem(self, problem: str) -> None:
        """Say why there is no lens, in place of it."""
        self._heading, self._pointed = "", None
        self.chart.set_lens(None)
        self._nothing.setText(problem)
        self._stack.setCurrentWidget(self._nothing)
        self._show()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.chart.set_theme(theme)

    def set_number_format(self, number_format: NumberFormat) -> None:
        self._format = number_format
        self.chart.set_number_format(number_format)
        self._show()

    def point_at(self, index: int | None) -> None:
        """Read a point of the curve; None reads none."""
        if index != self._pointed:
            self._pointed = index
            self._show()

    def zoom(self, notches: float) -> None:
        """Look closer, by a notch of the wheel to half as far; or less close."""
        if self.lens is not None:
            reach = float(self.lens.values[-1]) - self.lens.value
            self.span = min(max(reach * 0.5**notches, _NARROWEST), _WIDEST)
            self.asked.emit()

    def _fit(self) -> None:
        self.span = None
        self.asked.emit()

    def _show(self) -> None:
        lens = self.lens
        if lens is not None and self._pointed is not None:
            self._pointed = min(self._pointed, len(lens.values) - 1)
        self.chart.point_at(self._pointed)
        wordings = self._wordings(self._pointed)
        text = wordings[0]
        self._readout.set_wordings(*wordings)
        self._sentence.setText(self.sentence)
        self._sentence.setVisible(lens is not None)
        parts = (text, self.sentence) if lens is not None else (self._nothing.text(),)
        self.setAccessibleDescription(" ".join(parts))

    def reading(self, index: int) -> str:
        """Return in words what the plot shows at a point of the curve."""
        return self._wordings(index)[0]

    def _wordings(self, index: int | None) -> list[str]:
        """Return that, or without a point the title, in fewer and fewer words."""
        weight, _, letter = self.chart.letters
        lens, text = self.lens, self._format.finer().text
        if lens is None:
            return [""]
        if index is None:
            return [self.title, f"{letter} over {weight}"]
        value, error = float(lens.values[index]), float(lens.errors[index])
        where = " (now)" if value == lens.value else ""
        told = text(error) if isfinite(error) else "too large to compute"
        short = f"{weight} = {text(value)}{where} · {letter} = {told}"
        coarse = self._format.text
        return [
            f"{short} · tangent {text(lens.tangent(value))}",
            short,
            f"{coarse(value)} · {letter} {coarse(error) if isfinite(error) else told}",
        ]

    # -- saving ----------------------------------------------------------------------------------------------

    def figure(self) -> Figure | None:
        """Return what a file shows of the plot, None while there is nothing."""
        lens, color = self.lens, self._theme.color
        if lens is None:
            return None
        falls = lens.landing_error < lens.error or lens.step == 0
        legend = [
            (self.chart.letters.error, QPen(color("accent"), 2)),
            ("tangent", QPen(color("text_quiet"), 1.5, Qt.PenStyle.DashLine)),
            ("step", QPen(color("right" if falls else "wrong"), 2)),
        ]
        size = QSizeF(self.chart.size())
        return Figure(
            "lens", self.title, size, self.chart.paint, self._table, self._theme, legend, self.sentence
        )

    def _table(self) -> Table:
        lens = self.lens
        assert lens is not None
        weight, step, error = self.chart.letters
        now = (f"{weight} now", f"{error} now", "slope", step, f"{error} after the step")
        tangent = [lens.tangent(value) for value in lens.values.tolist()]
        single = ([lens.value], [lens.error], [lens.slope], [lens.step], [lens.landing_error])
        return Table((weight, error, "tangent", *now), (lens.values, lens.errors, tangent, *single))

    def _fit_header(self) -> None:
        """Put the reading between the buttons where height is scarce; then they have short texts."""
        roomy = self.width() >= _ROOMY.width() and self.height() >= _ROOMY.height()
        for name, texts in _TEXTS.items():
            self.errors.button(name).setText(texts[not roomy])
        if roomy and self._column.indexOf(self._readout) < 0:
            self._column.insertWidget(1, self._readout)
        elif not roomy and self._header.indexOf(self._readout) < 0:
            self._header.insertWidget(1, self._readout, 1)

    # -- Qt ------------------------------------------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST_WIDTH, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_header()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 10, Qt.Key.Key_PageDown: -10}
        zooms = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}
        lens = self.lens
        if lens is not None and event.key() in moves:
            now = int(abs(lens.values - lens.value).argmin())
            here = self._pointed if self._pointed is not None else now
            self.point_at(max(0, min(len(lens.values) - 1, here + moves[Qt.Key(event.key())])))
        elif event.key() in zooms and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.zoom(zooms[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)
