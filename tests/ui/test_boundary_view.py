from collections.abc import Iterator
from typing import Protocol

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpsim.backprop import forward
from bpsim.datasets import Dataset
from bpsim.fields import Curve, Field
from bpsim.made_data import DATASETS
from bpsim.network import Network
from bpsim.planes import Plane
from bpsim.project import Project
from bpsim.settings import Settings
from tests.helpers import press, xor_project
from tests.ui.plots.boundary_hands import click, place_of
from tests.ui.plots.wheel import wheel
from ui.appearance import Appearance
from ui.boundary_view import CLASS, BoundaryView
from ui.field_colors import value_color
from ui.plots.saving import save_figure
from ui.session import Session

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
RIGHT = Qt.MouseButton.RightButton


class Show(Protocol):
    def __call__(self, project: Project, mode: str = "simulate") -> BoundaryView: ...


@pytest.fixture
def show(qtbot: QtBot, qapp: QApplication) -> Iterator[Show]:
    appearance = Appearance(qapp, "light")

    def shown(project: Project, mode: str = "simulate") -> BoundaryView:
        session = Session(project)
        session.set_view(mode=mode)
        view = BoundaryView(session, appearance)
        qtbot.addWidget(view)
        view.resize(640, 360)
        with qtbot.waitExposed(view):
            view.show()
        view.activateWindow()
        settle(view, qtbot)
        return view

    yield shown
    appearance.choose("light")


def settle(view: BoundaryView, qtbot: QtBot) -> None:
    """Wait for the fine picture of what was asked for."""
    qtbot.waitUntil(lambda: not view._pulse._refresher._asked and not view._pulse._rest.isActive())


def clusters(**settings: object) -> Project:
    data = DATASETS["clusters"].make(seed=1, size=30, noise=0.3)
    network = Network.dense([2, 4, 3], ["tanh", "softmax"], seed=3)
    return Project(network, data, Settings(**settings))


def four_inputs() -> Project:
    rng = np.random.default_rng(0)
    inputs = rng.normal(size=(40, 4))
    names = ["setosa", "versicolor", "virginica"]
    targets = np.eye(3)[inputs[:, :3].argmax(axis=1)]
    data = Dataset(inputs, targets, ["a", "b", "c", "d"], names, one_hot=True)
    return Project(Network.dense([4, 5, 3], ["tanh", "softmax"], seed=1), data)


def sine() -> Project:
    data = DATASETS["sine"].make(seed=1, size=20)
    return Project(Network.dense([1, 6, 1], ["tanh", "linear"], seed=1), data)


def point_at(view: BoundaryView, x: float, y: float) -> str:
    viewport, place = view.plot.chart.widget.viewport(), place_of(view.plot.chart, x, y)
    for point in (place + QPoint(2, 2), place):  # the mouse may stand there already, which is no move
        QTest.mouseMove(viewport, point)
        QApplication.processEvents()
    return view.plot.accessibleDescription()


def corner(view: BoundaryView) -> tuple[float, float]:
    """Return a place near the lower right corner of what is in sight, where no instance is."""
    (left, right), (below, above) = view.plot.chart.bounds
    return right - 0.02 * (right - left), below + 0.04 * (above - below)


# -- what is shown -------------------------------------------------------------------------------------------


def test_the_field_shows_the_prediction_of_every_place(show: Show) -> None:
    view = show(xor_project())
    shown, network = view._shown, view._session.moment.network
    assert isinstance(shown, Field)
    row, column = shown.values.shape[0] // 3, shown.values.shape[1] // 4
    expected = forward(network, [shown.first[column], shown.second[row]])[0]
    assert shown.values[row, column] == pytest.approx(expected)
    (left, right), (below, above) = view.plot.chart.bounds
    assert left < shown.first[0] < shown.first[-1] < right
    assert below < shown.second[0] < shown.second[-1] < above


