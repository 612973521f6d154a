"""Formulas below each other, as many as there are."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bpsim.formula import Formula
from bpsim.quantity import Quantity
from ui.numbers import NumberFormat
from ui.theme import Theme
from ui.widgets.formula_view import FormulaView

_SIZE = 16


class FormulaLines(QWidget):
    """The lines of a derivation; hidden where there are none."""

    quantity_hovered = Signal(object)
    quantity_clicked = Signal(object)

    def __init__(self, theme: Theme, number_format: NumberFormat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._format = theme, number_format
        self._views: list[FormulaView] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self.hide()

    @property
    def views(self) -> list[FormulaView]:
        """The lines that are shown."""
        return [view for view in self._views if not view.isHidden()]

    def show_lines(self, lines: Sequence[Formula], subject: Quantity) -> None:
        """Show formulas; `subject` is the quantity that they explain."""
        while len(self._views) < len(lines):
            self._add_view()
        for view, line in zip(self._views, lines, strict=False):
            view.show_formula(line, subject)
        for number, view in enumerate(self._views):
            view.setVisible(number < len(lines))
        self.setVisible(bool(lines))

    def set_lit(self, quantities: frozenset[Quantity]) -> None:
        """Put a light ground under the terms that stand for one of these."""
        for view in self._views:
            view.set_lit(quantities)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for view in self._views:
            view.set_theme(theme)

    def set_number_format(self, number_format: NumberFormat) -> None:
        self._format = number_format
        for view in self._views:
            view.set_number_format(number_format)

    def _add_view(self) -> None:
        view = FormulaView(self._theme, self._format, _SIZE)
        view.quantity_hovered.connect(self.quantity_hovered)
        view.quantity_clicked.connect(self.quantity_clicked)
        self._views.append(view)
        self._column.addWidget(view)
