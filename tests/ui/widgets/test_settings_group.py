"""What every group of settings does: it shows, it asks, and it never edits by itself."""

import pytest
from pytestqt.qtbot import QtBot

from tests.helpers import xor_session
from tests.ui.widgets.groups import enter
from ui.numbers import NumberFormat
from ui.widgets.settings_group import SettingsGroup
from ui.widgets.update_groups import DecayGroup, OptimizerGroup


@pytest.fixture
def group(qtbot: QtBot) -> DecayGroup:
    made = DecayGroup(NumberFormat())
    qtbot.addWidget(made)
    made.show()
    made.button.click()
    return made


def asked(group: SettingsGroup) -> list[tuple[str, dict[str, object]]]:
    """Return the list that every wish of a group is added to."""
    wishes: list[tuple[str, dict[str, object]]] = []
    group.edit_requested.connect(lambda text, changes: wishes.append((text, changes)))
    return wishes


def test_it_asks_and_leaves_the_settings_alone(group: DecayGroup) -> None:
    session = xor_session()
    group.show_moment(session.moment)
    wishes = asked(group)
    enter(group.l2_field, "0.1")
    assert wishes == [("Change weight decay", {"l2": 0.1})]
    assert session.moment.settings.l2 == 0


def test_showing_asks_nothing(group: DecayGroup) -> None:
    wishes = asked(group)
    group.show_moment(xor_session(l1=0.5, l2=0.25).moment)
    assert (group.l1_field.value, group.l2_field.value) == (0.5, 0.25)
    assert wishes == []


def test_what_cannot_be_taken_is_given_up(group: DecayGroup) -> None:
    group.show_moment(xor_session(l2=0.25).moment)
    enter(group.l2_field, "-3")
    assert group.l2_field.problem
    group.give_up()
    assert group.l2_field.value == 0.25
    assert not group.l2_field.problem


def test_numbers_are_written_in_another_way(group: DecayGroup) -> None:
    session = xor_session(l2=0.25)
    group.show_moment(session.moment)
    group.button.setFocus()
    group.set_number_format(NumberFormat(3, ","))
    assert group.l2_field.text() == "0,25"
    group.show_moment(session.moment)
    assert group.summary.text() == "λ₂ = 0,25"


def test_a_formula_has_a_line_for_each_of_its_steps(qtbot: QtBot) -> None:
    made = OptimizerGroup(NumberFormat())
    qtbot.addWidget(made)
    made.show_moment(xor_session(optimizer="nesterov").moment)
    assert made.formula.text().split("\n") == ["v ← μ v + Δθ", "θ ← θ + μ v + Δθ"]
