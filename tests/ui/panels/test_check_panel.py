"""The Gradient check panel, with real keys and mouse and a real session."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from bpsim.datasets import Dataset
from bpsim.examples import load_example
from bpsim.network import Network
from bpsim.project import Project
from bpsim.quantity import Quantity
from tests.helpers import xor_project
from tests.ui.tables import Show, click, keep_settled, texts
from ui.appearance import Appearance
from ui.panels.check_panel import CANCEL, CHECK, CHECKING, LATER, MOST_LISTED, UNKNOWN_YET, CheckPanel
from ui.session import Session

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def session(qapp: object) -> Session:
    return Session(load_example("mazur"))


@pytest.fixture
def panel(session: Session, appearance: Appearance, show: Show, qtbot: QtBot) -> CheckPanel:
    panel = CheckPanel(session, appearance)
    QAbstractItemModelTester(panel.model, QAbstractItemModelTester.FailureReportingMode.Fatal, panel.model)
    show(panel, session)
    keep_settled(panel, session, qtbot)
    return panel


def check(panel: CheckPanel, qtbot: QtBot) -> None:
    qtbot.mouseClick(panel.button, LEFT)
    qtbot.waitUntil(lambda: not panel.is_checking)


def test_the_badge_and_the_table(panel: CheckPanel, session: Session, qtbot: QtBot) -> None:
    assert panel.badge.text() == UNKNOWN_YET
    assert panel.table.isHidden()
    session.go_to_phase("gradient")
    check(panel, qtbot)
    assert panel.result is not None
    assert panel.badge.text().startswith("Gradient check: ")
    assert panel.badge.text().endswith(" from central differences ✓")
    assert panel.badge.property("role") == "right"
    assert LATER not in panel.note.text()
    differences = [row.values[2] for row in panel.model.rows]
    assert differences == sorted(differences, reverse=True)
    assert differences[0] == panel.result.largest
    assert len(differences) == session.moment.network.n_parameters
    row = next(n for n, r in enumerate(panel.model.rows) if r.quantity == Quantity("weight", 1, 0, 0))
    assert texts(panel.table, row)[:3] == ["θ¹₁₁", "0.00044", "0.00044"]
    assert all(type(value) is float for r in panel.model.rows for value in r.values)


def test_gradients_are_shown_only_once_they_are_known(
    panel: CheckPanel, session: Session, qtbot: QtBot
) -> None:
    check(panel, qtbot)
    assert all(row.values[:2] == (None, None) for row in panel.model.rows)
    assert all(row.values[2] is not None for row in panel.model.rows)
    session.go_to_phase("backward")
    session.step("node")
    assert LATER in panel.note.text()
    known = [row.quantity for row in panel.model.rows if row.values[0] is not None]
    assert {(quantity.layer, quantity.node) for quantity in known} == {(2, 0)}


def test_it_is_never_stale(panel: CheckPanel, session: Session, qtbot: QtBot) -> None:
    check(panel, qtbot)
    session.step("phase")
    assert panel.result is not None  # the same numbers
    session.go_to_phase("update")
    assert panel.result is not None  # those before the update still
    session.step("node")  # the next instance, with new weights
    assert panel.result is None
    assert panel.badge.text() == UNKNOWN_YET
    check(panel, qtbot)
    session.edit("Change weight", network=session.moment.network.with_weight(0, 0, 0, 0.75))
    assert panel.result is None
    check(panel, qtbot)
    session.edit("Change cell", dataset=Dataset([[0.3, 0.3]], [[0.3, 0.3]]))
    assert panel.result is None


def test_all_instances(session: Session, appearance: Appearance, show: Show, qtbot: QtBot) -> None:
    session.open(load_example("xor"))
    panel = CheckPanel(session, appearance)
    show(panel, session)
    keep_settled(panel, session, qtbot)
    check(panel, qtbot)
    panel.scope_field.setFocus()
    qtbot.keyClick(panel.scope_field, Qt.Key.Key_Down)  # there is no batch
    assert panel.scope_field.value == "all"
    assert panel.result is None
    panel.button.setFocus()
    qtbot.keyClick(panel.button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: panel.result is not None)
    assert panel.badge.property("role") == "right"
    assert all(row.values[0] is not None for row in panel.model.rows)


def test_a_kink_is_mentioned_where_it_disagrees(
    session: Session, appearance: Appearance, show: Show, qtbot: QtBot
) -> None:
    network = Network.dense([1, 1], "relu").with_parameters([[[1.0]]], [[-1.0]])  # z = 0 for x = 1
    session.open(Project(network, Dataset([[1.0]], [[1.0]])))
    panel = CheckPanel(session, appearance)
    show(panel, session)
    keep_settled(panel, session, qtbot)
    check(panel, qtbot)
    assert panel.badge.text().endswith("✗")
    assert panel.badge.property("role") == "wrong"
    assert "kink" in panel.note.text()
    assert panel.note.isVisible()


def test_a_row_is_asked_about(panel: CheckPanel, session: Session, qtbot: QtBot) -> None:
    check(panel, qtbot)
    click(panel.table, 0, 0)
    assert session.focus == panel.model.rows[0].quantity
    panel.table.setCurrentIndex(panel.model.index(1, 0))
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    assert session.focus == panel.model.rows[1].quantity


def test_number_format(panel: CheckPanel, session: Session, qtbot: QtBot) -> None:
    session.go_to_phase("gradient")
    check(panel, qtbot)
    session.set_view(decimal_separator=",", digits=5)
    assert "," in panel.badge.text()
    assert "," in texts(panel.table, 0)[1]


@pytest.mark.parametrize(
    ("project", "sentence"),
    [
        (load_example("perceptron_and"), "The perceptron rule follows no gradient"),
        (Project(Network.dense([2, 1]), Dataset([[1.0]], [[1.0]])), "input"),
    ],
)
def test_where_there_is_nothing_to_check_it_says_why(
    panel: CheckPanel, session: Session, project: Project, sentence: str
) -> None:
    session.open(project)
    assert sentence in panel.badge.text()
    assert not panel.button.isEnabled()
    panel.compute()
    assert panel.result is None


def large(rows: int = 1) -> Project:
    rng = np.random.default_rng(0)
    network = Network.dense([60, 60], seed=1)
    return Project(network, Dataset(rng.uniform(-1, 1, (rows, 60)), rng.uniform(0, 1, (rows, 60))))


def test_a_long_check_leaves_the_window_alive_and_can_be_cancelled(
    panel: CheckPanel, session: Session, qtbot: QtBot
) -> None:
    session.open(large())
    qtbot.mouseClick(panel.button, LEFT)
    assert panel.is_checking
    assert panel.progress.isVisible()
    assert panel.progress.maximum() == 3660
    assert panel.button.text() == CANCEL
    assert panel.badge.text() == CHECKING
    qtbot.waitUntil(lambda: panel.progress.value() > 50)
    qtbot.mouseClick(panel.button, LEFT)
    assert not panel.is_checking
    assert panel.result is None
    assert panel.badge.text() == UNKNOWN_YET
    assert panel.button.text() == CHECK
    assert panel.progress.isHidden()


def test_of_many_parameters_the_largest_differences_are_listed(
    panel: CheckPanel, session: Session, qtbot: QtBot
) -> None:
    session.open(large())
    qtbot.mouseClick(panel.button, LEFT)
    qtbot.waitUntil(lambda: panel.result is not None, timeout=30_000)
    assert panel.model.rowCount() == MOST_LISTED
    assert panel.model.rows[0].values[-1] == panel.result.largest
    assert "3660" in panel.note.text()


def test_an_edit_ends_a_check(panel: CheckPanel, session: Session, qtbot: QtBot) -> None:
    session.open(large())
    qtbot.mouseClick(panel.button, LEFT)
    session.step("phase")
    assert panel.is_checking  # the same numbers
    session.edit("Change weight", network=session.moment.network.with_weight(0, 0, 0, 0.75))
    assert not panel.is_checking
    assert panel.result is None


def test_the_batch_in_progress(session: Session, appearance: Appearance, show: Show, qtbot: QtBot) -> None:
    session.open(xor_project(batch_size=4))
    panel = CheckPanel(session, appearance)
    show(panel, session)
    keep_settled(panel, session, qtbot)
    session.go_to(2, None)
    panel.scope_field.setFocus()
    qtbot.keyClick(panel.scope_field, Qt.Key.Key_Down)
    assert panel.scope_field.value == "batch"
    check(panel, qtbot)
    rows = [*session.batch_traces(), session.moment.position.instance]
    assert len(rows) == 3
    trace, eta = session.moment.trace, session.moment.settings.learning_rate
    mean = -trace.batch.weight_steps[0] / 3 / eta
    assert panel.result.weights[0] == pytest.approx(mean, rel=1e-12)
    assert panel.badge.property("role") == "right"
    session.go_to(4, 0)  # a batch of one instance so far
    assert panel.scope_field.value == "instance"
    assert panel.result is None


@pytest.mark.parametrize("width", [224, 300])
def test_nothing_is_wider_than_the_panel(
    panel: CheckPanel, session: Session, qtbot: QtBot, width: int
) -> None:
    panel.window().resize(width, 640)
    session.go_to_phase("gradient")
    check(panel, qtbot)
    body = panel.widget()
    assert body is not None
    assert body.minimumSizeHint().width() <= panel.viewport().width()
