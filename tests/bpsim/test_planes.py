import numpy as np
import pytest

from bpsim.datasets import Dataset
from bpsim.planes import Plane, range_of

DATA = Dataset([[0.0, 1.0, 2.0], [4.0, 3.0, 8.0]], [0.0, 1.0])


def test_the_others_are_held_at_the_means_of_the_data() -> None:
    np.testing.assert_array_equal(Plane().values(DATA, 1), [2.0, 2.0, 5.0])


def test_the_others_are_held_at_the_present_instance() -> None:
    np.testing.assert_array_equal(Plane(held="instance").values(DATA, 1), [4.0, 3.0, 8.0])


def test_the_others_are_held_at_given_values() -> None:
    np.testing.assert_array_equal(Plane(held=(7.0, 8.0, 9.0)).values(DATA, 0), [7.0, 8.0, 9.0])


def test_a_point_has_its_place_on_the_axes_and_the_rest_of_what_is_held() -> None:
    held = np.array([1.0, 2.0, 3.0])
    np.testing.assert_array_equal(Plane((2, 0)).point(held, 8.0, 9.0), [9.0, 2.0, 8.0])
    np.testing.assert_array_equal(held, [1.0, 2.0, 3.0])


@pytest.mark.parametrize(
    ("plane", "inputs", "fits"),
    [
        (Plane((1, 0)), 2, True),
        (Plane((2, 0)), 2, False),
        (Plane((0, 1), (1.0, 2.0)), 2, True),
        (Plane((0, 1), (1.0, 2.0)), 3, False),
        (Plane((0, 2), "instance"), 3, True),
    ],
)
def test_a_plane_that_the_inputs_do_not_have_gives_way_to_the_usual_one(
    plane: Plane, inputs: int, fits: bool
) -> None:
    assert plane.fitted(inputs) == (plane if fits else Plane())


def test_a_range_leaves_room_around_the_values() -> None:
    assert range_of(np.array([0.0, 1.0, 0.5])) == (-0.15, 1.15)
    assert range_of(np.array([3.0, 3.0])) == (2.0, 4.0)