def test_the_colour_on_the_screen_is_that_of_the_prediction(show: Show) -> None:
    steep = Network.dense([2, 1]).with_parameters([[[40.0, 0.0]]], [[-20.0]])
    view = show(Project(steep, xor_project().dataset))
    image = view.plot.chart.widget.grab().toImage()
    low, high = (image.pixelColor(place_of(view.plot.chart, x, 0.4)) for x in (0.2, 0.8))
    assert low.blue() > low.red()
    assert high.red() > high.blue()


def test_the_line_between_two_classes_lies_at_the_threshold(show: Show) -> None:
    steep = Network.dense([2, 1]).with_parameters([[[8.0, 0.0]]], [[-2.0]])
    view = show(Project(steep, xor_project().dataset))
    for choice in ("0", CLASS):
        view.choice.setCurrentIndex(view.choice.findData(choice))
        view.choice.value_chosen.emit(choice)
        view._refresh(fine=True)
        x, y = view.plot.chart._line.getData()
        assert len(x) > 10
        assert np.ptp(y) > 0.9
        assert x == pytest.approx(0.25, abs=0.02)


def test_every_output_and_the_winning_class_can_be_chosen(show: Show, qtbot: QtBot) -> None:
    view = show(clusters())
    choices = [view.choice.itemText(row) for row in range(view.choice.count())]
    assert choices == ["ŷ₁ class 1", "ŷ₂ class 2", "ŷ₃ class 3", "winning class"]
    assert view.choice.value == CLASS
    assert view._shown.clarity is not None
    assert view.legend.scale_texts == ()
    view.choice.setFocus()
    press(view.choice, Key.Key_Up)
    settle(view, qtbot)
    assert view.reading.output == 2
    assert view._shown.clarity is None
    assert view.legend.scale_texts == ("0", "ŷ₃ = 0.5", "1")


def test_numbers_offer_no_winning_class(show: Show) -> None:
    data = Dataset([[0.0, 1.0], [1.0, 0.5], [0.3, 0.2]], [0.2, 3.0, 1.7])
    view = show(Project(Network.dense([2, 3, 1], ["tanh", "linear"], seed=0), data))
    assert view.choice.count() == 1
    assert not view.choice.isVisible()
    assert not view.score.isVisible()
    assert view.legend.scale_texts == ("0.2", "ŷ₁ = 1.6", "3")
    assert view.plot.chart.points.wrong_rows == []


def test_instances_have_the_colour_of_their_target_and_a_form_by_class(show: Show) -> None:
    view = show(xor_project())
    marks, theme = view.plot.chart.points.marks, view._appearance.theme
    assert marks.x.tolist() == [0, 0, 1, 1]
    assert marks.y.tolist() == [0, 1, 0, 1]
    assert list(marks.forms) == ["o", "s", "s", "o"]
    assert marks.colors[0] == value_color(theme, 0.0, (0.0, 1.0)) != marks.colors[1]


def test_test_instances_are_hollow(show: Show) -> None:
    view = show(clusters(test_share=0.3))
    split = view._session.moment.split
    assert np.flatnonzero(view.plot.chart.points.marks.hollow).tolist() == list(split.test)
    assert [entry.text for entry in view.legend.entries][3:] == ["train", "test", "wrong"]


def test_wrong_instances_have_a_cross_and_count_in_the_score(show: Show) -> None:
    always_one = Network.dense([2, 1]).with_parameters([[[0.0, 0.0]]], [[3.0]])
    view = show(Project(always_one, xor_project().dataset))
    assert view.plot.chart.points.wrong_rows == [0, 3]
    assert view.score.text() == "Accuracy 50 %"


def test_the_score_tells_training_and_test_apart(show: Show) -> None:
    view = show(clusters(test_share=0.3))
    reading = view.reading
    predictions = forward(reading.network, reading.dataset.inputs)
    right = predictions.argmax(axis=1) == reading.dataset.targets.argmax(axis=1)
    train, test = (100 * right[list(rows)].mean() for rows in reading.moment.split)
    view.resize(900, 360)
    QApplication.processEvents()
    assert view.score.text() == f"Accuracy {train:.1f} % · test {test:.1f} %".replace(".0 %", " %")


