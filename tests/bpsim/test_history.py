"""What determines a training: orders, changes and which loop has trained, by time."""

import itertools

from bpsim.history import Change, History
from bpsim.network import Network
from bpsim.orders import epoch_order
from bpsim.recording import State
from bpsim.settings import Settings
from bpsim.splitting import Split, split

NETWORK = Network.dense([1, 1])
START = Change(0, NETWORK, Settings(shuffle=True, test_share=0.4, batch_size=2))


def history(*later: Change, compiled_from: int | None = None) -> History:
    return History((START, *later), split(START.settings, 5), compiled_from)


def test_an_epoch_has_the_training_instances_in_its_order() -> None:
    rows = history().split.train
    assert history().epoch_size == 3
    for epoch in range(4):
        order = epoch_order(START.settings, epoch, rows)
        assert [history().row_at(3 * epoch + place) for place in range(3)] == list(order)
    assert history().own_order(4) is None


def test_an_order_of_its_own_holds_for_its_epoch_only() -> None:
    rows = history().split.train
    later = history(Change(4, NETWORK, START.settings, rows[::-1]))
    assert later.order_at(4) == later.order_at(5) == rows[::-1]
    assert later.order_at(3) == epoch_order(START.settings, 1, rows)
    assert later.order_at(6) == epoch_order(START.settings, 2, rows)


def test_settings_come_with_the_rate_of_the_epoch() -> None:
    falling = START.settings.with_(schedule="inverse", schedule_epochs=1, learning_rate=0.6)
    later = history(Change(4, NETWORK, falling))
    assert later.settings_at(3).learning_rate == 0.5
    assert later.settings_at(4).learning_rate == 0.3
    assert later.settings_at(6).learning_rate == 0.6 / 3


def test_batches_end_with_their_epoch() -> None:
    assert [history().closes_batch(time) for time in range(6)] == [False, True, True] * 2


def test_a_change_drops_what_came_later_and_keeps_the_loop_that_trained_before() -> None:
    other = NETWORK.with_bias(0, 0, 2.0)
    long = history(Change(4, other, START.settings), Change(9, other, START.settings), compiled_from=6)
    assert [c.time for c in long.changed(Change(7, NETWORK, START.settings)).changes] == [0, 4, 7]
    assert long.changed(Change(7, NETWORK, START.settings)).compiled_from == 6
    assert long.changed(Change(6, NETWORK, START.settings)).compiled_from is None
    assert [long.next_change(time) for time in (0, 4, 8, 9)] == [4, 9, 9, None]
    assert [long.is_compiled(time) for time in (5, 6)] == [False, True]
    assert long.state_after(4, State(NETWORK)).network is other
    assert long.state_after(5, State(NETWORK)).network is NETWORK


def test_notes_on_the_settings_hold_from_the_start_on() -> None:
    later = history(Change(4, NETWORK, START.settings.with_(learning_rate=2.0)))
    noted = later.annotated(START.settings.with_(weight_seed=9, learning_rate=7.0))
    assert [c.settings.weight_seed for c in noted.changes] == [9, 9]
    assert [c.settings.learning_rate for c in noted.changes] == [0.5, 2.0]


def test_updates_are_counted_over_changes_of_the_batch_size() -> None:
    single = history(Change(4, NETWORK, START.settings.with_(batch_size=1)))
    closing = [0, *itertools.accumulate(single.closes_batch(time) for time in range(12))]
    assert [single.updates_before(time) for time in range(13)] == closing


def test_the_split_is_given() -> None:
    assert history().split == split(START.settings, 5)
    assert isinstance(history().split, Split)
