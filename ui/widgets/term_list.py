"""What a number is made of: each part with its value and in words, to go on from."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from bpsim.explain import Explanation
from bpsim.formula import Equation, Number
from bpsim.quantity import Quantity
from ui.formula.numbers import FormulaNumbers
from ui.numbers import NumberFormat
from ui.theme import Theme
from ui.widgets.formula_view import FormulaView
from ui.widgets.labels import heading_label, quiet_label

MOST = 6
UNLIMITED = 2**24 - 1  # of a widget, in Qt
_SIZE = 15
_MOST_SHARE = 0.55  # of a row that symbol and number take, where words stand beside them


class TermRow(QWidget):
    """Symbol and number of a part, and what it is in words."""

    def __init__(self, theme: Theme, numbers: FormulaNumbers) -> None:
        super().__init__()
        self._numbers = numbers
        self.view = FormulaView(theme, numbers, _SIZE)
        self.words = quiet_label()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        line.addWidget(self.view)
        line.addWidget(self.words, 1)

    def show_part(self, part: Explanation, known: bool, words: bool) -> None:
        symbol = part.rule.left
        number = Number(part.result, quantity=part.quantity)
        self.view.set_values({part.quantity: part.result} if known else {})
        about = not self._numbers.is_exact(part.result)
        self.view.show_formula(Equation(symbol, number, about) if known else symbol)
        is_letter = (
            part.quantity.layer is None and part.quantity.instance is None
        )  # which stands there already
        self.words.setText(part.subtitle if is_letter else part.title)
        self.words.setVisible(words)

    def set_numbers(self, numbers: FormulaNumbers) -> None:
        """Write the number in another way."""
        self._numbers = numbers
        self.view.set_number_format(numbers)

    def give_room(self, width: int) -> None:
        """Have symbol and number take no more room than this, the words the rest."""
        self.view.setMaximumWidth(width)


class TermList(QWidget):
    """A row for each of the first parts; the others are only counted."""

    quantity_hovered = Signal(object)
    quantity_clicked = Signal(object)

    def __init__(self, theme: Theme, number_format: NumberFormat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._format = theme, FormulaNumbers.of(number_format)
        self._rows: list[TermRow] = []
        self._words = True
        self._more = QLabel()
        self._more.setProperty("role", "quiet")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 6, 0, 0)
        self._column.setSpacing(2)
        self._column.addWidget(heading_label("Made of"))
        self._column.addWidget(self._more)

    @property
    def rows(self) -> list[TermRow]:
        """The rows that are shown."""
        return [row for row in self._rows if not row.isHidden()]

    @property
    def more(self) -> str:
        """What is said of the parts without a row."""
        return "" if self._more.isHidden() else self._more.text()

    @property
    def views(self) -> list[FormulaView]:
        """Symbol and number of every row that is shown."""
        return [row.view for row in self.rows]

    def show_parts(self, parts: Sequence[tuple[Explanation, bool]], more: int, words: bool) -> None:
        """Show parts, each with whether its value is known, and how many more there are.

        `words`: whether they are named in words, too; symbols that are words themselves need none.
        """
        while len(self._rows) < len(parts):
            self._add_row()
        for row, (part, known) in zip(self._rows, parts, strict=False):
            row.show_part(part, known, words)
        for number, row in enumerate(self._rows):
            row.setVisible(number < len(parts))
        self._more.setText(f"and {more} more")
        self._more.setVisible(more > 0)
        self.setVisible(bool(parts))
        self._words = words
        self._give_room()

    def _give_room(self) -> None:
        widest = max((view.natural_width() for view in self.views), default=0)
        most = min(widest, round(_MOST_SHARE * self.width())) if self._words else UNLIMITED
        for row in self._rows:
            row.give_room(most)

    def set_lit(self, quantities: frozenset[Quantity]) -> None:
        """Put a light ground under the terms that stand for one of these."""
        for row in self._rows:
            row.view.set_lit(quantities)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for row in self._rows:
            row.view.set_theme(theme)

    def set_number_format(self, number_format: NumberFormat) -> None:
        self._format = FormulaNumbers.of(number_format)
        for row in self._rows:
            row.set_numbers(self._format)

    def _add_row(self) -> None:
        row = TermRow(self._theme, self._format)
        row.view.quantity_hovered.connect(self.quantity_hovered)
        row.view.quantity_clicked.connect(self.quantity_clicked)
        self._rows.append(row)
        self._column.insertWidget(self._column.count() - 1, row)

    # -- Qt --------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_room()
