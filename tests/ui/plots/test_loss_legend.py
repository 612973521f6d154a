import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QHelpEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QToolTip, QWidget
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


def written(legend: LossLegend) -> list[str]:
    assert legend._place is not None
    return [entry.text for line in legend._lines(legend._place) for entry in line]


def test_all_runs_are_named_that_have_room(legend: LossLegend) -> None:
    legend.show_entries(runs("one", "two", "three", "four"))
    assert written(legend) == ["one", "two", "three", "four"]
    legend.show_entries(runs(*"abcdefghijklmnop"))
    shown = written(legend)
    more = int(shown[-1].removeprefix("+").removesuffix(" more"))
    assert shown[:-1] == list("abcdefghijklmnop")[:-more]
    assert len(shown) > 5
    assert legend.block.height() <= 50
    assert legend.text == " · ".join("abcdefghijklmnop")
    assert _has(legend, "run_3")


def test_its_tool_tip_names_all_of_them(ground: QWidget, legend: LossLegend) -> None:
    ground.installEventFilter(legend)
    legend.show_entries([*runs(*"abcdefghijklmnop"), Entry(None, "a remark")])
    for place, text in (
        (QPoint(3, 96), ""),
        (legend.block.center(), "\n".join([*"abcdefghijklmnop", "a remark"])),
    ):
        QApplication.sendEvent(ground, QHelpEvent(QEvent.Type.ToolTip, place, ground.mapToGlobal(place)))
        assert QToolTip.text() == text


def test_a_name_that_is_too_long_is_shortened(legend: LossLegend) -> None:
    legend.show_entries(runs("a name that is much longer than the three hundred pixels of the whole legend"))
    legend.grab()
    assert legend.block.width() == 300


def test_it_stands_where_it_covers_the_curves_least(legend: LossLegend) -> None:
    room = QRect(0, 0, 300, 100)
    x = np.arange(0.0, 300, 4)
    curves = {
        (True, False): 95 * (x / 300),  # falls: there is room above at the right
        (False, False): 95 * (1 - x / 300),
        (True, True): np.full(len(x), 2.0),
    }
    legend.show_entries(runs("one", "two"))
    for (right, below), y in curves.items():
        legend.put(room, np.column_stack([x, y]))
        assert legend._place is not None
        assert (legend._place.right, legend._place.below) == (right, below)
        box = legend.block
        assert not any(box.contains(QPoint(int(a), int(b))) for a, b in zip(x, y, strict=True))


def test_it_stays_while_another_place_is_not_much_better(legend: LossLegend) -> None:
    room = QRect(0, 0, 300, 100)
    legend.show_entries(runs("one", "two"))
    everywhere = np.array([[x, y] for x in range(0, 300, 8) for y in range(0, 100, 8)], dtype=np.float64)
    legend.put(room, everywhere)
    before = legend._place
    assert before is not None
    box = legend.block
    more = np.array([[box.center().x(), box.center().y()]] * 3, dtype=np.float64)
    legend.put(room, np.concatenate([everywhere, more]))
    assert legend._place == before


def test_errors_do_not_move_it(legend: LossLegend) -> None:
    legend.show_entries(runs("one", "two"))
    before = legend.block
    legend.show_entries([Entry(entry.pen, entry.name, "0.123") for entry in runs("one", "two")])
    assert legend.block == before
    assert legend.text == "one: 0.123 · two: 0.123"


def test_texts_are_measured_once(legend: LossLegend) -> None:
    legend.show_entries(runs(*(f"run {number}" for number in range(60))))
    room, curves = QRect(0, 0, 300, 100), np.array([[250.0, 20.0], [40.0, 80.0]])
    legend.put(room, curves)
    legend.grab()
    measured = legend._advance.cache_info().misses
    for shift in range(5):
        legend.put(room, curves + shift)
        legend.grab()
    assert legend._advance.cache_info().misses == measured


def test_another_font_is_measured_anew(legend: LossLegend) -> None:
    legend.show_entries(runs("one", "two"))
    before, font = legend.block, legend.font()
    font.setPixelSize(2 * font.pixelSize())
    legend.setFont(font)
    assert legend.block.width() > before.width()


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
