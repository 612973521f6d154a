from functools import partial
from pathlib import Path

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QWidget
from pytestqt.qtbot import QtBot

from bpsim.arrays import Array
from bpsim.moment import Series
from bpsim.updates import UpdateCount
from tests.helpers import kept_run
from ui.numbers import NumberFormat, whole_text
from ui.plots.loss import HINT, NOTHING_YET, LossPlot
from ui.plots.loss_curves import Overlay
from ui.plots.saving import save_figure
from ui.theme import THEMES, load_theme


def series(errors: Array, size: int) -> Series:
    epochs = len(errors) // size
    return Series(errors, errors[: epochs * size].reshape(epochs, size).mean(axis=1), size)


FALLING = series(np.linspace(0.4, 0.05, 30), 4)


@pytest.fixture
def plot(qtbot: QtBot) -> LossPlot:
    plot = LossPlot(load_theme("light"), NumberFormat())
    qtbot.addWidget(plot)
    plot.resize(760, 290)
    with qtbot.waitExposed(plot):
        plot.show()
    plot.activateWindow()
    return plot


def show(plot: LossPlot, shown: Series, cursor: int | None = None) -> None:
    plot.set_series(shown, cursor)
    plot.grab()  # the axes take the room for their numbers when they are painted
    QApplication.processEvents()


def place_of(plot: LossPlot, t: int, share: float = 0.5) -> QPoint:
    """Return where the instance at index `t` is, in the view's viewport; `share` of the height from above."""
    chart = plot._chart
    box = chart._view.sceneBoundingRect()
    x = chart._view.mapViewToScene(QPointF(chart._x_of(t), 0)).x()
    return chart.widget.mapFromScene(QPointF(x, box.top() + share * box.height()))


def point_at(plot: LossPlot, t: int) -> None:
    viewport, place = plot._chart.widget.viewport(), place_of(plot, t)
    QTest.mouseMove(viewport, place + QPoint(0, 3))  # a move to where the mouse is would be none
    QTest.mouseMove(viewport, place)
    QApplication.processEvents()


