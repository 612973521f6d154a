"""The functions of one number that the compiled loop computes itself."""

import numpy as np
import pytest
from numba import njit

from bpsim import kernels
from bpsim.activations import ACTIVATIONS


def each(function: object, z: np.ndarray) -> np.ndarray:
    """Return a compiled function of every number."""

    @njit
    def loop(z, out):  # type: ignore[no-untyped-def]
        for i in range(len(z)):
            out[i] = function(z[i])

    out = np.empty((len(z), 2)) if function is kernels.tanh else np.empty(len(z))
    loop(z, out)
    return out


def test_exp_to_the_last_digits() -> None:
    x = -np.concatenate(
        [[0.0, 5e-324, 1e-300], np.geomspace(1e-20, 708.0, 20_000), np.linspace(0, 40, 20_001)]
    )
    assert each(kernels.exp, x) == pytest.approx(np.exp(x), rel=1e-15, abs=0)


def test_exp_stops_where_numbers_get_denormal() -> None:
    smallest = np.exp(-708.0)
    assert each(kernels.exp, np.array([-709.0, -1e308, -np.inf, np.nan])) == pytest.approx([smallest] * 4)


def test_tanh_and_its_derivative_keep_their_digits() -> None:
    z = np.concatenate([np.geomspace(1e-300, 0.7, 20_000), np.linspace(0.5, 350, 20_001)])
    z = np.concatenate([-z, [0.0], z])
    found = each(kernels.tanh, z)
    assert found[:, 0] == pytest.approx(np.tanh(z), rel=1e-15, abs=0)
    assert found[:, 1] == pytest.approx(ACTIVATIONS["tanh"].derivative(z), rel=2e-15, abs=0)
