"""Opening the dialogs: each is imported when it is first opened, so that the window is there sooner."""

from PySide6.QtWidgets import QWidget

from ui.session import Session


def import_csv(session: Session, window: QWidget) -> None:
    """Ask for a CSV file, and for how to read it."""
    from ui.dialogs.import_csv import import_csv

    import_csv(session, window)


def make_data(session: Session, window: QWidget) -> None:
    """Ask which data to make."""
    from ui.dialogs.make_data import make_data

    make_data(session, window)


def export_solution(session: Session, window: QWidget) -> None:
    """Ask for a file for the worked solution."""
    from ui.exporting import export_solution

    export_solution(session, window)


def edit_notes(session: Session, window: QWidget) -> None:
    """Ask for title and notes of the project."""
    from ui.dialogs.notes import edit_notes

    edit_notes(session, window)


def show_notes(session: Session, window: QWidget) -> None:
    """Show title and notes of the project."""
    from ui.dialogs.notes import show_notes

    show_notes(session, window)


def show_keys(window: QWidget) -> None:
    """Show the list of keys."""
    from ui.dialogs.keys import show_keys

    show_keys(window)
