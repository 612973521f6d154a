"""A training that is replayed from its start: slow, simple, and built only from backpropagate.

The tests of the simulation walk both side by side.
"""

from dataclasses import dataclass, field, replace

from bpsim.backprop import PHASES, Trace, backpropagate
from bpsim.datasets import Dataset
from bpsim.moment import Position
from bpsim.network import Network
from bpsim.orders import epoch_order
from bpsim.recording import State
from bpsim.schedules import SCHEDULES
from bpsim.settings import Settings
from bpsim.splitting import split

Place = tuple[int, int]
"""How many instances are done, and how many smallest steps of the next one are shown."""


def smallest_steps(sizes: tuple[int, ...], updates: bool) -> list[tuple[str, int | None, int | None]]:
    """Return the steps of an instance, phase by phase as the lecture plays them."""
    last = len(sizes) - 1
    rightwards, leftwards = range(1, last + 1), range(last, 0, -1)
    layers = {
        "receive": [0],
        "forward": rightwards,
        "error": [last],
        "backward": leftwards,
        "gradient": leftwards,
    }
    steps: list[tuple[str, int | None, int | None]] = [
        (phase, layer, node)
        for phase in PHASES[:5]
        for layer in layers[phase]
        for node in range(sizes[layer])
    ]
    return [*steps, ("update", None, None)] if updates else steps


@dataclass
class Replay:
    """The training, its cursor, and what was changed on the way."""

    network: Network
    data: Dataset
    settings: Settings
    place: Place = (0, 0)
    seen: int = 0
    changes: dict[int, tuple[Network, Settings]] = field(default_factory=dict)
    orders: dict[int, list[int]] = field(default_factory=dict)
    _traces: list[Trace] = field(default_factory=list)

    # -- the training ------------------------------------------------------------------------------

    def settings_at(self, time: int) -> Settings:
        earlier = [t for t in self.changes if t <= time]
        return self.changes[max(earlier)][1] if earlier else self.settings

    def order(self, time: int) -> list[int]:
        """Return the rows of an epoch, as they are known when the instance of a time is trained."""
        start = time - time % self.n
        chosen = [t for t in self.orders if start <= t <= time]
        return self.orders[max(chosen)] if chosen else self.usual_order(time, self.settings_at(start))

    def usual_order(self, time: int, settings: Settings) -> list[int]:
        return list(epoch_order(settings, time // self.n, split(settings, len(self.data)).train))

    @property
    def n(self) -> int:
        """How many instances an epoch trains."""
        return len(split(self.settings, len(self.data)).train)

    def row(self, time: int) -> int:
        return self.order(time)[time % self.n]

    def closes(self, time: int) -> bool:
        n = self.n
        return time % n == n - 1 or (time % n + 1) % self.settings_at(time).batch_size == 0

    def traces(self, count: int) -> list[Trace]:
        """Return the traces of the first `count` instances, computed one after the other."""
        state = State(self.network)
        if self._traces:
            state = self._after(self._traces[-1])
        while len(self._traces) < count:
            time = len(self._traces)
            if time in self.changes:
                state = replace(state, network=self.changes[time][0])
            row, settings = self.row(time), self.settings_at(time)
            rate = SCHEDULES[settings.schedule].rate(
                settings.learning_rate, time // self.n, settings.schedule_epochs
            )
            trace = backpropagate(
                state.network, self.data.inputs[row], self.data.targets[row],
                settings.with_(learning_rate=rate),
                batch=state.batch, memory=state.memory, closes_batch=self.closes(time),
            )  # fmt: skip
            self._traces.append(trace)
            state = self._after(trace)
        return self._traces[:count]

    @staticmethod
    def _after(trace: Trace) -> State:
        return State(trace.updated, None if trace.closes_batch else trace.batch, trace.next_memory)

    # -- the cursor --------------------------------------------------------------------------------

    def steps(self, time: int) -> list[tuple[str, int | None, int | None]]:
        return smallest_steps(self.network.sizes, self.closes(time))

    def stops(self, time: int, size: str) -> list[int]:
        """Return after how many smallest steps of an instance a step of this size is complete."""
        steps, n = self.steps(time), self.n
        if size == "epoch":
            return [len(steps)] if time % n == n - 1 else []
        depth = {"node": 3, "layer": 2, "phase": 1, "instance": 0}[size]
        return [
            number
            for number in range(1, len(steps) + 1)
            if number == len(steps) or steps[number][:depth] != steps[number - 1][:depth]
        ]

    def forwards(self, size: str) -> None:
        done, shown = self.place
        later = [number for number in self.stops(done, size) if number > shown]
        while not later:
            done += 1
            later = self.stops(done, size)
        self._go(done, later[0])

    def backwards(self, size: str) -> None:
        done, shown = self.place
        earlier = [number for number in self.stops(done, size) if number < shown]
        while not earlier and done > 0:
            done -= 1
            earlier = self.stops(done, size)
        self._go(done, earlier[-1] if earlier else 0)

    def go_to(self, done: int, shown: int) -> None:
        self._go(done, shown)

    def _go(self, done: int, shown: int) -> None:
        self.place = done, shown
        error_shown = [number for number, step in enumerate(self.steps(done), 1) if step[0] == "error"][-1]
        self.seen = max(self.seen, done + (shown >= error_shown))

    @property
    def position(self) -> Position:
        done, shown = self.place
        step = self.steps(done)[shown - 1] if shown else (None, None, None)
        return Position(done // self.n, self.row(done), *step)

    @property
    def trace(self) -> Trace:
        return self.traces(self.place[0] + 1)[-1]

    @property
    def shown_network(self) -> Network:
        done, shown = self.place
        return self.trace.updated if shown == len(self.steps(done)) else self.trace.network

    @property
    def shown_errors(self) -> list[float]:
        return [trace.error for trace in self.traces(self.seen)]

    # -- changing ----------------------------------------------------------------------------------

    def change(self, network: Network | None = None, settings: Settings | None = None) -> None:
        """Change something from here on; an epoch that has begun keeps its order."""
        new_network, old = network or self.shown_network, self.settings_at(self.place[0])
        new = settings or old
        done, shown = self.now()
        n = self.n
        begun = done % n > 0 or shown > 0
        reordered = (new.shuffle, new.seed) != (old.shuffle, old.seed)
        same_epoch = done // n == self.place[0] // n
        kept = self.order(self.place[0]) if same_epoch and (begun or not reordered) else None
        self._forget(done)
        self.changes[done] = new_network, new
        if kept:
            self.orders[done] = kept
        self._go(done, shown)

    def take_next(self, row: int) -> None:
        """Train another row of the epoch next."""
        network, settings = self.shown_network, self.settings_at(self.place[0])
        done, n = self.now()[0], self.n
        same_epoch = done // n == self.place[0] // n
        order = list(self.order(self.place[0]) if same_epoch else self.usual_order(done, settings))
        order.remove(row)
        order.insert(done % n, row)
        self._forget(done)
        self.orders[done] = order
        self.changes[done] = network, settings
        self._go(done, 0)

    def now(self) -> Place:
        """Return what a change made now holds from: after an update, the next instance."""
        done, shown = self.place
        return (done + 1, 0) if shown == len(self.steps(done)) else (done, shown)

    def _forget(self, time: int) -> None:
        """Forget what comes from `time` on."""
        self.changes = {t: change for t, change in self.changes.items() if t < time}
        self.orders = {t: order for t, order in self.orders.items() if t < time}
        del self._traces[time:]
        self.seen = min(self.seen, time)
        self.place = time, 0
