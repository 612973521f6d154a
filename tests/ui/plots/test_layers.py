import csv
import io

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpsim.layer_stats import LayerStats
from bpsim.notation import NOTATIONS
from ui.numbers import NumberFormat
from ui.plots.layers import LayersPlot
from ui.plots.saving import FORMS
from ui.theme import load_theme

STATS = LayerStats(
    instances=4,
    of=4,
    deltas=(None, 1.25e-5, 0.00321, 0.1),
    steps=(None, 1e-6, 2e-4, 0.05),
    saturated=(None, 0.25, 0.0, 0.5),
    dead=(None, 0.125, 0.0, 0.0),
    marks=(),
)


@pytest.fixture
def plot(qtbot: QtBot) -> LayersPlot:
    plot = LayersPlot(load_theme("light"), NumberFormat())
    qtbot.addWidget(plot)
    plot.resize(420, 260)
    with qtbot.waitExposed(plot):
        plot.show()
    plot.activateWindow()
    return plot


def choose(plot: LayersPlot, qtbot: QtBot, name: str) -> None:
    field = plot.quantity_field
    field.setFocus()
    while field.value != name:
        up = field.currentIndex() > field.findData(name)
        qtbot.keyClick(field, Qt.Key.Key_Up if up else Qt.Key.Key_Down)


def test_an_empty_plot_says_why(plot: LayersPlot) -> None:
    assert plot.figure() is None
    plot.set_stats(None, "Nothing can be trained. The data has three columns.")
    assert plot._readout.text() == "Nothing can be trained. The data has three columns."
    assert plot.accessibleDescription() == plot._readout.text()
    assert plot.chart.bars.places == ()


def test_it_can_be_as_narrow_as_its_dock_in_a_small_window(plot: LayersPlot) -> None:
    plot.set_stats(STATS)
    assert plot.minimumSizeHint().width() <= 240


def test_the_title_says_what_it_is_computed_from(plot: LayersPlot) -> None:
    plot.set_stats(STATS)
    assert plot.title == "over 4 instances, present weights" == plot._readout.text()
    plot.set_stats(LayerStats(256, 1000, *[(None, 0.1)] * 4, ()))
    assert plot.title == "over 256 of 1\u202f000 instances, present weights"
    plot.set_stats(LayerStats(1, 1, *[(None, 0.1)] * 4, ()))
    assert plot.title == "over 1 instance, present weights"


def test_the_bars_are_the_numbers_of_the_chosen_quantity(plot: LayersPlot, qtbot: QtBot) -> None:
    plot.set_stats(STATS)
    assert plot.chart.bars.places == ("2", "3", "4")
    assert plot.chart.bars.series == ((1.25e-5, 0.00321, 0.1),)
    choose(plot, qtbot, "steps")
    assert plot.chart.bars.series == ((1e-6, 2e-4, 0.05),)
    choose(plot, qtbot, "flat")
    assert plot.chart.bars.series == ((0.25, 0.0, 0.5), (0.125, 0.0, 0.0))
    assert plot.chart.bars.names == ("saturated", "dead")
    assert plot.chart.bars.shares


def test_the_choices_are_explained(plot: LayersPlot, qtbot: QtBot) -> None:
    plot.set_stats(STATS)
    for name, meaning in (("deltas", "the mean over instances and nodes"), ("flat", "g′ ≈ 0")):
        choose(plot, qtbot, name)
        assert meaning in plot.quantity_field.toolTip()


def test_where_it_is_low_the_bars_have_most_of_the_height(plot: LayersPlot) -> None:
    plot.set_stats(LayerStats(4, 4, (None, 0.1, 0.1), *[(None, 0.0, 0.0)] * 3, ()))
    plot.resize(377, 160)
    QApplication.processEvents()
    assert plot._readout.geometry().left() > plot.quantity_field.geometry().right()
    assert plot.chart.height() > 110
    assert plot._readout.fitting(plot._readout.width()) == "over 4 instances"
    plot.point_at(0)
    assert plot._readout.fitting(plot._readout.width()) in (
        "layer 2 · mean |δ| = 0.10000",
        "mean |δ| = 0.10000",
        "|δ| = 0.10000",
    )


def test_the_axis_can_be_logarithmic_but_not_for_shares(plot: LayersPlot, qtbot: QtBot) -> None:
    plot.set_stats(STATS)
    qtbot.mouseClick(plot.logarithmic, Qt.MouseButton.LeftButton, pos=QPoint(8, 10))
    assert plot.chart.scale.logarithmic
    choose(plot, qtbot, "flat")
    assert not plot.chart.scale.logarithmic
    assert not plot.logarithmic.isEnabled()
    choose(plot, qtbot, "deltas")
    assert plot.chart.scale.logarithmic


