from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpsim.sweep import Row
from tests.helpers import kept_run
from ui.numbers import NumberFormat
from ui.plots.saving import save_figure
from ui.plots.sweep import MEDIAN_WIDTH, SweepPlot
from ui.theme import load_theme


def row(value: float, *curves: list[float]) -> Row:
    runs = tuple(kept_run(f"{value}, seed {number}", np.array(curve)) for number, curve in enumerate(curves))
    return Row((value,), runs, None, None, None, None, None, 0)


ROWS = [row(0.1, [4.0, 3, 2], [2.0, 1, 0.5], [3.0, 2, 1]), row(1.0, [1.0, 0.1, 0.01])]


@pytest.fixture
def plot(qtbot: QtBot) -> SweepPlot:
    plot = SweepPlot(load_theme("light"), NumberFormat(), "E")
    qtbot.addWidget(plot)
    plot.resize(600, 300)
    with qtbot.waitExposed(plot):
        plot.show()
    return plot


def curves(plot: SweepPlot) -> list[tuple[list[float], list[float], int]]:
    lines = [line.curve for line, _epochs, _errors in plot._curves]
    return [(*(part.tolist() for part in line.getData()), line.opts["pen"].width()) for line in lines]


def test_every_run_is_thin_and_the_median_of_the_seeds_bold(plot: SweepPlot) -> None:
    plot.show_rows(ROWS, ["η 0.1", "η 1"])
    drawn = curves(plot)
    assert [width for _x, _y, width in drawn] == [1, 1, 1, 1, MEDIAN_WIDTH, MEDIAN_WIDTH]
    assert drawn[4][:2] == ([1, 2, 3], [3, 2, 1])
    low, high = plot._view.viewRange()[0]
    assert low == 0
    assert high > 3


def test_a_logarithmic_axis(plot: SweepPlot) -> None:
    plot.show_rows(ROWS, ["η 0.1", "η 1"])
    plot.log_box.click()
    assert curves(plot)[3][1] == pytest.approx([0, -1, -2])
    bottom, top = plot._view.viewRange()[1]
    assert bottom < -1.9
    assert top > 0.9


def test_a_run_that_grows_beyond_all_others_is_cut(plot: SweepPlot) -> None:
    plot.show_rows([*ROWS, row(50.0, [5.0, 1e9, 1e200])], ["", "", ""])
    assert plot._view.viewRange()[1][1] < 30


def test_without_runs_it_is_empty(plot: SweepPlot) -> None:
    assert plot.figure() is None
    plot.show_rows(ROWS, ["η 0.1", "η 1"])
    plot.show_rows([], [])
    QApplication.processEvents()
    assert curves(plot) == []


def test_it_can_be_saved(plot: SweepPlot, tmp_path: Path) -> None:
    plot.show_rows(ROWS, ["η 0.1", "η 1"])
    figure = plot.figure()
    assert figure is not None
    assert [name for name, _pen in figure.legend] == ["η 0.1", "η 1"]
    for ending in ("png", "svg", "csv"):
        save_figure(figure, str(tmp_path / f"runs.{ending}"))
    rows = (tmp_path / "runs.csv").read_text(encoding="utf-8").splitlines()
    assert rows[1].split(",")[:2] == ["1.0", "4.0"]
    assert len(rows[0].split(",")) >= 8
