"""The card of an explanation: the rule, the rule with the numbers of this step, and the result."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from bpsim.explain import Explanation, shown
from bpsim.formula import Equation, Number, Words, map_numbers
from bpsim.naming import capitalized
from bpsim.numbers import parse_number
from bpsim.quantity import Quantity
from ui.fonts import FORMULA_SIZE
from ui.numbers import NumberFormat
from ui.theme import Theme
from ui.widgets.formula_view import MARGIN, FormulaView
from ui.widgets.labels import quiet_label, rule

_NUMBERS_SIZE, _RESULT_SIZE = 17, 20


class ExplanationCard(QFrame):
    """The formulas below each other; numbers and result only of what is known.

    A rule with a Σ is written out below it, so that every number has its symbol. The result has more digits
    than the numbers, so that a small change of a weight is seen. What nothing is computed for is only said
    where it comes from, and how much it is.

    `quantity_hovered(quantity or None)` and `quantity_clicked(quantity)` are those of the formulas.
    """

    quantity_hovered = Signal(object)
    quantity_clicked = Signal(object)

    def __init__(self, theme: Theme, number_format: NumberFormat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._format = number_format
        self.rule_view = FormulaView(theme, number_format, FORMULA_SIZE)
        self.written_view = FormulaView(theme, number_format, _NUMBERS_SIZE)
        self.numbers_view = FormulaView(theme, number_format, _NUMBERS_SIZE)
        self.worked_view = FormulaView(theme, number_format, _NUMBERS_SIZE)
        self.result_view = FormulaView(theme, number_format.finer(), _RESULT_SIZE, bold=True)
        self.where_line = quiet_label()
        self._rule_caption = _caption("rule")
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
        given = isinstance(where, Words)
        self.where_line.setText(f"{capitalized(where.text)}." if isinstance(where, Words) else "")
        self.where_line.setVisible(given)
        for part in (self.rule_view, self._rule_caption, self._working):
            part.setVisible(not given)
        self.rule_view.show_formula(explanation.rule, subject)
        written = explanation.written_out
        self.written_view.show_formula(replace(written, left=None), subject)
        self.written_view.setVisible(
            not given and written != explanation.rule and not explanation.notation.words
        )
        self._known.setVisible(known)
        if known:
            last = numbers = self._as_shown(explanation, explanation.numbers)
            self.numbers_view.show_formula(numbers, subject)
            if explanation.steps:
                last = self._as_shown(explanation, explanation.steps[-1])
                self.worked_view.show_formula(last, subject)
            self.worked_view.setVisible(bool(explanation.steps))
            result = Number(explanation.result, quantity=subject)
            left = explanation.rule.left if given else None
            self.result_view.show_formula(Equation(left, result, last.about), subject)

    def _as_shown(self, explanation: Explanation, line: Equation) -> Equation:
        """Return a line, with ≈ where its numbers, as they are written, do not give the result as it is."""
        coarse, fine = (_reading(format_) for format_ in (self._format, self._format.finer()))
        read = map_numbers(line, lambda number: replace(number, value=coarse(number.value)))
        assert isinstance(read, Equation)
        about = shown(replace(explanation, numbers=read), fine).about
        return replace(line, left=None, about=about)

    def set_lit(self, quantities: frozenset[Quantity]) -> None:
        """Put a light ground under the terms that stand for one of these."""
        for view in self.views:
            view.set_lit(quantities)

    def set_theme(self, theme: Theme) -> None:
        for view in self.views:
            view.set_theme(theme)

    def set_number_format(self, number_format: NumberFormat) -> None:
        """Write numbers in another way, from the next explanation on."""
        self._format = number_format
        for view in (self.rule_view, self.written_view, self.numbers_view, self.worked_view):
            view.set_number_format(number_format)
        self.result_view.set_number_format(number_format.finer())

    def _build(self) -> None:
        self.where_line.setIndent(MARGIN)
        caption = _caption("with the numbers of this step")
        _column(self._working, rule(), self.numbers_view, self.worked_view, caption, rule())
        _column(self._known, self._working, self.result_view)
        parts = (self.where_line, self.rule_view, self.written_view, self._rule_caption, self._known)
        _column(self, *parts).setContentsMargins(12, 10, 12, 10)


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


def _reading(number_format: NumberFormat) -> Callable[[float], float]:
    """Return what gives the number that is read where a number is written."""
    return lambda value: parse_number(number_format.given(value))
