import pytest
from pytestqt.qtbot import QtBot

from ui.numbers import NumberFormat
from ui.plots.loss_axes import LossAxes
from ui.plots.plot_widget import plot_widget
from ui.theme import load_theme


class Plot:
    """The axes on a plot of a size, and what is written on them."""

    def __init__(self, qtbot: QtBot, width: int, height: int) -> None:
        self.widget = plot_widget()
        qtbot.addWidget(self.widget)
        self.widget.resize(width, height)
        self.item = self.widget.getPlotItem()
        self.axes = LossAxes(self.item)
        self.axes.set_theme(load_theme("light"))
        with qtbot.waitExposed(self.widget):
            self.widget.show()

    def draw(
        self,
        x_range: tuple[float, float],
        y_range: tuple[float, float],
        epoch: float = 1,
        logarithmic: bool = False,
        number_format: NumberFormat | None = None,
    ) -> dict[str, list[str]]:
        self.item.getViewBox().setRange(xRange=x_range, yRange=y_range, padding=0)
        self.axes.draw(epoch, logarithmic, number_format or NumberFormat())
        return {side: self.texts(side) for side in ("left", "bottom")}

    def texts(self, side: str) -> list[str]:
        return [text for _place, text in self.item.getAxis(side)._tickLevels[0]]


def test_the_axes_say_what_they_are(qtbot: QtBot) -> None:
    plot = Plot(qtbot, 700, 260)
    plot.axes.set_names("C", "update")
    assert plot.item.getAxis("left").labelText == "C"
    plot.draw((0, 20), (0, 0.3))
    assert plot.axes._name.name == plot.axes._name.text() == "update"


def test_epochs_are_counted(qtbot: QtBot) -> None:
    written = Plot(qtbot, 700, 260).draw((0, 21), (0, 0.35))
    assert set(written["bottom"]) >= {"0", "10", "20"}
    assert all(text.isdigit() for text in written["bottom"])
    assert written["left"] == ["0", "0.05", "0.1", "0.15", "0.2", "0.25", "0.3", "0.35"]


def test_parts_of_an_epoch_are_written_in_the_programs_format(qtbot: QtBot) -> None:
    written = Plot(qtbot, 700, 260).draw((0, 0.5), (0, 0.35), number_format=NumberFormat(3, ","))
    assert "0,1" in written["bottom"]


def test_large_counts_are_grouped_and_do_not_touch(qtbot: QtBot) -> None:
    plot = Plot(qtbot, 480, 260)
    written = plot.draw((0, 1_000_000), (0, 1))
    assert "500\u202f000" in written["bottom"]
    assert sum(7 * len(text) for text in written["bottom"]) < plot.item.getViewBox().width()


@pytest.mark.parametrize(
    ("x_range", "ends"), [((0, 5.2), [4]), ((0, 40), [*range(4, 41, 4)]), ((0, 400), [])]
)
def test_epochs_have_a_line_each_where_they_are_few(
    qtbot: QtBot, x_range: tuple[float, float], ends: list[float]
) -> None:
    plot = Plot(qtbot, 700, 260)
    plot.draw(x_range, (0, 0.35), epoch=4)
    x, y = plot.axes._grid.getData()
    upright = (x[::2] == x[1::2]) & (y[::2] != y[1::2])
    assert x[::2][upright].tolist() == ends


def test_a_logarithmic_axis_names_powers_of_ten(qtbot: QtBot) -> None:
    written = Plot(qtbot, 700, 260).draw((0, 20), (-4, 0), logarithmic=True)
    assert written["left"] == ["0.0001", "0.001", "0.01", "0.1", "1"] or written["left"][-1] == "1"


def test_numbers_are_in_the_programs_format(qtbot: QtBot) -> None:
    plot = Plot(qtbot, 700, 260)
    plot.draw((0, 20), (0, 0.3))
    written = plot.draw((0, 20), (0, 0.3), number_format=NumberFormat(3, ","))
    assert "0,1" in written["left"]


@pytest.mark.parametrize("height", [70, 260])
def test_the_axes_can_be_read_also_in_a_low_plot(qtbot: QtBot, height: int) -> None:
    plot = Plot(qtbot, 300, height)
    for top in (0.3, 0.7, 1.9, 2.1):
        written = plot.draw((0, 20), (0, top))
        assert all(len(written[side]) >= 2 for side in ("left", "bottom"))
    assert plot.item.getViewBox().height() > height - 30
