"""Scaling constants, by hand."""

import numpy as np
import pytest

from bpsim.data_errors import DataError
from bpsim.scaling import SCALINGS, Scaling

# column 1: 1, 2, 3, 6: mean 3, variance ((−2)² + (−1)² + 0 + 3²)/4 = 3.5; column 2 is 7 everywhere.
VALUES = np.array([[1.0, 7.0], [2.0, 7.0], [3.0, 7.0], [6.0, 7.0]])


def test_standardize_uses_mean_and_standard_deviation_of_all_values() -> None:
    scaling = Scaling.of("standardize", VALUES, ["a", "b"])
    assert scaling.shifts.tolist() == [3.0, 0.0]
    assert scaling.spreads.tolist() == [np.sqrt(3.5), 1.0]
    scaled = scaling.scaled(VALUES)
    np.testing.assert_allclose(scaled[:, 0].mean(), 0.0, atol=1e-15)
    np.testing.assert_allclose(scaled[:, 0].std(), 1.0, rtol=1e-15)


def test_minmax_leads_to_0_and_1_exactly() -> None:
    scaling = Scaling.of("minmax", VALUES, ["a", "b"])
    assert scaling.shifts.tolist() == [1.0, 0.0]
    assert scaling.spreads.tolist() == [5.0, 1.0]
    assert scaling.scaled(VALUES)[:, 0].tolist() == [0.0, 0.2, 0.4, 1.0]


@pytest.mark.parametrize("size", [1e-300, 1e-160, 1e160, 1e300])
def test_the_deviation_of_very_small_and_very_large_numbers_keeps_its_digits(size: float) -> None:
    scaling = Scaling.of("standardize", VALUES * size, ["a", "b"])
    np.testing.assert_allclose(scaling.spreads[0], np.sqrt(3.5) * size, rtol=1e-15)


@pytest.mark.parametrize("method", list(SCALINGS))
def test_a_constant_column_stays_as_it_is(method: str) -> None:
    values = np.full((3, 1), 0.1)  # its computed mean is not 0.1, and its computed deviation not 0
    assert Scaling.of(method, values, ["a"]).scaled(values).tolist() == values.tolist()


def test_the_description_names_what_was_scaled_and_what_not() -> None:
    assert Scaling.of("standardize", VALUES, ["a", "b"]).describe(["a", "b"]) == (
        "a scaled to mean 0, standard deviation 1; b left as it is"
    )
    assert Scaling.of("minmax", VALUES[:, [0, 0]], ["a", "b"]).describe(["a", "b"]) == (
        "a, b scaled to the range 0 to 1"
    )
    assert Scaling.of("minmax", VALUES[:, [1, 1]], ["a", "b"]).describe(["a", "b"]) == "a, b left as they are"


@pytest.mark.parametrize(
    ("method", "column"), [("minmax", [-1.7e308, 1.7e308]), ("standardize", [1.7e308, 1.7e308, 1.6e308])]
)
def test_a_column_whose_constants_are_no_numbers_is_refused_without_a_warning(
    method: str, column: list[float]
) -> None:
    values = np.array(column)[:, np.newaxis]
    with pytest.raises(
        DataError, match=r"^width cannot be scaled: its values are too large or too close together\.$"
    ):
        Scaling.of(method, values, ["width"])


def test_what_is_no_scaling_is_refused() -> None:
    with pytest.raises(DataError, match=r"^There is no scaling 'log'; there are standardize, minmax\.$"):
        Scaling.of("log", VALUES, ["a", "b"])
    with pytest.raises(DataError, match=r"^There is no scaling 'log'"):
        Scaling("log", np.zeros(2), np.ones(2), VALUES)
    with pytest.raises(DataError, match="one shift and one spread for every column"):
        Scaling("minmax", np.zeros(1), np.ones(2), VALUES)
    for spread in (0.0, -1.0, np.nan, np.inf):
        with pytest.raises(DataError, match="spreads finite and greater than 0"):
            Scaling("minmax", np.zeros(2), np.full(2, spread), VALUES)


def test_scalings_are_equal_by_value_and_read_only() -> None:
    scaling = Scaling.of("minmax", VALUES, ["a", "b"])
    assert scaling == Scaling.of("minmax", VALUES.copy(), ["a", "b"])
    assert scaling != Scaling.of("standardize", VALUES, ["a", "b"])
    assert scaling != "minmax"
    with pytest.raises(ValueError, match="read-only"):
        scaling.originals[0, 0] = 5.0
