from dataclasses import replace

import numpy as np

from bpsim.arrays import Array
from bpsim.moment import Series
from bpsim.updates import UpdateCount
from tests.helpers import kept_run
from ui.numbers import NumberFormat
from ui.plots.loss_reading import epoch_readings, epochs_of, numbers, reading, run_numbers, short_readings

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
        "epoch 1 · C 0.25 · mean 0.38",
        "epoch 1 · C 0.25",
        "C 0.25",
    ]
    assert short_readings(shown, 2, [NumberFormat()])[0] == "no. 3 · epoch 2 · E 0.125"


def test_by_update_the_update_is_named_first_and_longest() -> None:
    errors = np.linspace(0.5, 0.1, 40)
    shown = Series(errors, errors.reshape(2, 20).mean(axis=1), 20)
    updates = UpdateCount(20, [(0, 8)])  # of 8, 8 and 4 instances
    for index, update in ((0, 1), (7, 1), (8, 2), (15, 2), (16, 3), (19, 3), (20, 4), (39, 6)):
        told = reading(shown, index, NumberFormat(), updates=updates)[0]
        assert told.startswith(f"update {update} · instance no. {index + 1} · epoch {index // 20 + 1} · E = ")
    short = short_readings(shown, 8, [NumberFormat()], updates=updates)
    error, mean = (NumberFormat().text(float(value)) for value in (errors[8], shown.epoch_errors[0]))
    assert short == [
        f"update 2 · no. 9 · E {error} · mean {mean}",
        f"update 2 · E {error} · mean {mean}",
        f"update 2 · E {error}",
        f"E {error}",
    ]


def test_large_counts_are_grouped() -> None:
    shown = Series(np.full(46_400, 0.5), np.full(4640, 0.5), 10)
    updates = UpdateCount(10, [(0, 10)])
    assert reading(shown, 46_395, NumberFormat(), updates=updates)[0] == (
        "update 4\u202f640 · instance no. 46\u202f396 · epoch 4\u202f640 · E = 0.500"
    )


def test_where_the_error_of_the_instance_was_not_kept_its_epoch_is_read() -> None:
    kept = Series(ERRORS, np.array([0.3]), 2, error_spacing=2, epoch_spacing=2)
    assert epoch_readings(kept, 1, NumberFormat()) == ["epoch 1 · mean 0.300", "epoch 1"]
    assert epoch_readings(kept, 3, NumberFormat(), UpdateCount(2, [(0, 1)])) == ["update 4 · epoch 2"]


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
