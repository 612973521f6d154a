"""The links of a chain of reactions, one below the other."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bpsim.quantity import Quantity
from ui.theme import Theme
from ui.widgets.chain_reading import ReactionText
from ui.widgets.labels import quiet_label
from ui.widgets.reaction_row import ReactionRow


class ChainRows(QWidget):
    """Shows a chain; tells what is pointed at and what is asked about."""

    lit_changed = Signal(object)
    """The quantities of the row that is pointed at, an empty set for none."""
    quantity_chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._all: list[ReactionRow] = []
        self._more = quiet_label(parent=self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.setAccessibleName("Chain of reactions")

    @property
    def rows(self) -> list[ReactionRow]:
        """The rows that are shown."""
        return [row for row in self._all if not row.isHidden()]

    def show_rows(self, texts: tuple[ReactionText, ...], hidden_branches: int) -> None:
        """Show other links; `hidden_branches` is how many more there are before the last."""
        while len(self._all) < len(texts):
            self._add_row()
        for number, row in enumerate(self._all):
            if number < len(texts):
                row.show_reaction(texts[number])
            row.setVisible(number < len(texts))
        self._column.removeWidget(self._more)
        self._column.insertWidget(len(texts) - 1, self._more)
        self._more.setText(f"… and {hidden_branches} more branches in the same way")
        self._more.setVisible(hidden_branches > 0)
        self._fit()

    def set_lit(self, quantities: frozenset[Quantity]) -> None:
        """Light up the rows of quantities that are pointed at somewhere."""
        for row in self.rows:
            row.set_lit(row.reaction.quantity in quantities)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for row in self._all:
            row.set_theme(theme)

    def _fit(self) -> None:
        """Give each row the lines it needs; branches all have the same number."""
        width = self.width()
        branches = any(row.reaction.indented and row.needs_two_lines(width) for row in self.rows)
        for row in self.rows:
            row.set_two_lines(branches if row.reaction.indented else row.needs_two_lines(width))

    def _add_row(self) -> None:
        row = ReactionRow(self._theme)
        row.pointed.connect(lambda on: self.lit_changed.emit(row.reaction.lit if on else frozenset()))
        row.clicked.connect(lambda _checked=False: self.quantity_chosen.emit(row.reaction.quantity))
        self._all.append(row)
        self._column.addWidget(row)

    # -- Qt --------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