def click(plot: LossPlot, t: int, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
    QTest.mouseClick(plot._chart.widget.viewport(), button, pos=place_of(plot, t))
    QApplication.processEvents()


def test_an_empty_plot_says_how_to_begin(plot: LossPlot) -> None:
    assert plot._nothing.isVisible()
    assert plot._nothing.text() == NOTHING_YET == plot.accessibleDescription()
    show(plot, FALLING)
    assert not plot._nothing.isVisible()
    assert plot._chart.widget.isVisible()
    plot.clear()
    assert plot._nothing.isVisible()


def test_a_click_asks_for_the_nearest_instance(plot: LossPlot, qtbot: QtBot) -> None:
    show(plot, FALLING, cursor=29)
    asked: list[int] = []
    plot.instance_chosen.connect(asked.append)
    for t in (0, 13, 29):
        click(plot, t)
    click(plot, 99)
    click(plot, 5, Qt.MouseButton.RightButton)
    assert asked == [0, 13, 29]
    assert plot.hasFocus()


def test_a_click_beyond_the_last_instance_asks_for_the_last(plot: LossPlot) -> None:
    show(plot, series(np.array([0.3, 0.2]), 2))
    asked: list[int] = []
    plot.instance_chosen.connect(asked.append)
    click(plot, 3)
    assert asked == [1]


def test_the_crosshair_reads_exact_values(plot: LossPlot) -> None:
    errors = FALLING.errors.copy()
    errors[13] = 0.2769912
    show(plot, series(errors, 4), cursor=20)
    point_at(plot, 13)
    mean = errors[12:16].mean()
    assert plot._readout.text() == f"instance no. 14 · epoch 4 · E = 0.27699 · epoch mean {mean:.5f}"
    assert plot.accessibleDescription() == plot._readout.text()
    point_at(plot, 29)
    assert plot._readout.text() == "instance no. 30 · epoch 8 · E = 0.05000 · epoch 8 is not complete"
    plot.set_number_format(NumberFormat(1, ","))
    assert "E = 0,050" in plot._readout.text()


def test_the_values_at_the_cursor_are_read_while_nothing_is_pointed_at(plot: LossPlot) -> None:
    show(plot, FALLING, cursor=5)
    assert plot._readout.text().startswith("instance no. 6 · epoch 2")
    point_at(plot, 2)
    assert plot._readout.text().startswith("instance no. 3 ")
    QTest.mouseMove(plot.log_box, QPoint(5, 5))
    QApplication.sendEvent(plot, _leaving())
    assert plot._readout.text().startswith("instance no. 6 ")
    plot.set_series(plot._chart.series, 30)
    assert plot._readout.text() == ""
    assert plot.accessibleDescription() == HINT


def test_the_values_of_a_million_instances_are_exact_too(plot: LossPlot) -> None:
    errors = np.random.default_rng(0).random(1_000_000) + 0.1
    show(plot, series(errors, 4), cursor=999_999)
    point_at(plot, 654_321)
    t = plot._pointed
    assert t is not None
    assert abs(t - 654_321) < 2000  # a pixel is more than 1,000 instances wide
    assert plot._readout.text().startswith(f"instance no. {whole_text(t + 1)} ")
    assert f"E = {errors[t]:.5f}".rstrip("0") in plot._readout.text()


def test_of_a_million_instances_no_more_is_drawn_than_the_pixels_show(plot: LossPlot) -> None:
    errors = np.random.default_rng(0).random(1_000_000)
    errors[400_000] = 7.0
    show(plot, series(errors, 4))
    chart = plot._chart
    assert chart._band.item.path().elementCount() <= 2 * chart._view.width() + 4
    assert chart._band.item.path().boundingRect().bottom() == 7
    assert chart._instances.curve.isVisible() is False
    _wheel(plot, place_of(plot, 400_000), turns=9)
    low, high = chart.bounds
    x, y = chart._instances.curve.getData()
    assert chart._instances.curve.isVisible()
    assert not chart._band.item.isVisible()
    assert len(x) == len(y) == pytest.approx(4 * (high - low), abs=6)  # near enough, each of them


def test_the_marker_is_at_the_cursor(plot: LossPlot) -> None:
    show(plot, FALLING, cursor=9)
    assert plot._chart._now.isVisible()
    assert plot._chart._now.value() == 10 / 4
    assert _points(plot._chart._now_dot) == [(10 / 4, FALLING.errors[9])]
    plot.set_series(plot._chart.series, 30)  # the next instance, which has no error yet
    assert plot._chart._now.value() == 31 / 4
    assert _points(plot._chart._now_dot) == []
    plot.set_series(plot._chart.series, None)
    assert not plot._chart._now.isVisible()


def test_single_points_are_seen(plot: LossPlot) -> None:
    show(plot, series(np.array([0.3]), 4))
    assert _points(plot._chart._instances.dots) == [(1 / 4, 0.3)]
    assert _points(plot._chart._train.dots) == []
    show(plot, series(np.array([0.3, 0.1]), 2))
    assert _points(plot._chart._train.dots) == [(1, 0.2)]


def test_curves_can_be_taken_away(plot: LossPlot, qtbot: QtBot) -> None:
    show(plot, FALLING)
    accent, outline = load_theme("light").color("accent"), load_theme("light").color("outline")
    assert _has(_image(plot), accent)
    assert _has(_image(plot), outline)
    _toggle(plot.switches["train"], qtbot)
    assert not _has(_image(plot), accent)
    _toggle(plot.switches["instances"], qtbot)
    assert not _has(_image(plot), outline)
    _toggle(plot.switches["train"], qtbot)
    assert _has(_image(plot), accent)


def test_the_height_fits_what_is_shown(plot: LossPlot, qtbot: QtBot) -> None:
    show(plot, series(np.array([8.0, 0.0, 0.0, 0.0] * 4), 4))
    assert plot._chart._view.viewRange()[1] == pytest.approx([0, 9.2])
    _toggle(plot.switches["instances"], qtbot)
    assert plot._chart._view.viewRange()[1] == pytest.approx([0, 2.3])


def test_a_logarithmic_axis(plot: LossPlot, qtbot: QtBot) -> None:
    show(plot, series(10.0 ** -np.arange(8), 4), cursor=3)
    _toggle(plot.log_box, qtbot)
    assert _points(plot._chart._instances.dots) == [((t + 1) / 4, -t) for t in range(8)]
    bottom, top = plot._chart._view.viewRange()[1]
    assert -7.5 < bottom <= -7
    assert 0 <= top < 0.5
    _toggle(plot.log_box, qtbot)
    assert plot._chart._view.viewRange()[1][0] == 0


@pytest.mark.parametrize("errors", [np.zeros(12), np.array([0.5, 0.0, 0.0, 0.5] * 3 + [0.0] * 6)])
def test_errors_of_0_are_gaps_on_a_logarithmic_axis(plot: LossPlot, qtbot: QtBot, errors: Array) -> None:
    show(plot, series(errors, 6), cursor=1)
    assert len(_points(plot._chart._instances.dots)) == len(errors)
    _toggle(plot.log_box, qtbot)
    assert len(_points(plot._chart._instances.dots)) == np.count_nonzero(errors)
    gaps = np.count_nonzero(errors == 0)
    mean = NumberFormat(5).text(float(errors[:6].mean()))
    assert plot._readout.text().endswith(f"E = 0 · epoch mean {mean} · {gaps} × E = 0 not on a log axis")
    plot.grab()
    point_at(plot, 2)
    plot.grab()


def test_keys_move_the_crosshair_and_choose(plot: LossPlot, qtbot: QtBot) -> None:
    show(plot, FALLING, cursor=10)
    asked: list[int] = []
    plot.instance_chosen.connect(asked.append)
    plot.setFocus()
    for key, t in (
        (Qt.Key.Key_Up, 11),
        (Qt.Key.Key_Down, 10),
        (Qt.Key.Key_PageUp, 14),
        (Qt.Key.Key_PageDown, 10),
        (Qt.Key.Key_PageDown, 6),
        (Qt.Key.Key_PageDown, 2),
        (Qt.Key.Key_PageDown, 0),
        (Qt.Key.Key_Down, 0),
    ):
        qtbot.keyClick(plot, key)
        assert plot._pointed == t
        assert plot._readout.text().startswith(f"instance no. {t + 1} ")
    qtbot.keyClick(plot, Qt.Key.Key_Return)
    assert asked == [0]


@pytest.mark.parametrize("key", [Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_Space])
def test_the_keys_of_the_simulation_are_left_alone(plot: LossPlot, qtbot: QtBot, key: Qt.Key) -> None:
    show(plot, FALLING, cursor=10)
    plot.setFocus()
    qtbot.keyClick(plot, key)
    assert plot._pointed is None


def test_zooming_and_coming_back(plot: LossPlot, qtbot: QtBot) -> None:
    show(plot, FALLING, cursor=29)
    whole = plot._chart.bounds
    assert whole[0] == 0
    _wheel(plot, place_of(plot, 28))
    near = plot._chart.bounds
    assert near[1] - near[0] < whole[1] - whole[0]
    largest = FALLING.errors[int(4 * near[0]) :].max()
    assert plot._chart._view.viewRange()[1][1] < FALLING.errors.max()
    assert plot._chart._view.viewRange()[1][1] >= largest
    show(plot, series(np.linspace(0.4, 0.05, 34), 4), cursor=33)
    assert plot._chart.bounds == near  # what is looked at stays
    qtbot.mouseClick(plot._all, Qt.MouseButton.LeftButton)
    assert plot._chart.bounds[0] == 0
    assert plot._chart.bounds[1] > 34 / 4


def test_what_is_read_is_under_the_mouse_also_after_the_range_has_changed(
    plot: LossPlot, qtbot: QtBot
) -> None:
    show(plot, series(np.linspace(0.4, 0.05, 3000), 4), cursor=2999)
    point_at(plot, 1500)
    place = place_of(plot, 1500)
    before = plot._pointed
    for turns in (3, 3, -2):
        _wheel(plot, place, turns)
        _reads_what_is_at(plot, place)
    _wheel(plot, QPoint(place.x() + 60, place.y()), 2)  # no move before it
    _reads_what_is_at(plot, QPoint(place.x() + 60, place.y()))
    plot._chart.show_all()
    point_at(plot, 1500)
    assert plot._pointed == before
    place = place_of(plot, 1500)
    show(plot, series(np.linspace(0.4, 0.05, 6000), 4), cursor=5999)  # grows while the mouse rests
    _reads_what_is_at(plot, place)
    assert plot._pointed != before
    qtbot.mouseClick(plot._all, Qt.MouseButton.LeftButton)


def _reads_what_is_at(plot: LossPlot, place: QPoint) -> None:
    QApplication.processEvents()
    t = plot._pointed
    assert t is not None
    pixel = abs(place_of(plot, t + 1).x() - place_of(plot, t).x())
    assert abs(place_of(plot, t).x() - place.x()) <= pixel + 1
    assert plot._chart._crosshair.value() == plot._chart._x_of(t)
    assert plot._readout.text().startswith(f"instance no. {whole_text(t + 1)} ")


def test_where_the_mouse_leaves_the_drawing_the_cursor_is_read(plot: LossPlot) -> None:
    show(plot, FALLING, cursor=5)
    point_at(plot, 20)
    assert plot._readout.text().startswith("instance no. 21 ")
    QApplication.sendEvent(plot._chart.widget.viewport(), _leaving())
    assert plot._readout.text().startswith("instance no. 6 ")
    show(plot, series(np.linspace(0.4, 0.05, 60), 4), cursor=50)
    assert plot._readout.text().startswith("instance no. 51 ")


def test_another_training_is_seen_whole_again(plot: LossPlot) -> None:
    show(plot, series(np.linspace(0.4, 0.05, 300), 4))
    _wheel(plot, place_of(plot, 250))
    show(plot, FALLING)
    assert plot._chart.bounds[0] == 0
    assert 30 / 4 < plot._chart.bounds[1] < 40 / 4


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 9, 19, 20, 21, 99, 100, 101])
def test_every_length_of_training_can_be_shown(plot: LossPlot, count: int) -> None:
    show(plot, series(np.linspace(1, 0.5, count), 3), cursor=count)
    low, high = plot._chart.bounds
    assert low == 0
    assert high > count / 3
    plot.grab()


