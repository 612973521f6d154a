"""A matrix equation on the screen: its letters, and its numbers with the present row or column lit."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget

from bpsim.formula_writer import Write
from bpsim.matrices import ROWS, MatrixEquation, Room
from bpsim.matrix_digits import MatrixDigits
from bpsim.matrix_text import matrix_to_latex, matrix_to_spoken, matrix_to_text
from bpsim.quantity import Quantity
from ui.formula.layout import Setting
from ui.formula.matrices import lay_out_matrices
from ui.formula.numbers import FormulaNumbers
from ui.formula.paint import Picture
from ui.numbers import NumberFormat
from ui.theme import Theme
from ui.widgets.term_view import TermView

SIZE = 15
ROOMS = tuple(Room(ROWS, columns) for columns in (ROWS, 4, 3))
"""How many columns are tried, until the equation is narrow enough."""


class MatrixView(TermView):
    """Shows one matrix equation, with as many columns written as there is room for."""

    def __init__(self, theme: Theme, number_format: NumberFormat, parent: QWidget | None = None) -> None:
        super().__init__(theme, number_format, SIZE, parent=parent)
        self._rooms: tuple[MatrixEquation, ...] = ()
        self._digits: MatrixDigits | None = None
        self._shown_digits: MatrixDigits | None = None

    @property
    def equation(self) -> MatrixEquation | None:
        """The equation, with as many columns as there is most room for."""
        return self._rooms[0] if self._rooms else None

    def take_digits(self, digits: MatrixDigits) -> None:
        """Write the numbers of the equation that is shown next in so many digits."""
        self._digits = digits

    def show_equations(self, rooms: Sequence[MatrixEquation], subject: Quantity | None = None) -> None:
        """Show an equation, given with ever fewer columns as for `ROOMS`; none of them: nothing."""
        if tuple(rooms) == self._rooms and subject == self._subject and self._digits == self._shown_digits:
            return
        self._shown_digits = self._digits
        if subject != self._subject:
            self._stop = 0
        self._rooms, self._subject = tuple(rooms), subject
        self.set_values(
            {
                entry.quantity: entry.value
                for equation in rooms
                for matrix in equation.matrices
                for row in matrix.entries
                for entry in row
                if entry is not None and entry.value is not None
            }
        )
        self.lay_out_anew()

    # -- what it is ------------------------------------------------------------------------------------------

    @property
    def is_empty(self) -> bool:
        return not self._rooms

    @property
    def _writes(self) -> tuple[Write, Write, bool]:
        """How numbers are written, those before the =, and whether some are rounded."""
        if self._digits is None:
            return self._format.given, self._format.given, False
        numbers = FormulaNumbers.of(self._format)
        others, result = (numbers.with_digits(n) for n in (self._digits.others, self._digits.result))
        return others.given, result.given, self._digits.about

    def _with(self, write: Write) -> Setting:
        return replace(self._setting, number=write)

    def lay_out(self, room: int) -> Picture:
        write, result, about = self._writes
        for equation in self._rooms:
            picture = lay_out_matrices(equation, self._with(write), room, self._with(result), about)
            if picture.width <= room:
                break
        return picture

    def spoken(self) -> str:
        return matrix_to_spoken(self._rooms[0], self._format.given)

    def as_text(self) -> str:
        return matrix_to_text(self._rooms[0], *self._writes)

    def as_latex(self) -> str:
        return matrix_to_latex(self._rooms[0], *self._writes)

    def grounds(self, picture: Picture) -> list[QRectF]:
        """Return the present row or column of every matrix."""
        found = []
        for matrix in self._rooms[0].matrices:
            rects = [area.rect for area in picture.areas if area.quantity in matrix.lit]
            if rects:
                whole = rects[0]
                for rect in rects[1:]:
                    whole = whole.united(rect)
                found.append(whole)
        return found
