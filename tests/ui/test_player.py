"""The player: one step, long steps in slices, play and pause."""

from dataclasses import replace

import numpy as np
from pytestqt.qtbot import QtBot

from bpsim.datasets import Dataset
from bpsim.network import Network
from bpsim.project import Project
from tests.helpers import same_moment, xor_session
from ui.player import Player
from ui.session import Session


def test_plays_by_itself_until_it_is_paused(qtbot: QtBot) -> None:
    session = xor_session()
    player = Player(session)
    player.set_speed(30)
    player.play()
    assert session.moment.shown == 1
    qtbot.waitUntil(lambda: session.moment.shown >= 4)
    player.pause()
    shown = session.moment.shown
    qtbot.wait(120)
    assert session.moment.shown == shown
    assert not player.playing


def test_back_stops_playing(qtbot: QtBot) -> None:
    session = xor_session()
    player = Player(session)
    player.play()
    player.step()
    player.back()
    assert not player.playing
    assert session.moment.shown == 1


def test_a_long_step_is_taken_in_slices_and_ends_where_a_short_one_does(qtbot: QtBot) -> None:
    rng = np.random.default_rng(0)
    data = Dataset(rng.uniform(size=(800, 2)), rng.uniform(size=(800, 1)))
    project = Project(Network.dense([2, 3, 1]), data)
    session, reference = Session(project), Session(project)
    player, announced = Player(session), []
    session.moment_changed.connect(lambda new, old: announced.append(new))
    player.step("epoch")
    assert session.moment.instances_done < 799
    qtbot.waitUntil(lambda: session.moment.instances_done == 799)
    assert len(announced) > 2
    reference.step("epoch")
    assert session.moment.network == reference.moment.network


def test_a_long_step_ends_when_something_else_is_done_meanwhile(qtbot: QtBot) -> None:
    rng = np.random.default_rng(0)
    session = Session(
        Project(Network.dense([2, 3, 1]), Dataset(rng.uniform(size=(800, 2)), np.zeros((800, 1))))
    )
    player = Player(session)
    player.step("epoch")
    done = session.moment.instances_done
    assert 0 < done < 799
    session.back("instance")
    qtbot.wait(100)
    assert session.moment.instances_done == done - 1
    player.step("instance")
    assert session.moment.instances_done == done


def test_playing_stops_where_the_training_cannot_go_on(qtbot: QtBot) -> None:
    network = Network.dense([1, 1], activation="linear", seed=1)
    session = Session(Project(network, Dataset([[1.0]], [[1.0]])))
    session.edit("Change η", settings=session.moment.settings.with_(learning_rate=1e200))
    session.set_view(step_size="instance")
    player = Player(session)
    player.set_speed(30)
    with qtbot.waitSignal(player.playing_changed, check_params_cb=lambda playing: not playing, timeout=3000):
        player.play()
    assert np.isfinite(session.moment.network.weights[0]).all()


def test_what_is_to_follow_comes_once_the_place_is_reached(qtbot: QtBot) -> None:
    rng = np.random.default_rng(0)
    session = Session(Project(Network.dense([2, 3, 1]), Dataset(rng.random((800, 2)), rng.random((800, 1)))))
    player, there = Player(session), []
    player.go_to(700, 0, lambda: there.append(session.moment.instances_done))
    assert there == []
    qtbot.waitUntil(lambda: bool(there))
    player.go_to(699)
    assert there == [700]


def left_at(done: int, shown: int, epochs: int = 8) -> Project:
    """A long training that was gone back in."""
    rng = np.random.default_rng(0)
    data = Dataset(rng.uniform(size=(100, 2)), rng.uniform(size=(100, 1)))
    simulation = Project(Network.dense([2, 3, 1]), data).simulation()
    simulation.go_to(100 * epochs - 1)
    simulation.go_to(done, shown)
    return Project.of(simulation)


def opened(project: Project) -> tuple[Session, Player, list[int]]:
    """Open a project at its start, and note how far it is computed again."""
    session = Session(replace(project, cursor=(0, 0)))
    player, counts = Player(session), []
    player.recomputed.connect(lambda done, recorded: counts.append(done))
    return session, player, counts


def test_a_training_is_computed_again_as_far_as_it_was_and_shown_where_it_was_left(qtbot: QtBot) -> None:
    project, arrived = left_at(301, 5), []
    session, player, counts = opened(project)
    announced = []
    session.moment_changed.connect(lambda new, old: announced.append(new))
    player.return_to(project.cursor, project.recorded, lambda: arrived.append(session.moment))
    assert session.moment.instances_done == 0  # as long as it lasts the start is shown, whole
    assert session.recorded == 800
    qtbot.waitUntil(lambda: bool(arrived))
    assert announced == arrived
    assert counts == sorted(counts)
    assert len(counts) > 2
    assert counts[-1] == 800
    assert same_moment(arrived[0], project.simulation().moment)
    assert len(session.series.errors) == 800
    assert session.project == project


def test_what_is_done_meanwhile_ends_it_and_nothing_is_forgotten(qtbot: QtBot) -> None:
    project, arrived = left_at(301, 5), []
    session, player, counts = opened(project)
    player.return_to(project.cursor, project.recorded, lambda: arrived.append(True))
    assert counts[-1] < 800
    player.step("instance")
    qtbot.waitUntil(lambda: counts[-1] == 800)
    qtbot.wait(30)
    assert session.moment.instances_done == 0
    assert session.moment.finished
    assert arrived == []
    assert session.project.recorded == 800
    player.return_to(project.cursor, project.recorded, lambda: arrived.append(True))
    player.pause()
    assert counts[-1] == 800  # nobody waits for it any more


def test_a_short_training_is_there_at_once(qtbot: QtBot) -> None:
    project, arrived = left_at(3, 2, 1), []
    project = replace(project, cursor=(3, 2), recorded=5)
    session, player, _ = opened(project)
    player.return_to(project.cursor, project.recorded, lambda: arrived.append(True))
    assert arrived
    assert (session.moment.instances_done, session.moment.shown) == (3, 2)