@pytest.mark.parametrize("name", THEMES)
def test_the_colours_are_the_themes(plot: LossPlot, name: str) -> None:
    theme = load_theme(name)
    show(plot, FALLING, cursor=4)
    plot.set_theme(theme)
    image = _image(plot)
    assert image.pixelColor(image.width() - 2, image.height() - 2) == theme.color("canvas")
    for role in ("accent", "outline", "line"):
        assert _has(image, theme.color(role))


def test_there_is_no_menu_whose_export_could_raise(plot: LossPlot) -> None:
    show(plot, FALLING)
    click(plot, 5, Qt.MouseButton.RightButton)
    assert QApplication.activePopupWidget() is None


def test_the_plot_fits_a_small_place(plot: LossPlot) -> None:
    assert plot.minimumSizeHint().width() <= 340
    assert plot.minimumSizeHint().height() <= 220


def test_train_and_test_are_told_apart_by_colour_and_dashes(plot: LossPlot, qtbot: QtBot) -> None:
    assert not plot.switches["test"].isVisible()
    show(plot, FALLING._replace(test_errors=FALLING.epoch_errors + 0.05))
    assert plot.switches["test"].isVisible()
    test, train = plot._chart._test.curve, plot._chart._train.curve
    assert test.opts["pen"].dashPattern()
    assert train.opts["pen"].style() == Qt.PenStyle.SolidLine
    assert _has(_image(plot), load_theme("light").color("test"))
    x, y = test.getData()
    assert x.tolist() == [1, 2, 3, 4, 5, 6, 7]
    assert y == pytest.approx(FALLING.epoch_errors + 0.05)
    point_at(plot, 13)
    assert plot._readout.text().endswith(f" · test {FALLING.epoch_errors[3] + 0.05:.5f}")
    _toggle(plot.switches["test"], qtbot)
    assert not _has(_image(plot), load_theme("light").color("test"))


