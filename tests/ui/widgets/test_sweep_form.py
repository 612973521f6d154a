from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from bpsim.network import Network
from tests.helpers import xor_project
from ui.numbers import NumberFormat
from ui.widgets.sweep_form import SweepForm


@pytest.fixture
def form(qtbot: QtBot) -> SweepForm:
    form = SweepForm(xor_project(), NumberFormat(), "η")
    qtbot.addWidget(form)
    with qtbot.waitExposed(form):
        form.show()
    return form


def test_at_first_it_is_seven_learning_rates_with_five_start_weights_each(form: SweepForm) -> None:
    assert form.sweep is not None
    assert form.sweep.varied["learning_rate"] == [0.01, 0.0316, 0.1, 0.316, 1, 3.16, 10]
    assert form.sweep.varied["weight_seed"] == [1, 2, 3, 4, 5]  # from the project's on
    assert form.sweep.size == 35
    assert form.sweep.epochs == xor_project().settings.stopping.epochs


def test_the_start_weights_are_counted_in_seeds(form: SweepForm) -> None:
    assert form.seeds_field.text() == "5 seeds"
    form.seeds_field.setValue(1)
    assert form.seeds_field.text() == "1 seed"


def test_no_choice_is_cut_in_the_room_that_the_dialog_gives(form: SweepForm, qtbot: QtBot) -> None:
    form.resize(264, 500)
    form.show()
    qtbot.waitUntil(lambda: form.way_field.width() >= form.way_field.full_width())
    assert form.width() == 264


def test_without_other_seeds_the_weights_stay_as_drawn(form: SweepForm) -> None:
    form.seeds_field.setValue(0)
    assert form.seeds_field.text() == "as drawn"
    assert form.sweep is not None
    assert "weight_seed" not in form.sweep.varied


def test_equal_steps(form: SweepForm, qtbot: QtBot) -> None:
    form.count_field.setValue(3)
    form.way_field.set_value("step")
    form.low_field.set_value(1)
    form.high_field.set_value(2)
    assert form.sweep is not None
    assert form.sweep.varied["learning_rate"] == [1, 1.5, 2]


@pytest.mark.parametrize(
    ("text", "sizes"), [("1, 4", [1, 4]), ("2;2 8", [2, 8]), ("", None), ("0", None), ("1.5", None)]
)
def test_batch_sizes(form: SweepForm, text: str, sizes: list[int] | None) -> None:
    form.batches_field.setText(text)
    if text and sizes is None:
        assert form.sweep is None
        assert form.problem == "Batch sizes are whole numbers from 1, such as 1, 4, 16."
    else:
        assert form.sweep is not None
        assert form.sweep.varied.get("batch_size") == sizes


def test_the_activations_are_those_of_the_hidden_layers(form: SweepForm) -> None:
    assert form.activations_field.accessibleName() == "Hidden activations"
    assert form.activations_field.action("tanh").isEnabled()
    assert not form.activations_field.action("softmax").isEnabled()


def test_without_hidden_layers_they_are_those_of_the_outputs(form: SweepForm) -> None:
    project = xor_project()
    form.set_project(replace(project, network=Network.dense([2, 1], "sigmoid", seed=1)))
    assert form.activations_field.accessibleName() == "Output activations"
    assert form.activations_field.action("step").isEnabled()


def test_too_many_runs_are_refused(form: SweepForm) -> None:
    form.count_field.setValue(50)
    form.seeds_field.setValue(50)
    assert form.problem == "These are 2\u202f500 runs; up to 1\u202f000 can be compared at once."
    assert form.problem_label.isVisible()
    form.seeds_field.setValue(5)
    assert form.problem == ""
