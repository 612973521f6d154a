"""Orders of epochs: splitmix64, Fisher and Yates."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from bpsim.orders import epoch_order, mix, shuffled
from bpsim.settings import Settings


def test_the_numbers_are_those_of_splitmix64() -> None:
    # the first outputs for the seed 1234567, as Rosetta Code, "Pseudo-random numbers/Splitmix64", has them
    x, numbers = 1234567, []
    for _ in range(5):
        x = (x + 0x9E3779B97F4A7C15) % 2**64
        numbers.append(mix(x))
    assert numbers == [
        6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431,
        16408922859458223821,
    ]  # fmt: skip


def test_without_shuffling_the_rows_rise() -> None:
    assert epoch_order(Settings(), 3, (1, 4, 5)) == (1, 4, 5)


@given(st.lists(st.integers(), unique=True), st.integers(0, 2**70), st.integers(0, 2**64 - 1))
def test_each_row_comes_once_and_the_same_seed_draws_the_same(rows: list[int], seed: int, epoch: int) -> None:
    settings = Settings(shuffle=True, seed=seed)
    order = epoch_order(settings, epoch, rows)
    assert sorted(order) == sorted(rows)
    assert order == epoch_order(settings, epoch, rows) == shuffled(rows, seed, epoch)


def test_every_order_comes_about_equally_often() -> None:
    orders = [shuffled(range(4), 0, epoch) for epoch in range(24_000)]
    counts = [orders.count(order) for order in permutations(range(4))]
    assert 800 < min(counts)
    assert max(counts) < 1200  # 1000 ± 6 standard deviations


def test_seeds_and_epochs_differ() -> None:
    seeds = {shuffled(range(20), seed, 0) for seed in range(100)}
    epochs = {shuffled(range(20), 0, epoch) for epoch in range(100)}
    assert len(seeds | epochs) == 199  # seed 0 in epoch 0 is in both


def test_a_known_order() -> None:
    # written down once, so that another version of the program still draws it
    assert shuffled(range(8), 3, 2) == (4, 6, 0, 2, 1, 3, 5, 7)
