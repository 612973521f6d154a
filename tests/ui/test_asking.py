import pytest

from bpsim.examples import load_example
from bpsim.quantity import KINDS, OF_ALL, Quantity
from tests.helpers import xor_session
from ui.asking import exists, is_known, quantity_of_step, step_of, way_to
from ui.session import Session


def test_every_step_is_about_a_number_that_it_shows() -> None:
    session, seen = Session(load_example("lecture_demo")), []
    assert quantity_of_step(session.moment) is None
    while not session.moment.finished:
        session.step("node")
        quantity = quantity_of_step(session.moment)
        assert quantity is not None
        assert exists(session.moment, quantity)
        assert is_known(session.moment, quantity)
        assert way_to(session.moment, quantity) == session.moment.shown
        seen.append(quantity)
    assert list(dict.fromkeys(quantity.kind for quantity in seen)) == [
        "input", "a", "error_part", "delta", "step", "new_weight",
    ]  # fmt: skip
    assert seen[2] == Quantity("a", 1, 0)
    assert seen[-1] == Quantity("new_weight", 1, 0, 0)


def test_a_larger_step_is_about_the_last_number_that_it_shows() -> None:
    session = Session(load_example("lecture_demo"))
    session.step("phase")
    session.step("phase")
    assert quantity_of_step(session.moment) == Quantity("a", 2, 1)


def test_the_step_of_a_node_without_weights_is_about_its_bias() -> None:
    session = xor_session()
    network = session.moment.network.with_disconnected(0, 0, 0).with_disconnected(0, 0, 1)
    session.edit("Disconnect", network=network)
    while session.moment.position[2:] != ("gradient", 1, 0):
        session.step("node")
    assert quantity_of_step(session.moment) == Quantity("bias_step", 1, 0)
    session.step("node")
    session.step("node")
    assert quantity_of_step(session.moment) == Quantity("new_weight", 1, 1, 0)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_number_is_shown_by_a_step_or_known_before(kind: str) -> None:
    session = xor_session()
    layer = {"input": 0, "error_part": 2, "target": 2, "downhill": 2}.get(kind, 1)
    source = 0 if "weight" in kind or kind in ("step", "mean_step") else None
    quantity = Quantity(kind) if kind in OF_ALL else Quantity(kind, layer, 0, source)
    given = kind in ("target", "weight", "bias", "learning_rate", "momentum", "l1", "l2") or "old" in kind
    assert (step_of(session.moment, quantity) is None) == given
    assert is_known(session.moment, quantity) == given
    session.step("instance")
    assert is_known(session.moment, quantity)


def test_no_step_of_this_instance_leads_to_the_update_of_an_unfinished_batch() -> None:
    session = xor_session(batch_size=2)
    new = Quantity("new_weight", 1, 0, 0)
    session.step("instance")
    assert not is_known(session.moment, new)
    assert way_to(session.moment, new) is None
    session.step("instance")
    assert is_known(session.moment, new)


@pytest.mark.parametrize(
    "gone",
    [
        Quantity("delta", 3, 0),
        Quantity("z", 1, 2),
        Quantity("weight", 1, 0, 2),
        Quantity("step", 1, 0, 0),
        Quantity("step", 1, 0, 1, 3),
    ],
    ids=str,
)
def test_a_number_of_what_is_not_in_the_network_does_not_exist(gone: Quantity) -> None:
    session = xor_session()
    session.edit("Disconnect", network=session.moment.network.with_disconnected(0, 0, 0))
    assert not exists(session.moment, gone)
    assert exists(session.moment, Quantity("step", 1, 0, 1))
    assert exists(session.moment, Quantity("error"))


def test_the_numbers_of_an_earlier_instance_of_the_batch_are_known() -> None:
    session = xor_session(batch_size=2)
    session.step("instance")
    first = session.moment.trace
    session.step("node")
    quantity = Quantity("delta", 1, 0, instance=0)
    assert first is not None
    assert exists(session.moment, quantity, {0: first})
    assert not exists(session.moment, quantity._replace(node=9), {0: first})
    assert not exists(session.moment, quantity)
    assert is_known(session.moment, quantity)
    assert way_to(session.moment, quantity) is None
    assert not is_known(session.moment, quantity._replace(instance=1))  # the present one
