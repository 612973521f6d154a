"""Optimizer, weight decay and η over time in the Training panel, with real keys and mouse."""

import pytest
from PySide6.QtCore import Qt

from bpsim.optimizers import OPTIMIZERS
from bpsim.schedules import SCHEDULES
from tests.helpers import press
from tests.ui.tables import Show
from tests.ui.widgets.groups import enter, settings_of, unfolded
from ui.appearance import Appearance
from ui.widgets.update_groups import DecayGroup, OptimizerGroup, ScheduleGroup

Key = Qt.Key


def test_every_optimizer_is_chosen_by_key_and_undone(appearance: Appearance, show: Show) -> None:
    session, panel, group = unfolded(appearance, show, "optimizer")
    assert isinstance(group, OptimizerGroup)
    assert group.summary.text() == "gradient descent"
    for name in list(OPTIMIZERS)[1:]:
        group.optimizer_field.setFocus()
        press(group.optimizer_field, Key.Key_Down)
        assert settings_of(session).optimizer == name
        assert group.momentum_field.isVisible() == (name in ("momentum", "nesterov"))
        assert group.summary.text().startswith(OPTIMIZERS[name].label)
    assert session.undo_stack.undoText() == "Change optimizer"
    session.undo_stack.undo()
    assert group.optimizer_field.value == "rmsprop"
    assert panel.optimizer_group is group


def test_momentum_is_typed_and_checked(appearance: Appearance, show: Show) -> None:
    session, panel, group = unfolded(appearance, show, "optimizer", optimizer="momentum")
    assert isinstance(group, OptimizerGroup)
    enter(group.momentum_field, "0,5")
    assert settings_of(session).momentum == 0.5
    assert session.undo_stack.undoText() == "Change μ"
    assert group.summary.text() == "momentum, μ = 0.5"
    enter(group.momentum_field, "1")
    assert settings_of(session).momentum == 0.5
    assert group.momentum_field.problem == "μ must be from 0 and below 1."
    session.step()
    assert group.momentum_field.text() == "0.5"
    assert not group.momentum_field.problem
    session.set_view(decimal_separator=",")
    assert group.summary.text() == "momentum, μ = 0,5"
    assert panel.rate_field.text() == "0,5"


def test_enter_gives_the_keyboard_back(appearance: Appearance, show: Show) -> None:
    _, _, group = unfolded(appearance, show, "optimizer", optimizer="momentum")
    assert isinstance(group, OptimizerGroup)
    enter(group.momentum_field, "0.5")
    assert not group.momentum_field.hasFocus()


@pytest.mark.parametrize(("name", "letter"), [("l1", "λ₁"), ("l2", "λ₂")])
def test_weight_decay(appearance: Appearance, show: Show, name: str, letter: str) -> None:
    session, _, group = unfolded(appearance, show, "decay")
    assert isinstance(group, DecayGroup)
    assert group.summary.text() == "off"
    field = group.l1_field if name == "l1" else group.l2_field
    enter(field, "0.01")
    assert getattr(settings_of(session), name) == 0.01
    assert session.undo_stack.undoText() == "Change weight decay"
    assert group.summary.text() == f"{letter} = 0.01"
    enter(field, "-1")
    assert field.problem == f"{letter} must not be below 0."
    press(field, Key.Key_Escape)
    assert field.text() == "0.01"


def test_eta_over_time(appearance: Appearance, show: Show) -> None:
    session, _, group = unfolded(appearance, show, "schedule", learning_rate=0.8)
    assert isinstance(group, ScheduleGroup)
    assert not group.epochs_field.isVisible()
    group.schedule_field.setFocus()
    press(group.schedule_field, Key.Key_Down)
    assert settings_of(session).schedule == "step"
    enter(group.epochs_field, "1")
    assert settings_of(session).schedule_epochs == 1
    assert session.undo_stack.undoText() == "Change η over time"
    assert group.summary.text() == "now η = 0.8"
    session.step("epoch")
    session.step()
    assert group.summary.text() == "now η = 0.4"
    schedule = SCHEDULES["step"]
    meaning = f"{schedule.formula} after e epochs: {schedule.words}."
    assert group.present.text() == f"{meaning}\nIn epoch 2: η = 0.4."
    session.back("epoch")
    assert group.summary.text() == "now η = 0.8"


def test_every_letter_of_an_optimizer_is_said(appearance: Appearance, show: Show) -> None:
    session, _, group = unfolded(appearance, show, "optimizer", optimizer="adam")
    assert isinstance(group, OptimizerGroup)
    assert group.formula.text().splitlines() == OPTIMIZERS["adam"].formula.split(",  ")
    assert group.letters.text().splitlines() == list(OPTIMIZERS["adam"].letters_said)
    assert "β₁ = 0.9, β₂ = 0.999" in group.letters.text()
    session.set_view(decimal_separator=",")
    assert "β₁ = 0,9, β₂ = 0,999" in group.letters.text()
