"""The player: one step, long steps in slices, play and pause."""

import numpy as np
from pytestqt.qtbot import QtBot

from bpsim.datasets import Dataset
from bpsim.network import Network
from bpsim.project import Project
from tests.helpers import xor_session
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
