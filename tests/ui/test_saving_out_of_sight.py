"""Plots behind a tab: what is saved of them is what they show as soon as one looks."""

import csv
import io
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QFileDialog
from pytestqt.qtbot import QtBot

from bpsim.datasets import Dataset
from bpsim.network import Network
from tests.helpers import shown_window, xor_session
from ui.main_window import MainWindow
from ui.plots.saving import FORMS
from ui.session import Selection
from ui.widgets.save_plot import SavePlotButton

PLOTS = {
    "Error E": "error_e_dock",
    "Decision boundary": "decision_boundary_dock",
    "By layer": "by_layer_dock",
    "η lens": "η_lens_dock",
}
WEIGHT = Selection(edges=frozenset({(0, 0, 1)}))
SETTLED_MS = 400  # a fine picture comes when nothing has changed for a while


class Window:
    """The real window, one of its plots, and a tab to put before it."""

    def __init__(self, title: str, qtbot: QtBot) -> None:
        self.window: MainWindow = shown_window(qtbot, xor_session())
        self.session, self._qtbot = self.window.session, qtbot
        self.session.step("epoch")
        self.session.select(WEIGHT)
        self._dock, self._other = self._find(PLOTS[title]), self._find("runs_dock")
        self.window.tabifyDockWidget(self._other, self._dock)
        self._dock.raise_()
        qtbot.waitUntil(lambda: self._dock.findChild(SavePlotButton) is not None)
        self.button: SavePlotButton = self._dock.findChild(SavePlotButton)

    def _find(self, name: str) -> QDockWidget:
        dock = self.window.findChild(QDockWidget, name)
        assert isinstance(dock, QDockWidget)
        return dock

    def show(self) -> None:
        self._dock.raise_()
        self._qtbot.wait(SETTLED_MS)

    def hide(self) -> None:
        self._other.raise_()
        self._qtbot.waitUntil(lambda: self.button.visibleRegion().isEmpty())

    def work_on_something_else(self) -> None:
        """Put other data and weights in place, and train them a little."""
        rng = np.random.default_rng(0)
        data = Dataset(rng.random((9, 2)), np.eye(9, 1))
        self.session.saved_as(None)  # else one is asked first
        self.window.files.new()
        self.session.edit("Use", network=Network.dense([2, 3, 1], seed=2), dataset=data)
        self.session.step("epoch")
        self.session.step("instance")
        self.session.select(WEIGHT)


def saved(button: SavePlotButton, ending: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> bytes:
    path = folder / f"plot{ending}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    button.save()
    return path.read_bytes()


@pytest.mark.parametrize("title", PLOTS)
def test_a_plot_that_is_saved_behind_a_tab_is_the_one_that_is_seen(
    title: str, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    on = Window(title, qtbot)
    endings = [ending for ending in FORMS if ending != ".pdf"]  # which holds the time
    on.show()
    old = saved(on.button, ".csv", tmp_path, monkeypatch)
    on.hide()
    on.work_on_something_else()
    hidden = [saved(on.button, ending, tmp_path, monkeypatch) for ending in endings]
    on.show()
    assert [saved(on.button, ending, tmp_path, monkeypatch) for ending in endings] == hidden
    assert hidden[-1] != old


@pytest.mark.parametrize("title", ["By layer", "η lens"])
def test_the_menu_knows_behind_a_tab_that_there_is_something_to_save(title: str, qtbot: QtBot) -> None:
    on = Window(title, qtbot)
    on.session.edit("Misfit", network=Network.dense([3, 1]))
    on.show()
    assert on.button.is_empty
    on.hide()
    on.work_on_something_else()
    assert not on.button.is_empty


def test_while_a_training_runs_the_error_is_saved_up_to_now(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    on = Window("Error E", qtbot)
    on.hide()
    on.window.trainer.start()
    qtbot.waitUntil(lambda: on.session.recorded > 40)
    assert on.session.running
    rows = csv.reader(io.StringIO(saved(on.button, ".csv", tmp_path, monkeypatch).decode()))
    assert on.session.series is not None
    assert len(list(rows)) - 1 == len(on.session.series.errors)
    on.window.trainer.stop()


def test_the_drawing_is_saved_by_its_command(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    on = Window("Error E", qtbot)
    action = on.window.findChild(QAction, "save_drawing")
    assert isinstance(action, QAction)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "mine"), "SVG (*.svg)"))
    action.trigger()
    assert "Network 2-2-1" in (tmp_path / "mine.svg").read_text(encoding="utf-8")
    assert on.window.statusBar().currentMessage().startswith("Saved: mine.svg in ")
