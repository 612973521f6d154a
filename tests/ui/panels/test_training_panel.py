"""The Training panel, with real keys and mouse and a real session."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox, QSlider, QWidget
from pytestqt.qtbot import QtBot

from bpsim.initializers import INITIALIZERS
from bpsim.project import Project
from bpsim.settings import Settings
from tests.helpers import xor_project
from tests.ui.tables import Show
from ui.appearance import Appearance
from ui.panels.training_panel import TrainingPanel
from ui.session import Session
from ui.widgets.fields import ChoiceField
from ui.widgets.number_field import NumberField
from ui.widgets.panel import NARROWEST

Key, Modifier = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def session(qapp: object) -> Session:
    return Session(xor_project())


@pytest.fixture
def panel(session: Session, appearance: Appearance, show: Show) -> TrainingPanel:
    panel = TrainingPanel(session, appearance)
    show(panel, session)
    return panel


def enter(field: NumberField, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Key.Key_Return)


def rate(session: Session) -> float:
    return session.moment.settings.learning_rate


# -- η -------------------------------------------------------------------------------------------------------


def test_an_exact_rate_is_typed_and_undone_with_the_focus_inside(
    panel: TrainingPanel, session: Session, qtbot: QtBot
) -> None:
    enter(panel.rate_field, "0,123456789")
    assert rate(session) == 0.123456789
    assert session.undo_stack.undoText() == "Change η"
    qtbot.keyClick(panel.rate_field, Key.Key_Z, Modifier.ControlModifier)
    assert rate(session) == 0.5
    qtbot.keyClick(panel.rate_field, Key.Key_Y, Modifier.ControlModifier)
    assert rate(session) == 0.123456789


def test_a_rate_that_cannot_be_says_so_and_is_not_taken(panel: TrainingPanel, session: Session) -> None:
    enter(panel.rate_field, "-1")
    assert rate(session) == 0.5
    assert panel.rate_problem.text() == "✗ η must be above 0."
    assert panel.rate_problem.isVisible()
    QTest.keyClick(panel.rate_field, Key.Key_Escape)
    assert panel.rate_field.text() == "0.5"
    assert not panel.rate_problem.isVisible()
    assert "Δθ" in panel.rate_field.toolTip()


def test_a_step_brings_the_rate_back_that_it_trains_with(panel: TrainingPanel, session: Session) -> None:
    enter(panel.rate_field, "abc")
    assert panel.rate_problem.isVisible()
    session.step()
    assert panel.rate_field.text() == "0.5"
    assert not panel.rate_problem.isVisible()


def test_undo_takes_back_what_is_typed_before_the_last_edit(
    panel: TrainingPanel, session: Session, qtbot: QtBot
) -> None:
    enter(panel.rate_field, "0.7")
    panel.rate_field.setFocus()
    QTest.keyClicks(panel.rate_field, "abc")
    for text in ("0.7", "0.5"):
        qtbot.keyClick(panel.rate_field, Key.Key_Z, Modifier.ControlModifier)
        assert (panel.rate_field.text(), rate(session)) == (text, float(text))


def test_enter_gives_the_keyboard_back(panel: TrainingPanel, session: Session, qtbot: QtBot) -> None:
    session.edit("x", settings=session.moment.settings.with_(shuffle=True, batch_size=3))
    fields = (
        panel.rate_field, panel.scale_field, panel.batch_field, panel.order_seed_field,
        panel.weight_seed_field,
    )  # fmt: skip
    for field in fields:
        field.setFocus()
        field.selectAll()
        qtbot.keyClicks(field, "3")
        assert field.hasFocus()
        qtbot.keyClick(field, Key.Key_Return)
        assert not field.hasFocus()
    now = session.moment.settings
    assert (now.learning_rate, now.initializer_scale, now.batch_size, now.seed, now.weight_seed) == (3,) * 5


def test_a_drag_is_live_and_one_undo_step_and_the_next_drag_another(
    panel: TrainingPanel, session: Session, qtbot: QtBot
) -> None:
    slider = panel.rate_slider
    middle = slider.height() // 2
    for places in ((20, 60, 90), (90, 140, 180)):
        rates = []
        qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(places[0], middle))
        for x in places[1:]:
            qtbot.mouseMove(slider, QPoint(x, middle))
            rates.append(rate(session))
        qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(places[-1], middle))
        assert len(set(rates)) == 2
    assert session.undo_stack.count() == 2
    session.undo_stack.undo()
    session.undo_stack.undo()
    assert rate(session) == 0.5
    assert panel.rate_slider.number == 0.5


def test_showing_settings_is_no_edit(panel: TrainingPanel, session: Session) -> None:
    project = xor_project()
    settings = Settings(0.03, 3, True, 7, False, "constant", -0.5, 11)
    session.open(Project(project.network, project.dataset, settings))
    assert session.undo_stack.count() == 0
    assert session.moment.settings == settings
    assert panel.rate_field.value == 0.03
    assert (panel.update_field.value, panel.batch_field.value()) == ("batch", 3)
    assert (panel.order_field.value, panel.order_seed_field.value()) == ("shuffled", 7)
    assert not panel.biases_box.isChecked()
    assert (panel.initializer_field.value, panel.scale_field.value) == ("constant", -0.5)
    assert panel.weight_seed_field.value() == 11


# -- error, batches, order, biases ---------------------------------------------------------------------------


def test_the_error_is_chosen_and_what_does_not_go_is_greyed(
    panel: TrainingPanel, session: Session, qtbot: QtBot
) -> None:
    panel.loss_field.setFocus()
    qtbot.keyClick(panel.loss_field, Key.Key_Down)
    assert session.moment.network.loss == "cross_entropy"
    session.undo_stack.undo()
    session.edit("Change activation", network=session.moment.network.with_all_activations("tanh"))
    qtbot.keyClick(panel.loss_field, Key.Key_Down)
    assert session.moment.network.loss == "mse"
    row = panel.loss_field.findData("cross_entropy")
    assert "tanh" in panel.loss_field.itemData(row, Qt.ItemDataRole.ToolTipRole)


def test_batches(panel: TrainingPanel, session: Session, qtbot: QtBot) -> None:
    field = panel.update_field
    field.setFocus()
    assert not panel.batch_field.isVisible()
    qtbot.keyClick(field, Key.Key_Down)
    assert session.moment.settings.batch_size == 2
    assert panel.batch_field.isVisible()
    panel.batch_field.setFocus()
    qtbot.keyClick(panel.batch_field, Key.Key_Up)
    assert session.moment.settings.batch_size == 3
    field.setFocus()
    qtbot.keyClick(field, Key.Key_Down)
    assert session.moment.settings.batch_size >= len(session.moment.dataset)
    assert field.value == "all"
    data = session.moment.dataset
    session.edit("Add instance", dataset=data.with_instance_added(4, [0.5, 0.5], [0.0]))
    assert field.value == "all"


def test_a_batch_of_all_instances_stays_in_its_field(
    panel: TrainingPanel, session: Session, qtbot: QtBot
) -> None:
    session.edit("x", settings=session.moment.settings.with_(batch_size=3))
    panel.batch_field.setFocus()
    panel.batch_field.selectAll()
    qtbot.keyClicks(panel.batch_field, "100")
    qtbot.keyClick(panel.batch_field, Key.Key_Return)
    assert session.moment.settings.batch_size == 100
    assert (panel.update_field.value, panel.batch_field.value()) == ("all", 100)
    assert panel.batch_field.isVisible()
    assert panel.batch_note.isVisible()
    assert panel.batch_note.text() == "An epoch has 4 instances: all of them."
    panel.update_field.setFocus()
    qtbot.keyClick(panel.update_field, Key.Key_Up)
    assert session.moment.settings.batch_size == 3
    assert not panel.batch_note.isVisible()


def test_batches_need_three_instances(panel: TrainingPanel, session: Session, qtbot: QtBot) -> None:
    session.edit("Delete instances", dataset=session.moment.dataset.with_instances_removed([0, 1]))
    panel.update_field.setFocus()
    qtbot.keyClick(panel.update_field, Key.Key_Down)
    assert panel.update_field.value == "all"


def test_order_and_its_seed(panel: TrainingPanel, session: Session, qtbot: QtBot) -> None:
    assert not panel.order_seed_field.isVisible()
    panel.order_field.setFocus()
    qtbot.keyClick(panel.order_field, Key.Key_Down)
    assert session.moment.settings.shuffle
    panel.order_seed_field.setFocus()
    qtbot.keyClick(panel.order_seed_field, Key.Key_Up)
    assert session.moment.settings.seed == 1
    session.undo_stack.undo()
    assert panel.order_seed_field.value() == 0


def test_biases(panel: TrainingPanel, session: Session, qtbot: QtBot) -> None:
    panel.biases_box.setFocus()
    qtbot.keyClick(panel.biases_box, Key.Key_Space)
    assert not session.moment.settings.update_biases
    assert session.undo_stack.undoText() == "Keep biases"


# -- start weights -------------------------------------------------------------------------------------------


def test_new_weights_take_the_next_seed_in_one_undo_step(
    panel: TrainingPanel, session: Session, qtbot: QtBot
) -> None:
    before = session.moment
    qtbot.mouseClick(panel.new_button, Qt.MouseButton.LeftButton)
    seed = before.settings.weight_seed
    assert session.moment.settings.weight_seed == seed + 1
    assert panel.weight_seed_field.value() == seed + 1
    assert session.moment.network == before.network.initialized("uniform", seed + 1, 1.0)
    session.undo_stack.undo()
    assert session.moment.network == before.network
    assert panel.weight_seed_field.value() == seed


def test_same_weights_again_start_the_training_again(
    panel: TrainingPanel, session: Session, qtbot: QtBot
) -> None:
    start = session.moment.network
    session.step("epoch")
    assert session.moment.network != start
    qtbot.mouseClick(panel.same_button, Qt.MouseButton.LeftButton)
    assert session.moment.network == start
    assert session.moment.instances_done == 0


def test_the_range_is_there_where_it_has_a_meaning(
    panel: TrainingPanel, session: Session, qtbot: QtBot
) -> None:
    qtbot.mouseClick(panel.start_fold.button, Qt.MouseButton.LeftButton)
    assert panel.start_fold.summary.text() == "uniform, seed 1"
    field = panel.initializer_field
    field.setFocus()
    for name in list(INITIALIZERS)[1:]:
        qtbot.keyClick(field, Key.Key_Down)
        assert session.moment.settings.initializer == name
        assert panel.scale_field.isVisible() == (INITIALIZERS[name].scale_label is not None)
    assert panel.scale_field.accessibleName() == "value"
    assert panel.start_fold.summary.text() == "constant"
    field.setFocus()
    for _ in INITIALIZERS:
        qtbot.keyClick(field, Key.Key_Up)
    assert panel.scale_field.accessibleName() == "Range r"
    for _ in INITIALIZERS:
        qtbot.keyClick(field, Key.Key_Down)
    enter(panel.scale_field, "-0.5")
    qtbot.mouseClick(panel.new_button, Qt.MouseButton.LeftButton)
    assert session.moment.network.weights[0][0, 0] == -0.5


# -- the whole -----------------------------------------------------------------------------------------------


def test_every_field_has_a_name_and_a_tip(panel: TrainingPanel) -> None:
    kinds = (QAbstractButton, QSlider, QAbstractSpinBox, QComboBox, NumberField)
    fields = [field for field in panel.widget().findChildren(QWidget) if isinstance(field, kinds)]
    assert len(fields) == 13 + 6 + 2 + 2 + 2 + 2 + 2 * 5  # and the groups: headings and fields
    for field in fields:
        named = field.accessibleName() or (field.text() if isinstance(field, QAbstractButton) else "")
        assert named, field
        assert field.toolTip(), named


def test_nothing_is_cut_off_in_the_narrowest_dock(
    panel: TrainingPanel, session: Session, qtbot: QtBot
) -> None:
    session.edit("x", settings=session.moment.settings.with_(shuffle=True, batch_size=3))
    session.edit(
        "x", settings=session.moment.settings.with_(optimizer="momentum", schedule="step", test_share=0.5)
    )
    for group in (*panel.groups, panel.start_fold):
        qtbot.mouseClick(group.button, Qt.MouseButton.LeftButton)
    panel.window().resize(NARROWEST, 300)
    qtbot.waitUntil(lambda: panel.viewport().width() <= NARROWEST)
    body = panel.widget()
    assert body is not None
    assert body.minimumSizeHint().width() <= panel.viewport().width()
    for field in panel.findChildren(ChoiceField):
        qtbot.waitUntil(lambda field=field: field.width() >= field.full_width())
    for button in (panel.new_button, panel.same_button):
        assert button.width() >= button.sizeHint().width()
    limit = panel.stopping_group.fields["patience"]
    assert limit.text() == "50 epochs"
    assert limit.lineEdit().width() > limit.fontMetrics().horizontalAdvance(limit.text())


def test_the_headings_of_all_groups_are_seen_in_a_window_of_usual_size(panel: TrainingPanel) -> None:
    panel.window().resize(268, 350)
    last = panel.groups[-1].button
    assert (
        panel.widget().mapTo(panel.viewport(), last.mapTo(panel.widget(), last.rect().bottomLeft())).y() < 350
    )


def test_numbers_follow_the_decimal_sign(panel: TrainingPanel, session: Session) -> None:
    panel.new_button.setFocus()
    session.set_view(decimal_separator=",")
    assert panel.rate_field.text() == "0,5"


def test_rate_error_and_biases_are_named_as_the_notation_does(panel: TrainingPanel, session: Session) -> None:
    session.set_view(notation="pytorch")
    assert panel.rate_field.accessibleName() == "Learning rate lr"
    assert panel.rate_field.toolTip().endswith("ΔW = −lr dL/dW")
    assert panel.loss_field.accessibleName() == "Error L"
    assert panel.biases_box.text() == "u&pdate biases b"
    session.set_view(notation="words")
    assert panel.loss_field.accessibleName() == "Error E"
    assert panel.biases_box.text() == "u&pdate biases θ₀"