def test_x_counts_epochs_or_updates(plot: LossPlot, qtbot: QtBot) -> None:
    show(plot, FALLING, cursor=9)
    asked: list[str] = []
    plot.unit_chosen.connect(asked.append)
    plot.unit_field.setFocus()
    qtbot.keyClick(plot.unit_field, Qt.Key.Key_Down)
    assert asked == ["update"]
    plot.set_updates(UpdateCount(4, [(0, 2)]))
    assert plot.unit == "update"
    assert plot._chart._now.value() == 5  # two updates an epoch, and one
    assert plot._chart._train.curve.getData()[0].tolist() == [2, 4, 6, 8, 10, 12, 14]
    assert plot._chart.bounds[1] > 15
    assert plot._readout.text().startswith("update 5 · instance no. 10 · epoch 3 · ")
    clicked: list[int] = []
    plot.instance_chosen.connect(clicked.append)
    click(plot, 13)
    assert clicked == [13]
    point_at(plot, 13)
    assert plot._readout.text().startswith("update 7 · instance no. 14 · epoch 4 · ")
    plot.set_updates(None)
    assert plot._chart.bounds[1] < 9


def test_of_a_long_training_every_so_many_errors_are_known(plot: LossPlot) -> None:
    kept = Series(np.linspace(1, 0.5, 100), np.array([0.9, 0.8]), 20, 4, 8)  # 400 instances, 20 epochs
    show(plot, kept, cursor=40)
    assert plot._chart._now.value() == 41 / 20
    assert _points(plot._chart._now_dot) == [(41 / 20, kept.errors[10])]
    asked: list[int] = []
    plot.instance_chosen.connect(asked.append)
    click(plot, 43)
    assert asked == [44]
    point_at(plot, 43)
    assert plot._readout.text().startswith(f"instance no. 45 · epoch 3 · E = {kept.errors[11]:.5f}")
    assert plot._chart._train.curve.getData()[0].tolist() == [1, 9]
    QApplication.sendEvent(plot._chart.widget.viewport(), _leaving())
    plot.set_series(plot._chart.series, 41)
    assert _points(plot._chart._now_dot) == []
    assert plot._readout.text() == "epoch 3"
    plot.set_series(plot._chart.series, 1)
    assert plot._readout.text() == "epoch 1 · mean 0.900"


