"""The smallest steps of an instance, written out by hand, and the larger ones they make up."""

import pytest

from bpsim.steps import STEP_SIZES, Step, plan_for

PLAN = plan_for((2, 3, 2), True)

BY_HAND = [
    ("receive", 0, 0), ("receive", 0, 1),
    ("forward", 1, 0), ("forward", 1, 1), ("forward", 1, 2), ("forward", 2, 0), ("forward", 2, 1),
    ("error", 2, 0), ("error", 2, 1),
    ("backward", 2, 0), ("backward", 2, 1), ("backward", 1, 0), ("backward", 1, 1), ("backward", 1, 2),
    ("gradient", 2, 0), ("gradient", 2, 1), ("gradient", 1, 0), ("gradient", 1, 1), ("gradient", 1, 2),
    ("update", None, None),
]  # fmt: skip


def test_order() -> None:
    assert list(PLAN.steps) == BY_HAND


def test_without_update() -> None:
    assert list(plan_for((2, 3, 2), False).steps) == BY_HAND[:-1]


def test_perceptron() -> None:
    assert list(plan_for((1, 1), True).steps) == [
        ("receive", 0, 0), ("forward", 1, 0), ("error", 1, 0), ("backward", 1, 0), ("gradient", 1, 0),
        ("update", None, None),
    ]  # fmt: skip


def test_ends() -> None:
    assert PLAN.ends("node") == tuple(range(1, 21))
    assert PLAN.ends("layer") == (2, 5, 7, 9, 11, 14, 16, 19, 20)
    assert PLAN.ends("phase") == (2, 7, 9, 14, 19, 20)
    assert PLAN.ends("instance") == PLAN.ends("epoch") == (20,)
    assert plan_for((2, 3, 2), False).ends("phase") == (2, 7, 9, 14, 19)
    assert plan_for((2, 3, 2), False).ends("instance") == (19,)


def test_end_of_one() -> None:
    assert PLAN.end("forward", 1, 2) == 5
    assert PLAN.end("forward", 1) == 5
    assert PLAN.end("forward") == 7
    assert PLAN.end("update") == 20
    assert PLAN.end("forward", 0) is None
    assert PLAN.end("forward", 1, 3) is None
    assert plan_for((2, 3, 2), False).end("update") is None


@pytest.mark.parametrize("size", STEP_SIZES)
def test_nothing_is_active_before_the_first_step(size: str) -> None:
    assert PLAN.group(0, size) == ()


@pytest.mark.parametrize(
    ("shown", "size", "first", "last"),
    [
        (4, "node", 4, 4),
        (4, "layer", 3, 4),  # a layer that is half shown
        (5, "layer", 3, 5),
        (6, "layer", 6, 6),
        (7, "phase", 3, 7),
        (6, "phase", 3, 6),
        (20, "phase", 20, 20),
        (19, "instance", 15, 19),  # a whole instance at once: the last phase is what is happening
        (20, "instance", 20, 20),
        (20, "epoch", 20, 20),
        (1, "epoch", 1, 1),
    ],
)
def test_active_steps(shown: int, size: str, first: int, last: int) -> None:
    assert list(PLAN.group(shown, size)) == BY_HAND[first - 1 : last]


def test_numbers() -> None:
    assert PLAN.numbers[Step("error", 2, 1)] == 9
    assert PLAN.numbers[Step("update")] == 20
