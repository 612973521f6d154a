import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ui.plots.loss_legend import Entry, LossLegend
from ui.plots.pens import run_pen
from ui.theme import load_theme

THEME = load_theme("light")


@pytest.fixture
def ground(qtbot: QtBot) -> QWidget:
    ground = QWidget()
    qtbot.addWidget(ground)
    ground.resize(300, 100)
    with qtbot.waitExposed(ground):
        ground.show()
    return ground


@pytest.fixture
def legend(ground: QWidget) -> LossLegend:
    legend = LossLegend(THEME, ground)
    legend.resize(300, 100)
    legend.show()
    return legend


def runs(*names: str) -> list[Entry]:
    return [Entry(run_pen(THEME, style), name) for style, name in enumerate(names)]


def test_three_runs_are_named_and_the_rest_is_counted(legend: LossLegend) -> None:
    legend.show_entries(runs("one", "two", "three"))
    assert [[entry.text for entry in line] for line in legend._lines()] == [["one", "two", "three"]]
    legend.show_entries(runs(*"abcdefghi"))
    assert [[entry.text for entry in line] for line in legend._lines()] == [
        ["a", "b", "c", "+6 more (see Runs)"]
    ]
    assert legend.text == " · ".join("abcdefghi")
    assert _has(legend, "run_3")
    assert not _has(legend, "run_6")


def test_a_line_that_is_too_long_is_broken(legend: LossLegend) -> None:
    legend.show_entries(runs(*(f"a run with a name {number}" for number in range(3))))
    assert [len(line) for line in legend._lines()] == [1, 1, 1]
    legend.show_entries(runs("a name that is much longer than the three hundred pixels of the whole legend"))
    legend.grab()


def test_colours_are_the_themes(legend: LossLegend) -> None:
    legend.show_entries(runs("one"))
    assert _has(legend, "run_1")
    legend.show_entries([])
    assert not _has(legend, "run_1")


def test_the_mouse_goes_through_it(ground: QWidget, legend: LossLegend, qtbot: QtBot) -> None:
    button = QPushButton("below", ground)
    button.resize(300, 100)
    button.show()
    legend.raise_()
    with qtbot.waitSignal(button.clicked):
        target = ground.childAt(QPoint(250, 10))
        assert target is button
        QTest.mouseClick(target, Qt.MouseButton.LeftButton)


def _has(legend: LossLegend, role: str) -> bool:
    image: QImage = legend.grab().toImage()
    wanted = THEME.color(role).rgb()
    return any(image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height()))