def test_many_instances_are_a_quiet_band_with_the_mean_on_top(plot: LossPlot) -> None:
    errors = np.random.default_rng(0).random(100 * 60)
    show(plot, series(errors, 100))
    image = _image(plot)
    theme = load_theme("light")
    assert _has(image, theme.color("accent"))
    assert not _has(image, theme.color("outline"))
    heights = plot._chart._band.item.path().boundingRect()
    assert (heights.top(), heights.bottom()) == (errors.min(), errors.max())


def test_kept_runs_are_drawn_over_the_training_and_read(plot: LossPlot) -> None:
    show(plot, FALLING, cursor=2)
    runs = [kept_run("first", np.linspace(0.5, 0.1, 9)), kept_run("second", np.full(3, 0.3))]
    plot.set_overlays([Overlay(run, style) for style, run in enumerate(runs)])
    QApplication.processEvents()
    assert [line.curve.getData()[0].tolist() for line in plot._chart._runs] == [[*range(1, 10)], [1, 2, 3]]
    assert plot._chart.bounds[1] > 9
    assert "first" in plot._legend.text
    assert _has(_image(plot), load_theme("light").color("run_1"))
    point_at(plot, 7)
    assert plot._legend.text.endswith("first: 0.450 · second: 0.300")
    point_at(plot, 27)
    assert plot._legend.text.endswith(" · second")  # it has no such epoch
    plot.set_overlays([])
    assert "first" not in plot._legend.text


