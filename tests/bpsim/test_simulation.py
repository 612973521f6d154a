"""Stepping both ways, side by side with a replay from the start, and changes on the way."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpsim.backprop import backpropagate
from bpsim.datasets import Dataset
from bpsim.errors import DivergenceError, MisfitError
from bpsim.moment import Moment, Position
from bpsim.network import Network
from bpsim.orders import epoch_order
from bpsim.recording import Checkpoints, State
from bpsim.settings import Settings
from bpsim.simulation import Simulation
from bpsim.steps import STEP_SIZES
from tests.bpsim.reference import bits, xor
from tests.bpsim.replay import Replay

LECTURE = Network.dense([2, 3, 2], seed=1)
RNG = np.random.default_rng(2)
FIVE = Dataset(RNG.normal(size=(5, 2)), RNG.uniform(size=(5, 2)))
SMALL = Network.dense([2, 2, 1], ["tanh", "sigmoid"], seed=3).with_disconnected(0, 1, 1)


def lecture(**changes: Any) -> Simulation:
    return Simulation(LECTURE, FIVE, Settings(**changes))


def short_memory(simulation: Simulation) -> Simulation:
    """Return a simulation at its start that remembers as little as possible."""
    start = State.start(simulation.network, simulation.settings)
    simulation._past._checkpoints = Checkpoints(start.network, most=1)
    simulation._past._checkpoints.put(0, start)
    return simulation


def step_for_ever(simulation: Simulation, size: str) -> None:
    while simulation.step(size):
        pass


def same(simulation: Simulation, replay: Replay) -> None:
    """Compare everything that is shown, bit for bit."""
    assert simulation.cursor == replay.place
    assert simulation.position == replay.position
    assert simulation.network == replay.shown_network
    assert bits(simulation.trace) == bits(replay.trace)
    errors, epoch_errors, n = simulation.series[:3]
    assert errors.tolist() == replay.shown_errors
    means = np.mean(np.reshape(errors[: len(errors) // n * n], (-1, n)), axis=1)
    np.testing.assert_allclose(epoch_errors, means, rtol=1e-14)


class TestForwards:
    def test_nodes_of_the_lectures_network_by_hand(self) -> None:
        simulation, seen = lecture(), []
        for _ in range(21):
            simulation.step("node")
            seen.append(tuple(simulation.position[1:]))
        assert seen == [
            (0, "receive", 0, 0), (0, "receive", 0, 1),
            (0, "forward", 1, 0), (0, "forward", 1, 1), (0, "forward", 1, 2),
            (0, "forward", 2, 0), (0, "forward", 2, 1),
            (0, "error", 2, 0), (0, "error", 2, 1),
            (0, "backward", 2, 0), (0, "backward", 2, 1),
            (0, "backward", 1, 0), (0, "backward", 1, 1), (0, "backward", 1, 2),
            (0, "gradient", 2, 0), (0, "gradient", 2, 1),
            (0, "gradient", 1, 0), (0, "gradient", 1, 1), (0, "gradient", 1, 2),
            (0, "update", None, None),
            (1, "receive", 0, 0),
        ]  # fmt: skip

    def test_layers_by_hand(self) -> None:
        simulation, seen = lecture(), []
        for _ in range(10):
            simulation.step("layer")
            seen.append(tuple(simulation.position[1:]))
        assert seen == [
            (0, "receive", 0, 1),
            (0, "forward", 1, 2),
            (0, "forward", 2, 1),
            (0, "error", 2, 1),
            (0, "backward", 2, 1),
            (0, "backward", 1, 2),
            (0, "gradient", 2, 1),
            (0, "gradient", 1, 2),
            (0, "update", None, None),
            (1, "receive", 0, 1),
        ]

    def test_phases_by_hand(self) -> None:
        simulation, seen = lecture(batch_size=2), []
        for _ in range(12):
            simulation.step("phase")
            seen.append(simulation.position[1:3])
        assert seen == [
            (0, "receive"), (0, "forward"), (0, "error"), (0, "backward"), (0, "gradient"),
            (1, "receive"), (1, "forward"), (1, "error"), (1, "backward"), (1, "gradient"), (1, "update"),
            (2, "receive"),
        ]  # fmt: skip

    def test_instances_and_epochs_by_hand(self) -> None:
        simulation = lecture()
        simulation.step("instance")
        assert simulation.position == Position(0, 0, "update", None, None)
        simulation.step("instance")
        assert simulation.position == Position(0, 1, "update", None, None)
        simulation.step("epoch")
        assert simulation.position == Position(0, 4, "update", None, None)
        simulation.step("node")
        assert simulation.position == Position(1, 0, "receive", 0, 0)
        simulation.step("epoch")
        assert simulation.position == Position(1, 4, "update", None, None)
        simulation.step("epoch")
        assert simulation.position == Position(2, 4, "update", None, None)

    def test_start(self) -> None:
        simulation = lecture()
        assert simulation.position == Position(0, 0, None, None, None)
        assert simulation.network == LECTURE
        assert hash(simulation.position) == hash(Position(0, 0, None, None, None))

    def test_network_changes_with_the_update_only(self) -> None:
        simulation = lecture()
        for _ in range(19):
            simulation.step("node")
            assert simulation.network is LECTURE
        simulation.step("node")
        assert simulation.network == backpropagate(LECTURE, FIVE.inputs[0], FIVE.targets[0]).updated
        simulation.step("node")
        assert simulation.network == simulation.trace.network != LECTURE

    @pytest.mark.parametrize("size", STEP_SIZES)
    def test_there_is_always_a_next_step(self, size: str) -> None:
        simulation = lecture()
        assert all(simulation.step(size) for _ in range(8))

    def test_unknown_step_size(self) -> None:
        for move in (lecture().step, lecture().back):
            with pytest.raises(ValueError, match="“giant” is no step size; choose node, layer, phase"):
                move("giant")

    def test_walk_yields_what_is_left(self) -> None:
        simulation = lecture()
        left = [(number, simulation.position.instance) for number in simulation.walk("epoch")]
        assert left == [(4, 0), (3, 1), (2, 2), (1, 3)]
        assert simulation.position == Position(0, 4, "update", None, None)

    def test_shuffled_epochs_are_permutations_by_seed(self) -> None:
        settings = Settings(shuffle=True, seed=7)
        orders = [epoch_order(settings, epoch, range(5)) for epoch in range(20)]
        assert all(sorted(order) == [0, 1, 2, 3, 4] for order in orders)
        assert len(set(orders)) > 10
        assert orders == [epoch_order(Settings(shuffle=True, seed=7), epoch, range(5)) for epoch in range(20)]
        assert orders != [epoch_order(Settings(shuffle=True, seed=8), epoch, range(5)) for epoch in range(20)]
        assert epoch_order(Settings(), 3, range(5)) == (0, 1, 2, 3, 4)

    def test_data_that_does_not_fit(self) -> None:
        with pytest.raises(MisfitError, match="The network has 3 inputs"):
            Simulation(Network.dense([3, 2]), FIVE)


class TestBackwards:
    @pytest.mark.parametrize("size", STEP_SIZES)
    def test_stays_at_the_very_start(self, size: str) -> None:
        simulation = lecture()
        assert simulation.back(size) is False
        assert simulation.cursor == (0, 0)
        simulation.step("node")
        assert simulation.back(size) is True
        assert simulation.cursor == (0, 0)
        assert simulation.network is LECTURE

    @pytest.mark.parametrize("memory", ["long", "short"])
    @pytest.mark.parametrize("changes", [{}, {"batch_size": 2, "shuffle": True}, {"batch_size": 9}], ids=str)
    @pytest.mark.parametrize("size", STEP_SIZES)
    def test_repeats_what_was_seen_bit_for_bit(self, size: str, changes: dict[str, Any], memory: str) -> None:
        simulation = lecture(**changes)
        if memory == "short":
            simulation = short_memory(simulation)
        seen = []
        for _ in range(25):
            seen.append((simulation.position, bits(simulation.network), bits(simulation.trace)))
            simulation.step(size)
        for position, network, trace in reversed(seen):
            assert simulation.back(size)
            assert (simulation.position, bits(simulation.network)) == (position, network)
            assert bits(simulation.trace) == trace
        for position, network, trace in seen:
            assert (simulation.position, bits(simulation.network)) == (position, network)
            assert bits(simulation.trace) == trace
            simulation.step(size)

    def test_from_the_middle_of_a_larger_step(self) -> None:
        simulation = lecture()
        simulation.go_to(1, 4)  # in the middle of the hidden layer's forward pass
        simulation.back("layer")
        assert simulation.cursor == (1, 2)
        simulation.go_to(1, 4)
        simulation.back("instance")
        assert simulation.cursor == (0, 20)
        simulation.go_to(7, 4)
        simulation.back("epoch")
        assert simulation.position == Position(0, 4, "update", None, None)


MOVES = st.lists(st.tuples(st.sampled_from(["step", "back"]), st.sampled_from(STEP_SIZES)), max_size=25)
SETTINGS = st.builds(
    Settings,
    batch_size=st.integers(1, 6),
    shuffle=st.booleans(),
    seed=st.integers(0, 3),
    update_biases=st.booleans(),
)
ACTIONS = st.one_of(
    st.tuples(st.sampled_from(["step", "back"]), st.sampled_from(STEP_SIZES)),
    st.tuples(st.just("go to"), st.tuples(st.integers(0, 12), st.integers(0, 13))),
    st.tuples(st.just("settings"), SETTINGS),
    st.tuples(st.just("η"), st.sampled_from([0.1, 0.5, 2.0])),
    st.tuples(st.just("weight"), st.sampled_from([-1.0, 0.25])),
    st.tuples(st.just("cut"), st.just(0)),
    st.tuples(st.just("next"), st.integers(0, 3)),
)


def act(simulation: Simulation, replay: Replay, action: str, value: Any) -> Simulation:
    """Do the same with both."""
    match action:
        case "step":
            simulation.step(value)
            replay.forwards(value)
        case "back":
            simulation.back(value)
            replay.backwards(value)
        case "go to":
            done, shown = value
            shown = min(shown, len(replay.steps(done)))
            simulation.go_to(done, shown)
            replay.go_to(done, shown)
        case "settings":
            replay.change(settings=value)
            return simulation.edited(settings=value)
        case "η":
            settings = simulation.settings.with_(learning_rate=value)
            replay.change(settings=settings)
            return simulation.edited(settings=settings)
        case "weight":
            network = simulation.network.with_bias(0, 1, value)
            replay.change(network=network)
            return simulation.edited(network=network)
        case "cut":
            network = simulation.network.with_disconnected(0, 0, 0)
            replay.change(network=network)
            return simulation.edited(network=network)
        case "next":
            if simulation.visit(row := value) >= replay.now()[0]:
                replay.take_next(row)
                return simulation.taking_next(row)
    return simulation


class TestWalks:
    @settings(max_examples=60)
    @given(SETTINGS, MOVES, st.booleans())
    def test_any_walk(self, chosen: Settings, moves: list[tuple[str, str]], short: bool) -> None:
        simulation, replay = Simulation(SMALL, xor(), chosen), Replay(SMALL, xor(), chosen)
        if short:
            simulation = short_memory(simulation)
        for move, size in moves:
            act(simulation, replay, move, size)
            same(simulation, replay)

    @settings(max_examples=80)
    @given(SETTINGS, st.lists(ACTIONS, max_size=20), st.booleans())
    def test_any_walk_with_changes(
        self, chosen: Settings, actions: list[tuple[str, Any]], short: bool
    ) -> None:
        simulation, replay = Simulation(SMALL, xor(), chosen), Replay(SMALL, xor(), chosen)
        if short:
            simulation = short_memory(simulation)
        for action, value in actions:
            simulation = act(simulation, replay, action, value)
            same(simulation, replay)
        restored = Simulation.restored(xor(), simulation.history, *simulation.cursor)
        assert restored.position == simulation.position
        assert restored.network == simulation.network
        assert bits(restored.trace) == bits(simulation.trace)

    @given(st.lists(st.sampled_from(STEP_SIZES), max_size=12), SETTINGS)
    def test_steps_and_as_many_back(self, sizes: list[str], chosen: Settings) -> None:
        simulation = Simulation(SMALL, xor(), chosen)
        order = sorted(
            sizes, key=STEP_SIZES.index, reverse=True
        )  # large ones first end where small ones begin
        seen = []
        for size in order:
            seen.append((simulation.cursor, bits(simulation.network)))
            simulation.step(size)
        for size in reversed(order):
            simulation.back(size)
            assert (simulation.cursor, bits(simulation.network)) == seen.pop()


class TestBatches:
    def test_last_smaller_batch_updates_and_nothing_leaks(self) -> None:
        simulation = lecture(batch_size=2)
        updates, counts = [], []
        for _ in range(10):
            simulation.step("instance")
            updates.append(simulation.position.phase == "update")
            counts.append(simulation.trace.batch.count)
        assert updates == [False, True, False, True, True] * 2
        assert counts == [1, 2, 1, 2, 1] * 2

    @pytest.mark.parametrize("size", [5, 6, 10**6])
    def test_larger_than_the_data_is_all_of_it(self, size: int) -> None:
        simulation = lecture(batch_size=size)
        simulation.step("epoch")
        assert simulation.trace.batch.count == 5
        reference = lecture(batch_size=5)
        reference.step("epoch")
        assert simulation.network == reference.network

    def test_update_is_the_mean_of_the_instances(self) -> None:
        simulation = lecture(batch_size=5)
        simulation.step("epoch")
        traces = [backpropagate(LECTURE, x, y) for x, y in zip(FIVE.inputs, FIVE.targets, strict=True)]
        for l, w in enumerate(LECTURE.weights):
            expected = w + np.mean([trace.weight_steps[l] for trace in traces], axis=0)
            np.testing.assert_allclose(simulation.network.weights[l], expected, rtol=1e-14)


class TestSeries:
    def test_error_is_not_known_before_it_is_shown(self) -> None:
        simulation, lengths = lecture(), []
        for _ in range(7):
            lengths.append(len(simulation.series.errors))
            simulation.step("phase")
        assert lengths == [0, 0, 0, 1, 1, 1, 1]

    def test_half_an_error_is_none(self) -> None:
        simulation = lecture()
        simulation.go_to(0, 8)  # E of output 1 is shown, that of output 2 is not
        assert len(simulation.series.errors) == 0
        simulation.step("node")
        assert simulation.series.errors.tolist() == [simulation.trace.error]

    def test_keeps_what_was_seen_when_stepping_back(self) -> None:
        simulation = lecture()
        simulation.step("epoch")
        errors = simulation.series.errors.tolist()
        simulation.go_to(1, 3)
        assert simulation.series.errors.tolist() == errors

    def test_epoch_errors_are_means(self) -> None:
        simulation = lecture(shuffle=True)
        simulation.go_to(12, 0)
        series = simulation.series
        assert len(series.errors) == 12
        assert series.epoch_size == 5
        np.testing.assert_allclose(
            series.epoch_errors, [series.errors[:5].mean(), series.errors[5:10].mean()], rtol=1e-15
        )

    def test_what_was_handed_out_does_not_change(self) -> None:
        simulation = lecture()
        simulation.step("instance")
        early = simulation.series.errors
        simulation.step("epoch")
        assert len(early) == 1
        with pytest.raises(ValueError, match="read-only"):
            early[0] = 0


class TestChanges:
    def test_keep_the_past_and_drop_the_future(self) -> None:
        old = lecture()
        old.go_to(8, 3)
        old.go_to(3, 10)
        new = old.edited(settings=Settings(learning_rate=2.0))
        assert new.cursor == (3, 10)
        assert new.trace.settings.learning_rate == 2.0
        assert len(new.series.errors) == 4
        new.step("instance")
        old.step("instance")
        assert new.network != old.network
        for _ in range(3):
            assert new.back("instance")
            assert old.back("instance")
            assert new.network == old.network
            assert new.settings == old.settings == Settings()
        assert len(old.series.errors) == 8  # the old one is untouched

    def test_after_the_update_hold_for_the_next_instance(self) -> None:
        simulation = lecture()
        simulation.step("instance")
        changed = simulation.edited(network=simulation.network.with_bias(0, 0, 5))
        assert changed.cursor == (1, 0)
        assert changed.network.biases[0][0] == 5
        changed.back("node")
        assert changed.cursor == (0, 20)
        assert changed.network == simulation.network

    def test_at_the_start_replace_the_start(self) -> None:
        changed = lecture().edited(network=LECTURE.with_bias(0, 0, 5)).edited(settings=Settings(seed=4))
        assert len(changed.changes) == 1
        assert changed.network.biases[0][0] == 5
        changed.step("epoch")
        changed.go_to(0, 0)
        assert changed.network.biases[0][0] == 5

    def test_in_the_middle_of_a_batch_keep_its_sum(self) -> None:
        simulation = lecture(batch_size=3)
        simulation.go_to(1, 0)
        first = simulation._past.state_at(1).batch
        changed = simulation.edited(settings=simulation.settings.with_(learning_rate=0.05))
        changed.step("instance")
        changed.step("instance")
        traces = [
            backpropagate(LECTURE, FIVE.inputs[row], FIVE.targets[row], Settings(learning_rate=eta))
            for row, eta in ((0, 0.5), (1, 0.05), (2, 0.05))
        ]
        mean = np.mean([trace.weight_steps[0] for trace in traces], axis=0)
        assert first is not None
        np.testing.assert_allclose(changed.network.weights[0], LECTURE.weights[0] + mean, rtol=1e-14)

    def test_epoch_that_has_begun_keeps_its_order(self) -> None:
        simulation = lecture(shuffle=True, seed=1)
        rows = epoch_order(simulation.settings, 0, range(5))
        simulation.go_to(2, 0)
        simulation = simulation.edited(settings=simulation.settings.with_(seed=2))
        seen = []
        for _ in range(8):
            simulation.step("node")
            seen.append(simulation.position.instance)
            simulation.step("instance")
        assert seen == [*rows[2:], *epoch_order(Settings(shuffle=True, seed=2), 1, range(5))]

    def test_instance_in_progress_stays_when_the_order_changes(self) -> None:
        simulation = lecture()
        simulation.step("phase")
        changed = simulation.edited(settings=Settings(shuffle=True, seed=1))
        assert changed.position == simulation.position
        start = lecture().edited(settings=Settings(shuffle=True, seed=1))
        assert start.position.instance == epoch_order(Settings(shuffle=True, seed=1), 0, range(5))[0] != 0

    def test_series_is_cut(self) -> None:
        simulation = lecture()
        simulation.step("epoch")
        simulation.go_to(2, 5)
        changed = simulation.edited(settings=Settings(learning_rate=1.0))
        assert len(changed.series.errors) == 2
        assert len(simulation.series.errors) == 5

    @pytest.mark.parametrize("share", [0.0, 0.4])
    @pytest.mark.parametrize(
        "change",
        [
            lambda data: data.with_input(0, 0, 0.25),
            lambda data: data.with_instance_added(5, [0.5, 0.5], [1, 0]),
            lambda data: data.with_instances_removed([1]),
            lambda data: data.with_scaled_inputs("minmax"),
            lambda data: Dataset([[1, 2], [3, 4]], [[0, 1], [1, 0]]),
        ],
    )
    def test_of_data_start_anew_from_the_start_weights(self, share: float, change) -> None:
        simulation = lecture(test_share=share)
        simulation.step("epoch")
        assert simulation.network != LECTURE
        other = simulation.edited(dataset=change(simulation.dataset))
        assert other.cursor == (0, 0)
        assert other.network == LECTURE

    def test_of_names_in_the_data_keep_the_training(self) -> None:
        simulation = lecture()
        simulation.go_to(5, 3)
        named = simulation.dataset.with_name("ours").with_input_names(["height", "width"])
        edited = simulation.edited(dataset=named)
        assert edited.dataset is named
        assert edited.cursor == (5, 3)
        assert edited.series.errors.tolist() == simulation.series.errors.tolist()
        assert edited.network == simulation.network
        assert simulation.dataset.name != "ours"
        edited.step("instance")
        edited.back("epoch")
        assert edited.dataset is named

    def test_of_data_keep_what_else_was_changed_of_the_network(self) -> None:
        simulation = lecture()
        simulation.go_to(2)
        changed = simulation.network.with_activation(1, "tanh").with_disconnected(0, 0, 1)
        other = simulation.edited(network=changed).edited(dataset=Dataset([[1, 2]], [[0, 1]]))
        assert other.network == LECTURE.with_activation(1, "tanh").with_disconnected(0, 0, 1)

    def test_of_sizes_start_anew_from_the_present_weights(self) -> None:
        simulation = lecture()
        simulation.step("epoch")
        larger = simulation.edited(network=simulation.network.with_node_added(1, 0))
        assert larger.cursor == (0, 0)
        assert larger.network.sizes == (2, 4, 2)
        assert len(larger.series.errors) == 0

    def test_that_do_not_fit(self) -> None:
        simulation = lecture()
        with pytest.raises(MisfitError):
            simulation.edited(dataset=xor())
        with pytest.raises(MisfitError):
            simulation.edited(network=LECTURE.with_layer_size(0, 3))
        targets = Dataset([[0, 0]], [[0.5, 2.0]])
        with pytest.raises(MisfitError, match="Cross-entropy needs targets from 0 to 1"):
            Simulation(LECTURE, targets).edited(network=LECTURE.with_loss("cross_entropy"))

    def test_old_and_new_go_on_by_themselves(self) -> None:
        old = lecture()
        old.go_to(3, 0)
        new = old.edited(settings=Settings(learning_rate=3.0))
        new.step("epoch")
        old.step("epoch")
        fresh = lecture()
        fresh.step("epoch")
        assert old.network == fresh.network != new.network
        assert old.series.errors.tolist() == fresh.series.errors.tolist()


class TestChoosingInstances:
    def test_next_one(self) -> None:
        simulation = lecture()
        simulation.go_to(1, 3)
        chosen = simulation.taking_next(3)
        assert chosen.position == Position(0, 3, None, None, None)
        assert chosen.cursor == (1, 0)
        rows = [chosen.position.instance]
        for _ in range(5):
            chosen.step("instance")
            chosen.step("node")
            rows.append(chosen.position.instance)
        assert rows == [3, 1, 2, 4, 0, 1]  # then the next epoch, in its usual order

    def test_stays_next_when_something_else_changes(self) -> None:
        for start in (0, 2):
            simulation = lecture()
            simulation.go_to(start, 0)
            chosen = simulation.taking_next(4).edited(settings=Settings(learning_rate=0.1))
            assert chosen.position.instance == 4
            chosen.step("phase")
            assert chosen.edited(network=chosen.network.with_bias(0, 0, 1)).position.instance == 4

    def test_visits(self) -> None:
        simulation = lecture()
        simulation.go_to(6, 0)
        assert [simulation.visit(row) for row in range(5)] == [5, 6, 7, 8, 9]
        assert [simulation.taking_next(4).visit(row) for row in range(5)] == [5, 7, 8, 9, 6]

    def test_is_trained_once_an_epoch_all_the_same(self) -> None:
        chosen = lecture(batch_size=2).taking_next(2)
        chosen.step("epoch")
        assert chosen.position == Position(0, 4, "update", None, None)


class TestGoingTo:
    def test_places(self) -> None:
        simulation = lecture()
        simulation.go_to(7, 4)
        assert simulation.position == Position(1, 2, "forward", 1, 1)
        simulation.go_to(3)
        assert simulation.position == Position(0, 3, "update", None, None)
        simulation.go_to(0, 0)
        assert simulation.network is LECTURE

    @pytest.mark.parametrize(("done", "shown"), [(-1, 0), (0, -1), (0, 21), (3, 99)])
    def test_no_such_place(self, done: int, shown: int) -> None:
        simulation = lecture()
        with pytest.raises(ValueError, match=f"There is no step {shown} of the instance after {done} others"):
            simulation.go_to(done, shown)
        assert simulation.cursor == (0, 0)

    def test_restored(self) -> None:
        simulation = lecture(shuffle=True)
        simulation.go_to(3, 5)
        simulation = simulation.edited(settings=Settings(learning_rate=0.1, shuffle=True, seed=3))
        simulation.go_to(8, 3)
        simulation = simulation.taking_next(epoch_order(simulation.settings, 1, range(5))[4])
        simulation.step("phase")
        restored = Simulation.restored(FIVE, simulation.history, *simulation.cursor)
        assert restored.position == simulation.position
        assert bits(restored.trace) == bits(simulation.trace)
        assert restored.series.errors.tolist() == simulation.series.errors.tolist()
        for _ in range(3):
            restored.step("epoch")
            simulation.step("epoch")
            assert restored.network == simulation.network


class TestMoment:
    def at(self, shown: int, size: str = "node") -> Moment:
        simulation = lecture()
        simulation.go_to(0, shown, size)
        return simulation.moment

    def test_holds_what_stands_at_the_cursor(self) -> None:
        simulation = lecture()
        simulation.go_to(3, 5)
        moment = simulation.moment
        assert moment.network is simulation.network
        assert moment.trace is simulation.trace
        assert moment.dataset is FIVE
        assert moment.position == simulation.position
        assert (moment.shown, moment.instances_done, moment.misfit) == (5, 3, None)
        assert not moment.finished
        simulation.step("instance")
        assert simulation.moment.finished

    def test_knows_what_is_shown_and_nothing_else(self) -> None:
        for shown in range(21):
            moment = self.at(shown)
            for number, step in enumerate(moment.plan.steps, start=1):
                assert moment.knows(*step) == (number <= shown)

    def test_knows_layers_and_phases(self) -> None:
        moment = self.at(6)  # the first output's forward pass
        assert moment.knows("receive")
        assert moment.knows("forward", 1)
        assert not moment.knows("forward", 2)
        assert not moment.knows("forward")
        assert not moment.knows("update")
        assert not moment.knows("forward", 0)
        assert not moment.knows("forward", 1, 7)
        assert self.at(20).knows("update")

    def test_known_nodes(self) -> None:
        assert [self.at(shown).known_nodes("forward", 1) for shown in range(2, 8)] == [0, 1, 2, 3, 3, 3]
        assert [self.at(shown).known_nodes("backward", 1) for shown in (10, 11, 12, 14)] == [0, 0, 1, 3]
        assert self.at(20).known_nodes("forward", 0) == 0

    @pytest.mark.parametrize(
        ("size", "active"),
        [
            ("node", [("forward", 2, 1)]),
            ("layer", [("forward", 2, 0), ("forward", 2, 1)]),
            (
                "phase",
                [
                    ("forward", 1, 0),
                    ("forward", 1, 1),
                    ("forward", 1, 2),
                    ("forward", 2, 0),
                    ("forward", 2, 1),
                ],
            ),
        ],
    )
    def test_active(self, size: str, active: list[tuple[str, int, int]]) -> None:
        assert list(self.at(7, size).active) == active

    def test_active_after_larger_steps_and_at_the_start(self) -> None:
        simulation = lecture()
        assert simulation.moment.active == ()
        for size in ("instance", "epoch"):
            simulation.step(size)
            assert list(simulation.moment.active) == [("update", None, None)]

    def test_without_update(self) -> None:
        simulation = lecture(batch_size=2)
        simulation.step("instance")
        assert simulation.moment.finished
        assert not simulation.moment.knows("update")
        assert simulation.moment.network is LECTURE


class TestDivergence:
    """ŷ = θ x with x = y = 10: an update multiplies θ − 1 by 1 − 100 η. The first instance moves nothing."""

    START = Network.dense([1, 1], "linear", initializer="zeros")
    DATA = Dataset([[0], [10]], [[0], [10]])

    def diverged(self, size: str, eta: float = 10.0) -> tuple[Simulation, DivergenceError]:
        simulation = Simulation(self.START, self.DATA, Settings(learning_rate=eta, update_biases=False))
        with pytest.raises(DivergenceError) as error:
            step_for_ever(simulation, size)
        return simulation, error.value

    @pytest.mark.parametrize("size", STEP_SIZES)
    def test_stops_after_the_last_good_instance(self, size: str) -> None:
        simulation, error = self.diverged(size)
        done, shown = simulation.cursor
        assert (error.instance, error.epoch) == (1, (done + 1) // 2)
        assert error.quantity == "E of output 1"
        assert shown == len(simulation.moment.plan.steps)
        assert done == 2 * error.epoch
        assert f"E of output 1 became too large to compute at instance 2 of epoch {error.epoch + 1}" in str(
            error
        )

    def test_everything_that_is_left_is_finite(self) -> None:
        simulation, _ = self.diverged("instance")
        assert np.isfinite(simulation.network.weights[0]).all()
        assert np.isfinite(simulation.series.errors).all()
        assert simulation.moment.trace is not None
        with pytest.raises(DivergenceError):
            simulation.step("node")
        assert np.isfinite(simulation.trace.updated.weights[0]).all()

    def test_stepping_back_works(self) -> None:
        simulation, _ = self.diverged("epoch")
        reference = Simulation(self.START, self.DATA, Settings(learning_rate=10.0, update_biases=False))
        done = simulation.cursor[0]
        for time in range(done - 1, done - 20, -1):
            simulation.back("instance")
            reference.go_to(time)
            assert simulation.network == reference.network
        while simulation.back("epoch"):
            pass
        assert simulation.network == self.START

    def test_lower_learning_rate_goes_on(self) -> None:
        simulation, _ = self.diverged("epoch")
        for _ in range(20):
            simulation.back("epoch")
        simulation = simulation.edited(settings=Settings(learning_rate=0.0095, update_biases=False))
        for _ in range(100):
            simulation.step("epoch")
        assert simulation.network.weights[0][0, 0] == pytest.approx(1, rel=1e-9)

    def test_lower_learning_rate_right_there(self) -> None:
        simulation, _ = self.diverged("epoch", 1.9)
        changed = simulation.edited(settings=Settings(learning_rate=0.01, update_biases=False))
        assert changed.cursor == (simulation.cursor[0] + 1, 0)
        assert changed.moment.trace is None  # E itself is still too large
        assert not changed.moment.knows("receive")
        with pytest.raises(DivergenceError):
            changed.step("node")
        changed.back("instance")
        assert changed.cursor == simulation.cursor
        assert changed.network == simulation.network

    def test_at_the_very_first_instance(self) -> None:
        network = self.START.with_weight(0, 0, 0, 1e200)
        simulation = Simulation(network, Dataset([[1e200]], [[0]]))
        moment = simulation.moment
        assert moment.trace is None
        assert moment.network is network
        assert moment.known_nodes("receive", 0) == 0
        for size in STEP_SIZES:
            with pytest.raises(DivergenceError, match=r"z of output 1 .* at instance 1 of epoch 1"):
                simulation.step(size)
        assert simulation.cursor == (0, 0)
        assert simulation.back("node") is False

    def test_a_change_that_diverges_shows_nothing(self) -> None:
        simulation = lecture()
        simulation.go_to(2, 6)
        linear = simulation.network.with_all_activations("linear")
        huge = linear.with_bias(1, 0, 1e200)
        changed = simulation.edited(network=huge)
        assert changed.cursor == (2, 0)
        assert changed.moment.trace is None
        changed = changed.edited(network=linear)
        changed.step("phase")
        assert changed.moment.trace is not None

    def test_hidden_layers_of_relu(self) -> None:
        network = Network.dense([2, 3, 3, 2], ["relu", "relu", "linear"], seed=1)
        simulation = Simulation(network, FIVE, Settings(learning_rate=50.0))
        with pytest.raises(DivergenceError, match="became too large to compute at instance"):
            step_for_ever(simulation, "epoch")
        assert all(np.isfinite(w).all() for w in simulation.network.weights)


class TestMemory:
    def test_one_instance_back_from_far_away(self) -> None:
        simulation = short_memory(lecture())
        networks = []
        for _ in range(300):
            networks.append(bits(simulation.network))
            simulation.step("instance")
        for network in networks[:0:-1]:
            simulation.back("instance")
            assert bits(simulation.network) == network


def test_the_error_of_the_test_instances_is_unknown_until_the_update_is_shown() -> None:
    walk = Simulation(Network.dense([2, 3, 1], seed=1), xor(), Settings(test_share=0.25))
    walk.go_to(2, 0)
    for _ in range(5):
        walk.step("phase")
    assert (len(walk.series.epoch_errors), len(walk.series.test_errors)) == (1, 0)
    walk.step("phase")
    assert (len(walk.series.epoch_errors), len(walk.series.test_errors)) == (1, 1)
    walk.back("phase")
    assert len(walk.series.test_errors) == 1  # it was shown
    changed = walk.edited(settings=walk.settings.with_(learning_rate=0.1))
    assert len(changed.series.test_errors) == 0
