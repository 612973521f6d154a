"""What the plot of the error says in words about one of its places."""

from collections.abc import Sequence
from math import ceil

import numpy as np

from bpsim.arrays import Array
from bpsim.kept_run import KeptRun
from bpsim.moment import Series
from bpsim.updates import UpdateCount
from ui.numbers import NumberFormat, whole_text


def reading(
    series: Series,
    index: int,
    number_format: NumberFormat,
    letter: str = "E",
    updates: UpdateCount | None = None,
) -> tuple[str, ...]:
    """Return what the plot shows at an index of its errors: of the instance, and of its epoch.

    With `updates` the update is named first that the instance belongs to.
    """
    number = index * series.error_spacing + 1
    epoch = (number - 1) // series.epoch_size
    error = number_format.text(float(series.errors[index]))
    place = f"instance no. {whole_text(number)} · epoch {whole_text(epoch + 1)}"
    of_instance = f"{_update_text(updates, number)}{place} · {letter} = {error}"
    means = _at(series.epoch_errors, epoch, series)
    if means is None:
        complete = epoch // series.epoch_spacing < len(series.epoch_errors)
        return (of_instance,) if complete else (of_instance, f"epoch {whole_text(epoch + 1)} is not complete")
    test = _at(series.test_errors, epoch, series)
    of_test = "" if test is None else f" · test {number_format.text(test)}"
    return of_instance, f"epoch mean {number_format.text(means)}{of_test}"


def short_readings(
    series: Series,
    index: int,
    number_formats: Sequence[NumberFormat],
    letter: str = "E",
    updates: UpdateCount | None = None,
) -> list[str]:
    """Return the same in fewer and fewer words, for where there is not much room.

    What x counts stays longest beside the error: the update with `updates`, else the epoch.
    """
    number = index * series.error_spacing + 1
    epoch = (number - 1) // series.epoch_size
    of_epoch = f"epoch {whole_text(epoch + 1)} · "
    place, which = _update_text(updates, number) or of_epoch, f"no. {whole_text(number)} · "
    long_place = f"{place}{which}" if updates else f"{which}{place}"
    means = {"mean": _at(series.epoch_errors, epoch, series), "test": _at(series.test_errors, epoch, series)}
    error, known = (
        float(series.errors[index]),
        {name: mean for name, mean in means.items() if mean is not None},
    )
    texts = [
        " · ".join([f"{letter} {form.text(error)}", *(f"{name} {form.text(e)}" for name, e in known.items())])
        for form in number_formats
    ]
    alone = f"{letter} {number_formats[-1].text(error)}"
    with_mean = texts[-1].partition(" · test")[0]
    shorter = [place + text for text in (texts[-1], with_mean, alone)]
    return list(dict.fromkeys([*(long_place + text for text in texts), *shorter, alone]))


def epoch_readings(
    series: Series, done: int, number_format: NumberFormat, updates: UpdateCount | None = None
) -> list[str]:
    """Return what is known where the error of the instance was not kept, in fewer and fewer words."""
    epoch = done // series.epoch_size
    place = f"{_update_text(updates, done + 1)}epoch {whole_text(epoch + 1)}"
    mean = _at(series.epoch_errors, epoch, series)
    return [place] if mean is None else [f"{place} · mean {number_format.text(mean)}", place]


def _update_text(updates: UpdateCount | None, number: int) -> str:
    """Return the update of the instance that is trained as this one, as the beginning of a text."""
    if updates is None:
        return ""
    update = ceil(round(float(updates.after(np.array(float(number)))), 6))
    return f"update {whole_text(update)} · "


def _at(errors: Array, epoch: int, series: Series) -> float | None:
    """Return the error of an epoch, None where it is not known or was not kept."""
    index, rest = divmod(epoch, series.epoch_spacing)
    return float(errors[index]) if rest == 0 and index < len(errors) else None


def numbers(series: Series) -> tuple[tuple[str, ...], tuple[Array, ...]]:
    """Return all that the plot knows as the heads and the columns of a table."""
    instances = np.arange(len(series.errors), dtype=np.float64) * series.error_spacing
    epochs = np.arange(len(series.epoch_errors), dtype=np.float64) * series.epoch_spacing
    heads = ["instance", "epoch", "E of the instance", "complete epoch", "mean E of the epoch"]
    columns = [
        instances + 1,
        instances // series.epoch_size + 1,
        series.errors,
        epochs + 1,
        series.epoch_errors,
    ]
    if len(series.test_errors):
        heads.append("E of the test instances")
        columns.append(series.test_errors)
    return tuple(heads), tuple(columns)


def epochs_of(run: KeptRun) -> Array:
    """Return the epochs of the errors of a run, from 1."""
    return np.arange(len(run.epoch_errors), dtype=np.float64) * run.spacing + 1


def run_numbers(runs: Sequence[KeptRun]) -> tuple[tuple[str, ...], tuple[Array, ...]]:
    """Return the epochs and errors of kept runs as the heads and the columns of a table."""
    heads = [head for run in runs for head in (f"epoch of {run.name}", f"mean E of {run.name}")]
    columns = [column for run in runs for column in (epochs_of(run), run.epoch_errors)]
    return tuple(heads), tuple(columns)
