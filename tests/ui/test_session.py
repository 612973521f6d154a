"""The session: edits by value, undo, stepping, notices."""

from dataclasses import replace

import numpy as np
import pytest

from bpsim.datasets import Dataset
from bpsim.network import Network
from bpsim.project import Project
from tests.helpers import XOR_INPUTS, XOR_TARGETS, kept_run, same_moment, xor_project, xor_session
from ui.session import Session
from ui.view_state import Selection

pytestmark = pytest.mark.usefixtures("qapp")


def test_opens_on_the_first_example_at_the_start() -> None:
    session = Session()
    assert session.moment.network.sizes == (2, 3, 2)
    assert session.moment.position.phase is None
    assert session.moment.misfit is None


def test_an_edit_is_announced_once_with_new_and_old_and_can_be_undone_and_redone() -> None:
    session = xor_session()
    heard = []
    session.moment_changed.connect(lambda new, old: heard.append((new, old)))
    before = session.moment
    session.edit("Change θ", network=before.network.with_weight(0, 0, 0, 0.25))
    after = session.moment
    assert heard == [(after, before)]
    assert session.undo_stack.undoText() == "Change θ"
    session.undo_stack.undo()
    assert same_moment(session.moment, before)
    session.undo_stack.redo()
    assert same_moment(session.moment, after)


def test_an_edit_that_changes_nothing_is_none() -> None:
    session = xor_session()
    session.edit("Change η", settings=session.moment.settings.with_(learning_rate=0.5))
    assert session.undo_stack.count() == 0


def test_edits_with_one_key_are_one_undo_step() -> None:
    session = xor_session()
    for rate in (0.6, 0.7, 0.8):
        settings = session.moment.settings.with_(learning_rate=rate)
        session.edit("Change η", settings=settings, merge="η")
    session.edit("Change η", settings=session.moment.settings.with_(learning_rate=0.9), merge="another move")
    assert session.undo_stack.count() == 2
    session.undo_stack.undo()
    assert session.moment.settings.learning_rate == 0.8
    session.undo_stack.undo()
    assert session.moment.settings.learning_rate == 0.5


def test_an_edit_in_the_middle_keeps_the_past_and_undo_brings_the_future_back() -> None:
    session = xor_session()
    for _ in range(3):
        session.step("instance")
    session.step("phase")
    assert session.series is not None
    future = session.series.errors.copy()
    session.back("epoch")
    session.step("instance")
    session.step("layer")
    at_edit = session.moment
    session.edit("Change η", settings=session.moment.settings.with_(learning_rate=2.0))
    assert session.moment.position == at_edit.position
    assert session.series is not None
    assert len(session.series.errors) == 1
    session.undo_stack.undo()
    assert same_moment(session.moment, at_edit)
    assert session.series is not None
    np.testing.assert_array_equal(session.series.errors, future)


def test_network_and_data_that_do_not_fit_are_kept_and_named() -> None:
    session = xor_session()
    session.step("instance")
    session.edit("Add node", network=session.moment.network.with_node_added(0, 2))
    assert session.moment.misfit == "The network has 3 inputs, the data 2 inputs."
    assert session.moment.trace is None
    assert session.series is None
    notices = []
    session.noticed.connect(notices.append)
    session.step()
    assert notices[-1].text == ""  # the bar goes on showing the misfit with its cures
    session.undo_stack.undo()
    assert session.moment.misfit is None
    assert session.moment.position.phase == "update"


def test_work_on_takes_an_instance_next_or_goes_back_to_it() -> None:
    session = xor_session()
    session.work_on(2)
    assert session.moment.position[:3] == (0, 2, None)
    assert session.undo_stack.undoText() == "Work on instance 3"
    session.step("instance")
    session.step("instance")
    assert session.moment.position.instance == 0
    session.work_on(2)
    assert session.moment.position[:3] == (0, 2, None)
    assert session.undo_stack.count() == 1


