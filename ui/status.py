"""The status bar: where we are, the errors that are known, and the file."""

from pathlib import Path

from PySide6.QtWidgets import QLabel, QStatusBar

from ui.numbers import NumberFormat
from ui.session import Session


class Status(QStatusBar):
    """One line at the foot of the window."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._place, self._file = QLabel(), QLabel()
        self._place.setObjectName("status_place")
        self._file.setObjectName("status_file")
        self.addWidget(self._place, 1)
        self.addPermanentWidget(self._file)
        self.setSizeGripEnabled(False)
        self._show_place()
        self._show_file()
        session.moment_changed.connect(self._show_place)
        session.view_changed.connect(self._show_place)
        session.path_changed.connect(self._show_file)
        session.undo_stack.cleanChanged.connect(self._show_file)

    def _show_place(self) -> None:
        self._place.setText(place_text(self._session))

    def _show_file(self) -> None:
        path = self._session.path
        name = Path(path).name if path else "not saved yet"
        clean = self._session.undo_stack.isClean()
        state = "saved" if path and clean else "" if clean else "changed"
        self._file.setText(f"{name} — {state}" if state else name)


def place_text(session: Session) -> str:
    """Return epoch and instance, E_p once it is shown, and the mean E of the last complete epoch."""
    moment, series = session.moment, session.series
    if series is None:
        return "Network and data do not fit each other"
    numbers = NumberFormat(session.view.digits, session.view.decimal_separator)
    epoch, row = moment.position.epoch, moment.position.instance
    parts = [f"epoch {epoch + 1}", f"instance {row + 1} of {len(moment.dataset)}"]
    if moment.trace is not None and moment.knows("error"):
        parts.append(f"E{_subscript(row + 1)} = {numbers.text(moment.trace.error)}")
    complete = (moment.instances_done + moment.finished) // moment.epoch_size
    mean = series.mean_of_epoch(complete - 1)
    if mean is not None:
        parts.append(f"mean E of epoch {complete} = {numbers.text(mean)}")
    return "  ·  ".join(parts)


def _subscript(number: int) -> str:
    return str(number).translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))
