"""The hidden δ and Δθ beside those that already updated weights would have given."""

from collections.abc import Iterator
from itertools import islice

import numpy as np
from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from bpsim.moment import Moment
from bpsim.quantity import Quantity
from bpsim.too_early import TooEarly, too_early
from ui.asking import is_known
from ui.widgets.labels import quiet_label
from ui.widgets.reading_table import ReadingRow, ReadingTable, ReadingTableModel
from ui.widgets.writing import Writing

HEADS = (
    ("", "quantity"),
    ("right", "with the weights before the update"),
    ("too early", "with weights that were updated already"),
)
MOST_LISTED = 200
MOST_ROWS = 8
WHY = (
    "E was computed with the old weights, so only these lead back to its derivatives: "
    "first every δ and Δθ, then update all parameters at once."
)
NO_HIDDEN = "Without a hidden layer no δ is passed back, so nothing can be updated too early."
TIP = (
    "The commonest mistake: updating the weights of a layer first and passing δ back through the new ones. "
    "Shows what would come out."
)


class TooEarlySection(QWidget):
    """A switch, and below it the table of right and wrong numbers."""

    def __init__(self, writing: Writing) -> None:
        super().__init__()
        self._moment: Moment | None = None
        self._writing = writing
        self.box = QCheckBox("updated too early")
        self.box.setToolTip(TIP)
        self.model = ReadingTableModel(HEADS, writing.numbers)
        self.table = ReadingTable(self.model, "δ and Δθ, right and updated too early")
        self.sentence = quiet_label()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self.box, self.table, self.sentence):
            column.addWidget(widget)
        self.table.hide()
        self.sentence.hide()
        self.box.toggled.connect(lambda _on: self._show())

    def show_moment(self, moment: Moment, writing: Writing) -> None:
        """Show the numbers of another moment, if the switch is on."""
        self._moment, self._writing = moment, writing
        hidden = len(moment.network.sizes) > 2
        self.box.setEnabled(hidden)
        if not hidden:
            with QSignalBlocker(self.box):
                self.box.setChecked(False)
        self.box.setToolTip(TIP if hidden else NO_HIDDEN)
        self._show()

    def _show(self) -> None:
        on = self.box.isChecked() and self._moment is not None and self._moment.trace is not None
        self.table.setVisible(on)
        self.sentence.setVisible(on)
        if not on or self._moment is None or self._moment.trace is None:
            return
        result = too_early(self._moment.trace)
        rows = list(islice(self._rows(result), MOST_LISTED))
        self.model.show(rows, self._writing.numbers)
        self.table.fit(MOST_ROWS)
        self.sentence.setText(self._after(result) + WHY)

    def _rows(self, result: TooEarly) -> Iterator[ReadingRow]:
        """Yield the hidden δ, then the Δθ of the weights and biases into hidden nodes, from right to left."""
        trace = result.trace
        hidden = range(len(trace.network.sizes) - 2, 0, -1)
        for layer in hidden:
            right, wrong = trace.deltas[layer], result.deltas[layer]
            assert right is not None
            assert wrong is not None
            for i in range(len(right)):
                yield self._row(Quantity("delta", layer, i), float(right[i]), float(wrong[i]))
        for layer in hidden:
            steps, early = trace.weight_steps[layer - 1], result.weight_steps[layer - 1]
            for i, j in np.argwhere(trace.network.masks[layer - 1]).tolist():
                yield self._row(Quantity("step", layer, i, j), float(steps[i, j]), float(early[i, j]))

    def _row(self, quantity: Quantity, right: float, wrong: float) -> ReadingRow:
        assert self._moment is not None
        known = is_known(self._moment, quantity)
        write = self._writing
        values = (write.signed(quantity, right), write.signed(quantity, wrong)) if known else (None, None)
        return ReadingRow(quantity, write.letter(quantity), write.name(quantity), values)

    def _after(self, result: TooEarly) -> str:
        assert self._moment is not None
        if not self._moment.knows("update") or result.trace.batch.count > 1:
            return ""
        finer = self._writing.numbers.finer(4)
        right, wrong = finer.text(result.right_error), finer.text(result.wrong_error)
        return f"After the update E of this instance is {right}; updated too early it would be {wrong}. "