def test_the_present_instance_has_the_ring(show: Show, qtbot: QtBot) -> None:
    view = show(xor_project())
    assert view.plot.chart.points.present == 0
    view._session.step("instance")
    view._session.step("node")
    settle(view, qtbot)
    assert view.plot.chart.points.present == view._session.moment.position.instance == 1


def test_while_a_training_runs_no_instance_is_ringed(show: Show, qtbot: QtBot) -> None:
    view = show(xor_project())
    view._session.begin_run()
    view._pulse.ask()
    qtbot.waitUntil(lambda: view.plot.chart.points.present is None)
    view._session.end_run()
    qtbot.waitUntil(lambda: view.plot.chart.points.present == 0)


def test_one_input_has_a_curve_and_its_targets(show: Show) -> None:
    view = show(sine())
    shown = view._shown
    assert isinstance(shown, Curve)
    x, y = view.plot.chart._curve.getData()
    np.testing.assert_allclose(y, forward(view._session.moment.network, x[:, np.newaxis])[:, 0])
    np.testing.assert_array_equal(view.plot.chart.points.marks.y, view.reading.dataset.targets[:, 0])
    assert not view.plane_fields.isVisible()
    assert view.plot.accessibleDescription() == "ŷ₁ over x₁"


def test_the_curve_of_one_input_is_drawn_over_the_points(show: Show) -> None:
    chart = show(sine()).plot.chart
    points = (chart.points._points, chart.points._crosses, chart.points._ring)
    assert chart._curve.zValue() > max(item.zValue() for item in points)


@pytest.mark.parametrize("width", [405, 640])
def test_what_is_pointed_at_is_read_whole(show: Show, width: int) -> None:
    view = show(clusters(test_share=0.3))
    view.resize(width, 215)
    QApplication.processEvents()
    row = view._session.moment.split.test[0]
    marks, readout = view.plot.chart.points.marks, view.plot._readout
    spoken = point_at(view, float(marks.x[row]), float(marks.y[row]))
    assert spoken.startswith("instance ")
    shown = readout.fitting(readout.width())
    assert "…" not in shown
    assert "(test)" in shown
    assert "should be" in shown


def test_what_does_not_fit_is_said_and_comes_back(show: Show, qtbot: QtBot) -> None:
    view = show(xor_project())
    network = view._session.moment.network
    view._session.edit("Add node", network=network.with_node_added(0, 2))
    assert view.plot.is_empty
    assert "3 inputs" in view.plot.accessibleDescription()
    assert not view._side.isVisible()
    assert view.figure() is None
    view._session.undo_stack.undo()
    settle(view, qtbot)
    assert not view.plot.is_empty
    assert view._side.isVisible()


# -- more than two inputs ------------------------------------------------------------------------------------


def test_of_more_inputs_two_are_the_axes(show: Show, qtbot: QtBot) -> None:
    view = show(four_inputs())
    assert view.plane_fields.isVisible()
    view.plane_fields.axes[0].setFocus()
    press(view.plane_fields.axes[0], Key.Key_End)
    settle(view, qtbot)
    assert view._session.view.plane == Plane((3, 1))
    shown, network = view._shown, view._session.moment.network
    assert isinstance(shown, Field)
    means = view.reading.dataset.inputs.mean(axis=0)
    place = [means[0], shown.second[2], means[2], shown.first[5]]
    assert shown.values[2, 5] == forward(network, place).argmax()
    np.testing.assert_array_equal(view.plot.chart.points.marks.x, view.reading.dataset.inputs[:, 3])


