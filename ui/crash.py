"""What the learner sees when the program itself is wrong: a sentence and the details to report, once."""

import sys
import traceback
from types import TracebackType

from PySide6.QtWidgets import QMessageBox, QWidget


def report_uncaught(window: QWidget) -> None:
    """Have uncaught exceptions shown in a dialog, each place once; they go to stderr too."""
    seen: set[tuple[str, int]] = set()

    def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        sys.__excepthook__(kind, error, trace)
        last = traceback.extract_tb(trace)[-1] if trace else None
        place = (last.filename, last.lineno or 0) if last else ("", 0)
        if not issubclass(kind, Exception) or place in seen:
            return
        seen.add(place)
        _show(window, "".join(traceback.format_exception(kind, error, trace)))

    sys.excepthook = report


def _show(window: QWidget, details: str) -> None:
    box = QMessageBox(window)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setText("Something went wrong inside bpsim.")
    box.setInformativeText(
        "Your work is as it was before the last action. Save it under a new name and report the details."
    )
    box.setDetailedText(details)
    box.open()
