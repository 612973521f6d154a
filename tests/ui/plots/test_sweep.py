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


def test_every_run_is_thin_and_the_median_of_the_seeds_bold(plot: SweepPlot) -> None:
    plot.show_rows(ROWS, ["η 0.1", "η 1"])
    (runs, median), (other, _its_median) = plot._pairs
    x, y = runs.curve.getData()
    assert x[np.isfinite(x)].tolist() == [1, 2, 3] * 3
    assert y[np.isfinite(y)].tolist() == [4, 3, 2, 2, 1, 0.5, 3, 2, 1]
    assert np.isnan(y).sum() == 3  # each is a curve of its own
    assert [part.tolist() for part in median.curve.getData()] == [[1, 2, 3], [3, 2, 1]]
    assert (runs.curve.opts["pen"].width(), median.curve.opts["pen"].width()) == (1, MEDIAN_WIDTH)
    assert runs.curve.opts["pen"].color().name() != other.curve.opts["pen"].color().name()
    low, high = plot._view.viewRange()[0]
    assert low == 0
    assert high > 3


def test_the_axis_is_logarithmic_where_errors_are_far_apart_until_one_is_chosen(plot: SweepPlot) -> None:
    plot.show_rows(ROWS, ["η 0.1", "η 1"])
    assert not plot.log_box.isChecked()
    far = [*ROWS, row(50.0, [5.0, 3e5, 1e200])]
    plot.show_rows(far, ["", "", ""])
    assert plot.log_box.isChecked()
    assert plot._view.viewRange()[1][1] < 5  # what blows up is cut
    plot.log_box.click()
    plot.show_rows(far, ["", "", ""])
    assert not plot.log_box.isChecked()


def test_a_logarithmic_axis(plot: SweepPlot) -> None:
    plot.show_rows(ROWS, ["η 0.1", "η 1"])
    plot.log_box.click()
    assert plot._pairs[1][1].curve.getData()[1] == pytest.approx([0, -1, -2])
    bottom, top = plot._view.viewRange()[1]
    assert bottom < -1.9
    assert top > 0.9


def test_a_run_that_grows_beyond_all_others_is_cut(plot: SweepPlot) -> None:
    plot.show_rows([*ROWS, row(50.0, [5.0, 1e9, 1e200])], ["", "", ""])
    plot.log_box.click()
    assert plot._view.viewRange()[1][1] < 30


def test_without_runs_it_is_empty(plot: SweepPlot) -> None:
    assert plot.figure() is None
    assert plot.nothing.isVisible()
    assert plot.nothing.text().startswith("Press Train")
    plot.show_rows(ROWS, ["η 0.1", "η 1"])
    assert plot.widget.isVisible()
    assert not plot.nothing.isVisible()
    plot.clear("The first run is not finished yet.")
    QApplication.processEvents()
    assert plot.nothing.isVisible()
    assert plot.nothing.text() == "The first run is not finished yet."
    assert not any(line.curve.isVisible() for pair in plot._pairs for line in pair)


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