def test_the_others_can_be_held_at_the_present_instance(show: Show, qtbot: QtBot) -> None:
    view = show(four_inputs())
    before = view._shown
    view.plane_fields.held.how.setCurrentIndex(1)
    view.plane_fields.held.how.value_chosen.emit("instance")
    settle(view, qtbot)
    assert view._shown is not before
    np.testing.assert_array_equal(view.reading.held, view.reading.dataset.inputs[0])
    view._session.step("instance")
    view._session.step("node")
    settle(view, qtbot)
    np.testing.assert_array_equal(view.reading.held, view.reading.dataset.inputs[1])
    shown = [row.field.value for row in view.plane_fields.held.rows]
    assert shown == view.reading.dataset.inputs[1, 2:].tolist()
    c, d = view.reading.dataset.inputs[1, 2:]
    assert view.plot.accessibleDescription() == f"winning class over a, b · c = {c:.3f}, d = {d:.3f}".replace(
        "-", "−"
    )


# -- reading -------------------------------------------------------------------------------------------------


def test_pointing_reads_the_exact_prediction(show: Show) -> None:
    view = show(xor_project())
    text = point_at(view, 0.3, 0.7)
    place = view.plot.place
    assert place is not None
    value = forward(view._session.moment.network, list(place))[0]
    assert text == f"x₁ = {place[0]:.5f} · x₂ = {place[1]:.5f} · ŷ₁ = {value:.5f}"


def test_pointing_at_an_instance_reads_its_own_values(show: Show) -> None:
    view = show(xor_project())
    value = forward(view._session.moment.network, [0.0, 1.0])[0]
    assert point_at(view, 0.005, 1.002) == (f"instance 2 · x₁ = 0 · x₂ = 1.00000 · ŷ₁ = {value:.5f} · y₁ = 1")


def test_pointing_reads_the_winning_class(show: Show) -> None:
    view = show(four_inputs())
    text = point_at(view, *corner(view))
    assert view.plot.place is not None
    held = view.reading.held
    ranked = forward(view._session.moment.network, [*view.plot.place, *held[2:]])
    winner = int(ranked.argmax())
    name = view.reading.dataset.target_names[winner]
    assert text.endswith(f"{name} (ŷ{'₁₂₃'[winner]} = {ranked[winner]:.5f})")


def test_what_is_read_follows_the_training(show: Show, qtbot: QtBot) -> None:
    view = show(xor_project(learning_rate=5.0))
    before = point_at(view, 0.3, 0.7)
    view._session.step("epoch")
    settle(view, qtbot)
    assert view.plot.accessibleDescription() != before
    assert view.plot.accessibleDescription().startswith(before.partition(" · ŷ")[0])


# -- choosing and adding -------------------------------------------------------------------------------------


def test_a_click_on_an_instance_makes_it_the_present_one(show: Show, qtbot: QtBot) -> None:
    view = show(xor_project())
    click(view.plot.chart, 1.0, 0.0)
    assert view._session.moment.position.instance == 2
    settle(view, qtbot)
    assert view.plot.chart.points.present == 2


def test_a_click_in_free_room_adds_nothing_while_simulating(show: Show) -> None:
    view = show(xor_project())
    click(view.plot.chart, 0.5, 0.5)
    assert len(view._session.moment.dataset) == 4
    assert not view.chooser.isVisible()


def test_clicks_in_free_room_add_instances_while_drawing(show: Show, qtbot: QtBot) -> None:
    view = show(xor_project(), "draw")
    assert view.chooser.isVisible()
    before = view.plot.chart.bounds
    click(view.plot.chart, 0.5, 0.4)
    click(view.plot.chart, 0.2, 0.6, RIGHT)
    click(view.plot.chart, 0.8, 0.7, modifier=SHIFT)
    data = view._session.moment.dataset
    np.testing.assert_allclose(data.inputs[4:], [[0.5, 0.4], [0.2, 0.6], [0.8, 0.7]], atol=0.01)
    assert data.targets[4:, 0].tolist() == [0, 1, 1]
    assert view._session.undo_stack.undoText() == "Add instance"
    assert len(view.plot.chart.points.marks.x) == 7
    assert view.plot.chart.bounds == before
    assert all(len(repr(value)) <= 5 for value in data.inputs[4:].ravel().tolist())
    for _ in range(3):
        view._session.undo_stack.undo()
    settle(view, qtbot)
    assert len(view.plot.chart.points.marks.x) == 4