def test_divergence_says_where_and_offers_to_step_back_and_a_smaller_rate() -> None:
    network = Network.dense([2, 2, 1], activation="linear", seed=1)
    session = Session(Project(network, Dataset(XOR_INPUTS, XOR_TARGETS)))
    session.edit("Change η", settings=session.moment.settings.with_(learning_rate=1e150))
    notices = []
    session.noticed.connect(notices.append)
    session.step("epoch")
    notice = notices[-1]
    assert "became too large to compute at instance" in notice.text
    assert [label for label, _ in notice.cures] == ["Step back", "Start again with η = 1e149"]
    assert all(np.isfinite(w).all() for w in session.moment.network.weights)
    session.step("epoch")
    assert "became too large" in notices[-1].text
    before = session.moment.instances_done
    notice.cures[0][1]()
    assert session.moment.instances_done == max(before - 1, 0)
    assert notices[-1].text == notice.text
    assert [label for label, _ in notices[-1].cures] == ["Start again with η = 1e149"]
    notice.cures[1][1]()
    assert session.moment.instances_done == 0
    assert session.moment.network == network
    assert session.moment.settings.learning_rate < 1e150


def test_a_selection_keeps_only_what_still_exists() -> None:
    session = xor_session()
    session.select(Selection(frozenset({(2, 0)}), frozenset({(0, 1, 1), (0, 0, 1)})))
    session.edit("Disconnect", network=session.moment.network.with_disconnected(0, 1, 1))
    assert session.selection == Selection(frozenset({(2, 0)}), frozenset({(0, 0, 1)}))
    session.edit("Change θ", network=session.moment.network.with_bias(0, 0, 3.0))
    session.step()
    assert session.selection == Selection(frozenset({(2, 0)}), frozenset({(0, 0, 1)}))


def test_where_layers_have_other_sizes_nothing_stays_selected() -> None:
    session = xor_session()
    session.select(Selection(frozenset({(1, 0)}), frozenset({(0, 0, 1)})))
    session.edit("Delete node", network=session.moment.network.with_nodes_removed([(1, 0)]))
    assert session.selection == Selection()
    session.select(Selection(frozenset({(1, 0)})))
    session.undo_stack.undo()
    assert session.selection == Selection()


def test_opening_clears_undo_and_selection_and_sets_the_path() -> None:
    session = xor_session()
    session.select(Selection(frozenset({(1, 1)})))
    session.edit("Change θ", network=session.moment.network.with_bias(0, 0, 3.0))
    session.open(xor_project(learning_rate=0.9), "there.bpsim")
    assert session.undo_stack.count() == 0
    assert session.undo_stack.isClean()
    assert session.selection == Selection()
    assert session.path == "there.bpsim"
    assert session.moment.settings.learning_rate == 0.9


def test_title_and_notes_are_an_edit_that_leaves_the_training_where_it_is() -> None:
    session = xor_session()
    session.step("instance")
    here = session.moment
    session.describe("XOR", "after Rumelhart")
    assert (session.project.title, session.project.notes) == ("XOR", "after Rumelhart")
    assert same_moment(session.moment, here)
    assert not session.clean
    session.describe("XOR", "after Rumelhart")
    assert (session.undo_stack.count(), session.undo_stack.undoText()) == (1, "Edit notes")
    session.step("instance")
    there = session.moment.position
    session.undo()
    assert (session.project.title, session.project.notes) == ("", "")
    assert session.clean
    session.redo()
    assert session.project.notes == "after Rumelhart"
    assert session.moment.position == there


@pytest.mark.parametrize("path", [None, "mine.bpsim"])
def test_the_notes_of_a_project_are_told_when_it_is_opened(path: str | None) -> None:
    session, told = xor_session(), []
    session.noticed.connect(lambda notice: told.append(notice.text))
    session.open(replace(xor_project(), notes="Look at the twins."), path)
    assert told[-1] == "Look at the twins.\n\nHelp, About this project, says this again."
    session.open(xor_project(), path)
    assert told[-1] == ""


