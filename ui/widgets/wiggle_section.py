"""Varying the weight or bias by ε, and reading what everything after it does."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from bpsim.errors import DivergenceError
from bpsim.formula import Number, Times
from bpsim.formula_digits import digits_that_show
from bpsim.formula_text import to_text
from bpsim.moment import Moment
from bpsim.quantity import Quantity
from bpsim.wiggle import Wiggle, wiggle_from
from ui.afterwards import Afterwards
from ui.asking import is_known
from ui.formula.numbers import FormulaNumbers
from ui.widgets.epsilon_slider import EpsilonSlider
from ui.widgets.labels import heading_label, quiet_label
from ui.widgets.reading_table import ReadingRow, ReadingTable, ReadingTableModel
from ui.widgets.writing import Writing

HEADS = (
    ("", "quantity"),
    ("Δ", "how much it changes"),
    ("predicted", "its derivative times ε"),
)
MOST_ROWS = 10
STRAIGHT = 0.01
"""Up to here the prediction of ΔE is called right."""
TIP = (
    "Vary the parameter by ε and see everything after it answer. "
    "Let go, and everything is as it was; nothing is changed."
)


class WiggleSection(QWidget):
    """A slider for ε, and a table of every quantity that answers: its Δ and what the derivative predicts."""

    reached_changed = Signal(object)
    """The quantities that answer now; an empty set once the slider is let go."""

    def __init__(self, writing: Writing) -> None:
        super().__init__()
        self._moment: Moment | None = None
        self._parameter: Quantity | None = None
        self._writing = writing
        self._reached: frozenset[Quantity] = frozenset()
        self.slider = EpsilonSlider()
        self.slider.setToolTip(TIP)
        self.epsilon_label = QLabel()
        self.epsilon_label.setMinimumWidth(76)
        self.model = ReadingTableModel(HEADS, writing.numbers)
        self.table = ReadingTable(self.model, "What changes")
        self.sentence = quiet_label()
        self._build()
        self._afterwards = Afterwards(self._show, self)
        self.slider.epsilon_changed.connect(self._on_epsilon)

    def show_parameter(self, moment: Moment, parameter: Quantity, writing: Writing) -> None:
        """Take another moment or parameter; ε is let go of."""
        if moment is not self._moment or parameter != self._parameter:
            self.slider.let_go()
        self._moment, self._parameter, self._writing = moment, parameter, writing
        self.slider.setAccessibleName(f"ε, added to the {writing.name(parameter)}")
        self._show()

    def _build(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.slider, 1)
        line.addWidget(self.epsilon_label)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(heading_label("Wiggle"))
        column.addLayout(line)
        column.addWidget(self.table)
        column.addWidget(self.sentence)

    def _on_epsilon(self, epsilon: float) -> None:
        """Answer once a frame while the slider moves, and at once when it is let go of."""
        if epsilon:
            self._afterwards.ask()
        else:
            self._afterwards.at_once()

    def _show(self) -> None:
        if self._moment is None or self._moment.trace is None or self._parameter is None:
            return
        epsilon = self.slider.epsilon
        self.epsilon_label.setText(f"ε = {'+' * (epsilon > 0)}{self._writing.numbers.given(epsilon)}")
        try:
            result = wiggle_from(self._moment.trace, self._parameter, epsilon)
        except DivergenceError:
            self.model.show([], self._writing.numbers)
            self._tell(frozenset())
            self.sentence.setText("With so large an ε a number becomes too large to compute.")
            return
        self.model.show(self._rows(result), self._writing.numbers)
        self.table.fit(MOST_ROWS)
        self.sentence.setText(self._sentence(result))
        self._tell(frozenset(r.quantity for r in result.reactions if epsilon and r.change))

    def _tell(self, reached: frozenset[Quantity]) -> None:
        if reached != self._reached:
            self._reached = reached
            self.reached_changed.emit(reached)

    def _rows(self, result: Wiggle) -> list[ReadingRow]:
        assert self._moment is not None
        write, predicts, rows = self._writing, self._predicts, []
        for reaction in result.reactions:
            quantity, known = reaction.quantity, is_known(self._moment, reaction.quantity)
            values = (reaction.change if known else None, reaction.predicted if predicts else None)
            rows.append(ReadingRow(quantity, write.letter(quantity), write.name(quantity), values))
        return rows

    @property
    def _predicts(self) -> bool:
        """Whether the derivatives are known: the backward pass has come to the node of the parameter."""
        assert self._moment is not None
        assert self._parameter is not None
        return is_known(self._moment, Quantity("delta", self._parameter.layer, self._parameter.node))

    def _product(self, result: Wiggle) -> str:
        """Return what the derivative of E times ε is, with numbers that give what is written."""
        numbers = FormulaNumbers.of(self._writing.numbers)
        formula = Times((Number(result.error.slope), Number(result.epsilon)))
        needed = digits_that_show(formula, result.error.predicted, numbers, numbers).digits
        written = to_text(formula, numbers.with_digits(needed).given)
        return f"≈ {written} ≈ {numbers.signed(result.error.predicted)}"

    def _sentence(self, result: Wiggle) -> str:
        assert self._moment is not None
        name, error = self._writing.letter(result.parameter), self._writing.error
        slope = self._writing.slope_of_error(result.parameter)
        if result.epsilon == 0:
            return f"Move the slider: {name} + ε, and all that follows answers. Let go, and all is as it was."
        if not is_known(self._moment, result.error.quantity):
            return f"What {error} does is known once the error is computed: press → to go on."
        change = FormulaNumbers.of(self._writing.numbers).signed(result.error.change)
        if not self._predicts:
            return f"{error} changes by {change}. The backward pass gives the derivative that predicts it."
        if result.error.change == result.error.predicted == 0:
            return f"{error} does not move."
        said = f"{slope} · ε {self._product(result)}"
        if result.miss <= STRAIGHT:
            return f"{error} changes by {change}, as its derivative says: {said}."
        return (
            f"{error} changes by {change}, not by {said}: "
            f"{result.miss:.0%} off, for {error} is no straight line over so large an ε."
        )
