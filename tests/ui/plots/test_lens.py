import csv
import io

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpsim.lens import Lens
from tests.ui.plots.test_lens_chart import parabola
from ui.numbers import NumberFormat
from ui.plots.lens import INSTANCE, MEAN, LensPlot
from ui.plots.lens_chart import Letters
from ui.plots.saving import FORMS
from ui.theme import load_theme

LETTERS = Letters("θ¹₁₂", "Δθ¹₁₂", "E")
HEADING = "mean over 4 instances, present weights"


@pytest.fixture
def plot(qtbot: QtBot) -> LensPlot:
    plot = LensPlot(load_theme("light"), NumberFormat())
    qtbot.addWidget(plot)
    plot.resize(460, 280)
    with qtbot.waitExposed(plot):
        plot.show()
    plot.activateWindow()
    return plot


def show(plot: LensPlot, lens: Lens) -> None:
    plot.set_lens(lens, LETTERS, HEADING)
    QApplication.processEvents()


def test_where_room_is_scarce_the_reading_stands_between_the_buttons(plot: LensPlot) -> None:
    show(plot, parabola(-1.0))
    for width, height, roomy in ((460, 300, True), (404, 230, False), (236, 180, False), (460, 300, True)):
        plot.resize(width, height)
        QApplication.processEvents()
        assert (plot._readout.y() > plot.errors.geometry().bottom()) == roomy
        assert plot.errors.button(MEAN).text() == ("all instances" if roomy else "all")
        assert plot.chart.height() >= height - 90
    assert plot.minimumSizeHint().width() <= 240


def test_what_is_read_gets_shorter(plot: LensPlot) -> None:
    show(plot, parabola(-1.0))
    assert plot._wordings(None) == [plot.title, "E over θ¹₁₂"]
    assert plot._wordings(40) == [
        "θ¹₁₂ = 2.00000 (now) · E = 4.00000 · tangent 4.00000",
        "θ¹₁₂ = 2.00000 (now) · E = 4.00000",
        "2.000 · E 4.000",
    ]


def test_a_problem_is_said_in_place_of_the_lens(plot: LensPlot) -> None:
    plot.set_problem("Select a weight.")
    assert plot._nothing.isVisible()
    assert not plot.chart.isVisible()
    assert plot.accessibleDescription() == "Select a weight."
    assert plot.figure() is None
    show(plot, parabola(-1.0))
    assert plot.chart.isVisible()
    plot.set_problem("Select a weight.")
    assert plot.lens is None
    assert not plot._sentence.isVisible()


def test_title_and_sentence_say_what_is_seen(plot: LensPlot) -> None:
    show(plot, parabola(-1.0))
    assert plot.title == plot._readout.text() == f"E over θ¹₁₂ · {HEADING}"
    assert plot._sentence.text() == (
        "Δθ¹₁₂ = −1.000. E falls from 4.000 to 1.000: 75 % of what this weight alone could gain."
    )
    assert plot.accessibleDescription() == f"{plot.title} {plot.sentence}"
    plot.set_lens(parabola(-5.0), Letters("w", "Δw", "C"), HEADING)
    assert plot.title == f"C over w · {HEADING}"
    assert "Δw = −5.000. The step is too large: it jumps over the valley, and C rises" in plot.sentence


def test_the_mouse_reads_exact_values(plot: LensPlot) -> None:
    lens = parabola(-1.0)
    show(plot, lens)
    place = plot.chart.frame(lens).point(float(lens.values[10]), 0.0)
    QTest.mouseMove(plot.chart, QPoint(round(place.x()), 40))
    QApplication.processEvents()
    assert plot._readout.text() == "θ¹₁₂ = −1.00000 · E = 1.00000 · tangent −8.00000"
    plot.set_number_format(NumberFormat(3, ","))
    assert plot._readout.text().startswith("θ¹₁₂ = −1,000")


def test_keys_move_along_the_curve(plot: LensPlot, qtbot: QtBot) -> None:
    lens = parabola(-1.0)
    show(plot, lens)
    plot.setFocus()
    read = []
    keys = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_PageDown)
    for key in keys:
        qtbot.keyClick(plot, key)
        assert plot._pointed is not None
        read.append(plot._pointed - 40)
    assert read == [1, 0, 10, 0, -10]
    qtbot.keyClick(plot, Qt.Key.Key_PageUp)
    assert " (now) · E = 4.00000 · tangent 4.00000" in plot._readout.text()


@pytest.mark.parametrize("key", [Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Space])
def test_the_keys_of_the_simulation_are_left_alone(plot: LensPlot, qtbot: QtBot, key: Qt.Key) -> None:
    show(plot, parabola(-1.0))
    plot.setFocus()
    qtbot.keyClick(plot, key)
    assert plot._readout.text() == plot.title


def test_what_is_too_large_is_said(plot: LensPlot) -> None:
    lens = parabola(-1.0)
    errors = lens.errors.copy()
    errors[0] = np.inf
    show(plot, Lens((0, 0, 0), 2.0, 4.0, 4.0, -1.0, 1.0, lens.values, errors, 4, 4))
    plot.point_at(0)
    assert "E = too large to compute" in plot._readout.text()


def test_another_look_is_asked_for(plot: LensPlot, qtbot: QtBot) -> None:
    show(plot, parabola(-1.0))
    plot.setFocus()
    with qtbot.waitSignal(plot.asked):
        qtbot.keyClick(plot, Qt.Key.Key_Plus)
    assert plot.span == 2.0
    with qtbot.waitSignal(plot.asked):
        qtbot.keyClick(plot, Qt.Key.Key_Minus)
    assert plot.span == 8.0  # of what is shown, which has not changed
    with qtbot.waitSignal(plot.asked):
        qtbot.mouseClick(plot.fit_button, Qt.MouseButton.LeftButton)
    assert plot.span is None
    assert plot.errors.choice == MEAN
    with qtbot.waitSignal(plot.asked):
        qtbot.mouseClick(plot.errors.button(INSTANCE), Qt.MouseButton.LeftButton)
    assert plot.errors.choice == INSTANCE


def test_another_weight_is_read_anew(plot: LensPlot) -> None:
    lens = parabola(-1.0)
    show(plot, lens)
    plot.point_at(5)
    show(plot, parabola(-2.0))
    assert plot._pointed == 5
    show(plot, Lens((1, 0, 0), 2.0, 4.0, 4.0, -1.0, 1.0, lens.values, lens.errors, 4, 4))
    assert plot._pointed is None


def test_what_is_shown_can_be_saved(plot: LensPlot) -> None:
    lens = parabola(-1.0)
    show(plot, lens)
    figure = plot.figure()
    assert figure is not None
    assert (figure.name, figure.title, figure.note) == ("lens", plot.title, plot.sentence)
    assert all(len(make(figure)) > 100 for _what, make in FORMS.values())
    header, *rows = csv.reader(io.StringIO(FORMS[".csv"][1](figure).decode(), newline=""))
    assert header == ["θ¹₁₂", "E", "tangent", "θ¹₁₂ now", "E now", "slope", "Δθ¹₁₂", "E after the step"]
    assert [float(row[0]) for row in rows] == lens.values.tolist()
    assert [float(row[1]) for row in rows] == lens.errors.tolist()
    assert list(map(float, rows[0][3:])) == [2.0, 4.0, 4.0, -1.0, 1.0]
    assert rows[1][3:] == [""] * 5


def test_it_fits_a_small_place(plot: LensPlot) -> None:
    assert plot.minimumSizeHint().width() <= 340
    assert plot.minimumSizeHint().height() <= 220