def test_the_keyboard_adds_and_chooses_too(show: Show) -> None:
    view = show(xor_project(), "draw")
    view.plot.setFocus()
    press(view.plot, Key.Key_Right)
    press(view.plot, Key.Key_Return, SHIFT)
    data = view._session.moment.dataset
    assert len(data) == 5
    assert data.targets[4, 0] == 1
    press(view.plot, Key.Key_PageDown)
    press(view.plot, Key.Key_Return)
    assert view._session.moment.position.instance == 0
    assert len(view._session.moment.dataset) == 5


def test_the_class_of_what_is_added_can_be_chosen(show: Show) -> None:
    view = show(clusters(), "draw")
    view.chooser.choice.setFocus()
    press(view.chooser.choice, Key.Key_End)
    click(view.plot.chart, 0.0, 0.02)
    assert view._session.moment.dataset.targets[-1].tolist() == [0, 0, 1]


def test_an_instance_added_in_a_plane_has_what_is_held(show: Show) -> None:
    view = show(four_inputs(), "draw")
    held = view.reading.held
    place = corner(view)
    click(view.plot.chart, *place)
    added = view._session.moment.dataset.inputs[-1]
    np.testing.assert_allclose(added, [*place, *held[2:]], atol=0.06)


def test_a_click_beside_a_curve_adds_its_height_as_target(show: Show) -> None:
    view = show(sine(), "draw")
    assert not view.chooser.isVisible()
    click(view.plot.chart, 1.0, -0.5)
    data = view._session.moment.dataset
    assert data.inputs[-1, 0] == pytest.approx(1.0, abs=0.05)
    assert data.targets[-1, 0] == pytest.approx(-0.5, abs=0.05)


# -- refreshing ----------------------------------------------------------------------------------------------


def test_it_is_drawn_once_for_several_changes_and_not_at_all_where_nobody_looks(
    show: Show, qtbot: QtBot
) -> None:
    view = show(xor_project(learning_rate=3.0))
    fields: list[object] = []
    view._pulse.due.connect(lambda fine: fields.append(fine))
    for _ in range(4):
        view._session.step("instance")
    settle(view, qtbot)
    assert fields == [False, True]
    view.hide()
    before = view._shown
    view._session.step("epoch")
    qtbot.wait(40)
    assert view._shown is before
    view.show()
    settle(view, qtbot)
    assert view._shown is not before


def test_stepping_through_a_forward_pass_draws_nothing_anew(show: Show, qtbot: QtBot) -> None:
    view = show(xor_project())
    before = view._shown
    view._session.step("node")
    view._session.step("node")
    qtbot.wait(40)
    assert view._shown is before


def test_zooming_computes_the_field_that_is_in_sight(show: Show, qtbot: QtBot) -> None:
    view = show(xor_project())
    for _ in range(6):
        wheel(view.plot.chart.widget.viewport(), place_of(view.plot.chart, 0.5, 0.5))
    settle(view, qtbot)
    assert isinstance(view._shown, Field)
    low, high = view.plot.chart.bounds[1]
    assert high - low < 0.7
    assert low < view._shown.second[0] < view._shown.second[-1] < high


def test_theme_and_numbers_can_change(show: Show, qtbot: QtBot) -> None:
    view = show(xor_project())
    view._appearance.choose("dark")
    settle(view, qtbot)
    dark = view._appearance.theme
    assert view.plot.chart.points.marks.colors[0] == value_color(dark, 0.0, (0.0, 1.0))
    view._session.set_view(decimal_separator=",")
    assert view.legend.scale_texts[1] == "ŷ₁ = 0,5"
    assert "0,2" in [text for _tick, text in view.plot.chart._axes["bottom"]._tickLevels[0]]


