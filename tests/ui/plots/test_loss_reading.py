from dataclasses import replace

import numpy as np

from bpsim.arrays import Array
from bpsim.moment import Series
from tests.helpers import kept_run
from ui.numbers import NumberFormat
from ui.plots.loss_reading import epochs_of, numbers, reading, run_numbers, short_readings

ERRORS = np.array([0.5, 0.25, 0.125])


def test_a_reading_in_words() -> None:
    shown = Series(ERRORS, np.array([0.375]), 2)
    assert reading(shown, 0, NumberFormat()) == (
        "instance no. 1 · epoch 1 · E = 0.500",
        "epoch mean 0.375",
    )
    assert reading(shown, 2, NumberFormat()) == (
        "instance no. 3 · epoch 2 · E = 0.125",
        "epoch 2 is not complete",
    )
    tested = shown._replace(test_errors=np.array([0.75]))
    assert reading(tested, 1, NumberFormat(), "C") == (
        "instance no. 2 · epoch 1 · C = 0.250",
        "epoch mean 0.375 · test 0.750",
    )


def test_a_reading_in_fewer_and_fewer_words() -> None:
    shown = Series(ERRORS, np.array([0.375]), 2, test_errors=np.array([0.75]))
    assert short_readings(shown, 1, (NumberFormat(4), NumberFormat(2)), "C") == [
        "no. 2 · epoch 1 · C 0.2500 · mean 0.3750 · test 0.7500",
        "no. 2 · epoch 1 · C 0.25 · mean 0.38 · test 0.75",
        "epoch 1 · C 0.25 · mean 0.38 · test 0.75",
    ]
    assert short_readings(shown, 2, [NumberFormat()])[0] == "no. 3 · epoch 2 · E 0.125"


def test_only_what_was_kept_is_said() -> None:
    kept = Series(ERRORS, np.array([0.3]), 2, error_spacing=2, epoch_spacing=2)
    assert reading(kept, 0, NumberFormat())[1:] == ("epoch mean 0.300",)
    assert reading(kept, 1, NumberFormat()) == ("instance no. 3 · epoch 2 · E = 0.250",)


def test_the_numbers_as_a_table() -> None:
    heads, columns = numbers(Series(ERRORS, np.array([0.375]), 2, test_errors=np.array([0.75])))
    table: dict[str, Array] = dict(zip(heads, columns, strict=True))
    assert table["instance"].tolist() == [1, 2, 3]
    assert table["epoch"].tolist() == [1, 1, 2]
    assert table["E of the instance"] is ERRORS
    assert table["complete epoch"].tolist() == [1]
    assert table["mean E of the epoch"].tolist() == [0.375]
    assert table["E of the test instances"].tolist() == [0.75]
    assert "E of the test instances" not in numbers(Series(ERRORS, ERRORS[:1], 2))[0]


def test_kept_runs_as_a_table() -> None:
    runs = [kept_run("A", np.array([0.5, 0.25])), replace(kept_run("B", np.array([0.4, 0.2])), spacing=2)]
    heads, columns = run_numbers(runs)
    assert heads == ("epoch of A", "mean E of A", "epoch of B", "mean E of B")
    assert [column.tolist() for column in columns] == [[1, 2], [0.5, 0.25], [1, 3], [0.4, 0.2]]
    assert epochs_of(runs[1]).tolist() == [1, 3]
    assert run_numbers([]) == ((), ())
