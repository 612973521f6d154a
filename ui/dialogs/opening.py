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


def show_keys(window: QWidget) -> None:
    """Show the list of keys."""
    from ui.dialogs.keys import show_keys

    show_keys(window)
