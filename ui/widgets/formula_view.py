"""A formula on the screen."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from bpsim.formula import Formula
from bpsim.formula_latex import to_latex
from bpsim.formula_spoken import to_spoken
from bpsim.formula_text import to_text
from bpsim.quantity import Quantity
from ui.fonts import FORMULA_SIZE
from ui.formula import boxes
from ui.formula.layout import lay_out
from ui.formula.paint import Picture
from ui.numbers import NumberFormat
from ui.theme import Theme
from ui.widgets.term_view import MARGIN, TermView

__all__ = ["MARGIN", "FormulaView"]

FOLD = "fold the sum again"
_FOLD_SIZE, _GAP = 12, 4


class FormulaView(TermView):
    """Shows one formula. The dots of a long sum open it, a line below it then folds it again."""

    def __init__(
        self,
        theme: Theme,
        number_format: NumberFormat | None = None,
        size: int = FORMULA_SIZE,
        bold: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, number_format, size, bold, parent)
        self._formula: Formula | None = None
        self._opened = False

    @property
    def formula(self) -> Formula | None:
        """The formula that is shown."""
        return self._formula

    def show_formula(
        self, formula: Formula | None, subject: Quantity | None = None, numbers: NumberFormat | None = None
    ) -> None:
        """Show a formula, or None; `subject` is what it explains, `numbers` how to write its numbers."""
        if formula == self._formula and subject == self._subject and numbers in (None, self._format):
            return
        if numbers is not None:
            self.take_number_format(numbers)
        if subject != self._subject:
            self._opened, self._stop = False, 0
        self._formula, self._subject = formula, subject
        self.lay_out_anew()

    # -- what it is ------------------------------------------------------------------------------------------

    @property
    def is_empty(self) -> bool:
        return self._formula is None

    def lay_out(self, room: int) -> Picture:
        assert self._formula is not None
        picture = lay_out(self._formula, self._setting, room, opened=self._opened)
        if not self._opened:
            return picture
        fold = replace(boxes.written(FOLD, _FOLD_SIZE, words=True), dots=True, quiet=True)
        return Picture(boxes.column((picture.box, fold), _GAP))

    def spoken(self) -> str:
        assert self._formula is not None
        return to_spoken(self._formula, self._format.given)

    def as_text(self) -> str:
        assert self._formula is not None
        return to_text(self._formula, self._format.given)

    def as_latex(self) -> str:
        assert self._formula is not None
        return to_latex(self._formula, self._format.given)

    def on_dots(self) -> None:
        self._opened = not self._opened
        self.lay_out_anew()
