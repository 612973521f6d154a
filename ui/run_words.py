"""What a run is called, how its criteria stand and why it ended, in words."""

from math import floor, isfinite

from bpsim.numbers import counted, parse_number, whole_text
from bpsim.running import Progress
from bpsim.simulation import Simulation
from bpsim.stopping import Reading
from ui.numbers import MOST_DIGITS, NumberFormat

SEPARATOR = "  ·  "
"""What stands between two things that the status bar says."""


def run_text(before: Simulation, after: Simulation) -> str:
    """Return what the undo menu calls a run, such as "Train 240 epochs"."""
    instances, size = after.trained - before.trained, after.epoch_size
    number, noun = (round(instances / size), "epoch") if instances >= size else (instances, "instance")
    return f"Train {counted(number, noun)}"


def reading_text(reading: Reading, numbers: NumberFormat) -> str:
    """Return how a criterion stands: "12 of 1 000 epochs", "mean E = 0.31, ends below 0.01"."""
    present, limit = present_text(reading, numbers), _limit_text(reading, numbers)
    match reading.name:
        case "epochs":
            return f"{present} of {limit} epochs of this run"
        case "error_below":
            return f"mean E = {present}, ends below {limit}"
        case "patience":
            return f"{present} of {limit} epochs without a lower E"
        case "gradient_below":
            return f"|gradient| = {present}, ends below {limit}"
    return f"{present} of {limit} seconds"


def present_text(reading: Reading, numbers: NumberFormat) -> str:
    """Return the present value of a criterion, in as many digits as tell it from the limit."""
    present, limit = reading.present, reading.limit
    if present is None:
        return "?"
    if reading.name not in ("error_below", "gradient_below"):
        return whole_text(floor(present))
    for more in range(MOST_DIGITS):
        text = numbers.finer(more).text(present)
        if not isfinite(present) or _side(parse_number(text), limit) == _side(present, limit):
            return text
    return numbers.exact(present)


def progress_text(progress: Progress, numbers: NumberFormat) -> str:
    """Return how a run stands: each of its criteria, the nearest first, and how fast it is."""
    nearest = sorted(progress.readings, key=lambda reading: reading.nearness, reverse=True)
    rate = f"{whole_text(progress.rate)} instances a second"
    return SEPARATOR.join([*(reading_text(reading, numbers) for reading in nearest), rate])


def ended_text(reading: Reading | None, numbers: NumberFormat) -> str:
    """Return why a run ended, as a short sentence; None means that the learner has paused it."""
    if reading is None:
        return "Paused."
    present, limit = present_text(reading, numbers), _limit_text(reading, numbers)
    match reading.name:
        case "epochs":
            return f"Stopped: {counted(round(reading.limit), 'epoch')} {_are(reading.limit)} done."
        case "error_below":
            return f"Stopped: mean E {present} is below {limit}."
        case "patience":
            return f"Stopped: no lower E for {counted(round(reading.limit), 'epoch')}."
        case "gradient_below":
            return f"Stopped: |gradient| {present} is below {limit}."
    return f"Stopped: {limit} second{'' if reading.limit == 1 else 's'} {_are(reading.limit)} over."


def stopped_texts(progress: Progress, numbers: NumberFormat) -> list[str]:
    """Return why a run ended, and how the other criteria stood then."""
    others = [reading for reading in progress.readings if reading != progress.ended]
    return [ended_text(progress.ended, numbers), *(reading_text(other, numbers) for other in others)]


def _limit_text(reading: Reading, numbers: NumberFormat) -> str:
    return whole_text(reading.limit) if isinstance(reading.limit, int) else numbers.exact(reading.limit)


def _side(value: float, limit: float) -> int:
    return (value > limit) - (value < limit)


def _are(count: float) -> str:
    return "is" if count == 1 else "are"