def test_other_data_can_be_opened(show: Show, qtbot: QtBot) -> None:
    view = show(xor_project())
    view._session.set_view(plane=Plane((1, 0)))
    for project in (four_inputs(), sine(), clusters(), xor_project()):
        view._session.open(project)
        settle(view, qtbot)
        assert len(view.plot.chart.points.marks.x) == len(project.dataset)
        assert not view.plot.is_empty


# -- room and files ------------------------------------------------------------------------------------------


def test_controls_stand_beside_a_wide_plot_and_below_a_narrow_one(show: Show) -> None:
    view = show(clusters())
    view.resize(700, 260)
    QApplication.processEvents()
    chart = view.plot.chart.widget
    assert view._side.x() >= chart.geometry().right() >= 1.5 * 260
    view.resize(405, 215)
    QApplication.processEvents()
    assert view._side.x() >= chart.geometry().right()
    assert chart.width() >= 215
    assert view.plot.chart.pixels[1] >= 215 - 70  # the header, and numbers below the plot
    view.resize(340, 420)
    QApplication.processEvents()
    assert view._side.y() >= chart.geometry().bottom()
    assert view.legend.isVisible()
    view.resize(300, 210)
    QApplication.processEvents()
    assert not view.legend.isVisible()
    assert view.minimumSizeHint().width() <= 260


def test_the_numbers_of_a_field_are_saved_exactly(show: Show, tmp_path: object) -> None:
    view = show(xor_project())
    figure = view.figure()
    assert figure is not None
    path = f"{tmp_path}/boundary.csv"
    save_figure(figure, path)
    with open(path, encoding="utf-8") as file:  # noqa: PTH123
        assert file.readline().strip() == "x₁,x₂,ŷ₁"
        table = np.loadtxt(file, delimiter=",")
    assert table[:, 2] == pytest.approx(forward(view._session.moment.network, table[:, :2])[:, 0], rel=1e-12)


@pytest.mark.parametrize("make", [clusters, sine])
def test_every_kind_of_plot_can_be_saved_in_every_form(show: Show, tmp_path: object, make: object) -> None:
    assert callable(make)
    view = show(make())
    figure = view.figure()
    assert figure is not None
    for ending in ("png", "svg", "pdf", "csv"):
        save_figure(figure, f"{tmp_path}/boundary.{ending}")
    header = "x₁,x₂,winning class,clarity" if make is clusters else "x₁,ŷ₁"
    with open(f"{tmp_path}/boundary.csv", encoding="utf-8") as file:  # noqa: PTH123
        assert file.readline().strip() == header
        if make is clusters:
            assert {line.split(",")[2] for line in file} == set(view.reading.class_texts)


def test_a_network_whose_numbers_are_too_large_is_told_in_the_plot(show: Show, qtbot: QtBot) -> None:
    project = sine()
    view = show(project)
    assert view.plot.chart.remark == ""
    hidden = [np.zeros((6, 1)), np.full(6, 5.0)]  # so that every a is about 1
    for size, said in ((1e200, "too large to draw"), (1.7e308, "no longer finite"), (0.1, "")):
        network = project.network.with_parameters([hidden[0], np.full((1, 6), size)], [hidden[1], [0.0]])
        view._session.edit("Change weights", network=network)
        settle(view, qtbot)
        assert said in view.plot.chart.remark
        assert bool(view.plot.chart.remark) == bool(said)
        view.grab()


@pytest.mark.parametrize("size", [(405, 215), (377, 190), (420, 240)])
@pytest.mark.parametrize("mode", ["simulate", "draw"])
def test_nothing_beside_the_plot_is_cut(show: Show, size: tuple[int, int], mode: str) -> None:
    view = show(clusters(test_share=0.125), mode)
    view.resize(*size)
    QApplication.processEvents()
    seen = [w for w in (view.choice, view.score, view.chooser, view.legend) if w.isVisible()]
    assert all(w.height() >= w.sizeHint().height() for w in seen)
    bottom = max(w.mapTo(view, QPoint(0, w.height())).y() for w in seen)
    assert bottom <= view.height()
    assert view.legend.isVisible() or mode == "draw"
    assert view.score.isVisible() or mode == "draw"
