"""The card of an explanation: the rule, the rule with the numbers of this step, and the result."""

from dataclasses import replace
from itertools import zip_longest

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from bpsim.explain import Explanation, worked
from bpsim.formula import Words
from bpsim.formula_digits import values_in
from bpsim.naming import capitalized
from bpsim.quantity import Quantity
from ui.fonts import FORMULA_SIZE
from ui.formula.numbers import FormulaNumbers
from ui.numbers import NumberFormat
from ui.theme import Theme
from ui.widgets.formula_view import MARGIN, FormulaView
from ui.widgets.labels import quiet_label, rule

_NUMBERS_SIZE, _RESULT_SIZE = 17, 20


class ExplanationCard(QFrame):
    """The formulas below each other; numbers and result only of what is known.

    A rule with a Σ is written out below it, so that every number has its symbol. Numbers have the digits that
    give the result as it is written; that of an update has so many that a small change is seen. What nothing
    is computed for is only said where it comes from, and how much it is.

    `quantity_hovered(quantity or None)` and `quantity_clicked(quantity)` are those of the formulas.
    """

    quantity_hovered = Signal(object)
    quantity_clicked = Signal(object)

    def __init__(self, theme: Theme, number_format: NumberFormat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        numbers = self._format = FormulaNumbers.of(number_format)
        self.rule_view = FormulaView(theme, numbers, FORMULA_SIZE)
        self.written_view = FormulaView(theme, numbers, _NUMBERS_SIZE)
        self.numbers_view = FormulaView(theme, numbers, _NUMBERS_SIZE)
        self.worked_view = FormulaView(theme, numbers, _NUMBERS_SIZE)
        self.result_view = FormulaView(theme, numbers, _RESULT_SIZE, bold=True)
        self.where_line = quiet_label()
        self._low = False
        self._rule_caption, self._lines = _caption("rule"), (rule(), rule())
        self._caption = _caption("with the numbers of this step")
        self._working, self._known = QWidget(), QWidget()
        self._build()
        for view in self.views:
            view.quantity_hovered.connect(self.quantity_hovered)
            view.quantity_clicked.connect(self.quantity_clicked)

    @property
    def views(self) -> tuple[FormulaView, ...]:
        """The formulas, from top to bottom."""
        return (
            self.rule_view,
            self.written_view,
            self.numbers_view,
            self.worked_view,
            self.result_view,
        )

    def show_explanation(self, explanation: Explanation, known: bool) -> None:
        """Show an explanation, its numbers only where they are known."""
        subject, where = explanation.quantity, explanation.rule.right
        values = values_in(explanation.numbers)
        for view in self.views:
            view.set_values(values)
        given = isinstance(where, Words)
        self.where_line.setText(f"{capitalized(where.text)}." if isinstance(where, Words) else "")
        self.where_line.setVisible(given)
        self._rule_caption.setVisible(not given and not self._low)
        self.rule_view.show_formula(explanation.rule, subject)
        written = explanation.written_out
        is_longer = written != explanation.rule and not explanation.notation.words
        instead = self._low and known and is_longer  # of the rule with its Σ, which is high
        self.written_view.show_formula(written if instead else replace(written, left=None), subject)
        self.written_view.setVisible(is_longer and not given)
        self.rule_view.setVisible(not given and not instead)
        self._known.setVisible(known)
        if known:
            self._show_calculation(explanation, given)

    def _show_calculation(self, explanation: Explanation, given: bool) -> None:
        """Show the numbers put in, their inner sums worked out, and the result, each where it says more."""
        subject = explanation.quantity
        *lines, result = worked(explanation, self._format, every_step=False)
        for view, line in zip_longest((self.numbers_view, self.worked_view), lines):
            view.setVisible(line is not None)
            if line is not None:
                view.show_formula(line.equation, subject, self._format.with_digits(line.numbers.digits))
        self._working.setVisible(bool(lines))
        shown = replace(result.equation, left=explanation.rule.left if given else None)
        self.result_view.show_formula(shown, subject, self._format.with_digits(result.numbers.digits))

    def set_low(self, low: bool) -> None:
        """Leave out what can be done without, and the result, from the next explanation on."""
        self._low = low
        for part in (self._caption, *self._lines, self.result_view):
            part.setVisible(not low)
        self._set_margins()

    def set_lit(self, quantities: frozenset[Quantity]) -> None:
        """Put a light ground under the terms that stand for one of these."""
        for view in self.views:
            view.set_lit(quantities)

    def set_theme(self, theme: Theme) -> None:
        for view in self.views:
            view.set_theme(theme)

    def set_number_format(self, number_format: NumberFormat) -> None:
        """Write numbers in another way, from the next explanation on."""
        self._format = FormulaNumbers.of(number_format)
        for view in self.views:
            view.set_number_format(self._format)

    def _build(self) -> None:
        self.where_line.setIndent(MARGIN)
        above, below = self._lines
        _column(self._working, above, self.numbers_view, self.worked_view, self._caption, below)
        _column(self._known, self._working, self.result_view)
        parts = (self.where_line, self.rule_view, self.written_view, self._rule_caption, self._known)
        _column(self, *parts)
        self._set_margins()

    def _set_margins(self) -> None:
        around = 2 if self._low else 10
        self.setContentsMargins(12, around, 12, around)


def _column(whole: QWidget, *parts: QWidget) -> QVBoxLayout:
    """Put parts below each other."""
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    for part in parts:
        column.addWidget(part)
    return column


def _caption(text: str) -> QLabel:
    caption = quiet_label(text)
    caption.setIndent(MARGIN)  # under the first letter of the formula
    return caption
