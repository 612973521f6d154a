"""The status bar: where we are, the errors that are known, and the file."""

from pathlib import Path

from PySide6.QtWidgets import QLabel, QStatusBar

from bpsim.notation import NOTATIONS
from bpsim.running import Progress
from ui.run_words import ended_text, progress_text
from ui.session import Session
from ui.widgets.labels import ElidedLabel
from ui.widgets.panel import number_format


class Status(QStatusBar):
    """One line at the foot of the window."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._clean = session.clean
        self._place, self._run, self._file = QLabel(), ElidedLabel(), QLabel()
        self._place.setObjectName("status_place")
        self._file.setObjectName("status_file")
        self._run.setObjectName("status_run")
        self.addWidget(self._place)
        self.addWidget(self._run, 1)
        self.addPermanentWidget(self._file)
        self.setSizeGripEnabled(False)
        self._show_place()
        self._show_file()
        session.moment_changed.connect(self._show_place)
        session.view_changed.connect(self._show_place)
        session.run_ended.connect(self._show_ended)
        session.path_changed.connect(self._show_file)
        session.clean_changed.connect(self._show_clean)

    def show_run(self, progress: Progress, remark: str) -> None:
        """Say how the run under way stands."""
        self.clearMessage()  # what the button says of itself, as long as the mouse is on it
        text = progress_text(progress, number_format(self._session.view))
        self._say_of_run(f"{remark}  ·  {text}" if remark else text)

    def _show_ended(self, progress: Progress | None) -> None:
        self.clearMessage()
        if progress is not None and progress.divergence is None:
            self._say_of_run(ended_text(progress.ended, number_format(self._session.view)))

    def _say_of_run(self, text: str) -> None:
        self._run.setText(f"·  {text}" if text else "")
        self._run.setAccessibleName(text)

    def _show_place(self) -> None:
        self._place.setText(place_text(self._session))
        if not self._session.running:
            self._say_of_run("")

    def _show_clean(self, clean: bool) -> None:
        self._clean = clean
        self._show_file()

    def _show_file(self) -> None:
        path = self._session.path
        name = Path(path).name if path else "not saved yet"
        state = "changed" if not self._clean else "saved" if path else ""
        self._file.setText(f"{name} — {state}" if state else name)


def place_text(session: Session) -> str:
    """Return epoch and instance, E_p once it is shown, and the mean E of the last complete epoch.

    The penalty of weight decay stands beside E_p as a number of its own.
    """
    moment, series = session.moment, session.series
    if series is None:
        return "Network and data do not fit each other"
    numbers, letter = number_format(session.view), NOTATIONS[session.view.notation].error_letter
    epoch, row = moment.position.epoch, moment.position.instance
    parts = [f"epoch {epoch + 1}", f"instance {row + 1} of {len(moment.dataset)}"]
    if moment.trace is not None and moment.knows("error"):
        penalty = f" + penalty {numbers.text(moment.trace.penalty)}" if moment.settings.decays else ""
        parts.append(f"{letter}{_subscript(row + 1)} = {numbers.text(moment.trace.error)}{penalty}")
    complete = (moment.instances_done + moment.finished) // moment.epoch_size
    mean = series.mean_of_epoch(complete - 1)
    if mean is not None:
        parts.append(f"mean {letter} of epoch {complete} = {numbers.text(mean)}")
    return "  ·  ".join(parts)


def _subscript(number: int) -> str:
    return str(number).translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))
