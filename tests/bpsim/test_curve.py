"""Curves of errors: exact where they are kept, bounded, and independent of their copies."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpsim.curve import Curve, EpochMeans, TrainingRecord

NONE = np.empty(0)


class TestCurve:
    def test_first(self) -> None:
        curve = Curve()
        assert curve.first(5).tolist() == []
        for value in range(10_000):
            curve.append(np.array([value / 2]))
        assert (curve.count, curve.spacing) == (10_000, 1)
        assert curve.first(3).tolist() == [0, 0.5, 1]
        assert curve.first(20_000).tolist() == (np.arange(10_000) / 2).tolist()
        assert not curve.first(3).flags.writeable

    @given(st.lists(st.integers(0, 40), max_size=30), st.integers(3, 50))
    def test_keeps_every_so_many_and_says_which(self, lengths: list[int], most: int) -> None:
        curve, numbers = Curve(most), np.arange(float(sum(lengths)))
        for part in np.split(numbers, np.cumsum(lengths)[:-1] if lengths else []):
            curve.append(part)
        assert curve.count == len(numbers)
        for count in (0, 1, curve.count // 2, curve.count):
            assert curve.first(count).tolist() == numbers[:count][:: curve.spacing].tolist()
        assert len(curve.first(curve.count)) <= most
        assert curve.spacing == 1 or len(numbers) > most

    def test_a_copy_goes_its_own_way(self) -> None:
        curve = Curve()
        curve.append(np.arange(10_000.0))
        copy = curve.until(9_000)
        copy.append(np.array([-1.0]))
        curve.append(np.array([-2.0]))
        assert copy.first(20_000).tolist() == [*np.arange(9_000.0), -1]
        assert curve.first(20_000).tolist() == [*np.arange(10_000.0), -2]

    def test_what_was_handed_out_stays(self) -> None:
        curve = Curve(most=100)
        curve.append(np.arange(90.0))
        early = curve.first(90)
        curve.append(np.arange(90.0, 500.0))
        assert early.tolist() == np.arange(90.0).tolist()


class TestEpochMeans:
    @given(st.lists(st.integers(0, 12), max_size=12), st.integers(1, 5), st.integers(0, 4))
    def test_are_the_same_however_the_errors_come(self, lengths: list[int], size: int, begun: int) -> None:
        begun = min(begun, size - 1)
        errors = np.random.default_rng(0).random(begun + sum(lengths))
        means, ends = EpochMeans(size, errors[:begun]), begun + np.cumsum([0, *lengths])
        found = [means.add(errors[start:end]) for start, end in pairwise(ends)]
        whole = len(errors) // size
        assert np.concatenate([NONE, *found]).tolist() == [
            errors[epoch * size : (epoch + 1) * size].mean() for epoch in range(whole)
        ]
        assert means.open.tolist() == errors[whole * size :].tolist()


class TestTrainingRecord:
    @pytest.mark.parametrize("sizes", [[1] * 12, [12], [5, 7], [2, 2, 8]])
    def test_epochs_end_where_they_end(self, sizes: list[int]) -> None:
        record, errors = TrainingRecord(3), np.arange(12.0) ** 2
        for part in np.split(errors, np.cumsum(sizes)[:-1]):
            done = record.count + len(part)
            record.add(part, np.arange(record.count // 3, done // 3) + 100.0)
        series = record.series(11, 11)
        assert series.errors.tolist() == errors[:11].tolist()
        assert series.epoch_errors.tolist() == [errors[0:3].mean(), errors[3:6].mean(), errors[6:9].mean()]
        assert series.test_errors.tolist() == [100, 101, 102]
        assert (series.epoch_size, series.error_spacing, series.epoch_spacing) == (3, 1, 1)

    def test_what_is_recorded_stays(self) -> None:
        record = TrainingRecord(2)
        record.add(np.array([1.0, 2.0, 3.0]), np.array([9.0]))
        record.add_from(1, np.array([7.0, 7.0]), np.array([7.0]))
        assert record.count == 3
        record.add_from(1, np.array([7.0, 7.0, 4.0]), np.array([7.0, 8.0]))
        series = record.series(4, 4)
        assert series.errors.tolist() == [1, 2, 3, 4]
        assert series.test_errors.tolist() == [9, 8]

    def test_a_copy_goes_on_within_its_epoch(self) -> None:
        record = TrainingRecord(4)
        record.add(np.arange(11.0), NONE)
        copy = record.until(6, record.between(4, 6))
        copy.add(np.array([10.0, 20.0]), NONE)
        assert copy.series(8, 8).epoch_errors.tolist() == [1.5, (4 + 5 + 10 + 20) / 4]
        assert record.series(11, 11).epoch_errors.tolist() == [1.5, 5.5]

    def test_between_tells_where_too_little_is_kept(self) -> None:
        record = TrainingRecord(1000)
        errors = np.arange(1500.0)
        record.add(errors, NONE)
        assert record.between(3, 5).tolist() == [3, 4]
        record._instances.spacing = 2  # as in a training of more than a million instances
        assert record.between(3, 5) is None
        assert record.between(1200, 1203).tolist() == [1200, 1201, 1202]
