from bpsim.quantity import Quantity
from ui.history import History

A, B, C = (Quantity("a", 1, node) for node in range(3))


def test_it_begins_with_nothing_and_nowhere_to_go() -> None:
    history = History()
    assert history.present is None
    assert not history.can_go_back
    assert not history.can_go_forward
    assert history.go(-1) is None


def test_back_and_forward_lead_over_what_was_visited() -> None:
    history = History()
    history.visit(A)
    history.visit(B)
    history.visit(B)
    assert [history.go(-1), history.go(-1), history.go(-1)] == [A, None, None]
    assert [history.go(1), history.go(1), history.go(1)] == [A, B, B]


def test_going_on_forgets_what_was_gone_back_from() -> None:
    history = History()
    history.visit(A)
    history.visit(B)
    history.go(-1)
    history.visit(C)
    assert not history.can_go_forward
    assert history.go(-1) == A


def test_what_is_no_longer_there_is_forgotten() -> None:
    history = History()
    for asked in (A, B, A, C):
        history.visit(asked)
    history.go(-1)
    history.keep(lambda quantity: quantity != B)
    assert history.present == A
    assert history.go(1) == C
    assert [history.go(-1), history.go(-1)] == [A, None]


def test_it_does_not_grow_for_ever() -> None:
    history = History()
    for number in range(1000):
        history.visit(Quantity("a", 1, number))
    steps = 0
    while history.can_go_back:
        history.go(-1)
        steps += 1
    assert steps < 200