def test_a_sentence_says_that_the_gradient_vanishes(plot: LayersPlot) -> None:
    plot.set_stats(STATS)
    sentence = (
        "δ of layer 2 is 8\u202f000 times smaller than that of the output layer: the gradient vanishes."
    )
    assert plot._sentence.text() == sentence
    assert plot._sentence.isVisible()
    assert plot.accessibleDescription().endswith(sentence)
    plot.set_stats(LayerStats(4, 4, (None, 0.1, 0.1), *[(None, 0.0, 0.0)] * 3, ()))
    assert not plot._sentence.isVisible()


def test_the_mouse_reads_exact_values(plot: LayersPlot, qtbot: QtBot) -> None:
    plot.set_stats(STATS)
    QTest.mouseMove(plot.chart, plot.chart.bar_box(0).center().toPoint())
    QApplication.processEvents()
    assert plot._readout.text() == (
        "layer 2 · mean |δ| = 1.250e−5 · mean |Δθ| = 1.000e−6 · saturated 25 % · dead 12.5 %"
    )
    plot.set_number_format(NumberFormat(3, ","))
    assert "1,250e−5" in plot._readout.text()
    choose(plot, qtbot, "flat")
    assert plot._readout.text().startswith("layer 2 · saturated 25 % · dead 12,5 % · mean |δ|")


def test_keys_move_from_layer_to_layer(plot: LayersPlot, qtbot: QtBot) -> None:
    plot.set_stats(STATS)
    plot.setFocus()
    read = []
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down):
        qtbot.keyClick(plot, key)
        read.append(plot._readout.text()[:7])
    assert read == ["layer 2", "layer 3", "layer 4", "layer 4", "layer 3"]
    plot.set_stats(LayerStats(4, 4, *[(None, 0.1)] * 4, ()))  # which has one layer
    assert plot._readout.text() == plot.title
    qtbot.keyClick(plot, Qt.Key.Key_Down)
    assert plot._readout.text().startswith("layer 2")


@pytest.mark.parametrize("key", [Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Space])
def test_the_keys_of_the_simulation_are_left_alone(plot: LayersPlot, qtbot: QtBot, key: Qt.Key) -> None:
    plot.set_stats(STATS)
    plot.setFocus()
    qtbot.keyClick(plot, key)
    assert plot._readout.text() == plot.title


def test_letters_and_layers_follow_the_notation(plot: LayersPlot) -> None:
    plot.set_stats(STATS)
    plot.set_notation(NOTATIONS["pytorch"])
    assert plot.chart.bars.places == ("1", "2", "3")
    texts = [plot.quantity_field.itemText(row) for row in range(3)]
    assert texts == ["|dL/dz|", "|ΔW|", "saturated or dead"]
    assert plot._sentence.text().startswith("dL/dz of layer 1 is 8\u202f000 times smaller")


def test_what_is_shown_can_be_saved(plot: LayersPlot, qtbot: QtBot) -> None:
    plot.set_stats(STATS)
    figure = plot.figure()
    assert figure is not None
    assert (figure.name, figure.title, figure.note) == (
        "layers",
        f"By layer: |δ| {plot.title}",
        plot.sentence,
    )
    assert all(len(make(figure)) > 100 for _what, make in FORMS.values())
    header, *rows = csv.reader(io.StringIO(FORMS[".csv"][1](figure).decode(), newline=""))
    assert header == ["layer", "mean |δ|", "mean |Δθ|", "saturated", "dead"]
    assert [list(map(float, row)) for row in rows] == [
        [2, 1.25e-5, 1e-6, 0.25, 0.125], [3, 0.00321, 2e-4, 0, 0], [4, 0.1, 0.05, 0.5, 0],
    ]  # fmt: skip


def test_it_fits_a_small_place(plot: LayersPlot) -> None:
    assert plot.minimumSizeHint().width() <= 320
    assert plot.minimumSizeHint().height() <= 220


def test_the_reading_stands_where_there_is_room(plot: LayersPlot) -> None:
    plot.set_stats(STATS)
    for width in (600, 200, 500, 250):
        plot.resize(width, 260)
        QApplication.processEvents()
        reading, field = plot._readout.geometry(), plot.quantity_field.geometry()
        assert reading.width() > 0.3 * width
        assert (reading.left() > field.right()) == (width >= 400)
        assert (reading.top() > field.bottom()) == (width < 400)