def test_kept_runs_belong_to_the_project_and_are_a_change_of_their_own() -> None:
    run = kept_run("a", np.ones(3))
    session, heard = Session(replace(xor_project(), runs=(run,))), []
    session.clean_changed.connect(heard.append)
    assert session.clean
    assert session.runs.all == session.project.runs == (run,)
    session.runs.keep(kept_run("b", np.ones(3)))
    session.edit("Change θ", network=session.moment.network.with_bias(0, 0, 3.0))
    session.undo()
    assert not session.clean
    assert [kept.name for kept in session.project.runs] == ["a", "b"]
    session.saved_as("here.bpsim")
    assert session.clean
    session.edit("Change θ", network=session.moment.network.with_bias(0, 0, 3.0))
    session.runs.remove(session.runs.all[1])
    session.undo()
    assert heard == [False, True, False]
    session.open(xor_project(), "there.bpsim")
    assert session.runs.all == ()
    assert session.clean


def test_a_run_that_is_put_in_place_leaves_the_kept_ones() -> None:
    session = Session(replace(xor_project(), runs=(kept_run("a", np.ones(3)),)))
    session.put(session.runs.all[0].again, "Open run")
    assert [run.name for run in session.project.runs] == ["a"]


def test_why_a_training_cannot_go_on() -> None:
    session = Session(Project(Network.dense([2, 1], "linear"), Dataset(XOR_INPUTS * 3, XOR_TARGETS)))
    assert session.divergence == ""
    session.edit("Change η", settings=session.moment.settings.with_(learning_rate=1e12))
    session.go_to(1000)
    assert "too large" in session.divergence
    session.open(Project(Network.dense([3, 1]), Dataset(XOR_INPUTS, XOR_TARGETS)))
    assert session.divergence == ""


def test_an_opened_project_is_announced_once_it_is_there() -> None:
    session, heard = xor_session(), []
    session.opened.connect(lambda: heard.append((session.path, session.moment.settings.learning_rate)))
    session.step()
    session.put(xor_project(), "Open run")
    assert heard == []
    session.open(xor_project(learning_rate=0.9), "there.bpsim")
    assert heard == [("there.bpsim", 0.9)]


def test_same_weights_restart_starts_a_new_training() -> None:
    session = xor_session()
    start = session.moment.network
    session.step("epoch")
    session.edit("Same weights again", network=start, restart=True)
    assert session.moment.instances_done == 0
    assert session.moment.network == start
    session.undo_stack.undo()
    assert session.moment.position == (0, 3, "update", None, None)


def test_go_to_phase_jumps_within_the_instance() -> None:
    session = xor_session()
    session.go_to_phase("backward")
    assert session.moment.position == (0, 0, "backward", 1, 1)
    assert session.moment.knows("backward")
    assert not session.moment.knows("gradient")
    session.go_to_phase("receive")
    assert session.moment.position == (0, 0, "receive", 0, 1)


@pytest.mark.parametrize("shuffle", [False, True])
def test_a_changed_value_stays_at_the_present_instance_and_recomputes_what_is_shown(shuffle: bool) -> None:
    session = xor_session(shuffle=shuffle)
    session.step("instance")
    session.step("phase")
    session.step("phase")
    session.step("phase")
    before = session.moment
    row = before.position.instance
    session.edit("Change x₁", dataset=before.dataset.with_input(row, 0, 0.5))
    after = session.moment
    assert after.position[1:] == before.position[1:]
    assert after.instances_done == 0
    assert after.trace is not None
    assert before.trace is not None
    assert after.trace.input[0] == 0.5
    assert after.trace.error != before.trace.error
    assert before.network != after.network == session.project.network == xor_project().network
    session.undo_stack.undo()
    assert same_moment(session.moment, before)
