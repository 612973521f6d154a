from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSizeF, Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QMainWindow,
    QMessageBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ui.plots.saving import Figure, Table
from ui.theme import load_theme
from ui.widgets.save_plot import SavePlotButton, SavePlotMenu


def figure() -> Figure:
    return Figure(
        "error", "Error E", QSizeF(100, 50), lambda painter, box: None, lambda: Table(("E",), ([0.5],)),
        load_theme("light"),
    )  # fmt: skip


def drawing() -> Figure:
    return replace(figure(), name="network", title="Network")


class Window(QWidget):
    """A window with two plots, the second one of which is empty."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        self.full = SavePlotButton("Error E", figure)
        self.empty = SavePlotButton("By layer", lambda: None)
        row.addWidget(self.full)
        row.addWidget(self.empty)
        self.menu = SavePlotMenu(drawing, self)


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    window = Window()
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    return window


def answer(
    monkeypatch: pytest.MonkeyPatch, path: str, chosen: str = "Picture (*.png)"
) -> list[tuple[object, ...]]:
    asked: list[tuple[object, ...]] = []

    def ask(*question: object) -> tuple[str, str]:
        asked.append(question)
        return path, chosen

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    return asked


def test_a_click_asks_and_saves(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked = answer(monkeypatch, str(tmp_path / "plot"), "All numbers (*.csv)")
    qtbot.mouseClick(window.full, Qt.MouseButton.LeftButton)
    assert (tmp_path / "plot.csv").read_text().split() == ["E", "0.5"]
    assert asked[0][1:3] == ("Save the plot Error E", "error.png")
    assert str(asked[0][3]).count("(*.") == 4


def test_what_was_saved_is_said_at_the_foot_of_the_window_also_from_a_dialog(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    main = QMainWindow()
    qtbot.addWidget(main)
    plots, dialog = Window(), QDialog(main)
    main.setCentralWidget(plots)
    QHBoxLayout(dialog).addWidget(Window())
    with qtbot.waitExposed(main):
        main.show()
    for name, button in (("a.png", plots.full), ("b.png", dialog.findChild(Window).full)):
        answer(monkeypatch, str(tmp_path / name))
        button.click()
        assert main.statusBar().currentMessage() == f"Saved: {name} in {tmp_path.resolve()}"


def test_the_next_one_starts_in_the_same_folder(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    answer(monkeypatch, str(tmp_path / "none" / "plot.png"))
    qtbot.mouseClick(window.full, Qt.MouseButton.LeftButton)
    QApplication.activeModalWidget().close()
    answer(monkeypatch, str(tmp_path / "plot.png"))
    qtbot.mouseClick(window.full, Qt.MouseButton.LeftButton)
    asked = answer(monkeypatch, "")
    qtbot.mouseClick(window.full, Qt.MouseButton.LeftButton)
    assert asked[0][2] == str(tmp_path.resolve() / "error.png")


def test_nothing_happens_without_a_path(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    answer(monkeypatch, "")
    qtbot.mouseClick(window.full, Qt.MouseButton.LeftButton)
    assert not list(tmp_path.iterdir())
    assert QApplication.activeModalWidget() is None


@pytest.mark.parametrize(
    ("name", "why"),
    [("plot.gif", "no form of a picture"), ("none/plot.png", "there is no such file or folder")],
)
def test_what_cannot_be_written_is_said(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, why: str
) -> None:
    answer(monkeypatch, str(tmp_path / name))
    qtbot.mouseClick(window.full, Qt.MouseButton.LeftButton)
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    assert why in box.informativeText()
    box.close()


def test_an_empty_plot_is_said(window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = answer(monkeypatch, "")
    qtbot.mouseClick(window.empty, Qt.MouseButton.LeftButton)
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    assert "still empty" in box.informativeText()
    box.close()
    assert not asked


def test_the_menu_lists_the_drawing_and_the_plots_in_sight(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window.menu.aboutToShow.emit()
    network, _line, full, empty = window.menu.actions()
    assert (network.text(), network.objectName()) == ("&Drawing of the network…", "save_drawing")
    assert (full.text(), full.isEnabled(), full.objectName()) == ("Error E…", True, "save_plot_Error E")
    assert (empty.text(), empty.isEnabled()) == ("By layer…", False)
    answer(monkeypatch, str(tmp_path / "plot.svg"))
    full.trigger()
    assert (tmp_path / "plot.svg").exists()
    window.empty.hide()
    window.full.hide()
    window.menu.aboutToShow.emit()
    assert [(action.text(), action.isEnabled()) for action in window.menu.actions()[2:]] == [
        ("No plot is in sight", False)
    ]


def test_the_drawing_is_saved_from_the_menu_or_from_its_own(
    window: Window, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window.menu.aboutToShow.emit()
    for action in (window.menu.actions()[0], window.menu.canvas_action):
        asked = answer(monkeypatch, str(tmp_path / f"{action.objectName()}.pdf"))
        action.trigger()
        assert asked[0][1] == "Save the drawing of the network"
        assert str(asked[0][2]).endswith("network.png")
        assert (tmp_path / f"{action.objectName()}.pdf").exists()


def test_what_is_out_of_sight_is_told_before_it_is_asked(
    window: Window, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    told: list[str] = []
    button = SavePlotButton("Later", lambda: figure() if told else None, window)
    assert button.is_empty
    button.figure_wanted.connect(lambda: told.append("told"))
    assert not button.is_empty
    answer(monkeypatch, str(tmp_path / "plot.csv"))
    button.save()
    assert told == ["told", "told"]
    assert (tmp_path / "plot.csv").exists()


def test_it_says_what_it_does(window: Window) -> None:
    assert window.full.toolTip() == "Save this plot: PNG, SVG, PDF or CSV"
    assert window.full.accessibleName() == "Save the plot Error E"
