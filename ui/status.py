"""The status bar: where we are, the errors that are known, and the file."""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QStatusBar

from bpsim.notation import NOTATIONS
from bpsim.numbers import whole_text
from bpsim.running import Progress
from ui.run_words import SEPARATOR, progress_text, stopped_texts
from ui.session import Session
from ui.widgets.labels import ElidedLabel
from ui.widgets.panel import number_format

_AROUND = 64  # pixels around and between the labels


class Status(QStatusBar):
    """One line at the foot of the window.

    What is said of a run is not hidden by what commands say of themselves while the mouse is on them, and
    where we are is said more shortly where that leaves the run too little room.
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._clean = session.clean
        self._place, self._run, self._file = QLabel(), ElidedLabel(), QLabel()
        self._first = ""  # the part of what is said of the run that is to be read in any case
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
        session.running_changed.connect(lambda _running: self.clearMessage())
        session.run_ended.connect(self._show_ended)
        session.path_changed.connect(self._show_file)
        session.clean_changed.connect(self._show_clean)

    def show_run(self, progress: Progress, remark: str) -> None:
        """Say how the run under way stands."""
        text = progress_text(progress, number_format(self._session.view))
        self._say_of_run(text, *([remark] if remark else []))

    def _show_ended(self, progress: Progress | None) -> None:
        if progress is not None and progress.divergence is None:
            self._say_of_run(*stopped_texts(progress, number_format(self._session.view)))

    def _say_of_run(self, *texts: str) -> None:
        """Say something of the run; of several texts the first one is to be read in any case."""
        said = SEPARATOR.join(texts)
        self._first = f"·  {texts[0].partition(SEPARATOR)[0]}" if said else ""
        self._run.setText(f"·  {said}" if said else "")
        self._run.setAccessibleName(said)
        self._fit()

    def _show_place(self) -> None:
        if not self._session.running:
            self._say_of_run()
        self._fit()

    def _fit(self) -> None:
        """Say where we are, in as many words as leave room for what is said of the run."""
        metrics = self.fontMetrics()
        room = self.width() - metrics.horizontalAdvance(self._first + self._file.text()) - _AROUND
        texts = place_texts(self._session)[-2 if self._session.running else 0 :]
        fitting = (text for text in texts if metrics.horizontalAdvance(text) <= room)
        self._place.setText(next(fitting, texts[-1]) if self._first else texts[0])
        self._place.setAccessibleName(place_text(self._session))

    def _show_clean(self, clean: bool) -> None:
        self._clean = clean
        self._show_file()

    def _show_file(self) -> None:
        path = self._session.path
        name = Path(path).name if path else "not saved yet"
        state = "changed" if not self._clean else "saved" if path else ""
        self._file.setText(f"{name} — {state}" if state else name)

    # -- Qt --------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.window().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.StatusTip and (self._session.running or self._first):
            return True
        return super().eventFilter(watched, event)


def place_text(session: Session) -> str:
    """Return where we are in all words."""
    return place_texts(session)[0]


def place_texts(session: Session) -> list[str]:
    """Return where we are, first in all words, then in fewer.

    Epoch and instance, its E once it is shown, and the mean E of the last complete epoch. The penalty of
    weight decay stands beside E as a number of its own.
    """
    moment, series = session.moment, session.series
    if series is None:
        return ["Network and data do not fit each other"]
    numbers, letter = number_format(session.view), NOTATIONS[session.view.notation].error_letter
    epoch, row = moment.position.epoch, moment.position.instance
    instance = f"instance {whole_text(row + 1)} of {whole_text(len(moment.dataset))}"
    error, means = [], []
    if moment.trace is not None and moment.knows("error"):
        penalty = f" + penalty {numbers.text(moment.trace.penalty)}" if moment.settings.decays else ""
        error = [f"{letter} = {numbers.text(moment.trace.error)}{penalty}"]
    complete = (moment.instances_done + moment.finished) // moment.epoch_size
    mean = series.mean_of_epoch(complete - 1)
    if mean is not None:
        means = [f"mean {letter} of epoch {whole_text(complete)} = {numbers.text(mean)}"]
    place = f"epoch {whole_text(epoch + 1)}"
    return [
        SEPARATOR.join(parts)
        for parts in ([place, instance, *error, *means], [place, instance, *means], [place, *means], [place])
    ]
