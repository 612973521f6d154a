"""Opening and saving: dialogs, the question about unsaved changes, recent files."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QMessageBox, QStatusBar, QWidget

from bpsim.datasets import Dataset
from bpsim.examples import Example, load_example
from bpsim.made_data import DATASETS
from bpsim.network import Network
from bpsim.numbers import counted, whole_text
from bpsim.project import Project, ProjectError
from bpsim.storage import load, save
from ui.player import Player
from ui.session import Session
from ui.settings import Preferences
from ui.threads import prepare
from ui.trainer import Trainer

FILTER = "bpsim projects (*.bpsim)"


class Files:
    """Everything that replaces or keeps the work; nothing is replaced before the learner has been asked.

    Runs under way end first, so that what they did is part of what is kept or asked about.
    """

    def __init__(
        self, session: Session, player: Player, trainer: Trainer, preferences: Preferences, window: QWidget
    ) -> None:
        self._session, self._player, self._trainer = session, player, trainer
        self._preferences, self._window = preferences, window
        player.recomputed.connect(self._show_recomputed)

    @property
    def recent(self) -> list[str]:
        """The files last used."""
        return self._preferences.recent

    def new(self) -> None:
        """Start with a small network and the XOR data."""
        if self.may_replace():
            data: Dataset = DATASETS["xor"].make()
            self._session.open(Project(Network.dense([2, 2, 1]), data))

    def open(self) -> None:
        """Ask for a file and open it."""
        if self.may_replace():
            path, _ = QFileDialog.getOpenFileName(self._window, "Open a project", self._folder(), FILTER)
            if path:
                self._load(path)

    def open_path(self, path: str) -> None:
        """Open a file."""
        if self.may_replace():
            self._load(path)

    def open_example(self, example: Example) -> None:
        """Open an example, which saves under a name of its own."""
        if self.may_replace():
            self._session.open(load_example(example.name))
            self._session.set_view(mode="simulate")

    def save(self) -> bool:
        """Save where the work came from, or ask where; tell whether it is saved."""
        return self.save_to(self._session.path) if self._session.path else self.save_as()

    def save_as(self) -> bool:
        """Ask for a file and save there; tell whether it is saved."""
        start = self._session.path or str(Path(self._folder()) / "network.bpsim")
        path, _ = QFileDialog.getSaveFileName(self._window, "Save the project", start, FILTER)
        if not path:
            return False
        return self.save_to(path if Path(path).suffix else f"{path}.bpsim")

    def save_to(self, path: str) -> bool:
        """Save to a file; tell whether it is saved. A problem is shown, and the old file is as it was."""
        self._trainer.stop()
        try:
            save(self._session.project, path)
        except ProjectError as error:
            self._say("The project could not be saved", error)
            return False
        self._preferences.add_recent(path)
        self._session.saved_as(path)
        return True

    def may_replace(self) -> bool:
        """Ask about unsaved changes; tell whether the work may be replaced."""
        self._trainer.stop()
        self._stop_comparisons()
        if self._session.clean:
            return True
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setText("Save your changes?")
        box.setInformativeText("Without saving, what you changed since the last save is lost.")
        buttons = QMessageBox.StandardButton
        box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
        box.setDefaultButton(buttons.Save)
        answer = box.exec()
        return self.save() if answer == buttons.Save else answer == buttons.Discard

    def _stop_comparisons(self) -> None:
        from ui.sweeper import Sweeper  # not needed at start-up

        for sweeper in self._window.findChildren(Sweeper):
            sweeper.stop()

    def _load(self, path: str) -> None:
        try:
            project = load(path)
        except ProjectError as error:
            self._say("The project could not be opened", error)
            return
        if project.compiled_from is not None:
            prepare()  # its compiler has a thread of its own
        self._session.open(replace(project, cursor=(0, 0)), path, project.cursor)
        self._player.return_to(project.cursor, project.recorded, self._session.tell_notes)
        self._preferences.add_recent(path)

    def _show_recomputed(self, done: int, recorded: int) -> None:
        bar = self._window.findChild(QStatusBar)
        if bar is None:
            return
        if done < recorded:
            bar.showMessage(f"Computing again: {whole_text(done)} of {counted(recorded, 'instance')}")
        else:
            bar.clearMessage()

    def _say(self, what: str, error: Exception) -> None:
        box = QMessageBox(
            QMessageBox.Icon.Warning, "bpsim", what, QMessageBox.StandardButton.Ok, self._window
        )
        box.setInformativeText(str(error))
        box.exec()

    def _folder(self) -> str:
        known = [self._session.path] if self._session.path else self.recent
        if known:
            return str(Path(known[0]).parent)
        return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
