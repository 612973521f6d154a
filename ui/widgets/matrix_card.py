"""The card with the matrix equation of a step, or why there is none."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from bpsim.backprop import Trace
from bpsim.matrices import Known, MatrixEquation, matrix_equation
from bpsim.matrix_digits import matrix_digits
from bpsim.quantity import Quantity
from ui.formula.numbers import FormulaNumbers
from ui.numbers import NumberFormat
from ui.theme import Theme
from ui.widgets.labels import quiet_label
from ui.widgets.matrix_view import ROOMS, MatrixView


class MatrixCard(QFrame):
    """A matrix equation and what is to be said of it.

    `quantity_hovered(quantity or None)` and `quantity_clicked(quantity)` are those of its numbers.
    """

    quantity_hovered = Signal(object)
    quantity_clicked = Signal(object)

    def __init__(self, theme: Theme, number_format: NumberFormat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._numbers = FormulaNumbers.of(number_format)
        self.view = MatrixView(theme, self._numbers)
        self.note = quiet_label()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(6)
        column.addWidget(self.view)
        column.addWidget(self.note)
        self.view.quantity_hovered.connect(self.quantity_hovered)
        self.view.quantity_clicked.connect(self.quantity_clicked)

    @property
    def views(self) -> tuple[MatrixView, ...]:
        """The equation."""
        return (self.view,)

    def show_step(self, trace: Trace, quantity: Quantity, notation: str, known: Known) -> bool:
        """Show the equation of a number's layer; tell whether there is one, and say why not."""
        made = [matrix_equation(trace, quantity, notation, known, room) for room in ROOMS]
        equations = [equation for equation in made if isinstance(equation, MatrixEquation)]
        there = bool(equations)
        if there:
            self.view.take_digits(matrix_digits(equations[0], trace, notation, self._numbers))
        self.view.show_equations(equations, quantity)
        self.view.setVisible(there)
        note = made[0].note if isinstance(made[0], MatrixEquation) else made[0]
        self.note.setText(note)
        self.note.setVisible(bool(note))
        return there

    def set_lit(self, quantities: frozenset[Quantity]) -> None:
        """Put a light ground under the numbers that stand for one of these."""
        self.view.set_lit(quantities)

    def set_theme(self, theme: Theme) -> None:
        self.view.set_theme(theme)

    def set_number_format(self, number_format: NumberFormat) -> None:
        """Write numbers in another way, from the next equation on."""
        self._numbers = FormulaNumbers.of(number_format)
        self.view.set_number_format(self._numbers)
