import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from tests.helpers import kept_run
from ui.kept_runs import KeptRuns


@pytest.fixture
def runs() -> KeptRuns:
    runs = KeptRuns()
    runs.keep(*(kept_run(name, np.ones(3)) for name in ("a", "b", "c")))
    return runs


def names(runs: KeptRuns) -> list[str]:
    return [run.name for run in runs.all]


def test_runs_are_kept_in_order_each_in_its_own_style(runs: KeptRuns) -> None:
    assert names(runs) == ["a", "b", "c"]
    assert [kept.style for kept in runs.all] == [0, 1, 2]


def test_the_style_of_a_removed_run_is_free_again(runs: KeptRuns, qtbot: QtBot) -> None:
    with qtbot.waitSignal(runs.changed):
        runs.remove(runs.all[1])
    assert names(runs) == ["a", "c"]
    gone = runs.all[0]
    runs.remove(gone)
    runs.put_back(gone)
    assert names(runs) == ["c", "a"]
    runs.keep(kept_run("d", np.ones(3)))
    assert [kept.style for kept in runs.all] == [2, 0, 1]


def test_the_runs_of_another_project_take_their_place(runs: KeptRuns, qtbot: QtBot) -> None:
    others = KeptRuns()
    others.keep(kept_run("d", np.ones(3)), shown=False)
    with qtbot.waitSignal(runs.changed):
        runs.replace(others.all)
    assert runs.all == others.all
    assert not runs.shown


def test_each_has_a_name_of_its_own(runs: KeptRuns) -> None:
    runs.keep(kept_run("b", np.ones(3)), kept_run("b", np.ones(3)))
    assert names(runs) == ["a", "b", "c", "b (2)", "b (3)"]
    runs.rename(runs.all[0], "c")
    assert names(runs)[0] == "c (2)"
    runs.rename(runs.all[2], "c")
    assert names(runs)[2] == "c"
    gone = runs.all[1]
    runs.remove(gone)
    runs.keep(kept_run("b", np.ones(3)))
    runs.put_back(gone)
    assert names(runs) == ["c (2)", "c", "b (2)", "b (3)", "b", "b (4)"]


def test_a_run_can_be_renamed_and_hidden(runs: KeptRuns, qtbot: QtBot) -> None:
    with qtbot.waitSignal(runs.changed):
        runs.rename(runs.all[0], "first")
    with qtbot.waitSignal(runs.changed):
        runs.show(runs.all[2], False)
    assert names(runs) == ["first", "b", "c"]
    assert [run.name for run in runs.shown] == ["first", "b"]
