import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from bpsim.sweep import Row
from tests.helpers import kept_run
from ui.numbers import UNKNOWN, NumberFormat
from ui.theme import load_theme
from ui.widgets.sweep_table import SweepModel, SweepTable

RUNS = (kept_run("a", np.ones(2)), kept_run("b", np.ones(2)))
GOOD = Row((0.5, "tanh"), RUNS, 0.2, 0.1, 0.3, None, 0.75, 0)
BAD = Row((5.0, "relu"), RUNS, None, None, None, None, None, 2)
Role = Qt.ItemDataRole


@pytest.fixture
def model() -> SweepModel:
    model = SweepModel(load_theme("light"), NumberFormat(), "C")
    model.show(("learning_rate", "activation", "weight_seed"), [GOOD, BAD, GOOD._replace(mean=0.4)])
    return model


def test_a_row_for_what_differs_in_more_than_the_start_weights(model: SweepModel) -> None:
    assert model.heads == [
        "η", "hidden activation", "runs", "mean C", "least C", "largest C", "test C", "accuracy", "diverged",
    ]  # fmt: skip
    assert model.texts(GOOD) == ["0.5", "tanh", "2", "0.200", "0.100", "0.300", UNKNOWN, "75 %", UNKNOWN]
    assert model.texts(BAD) == ["5", "ReLU", "2", *[UNKNOWN] * 5, "2"]
    assert model.title(GOOD) == "η 0.5, hidden activation tanh"


def test_heads_are_as_short_as_their_numbers_and_say_in_full_what_they_are(model: SweepModel) -> None:
    def head(column: int, role: Role = Role.DisplayRole) -> object:
        return model.headerData(column, Qt.Orientation.Horizontal, role)

    assert [head(column) for column in range(9)] == [
        "η", "hidden", "runs", "mean C", "least", "largest", "test C", "accuracy", "diverged",
    ]  # fmt: skip
    assert head(1, Role.ToolTipRole) == "Hidden activation"
    assert head(4, Role.AccessibleTextRole) == "least C"


def test_the_lowest_mean_is_bold_and_says_so(model: SweepModel) -> None:
    fonts = [model.index(row, 0).data(Role.FontRole) for row in range(3)]
    assert [font is not None and font.bold() for font in fonts] == [True, False, False]
    assert "the lowest mean error" in model.index(0, 0).data(Role.ToolTipRole)
    assert "lowest" not in model.index(2, 0).data(Role.ToolTipRole)


def test_a_screen_reader_is_told_row_and_column(model: SweepModel) -> None:
    assert model.index(0, 3).data(Role.AccessibleTextRole) == "η 0.5, hidden activation tanh, mean C: 0.200"


def test_numbers_for_a_file_are_exact(model: SweepModel) -> None:
    assert model.exact()[0] == [0.5, "tanh", 2, 0.2, 0.1, 0.3, None, 0.75, 0]


def test_columns_that_no_run_has_are_hidden(model: SweepModel, qtbot: QtBot) -> None:
    table = SweepTable(model)
    qtbot.addWidget(table)
    model.show(("learning_rate", "activation"), [GOOD, BAD])
    assert [table.isColumnHidden(column) for column in range(9)] == [False] * 6 + [True] + [False] * 2
    model.show(("learning_rate", "activation"), [BAD])
    assert table.isColumnHidden(7)
