from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QIcon
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from bpsim.kept_run import KeptRun, Outcome
from tests.helpers import kept_run, press
from tests.ui.tables import type_into
from ui.kept_runs import KeptRuns
from ui.numbers import NumberFormat
from ui.theme import load_theme
from ui.widgets.runs_table import COLUMNS, NAME, RIGHT, SEED, SHOWN, TEST, RunsModel, RunsTable

Key = Qt.Key
RATE = 6
LEFT = Qt.MouseButton.LeftButton
LIGHT, DARK = load_theme("light"), load_theme("dark")
Role = Qt.ItemDataRole
ALIGNMENT = Role.TextAlignmentRole


def run(name: str, error: float = 0.25, **outcome: float) -> KeptRun:
    made = kept_run(name, np.array([0.5, error]))
    return replace(made, outcome=Outcome(error, **outcome))


class Shown:
    """A table of two runs."""

    def __init__(self, qtbot: QtBot) -> None:
        self.runs = KeptRuns()
        self.runs.keep(run("A"), run("B", 0.125))
        self.model = RunsModel(self.runs, LIGHT, NumberFormat(), "E")
        QAbstractItemModelTester(self.model, QAbstractItemModelTester.FailureReportingMode.Fatal, self.model)
        self.table = RunsTable(self.model)
        qtbot.addWidget(self.table)
        self.table.resize(900, 200)
        with qtbot.waitExposed(self.table):
            self.table.show()
        self.table.activateWindow()

    def cell(self, row: int, column: int, role: Role = Role.DisplayRole) -> object:
        return self.model.index(row, column).data(role)

    def head(self, column: int, role: Role = Role.DisplayRole) -> object:
        return self.model.headerData(column, Qt.Orientation.Horizontal, role)


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    return Shown(qtbot)


def test_a_row_says_how_a_run_was_made_and_how_well_it_did(shown: Shown) -> None:
    traits = shown.runs.all[1].traits
    assert [shown.cell(1, column) for column in range(len(COLUMNS))] == [
        "", "B", "0.125", "–", "–", "2", traits.learning_rate, traits.activations, traits.batch,
        traits.optimizer, traits.seed,
    ]  # fmt: skip
    assert shown.cell(1, 2, Role.AccessibleTextRole) == f"{COLUMNS[2].meaning}: 0.125"
    assert shown.cell(1, SHOWN, Role.AccessibleTextRole) == "drawn"


def test_numbers_stand_at_the_right_and_heads_above_them(shown: Shown) -> None:
    for column, what in enumerate(COLUMNS):
        for align in (shown.cell(0, column, ALIGNMENT), shown.head(column, ALIGNMENT)):
            assert bool(align & Qt.AlignmentFlag.AlignRight) == what.is_number
        assert shown.head(column, Role.ToolTipRole) == what.meaning


def test_the_head_says_why_the_error_differs_from_the_mean_of_the_last_epoch(shown: Shown) -> None:
    assert "with the weights at its end" in str(shown.head(2, Role.ToolTipRole))
    assert "while these still change" in str(shown.head(2, Role.ToolTipRole))


def test_epochs_have_their_thousands_apart(shown: Shown) -> None:
    shown.runs.keep(replace(run("C"), epochs=63050, spacing=63050))
    assert shown.cell(2, 5) == "63\u202f050"


def test_what_no_run_has_is_left_out(shown: Shown) -> None:
    assert shown.table.isColumnHidden(TEST)
    assert shown.table.isColumnHidden(RIGHT)
    shown.runs.keep(run("C", test_error=0.5, accuracy=0.75, test_accuracy=1.0))
    assert not shown.table.isColumnHidden(TEST)
    assert not shown.table.isColumnHidden(RIGHT)
    assert shown.cell(2, TEST) == "0.500"
    assert str(shown.cell(2, RIGHT)).split(" / ") == [NumberFormat().percent(share) for share in (0.75, 1.0)]
    shown.runs.remove(shown.runs.all[2])
    assert shown.table.isColumnHidden(TEST)


def test_a_diverged_run_says_so_and_where(shown: Shown) -> None:
    shown.runs.keep(replace(run("C"), diverged="z of hidden node 1 became too large."))
    assert shown.cell(2, 2) == "diverged"
    assert shown.cell(2, 2, Role.ToolTipRole) == "z of hidden node 1 became too large."


def test_a_tick_draws_a_run_or_does_not(shown: Shown) -> None:
    box = shown.table.visualRect(shown.model.index(0, SHOWN))
    QTest.mouseClick(shown.table.viewport(), LEFT, pos=box.topLeft() + QPoint(10, box.height() // 2))
    assert [kept.shown for kept in shown.runs.all] == [False, True]
    shown.table.setCurrentIndex(shown.model.index(0, SHOWN))
    press(shown.table, Key.Key_Space)
    assert [kept.shown for kept in shown.runs.all] == [True, True]


def test_a_name_is_typed_and_an_empty_one_is_not_taken(shown: Shown) -> None:
    type_into(shown.table, 0, NAME, " fast ")
    assert [kept.name for kept in shown.runs.all] == ["fast", "B"]
    type_into(shown.table, 0, NAME, " ")
    assert shown.runs.all[0].name == "fast"
    assert not shown.model.flags(shown.model.index(0, SEED)) & Qt.ItemFlag.ItemIsEditable


def test_where_runs_are_as_many_as_before_the_selection_stays(shown: Shown) -> None:
    told: list[int] = []
    shown.table.rows_chosen.connect(lambda: told.append(1))
    QTest.mouseClick(
        shown.table.viewport(), LEFT, pos=shown.table.visualRect(shown.model.index(1, NAME)).center()
    )
    assert told == [1]
    assert {index.row() for index in shown.table.selectedIndexes()} == {1}
    shown.runs.rename(shown.runs.all[1], "fast")
    assert {index.row() for index in shown.table.selectedIndexes()} == {1}
    shown.runs.remove(shown.runs.all[1])
    assert shown.table.selectedIndexes() == []
    assert len(told) >= 2


def test_enter_and_delete_are_told(shown: Shown) -> None:
    told: list[str] = []
    shown.table.enter_pressed.connect(lambda _index: told.append("enter"))
    shown.table.delete_pressed.connect(lambda: told.append("delete"))
    shown.table.setCurrentIndex(shown.model.index(0, 2))
    press(shown.table, Key.Key_Return)
    press(shown.table, Key.Key_Delete)
    assert told == ["enter", "delete"]


def test_letters_numbers_and_swatches_take_another_look(shown: Shown) -> None:
    def colors() -> set[str]:
        icon = shown.cell(1, SHOWN, Role.DecorationRole)
        assert isinstance(icon, QIcon)
        image = icon.pixmap(shown.table.iconSize()).toImage()
        return {image.pixelColor(x, image.height() // 2).name() for x in range(image.width())}

    assert (shown.head(2), shown.head(TEST)) == ("E train", "E test")
    assert LIGHT.color("run_2").name() in colors()
    shown.model.set_look(DARK, NumberFormat(3, ","), "C")
    assert (shown.head(2), shown.head(TEST), shown.head(NAME)) == ("C train", "C test", "run")
    assert DARK.color("run_2").name() in colors()
    assert shown.cell(1, 2) == "0,125"
    assert shown.cell(1, RATE) == "0,5"
