"""Saving a plot or the drawing to a file: the button in a plot's header, and the menu of all pictures."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMainWindow, QMenu, QMessageBox, QToolButton, QWidget

from bpsim.files import reason
from ui.icons import icon
from ui.plots.saving import FORMS, Figure, save_figure
from ui.settings import Preferences

_SAID_FOR = 10_000  # milliseconds


def save_picture(figure: Figure, what: str, parent: QWidget) -> None:
    """Ask where to, at first where the last one went, and write; say where it is, or why it is not.

    Parameters
    ----------
    what : str
        What is saved, in words.
    parent : QWidget
        Where it was asked for.
    """
    preferences, window = Preferences(), parent.window()
    start = str(Path(preferences.plot_folder) / f"{figure.name}.png")
    path, chosen = QFileDialog.getSaveFileName(window, f"Save {what}", start, _filters())
    if not path:
        return
    if not Path(path).suffix:
        path += chosen.rpartition("*")[2].rstrip(")")
    try:
        save_figure(figure, path)
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else str(error)
        _say(window, "Nothing could be written", why)
        return
    preferences.plot_folder = str(Path(path).resolve().parent)
    _say_saved(Path(path), parent)


class SavePlotButton(QToolButton):
    """Asks for a file and saves a plot to it.

    Parameters
    ----------
    title : str
        What the menu calls the plot.
    figure : callable
        ``figure()`` returns what there is to save now, None where the plot is empty.
    """

    figure_wanted = Signal()
    """Comes before `figure` is asked: a plot out of sight is then brought up to date."""

    def __init__(
        self, title: str, figure: Callable[[], Figure | None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.title = title
        self._figure = figure
        self.setIcon(icon("save"))
        self.setAutoRaise(True)
        self.setToolTip(f"Save this plot: {_kinds()}")
        self.setAccessibleName(f"Save the plot {title}")
        self.clicked.connect(self.save)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to save now."""
        return self._current() is None

    def _current(self) -> Figure | None:
        self.figure_wanted.emit()
        return self._figure()

    def save(self) -> None:
        """Ask where to, and write; say that there is nothing yet where that is so."""
        figure = self._current()
        if figure is None:
            _say(self.window(), "There is nothing to save yet", "The plot is still empty.")
        else:
            save_picture(figure, f"the plot {self.title}", self)


class SavePlotMenu(QMenu):
    """The drawing, and the plots of a window that are in sight; filled each time it is opened.

    Parameters
    ----------
    drawing : callable
        ``drawing()`` returns what there is to save of the drawing now.
    """

    def __init__(self, drawing: Callable[[], Figure], window: QWidget) -> None:
        super().__init__("Save &picture", window)
        self._drawing, self._window = drawing, window
        self._entry = self._drawing_action("&Drawing of the network…", "save_drawing")
        self.canvas_action = self._drawing_action("Save the drawing…", "save_drawing_here")
        """What the menu of the drawing itself offers."""
        self.aboutToShow.connect(self._fill)

    def _drawing_action(self, text: str, name: str) -> QAction:
        action = QAction(text, self._window)
        action.setObjectName(name)
        action.triggered.connect(self._save_drawing)
        return action

    def _save_drawing(self) -> None:
        save_picture(self._drawing(), "the drawing of the network", self._window)

    def _fill(self) -> None:
        self.clear()
        self.addAction(self._entry)
        self.addSeparator()
        buttons = [b for b in self._window.findChildren(SavePlotButton) if b.isVisible()]
        for button in buttons:
            action = self.addAction(f"{button.title}…", button.save)
            action.setObjectName(f"save_plot_{button.title}")
            action.setEnabled(not button.is_empty)
        if not buttons:
            self.addAction("No plot is in sight").setEnabled(False)


def _say_saved(path: Path, parent: QWidget | None) -> None:
    """Say it at the foot of the main window, also from a dialog or a dock that floats."""
    while parent is not None and not isinstance(parent, QMainWindow):
        parent = parent.parentWidget()
    if parent is not None:
        parent.statusBar().showMessage(f"Saved: {path.name} in {path.resolve().parent}", _SAID_FOR)


def _filters() -> str:
    return ";;".join(
        f"{ending[1:].upper()}: {what.lower()} (*{ending})" for ending, (what, _) in FORMS.items()
    )


def _kinds() -> str:
    endings = [ending[1:].upper() for ending in FORMS]
    return f"{', '.join(endings[:-1])} or {endings[-1]}"


def _say(window: QWidget, what: str, why: str) -> None:
    box = QMessageBox(QMessageBox.Icon.Warning, "bpsim", what, parent=window)
    box.setInformativeText(why)
    box.open()