def test_the_readout_stands_over_the_plot_in_as_few_words_as_have_room(plot: LossPlot) -> None:
    show(plot, FALLING._replace(test_errors=FALLING.epoch_errors), cursor=13)
    plot.set_overlays([Overlay(kept_run("first", np.linspace(0.5, 0.1, 9)), 0)])
    assert plot._readout.geometry().bottom() < plot._chart.widget.geometry().top()
    assert plot._readout.fitting(plot._readout.width()) == plot._readout.text()
    assert "E = 0.24310" in plot.accessibleDescription()
    mean = FALLING.epoch_errors[3]
    fine = f"no. 14 · epoch 4 · E 0.24310 · mean {mean:.5f} · test {mean:.5f}"
    plot.resize(plot._readout.fontMetrics().horizontalAdvance(fine) + 40, 220)
    QApplication.processEvents()
    assert plot._readout.fitting(plot._readout.width()) == fine
    plot.resize(plot.minimumSizeHint().width(), 220)
    QApplication.processEvents()
    assert "…" not in plot._readout.fitting(plot._readout.width())


@pytest.mark.parametrize("name", THEMES)
def test_the_first_kept_run_has_another_hue_than_the_present_one(name: str) -> None:
    theme = load_theme(name)
    hues = [theme.color(role).hslHue() for role in ("accent", "run_1")]
    apart = abs(hues[0] - hues[1])
    assert min(apart, 360 - apart) > 60


def test_kept_runs_can_be_seen_without_a_training(plot: LossPlot) -> None:
    plot.set_overlays([Overlay(kept_run("first", np.linspace(0.5, 0.1, 9)), 0)])
    assert plot._chart.widget.isVisible()
    assert plot._chart.bounds[1] > 9


def test_a_run_that_diverges_does_not_flatten_the_others(plot: LossPlot) -> None:
    show(plot, FALLING)
    plot.set_overlays([Overlay(kept_run("wild", 10.0 ** np.arange(30)), 0)])
    assert plot._chart._view.viewRange()[1][1] < 5


def test_kept_runs_show_their_test_errors_where_only_these_are_shown(plot: LossPlot, qtbot: QtBot) -> None:
    show(plot, FALLING._replace(test_errors=FALLING.epoch_errors + 0.05))
    plot.set_overlays([Overlay(kept_run("first", np.full(9, 0.2), np.full(9, 0.25)), 0)])
    assert set(plot._chart._runs[0].curve.getData()[1]) == {0.2}
    _toggle(plot.switches["train"], qtbot)
    assert set(plot._chart._runs[0].curve.getData()[1]) == {0.25}


def test_the_letter_of_the_error(plot: LossPlot) -> None:
    show(plot, FALLING, cursor=3)
    plot.set_letter("C")
    assert plot._chart.widget.getPlotItem().getAxis("left").labelText == "C"
    assert " · C = " in plot._readout.text()


