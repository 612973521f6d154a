"""The button in a plot's header that saves it, and the menu that lists all plots that can be saved."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMainWindow, QMenu, QMessageBox, QToolButton, QWidget

from bpsim.files import reason
from ui.icons import icon
from ui.plots.saving import FORMS, Figure, save_figure
from ui.settings import Preferences

_SAID_FOR = 10_000  # milliseconds


class SavePlotButton(QToolButton):
    """Asks for a file and saves a plot to it.

    Parameters
    ----------
    title : str
        What the menu calls the plot.
    figure : callable
        ``figure()`` returns what there is to save now, None where the plot is empty.
    """

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
        return self._figure() is None

    def save(self) -> None:
        """Ask where to, at first where the last one went, and write; say where it is, or why it is not."""
        figure, window = self._figure(), self.window()
        if figure is None:
            _say(window, "There is nothing to save yet", "The plot is still empty.")
            return
        preferences = Preferences()
        start = str(Path(preferences.plot_folder) / f"{figure.name}.png")
        path, chosen = QFileDialog.getSaveFileName(window, f"Save the plot {self.title}", start, _filters())
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
        self._say_saved(Path(path))

    def _say_saved(self, path: Path) -> None:
        """Say it at the foot of the main window, also from a dialog or a dock that floats."""
        above = self.parentWidget()
        while above is not None and not isinstance(above, QMainWindow):
            above = above.parentWidget()
        if above is not None:
            above.statusBar().showMessage(f"Saved: {path.name} in {path.resolve().parent}", _SAID_FOR)


class SavePlotMenu(QMenu):
    """The plots of a window that are in sight, filled each time it is opened."""

    def __init__(self, window: QWidget) -> None:
        super().__init__("Save &plot", window)
        self._window = window
        self.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        self.clear()
        for button in self._window.findChildren(SavePlotButton):
            if button.isVisible():
                action = self.addAction(f"{button.title}…", button.save)
                action.setObjectName(f"save_plot_{button.title}")
                action.setEnabled(not button.is_empty)
        if self.isEmpty():
            self.addAction("No plot is in sight").setEnabled(False)


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
