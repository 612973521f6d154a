"""Writing the worked solution of the present instance, or all of its numbers, to a file."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from bpsim.export.documents import to_html, to_latex, to_markdown
from bpsim.export.numbers_csv import numbers_to_csv
from bpsim.export.worked_solution import Solution, TooLargeError, work_out
from bpsim.files import atomic_write, reason
from bpsim.moment import Moment
from bpsim.quantity import Earlier
from ui.formula.numbers import FormulaNumbers
from ui.pdf.solution import solution_to_pdf
from ui.session import Session
from ui.view_state import ViewState

NUMBERS = "All numbers as CSV (*.csv)"
FILTERS = f"Markdown (*.md);;LaTeX (*.tex);;Web page (*.html);;PDF (*.pdf);;{NUMBERS}"


def export_solution(session: Session, window: QWidget) -> None:
    """Ask for a file and write to it; say why where it cannot be written."""
    if session.moment.trace is None:
        session.notice(session.moment.misfit or "There is nothing to write: the numbers grew too large.")
        return
    path, chosen = QFileDialog.getSaveFileName(window, "Save the worked solution", "solution.md", FILTERS)
    if path:
        _write(session, window, path if Path(path).suffix else path + chosen.rpartition("*")[2].rstrip(")"))


def _write(session: Session, window: QWidget, path: str) -> None:
    try:
        write_solution(session.moment, session.view, path, session.batch_traces())
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else str(error)
        box = QMessageBox(QMessageBox.Icon.Warning, "bpsim", "Nothing could be written", parent=window)
        box.setInformativeText(why)
        if isinstance(error, TooLargeError):
            table = box.addButton("Save the &numbers…", QMessageBox.ButtonRole.AcceptRole)
            table.clicked.connect(lambda _checked=False: _save_numbers(session, window))
            box.addButton(QMessageBox.StandardButton.Cancel)
        box.open()


def _save_numbers(session: Session, window: QWidget) -> None:
    """Ask for a file and write all numbers to it as a table."""
    path, _ = QFileDialog.getSaveFileName(window, "Save all numbers", "numbers.csv", NUMBERS)
    if path:
        _write(session, window, str(Path(path).with_suffix(".csv")))


def write_solution(moment: Moment, view: ViewState, path: str, earlier: Earlier | None = None) -> None:
    """Write the present instance to a file, in the form that its ending says.

    `earlier` are the earlier instances of its batch, the terms of its means.

    Raises
    ------
    ValueError
        If the ending is of no known form, or the network is too large for a solution.
    OSError
        If the file cannot be written; an old one is as it was.
    """
    trace = moment.trace
    assert trace is not None
    kind = Path(path).suffix.lower()
    if kind == ".csv":
        atomic_write(path, numbers_to_csv(trace, view.notation).encode())
        return
    writers = {".md": to_markdown, ".tex": to_latex, ".html": to_html}
    if kind not in (*writers, ".pdf"):
        raise ValueError(
            f"“{kind}” is no form of a solution: choose {', '.join([*writers, '.pdf', '.csv'])}."
        )
    solution = _solution(moment, view, earlier)
    atomic_write(path, solution_to_pdf(solution) if kind == ".pdf" else writers[kind](solution).encode())


def _solution(moment: Moment, view: ViewState, earlier: Earlier | None) -> Solution:
    numbers = FormulaNumbers(view.digits, view.decimal_separator)
    title = f"Instance {moment.position.instance + 1} of epoch {moment.position.epoch + 1}, worked out"
    trace = moment.trace
    assert trace is not None
    return work_out(trace, numbers, view.notation, title, earlier)