def test_the_plot_is_saved_as_picture_and_table(plot: LossPlot, tmp_path: Path) -> None:
    assert plot.figure() is None
    show(plot, FALLING)
    plot.set_overlays([Overlay(kept_run("first", np.full(2, 0.2)), 0)])
    figure = plot.figure()
    assert figure is not None
    assert [name for name, _pen in figure.legend] == ["instances", "train", "first"]
    plot.resize(plot.minimumSizeHint().width(), 220)
    QApplication.processEvents()
    narrow = plot.figure()
    assert narrow is not None
    assert narrow.legend[0][0] == plot.switches["instances"].text() == "each"
    plot.resize(760, 290)
    for ending in ("png", "svg", "pdf", "csv"):
        save_figure(figure, str(tmp_path / f"error.{ending}"))
        assert (tmp_path / f"error.{ending}").stat().st_size > 200
    rows = (tmp_path / "error.csv").read_text(encoding="utf-8").splitlines()
    assert len(rows) == 31
    assert rows[2].split(",")[:3] == ["2.0", "1.0", repr(float(FALLING.errors[1]))]


def test_where_it_is_narrow_a_menu_has_the_axes(plot: LossPlot, qtbot: QtBot) -> None:
    show(plot, FALLING._replace(test_errors=FALLING.epoch_errors))
    assert not plot.options_button.isVisible()
    plot.resize(plot.minimumSizeHint().width(), 220)
    QApplication.processEvents()
    assert plot.options_button.isVisible()
    assert not plot.unit_field.isVisible()
    assert not plot.log_box.isVisible()
    asked: list[str] = []
    plot.unit_chosen.connect(asked.append)
    menu = plot.options_button.menu()
    assert menu is not None
    for keys in ([Qt.Key.Key_Down] * 2, [Qt.Key.Key_Up]):
        QTimer.singleShot(50, partial(_press, menu, [*keys, Qt.Key.Key_Return]))
        qtbot.mouseClick(plot.options_button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: not menu.isVisible())
    assert asked == ["update"]
    assert plot.log_box.isChecked()
    plot.resize(760, 220)
    assert plot.unit_field.isVisible()


def test_where_it_is_low_the_curve_has_most_of_the_height(plot: LossPlot) -> None:
    show(plot, FALLING._replace(test_errors=FALLING.epoch_errors), cursor=13)
    plot.resize(377, 140)
    QApplication.processEvents()
    assert plot._readout.geometry().center().y() == pytest.approx(
        plot.switches["train"].geometry().center().y(), abs=3
    )
    assert "…" not in plot._readout.fitting(plot._readout.width())
    assert plot._all.isHidden()  # it is in the menu
    plot.grab()
    assert plot._chart.room.height() >= 75
    plot.resize(377, 240)
    QApplication.processEvents()
    assert plot._readout.geometry().top() > plot.switches["train"].geometry().bottom()
    assert not plot._all.isHidden()


def _press(widget: QWidget, keys: list[Qt.Key]) -> None:
    for key in keys:
        QTest.keyClick(widget, key)


def _points(dots: pg.ScatterPlotItem) -> list[tuple[float, float]]:
    x, y = dots.getData()
    return [(float(a), pytest.approx(float(b), abs=1e-12)) for a, b in zip(x, y, strict=True)]


def _image(plot: LossPlot) -> QImage:
    return plot._chart.widget.grab().toImage()


def _has(image: QImage, color: QColor) -> bool:
    wanted = color.rgb()
    return any(image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height()))


def _toggle(switch: QCheckBox, qtbot: QtBot) -> None:
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton, pos=QPoint(8, switch.height() // 2))
    QApplication.processEvents()


def _leaving() -> QEvent:
    return QEvent(QEvent.Type.Leave)


def _wheel(plot: LossPlot, place: QPoint, turns: int = 1) -> None:
    viewport = plot._chart.widget.viewport()
    where = QPointF(place)
    event = QWheelEvent(
        where,
        QPointF(viewport.mapToGlobal(place)),
        QPoint(0, 0),
        QPoint(0, 600 * turns),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewport, event)
    QApplication.processEvents()
