"""Work as a value: what an edit keeps, what it begins anew, and what a file keeps of it."""

import numpy as np
import pytest

from bpsim.datasets import Dataset
from bpsim.network import Network
from bpsim.project import Project
from tests.helpers import same_moment, xor_project
from ui.work import Work, beginning

MISFIT = Network.dense([3, 2, 1])


@pytest.fixture
def work() -> Work:
    """The XOR project after five instances and the forward pass of the sixth."""
    work = Work.opened(xor_project())
    assert work.simulation is not None
    work.simulation.go_to(5, 3)
    return work


def done(work: Work) -> tuple[int, int]:
    return work.moment.instances_done, work.moment.shown


def test_a_project_is_opened_where_it_was_left_and_kept_as_it_was(work: Work) -> None:
    left = work.project
    opened = Work.opened(left)
    assert done(opened) == (5, 3)
    assert same_moment(opened.moment, work.moment)
    assert opened.project == left


def test_title_and_notes_stay_with_every_change() -> None:
    project = xor_project()
    work = Work.opened(Project(project.network, project.dataset, title="XOR", notes="after Rumelhart"))
    changed = work.edited(settings=work.settings.with_(learning_rate=2.0))
    for same in (work, changed, changed.restarted(), changed.edited(network=MISFIT)):
        assert (same.title, same.notes) == ("XOR", "after Rumelhart")
        assert (same.project.title, same.project.notes) == ("XOR", "after Rumelhart")


def test_short_notes_are_told_whole_and_of_long_ones_as_much_as_there_is_room_for() -> None:
    assert beginning("Two lines\n\nand no more\n") == "Two lines\n\nand no more\n"
    assert beginning("a line\n" * 9) == "\n".join(["a line"] * 8) + " …"
    assert beginning("word " * 200) == " ".join(["word"] * 119) + " …"
    assert beginning("x" * 601) == "x" * 600 + " …"


def test_an_edit_goes_on_from_the_present_moment_and_leaves_the_old_work_as_it_was(work: Work) -> None:
    before, network = work.moment, work.moment.network
    faster = work.edited(settings=work.settings.with_(learning_rate=2.0))
    assert faster.moment.settings.learning_rate == 2.0
    assert faster.moment.instances_done == 5
    assert faster.moment.network == network
    assert same_moment(work.moment, before)
    assert work.settings.learning_rate == 0.5


def test_a_restart_begins_with_the_present_weights_at_the_first_step(work: Work) -> None:
    network = work.moment.network
    again = work.restarted()
    assert done(again) == (0, 0)
    assert again.network == again.moment.network == network
    assert again.series is not None
    assert len(again.series.errors) == 0


def test_other_data_of_as_many_instances_is_trained_anew_up_to_where_it_was_shown(work: Work) -> None:
    data = work.dataset.with_input(0, 0, 0.25)
    changed = work.edited(dataset=data)
    moment = changed.moment
    assert moment.dataset == data
    assert work.moment.network != moment.network == work.project.network
    assert (moment.position.instance, moment.shown) == (work.moment.position.instance, work.moment.shown)
    fewer = work.edited(dataset=data.with_instances_removed([3]))
    assert done(fewer) == (0, 0)
    assert fewer.network == work.project.network


def test_data_that_do_not_fit_leave_the_start_weights_and_fitting_ones_begin_with_them(work: Work) -> None:
    broken = work.edited(dataset=work.dataset.with_inputs_sized(3))
    assert broken.simulation is None
    assert work.moment.network != broken.network == work.project.network
    mended = broken.edited(dataset=broken.dataset.with_inputs_sized(2))
    assert mended.moment.network == work.project.network


@pytest.mark.parametrize("way", ["edited", "restarted"])
def test_what_does_not_fit_is_kept_without_a_training_and_comes_back(work: Work, way: str) -> None:
    broken = getattr(work, way)(network=MISFIT)
    assert broken.simulation is None
    assert broken.series is None
    assert broken.network == broken.moment.network == MISFIT
    assert broken.moment.misfit is not None
    assert broken.moment.trace is None
    kept = Work.opened(broken.project)
    assert (kept.simulation, kept.network) == (None, MISFIT)
    assert kept.moment.misfit == broken.moment.misfit
    wider = Dataset(np.zeros((2, 3)), np.ones((2, 1)))
    mended = kept.edited(dataset=wider)
    assert mended.simulation is not None
    assert mended.moment.misfit is None
    assert done(mended) == (0, 0)


def test_holding_a_training_takes_its_parts(work: Work) -> None:
    assert work.simulation is not None
    other = work.simulation.edited(None, work.settings.with_(learning_rate=0.1), None)
    held = work.holding(other)
    assert held.simulation is other
    assert (held.network, held.dataset, held.settings) == (other.network, other.dataset, other.settings)
