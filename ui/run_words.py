"""What a run is called, how its criteria stand and why it ended, in words."""

from bpsim.running import Progress
from bpsim.simulation import Simulation
from bpsim.stopping import Reading
from ui.numbers import NumberFormat, whole_text


def run_text(before: Simulation, after: Simulation) -> str:
    """Return what the undo menu calls a run, such as "Train 240 epochs"."""
    instances, size = after.trained - before.trained, after.epoch_size
    number, noun = (round(instances / size), "epoch") if instances >= size else (instances, "instance")
    return f"Train {number} {noun}{'' if number == 1 else 's'}"


def reading_text(reading: Reading, numbers: NumberFormat) -> str:
    """Return how a criterion stands, such as "epoch 12 of 1000" or "E = 0.31, ends below 0.01"."""
    limit = reading.limit
    present = "?" if reading.present is None else numbers.text(reading.present)
    match reading.name:
        case "epochs":
            return f"epoch {reading.present:.0f} of {limit:.0f} of this run"
        case "error_below":
            return f"mean E = {present}, ends below {numbers.text(limit)}"
        case "patience":
            return f"{reading.present:.0f} of {limit:.0f} epochs without a lower E"
        case "gradient_below":
            return f"|gradient| = {present}, ends below {numbers.text(limit)}"
    return f"{reading.present:.0f} of {limit:g} seconds"


def progress_text(progress: Progress, numbers: NumberFormat) -> str:
    """Return how a run stands: how fast it is, and each of its criteria with its present value."""
    rate = f"{whole_text(progress.rate)} instances a second"
    return "  ·  ".join([rate, *(reading_text(reading, numbers) for reading in progress.readings)])


def ended_text(reading: Reading | None, numbers: NumberFormat) -> str:
    """Return why a run ended, as a sentence; None means that the learner has paused it."""
    if reading is None:
        return "Paused."
    present = "" if reading.present is None else numbers.text(reading.present)
    limit = numbers.text(reading.limit)
    match reading.name:
        case "epochs":
            return f"Stopped: the {reading.limit:.0f} epochs of this run are done."
        case "error_below":
            return f"Stopped: the mean E of the last epoch, {present}, is below {limit}."
        case "patience":
            return f"Stopped: for {reading.limit:.0f} epochs E has not become lower."
        case "gradient_below":
            return f"Stopped: the length of the gradient, {present}, is below {limit}."
    return f"Stopped: the run has taken its {reading.limit:g} seconds."
