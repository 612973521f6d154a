"""Start weights: the bounds and moments of every distribution, and the same ones for the same seed."""

import numpy as np
import pytest

from bpsim.arrays import Array
from bpsim.initializers import INITIALIZERS


def draw(
    name: str, n_out: int = 300, n_in: int = 200, scale: float = 1.0, seed: int = 0
) -> tuple[Array, Array]:
    return INITIALIZERS[name].draw(np.random.default_rng(seed), n_out, n_in, scale)


@pytest.mark.parametrize("r", [1.0, 0.25, -0.25, 3.0])
def test_uniform(r: float) -> None:
    weights, biases = draw("uniform", scale=r)
    for values in (weights, biases):
        assert np.abs(values).max() <= abs(r)
        assert values.max() > 0.9 * abs(r)
        assert values.min() < -0.9 * abs(r)
    assert weights.mean() == pytest.approx(0, abs=0.01 * abs(r))
    assert weights.std() == pytest.approx(abs(r) / np.sqrt(3), rel=0.01)


def test_uniform_takes_the_largest_range() -> None:
    assert np.isfinite(draw("uniform", scale=1.7e308)[0]).all()


def test_xavier() -> None:
    weights, biases = draw("xavier")
    limit = np.sqrt(6 / 500)
    assert 0.999 * limit < np.abs(weights).max() <= limit
    assert weights.std() == pytest.approx(np.sqrt(2 / 500), rel=0.01)  # Glorot's variance 2 / (n_in + n_out)
    assert not biases.any()


def test_he() -> None:
    weights, biases = draw("he")
    assert weights.std() == pytest.approx(np.sqrt(2 / 200), rel=0.01)
    assert weights.mean() == pytest.approx(0, abs=2e-3)
    assert np.abs(weights).max() > 3 * np.sqrt(2 / 200)  # normal, not uniform
    assert not biases.any()


def test_zeros_and_constant() -> None:
    assert not any(values.any() for values in draw("zeros"))
    assert all((values == -0.5).all() for values in draw("constant", scale=-0.5))


@pytest.mark.parametrize("name", INITIALIZERS)
def test_shapes_and_seed(name: str) -> None:
    weights, biases = draw(name, 3, 2)
    assert weights.shape == (3, 2)
    assert biases.shape == (3,)
    again = draw(name, 3, 2)
    assert weights.tolist() == again[0].tolist()
    assert biases.tolist() == again[1].tolist()
    other = draw(name, 3, 2, seed=1)[0]
    assert (weights.tolist() == other.tolist()) == (name in ("zeros", "constant"))


def test_table() -> None:
    assert list(INITIALIZERS) == ["uniform", "xavier", "he", "zeros", "constant"]
    assert {name for name, way in INITIALIZERS.items() if way.scale_label} == {"uniform", "constant"}
