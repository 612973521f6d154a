"""What a run trains on and when it ends, as groups of settings."""

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from bpsim.errors import SettingsError
from bpsim.moment import Moment
from bpsim.numbers import whole_text
from bpsim.stopping import LABELS, Reading, Stopping
from ui.numbers import NumberFormat
from ui.run_words import present_text
from ui.widgets.fields import WholeField
from ui.widgets.labels import ProblemLabel, quiet_label
from ui.widgets.number_field import NumberField
from ui.widgets.panel import back_to_drawing
from ui.widgets.settings_group import SettingsGroup
from ui.widgets.share_field import ShareField

HIGHEST_SHARE = 90
LEAST_LIMIT, LEAST_WITH_UNIT = 64, 104
LARGEST_SEED = 2**31 - 1
MOST_EPOCHS = 10**9

CRITERIA = (
    ("epochs", "epochs", 1000, "The run ends after so many epochs"),
    ("error_below", "E <", 0.01, "The run ends after an epoch whose mean E is below this"),
    (
        "patience", "no better for", 50,
        "The run ends after so many epochs without a lower E, that of the test instances if there are any",
    ),
    (
        "gradient_below", "|gradient| <", 0.001,
        "The run ends where the error is nearly flat: the length of ∂E/∂θ over all parameters is below this",
    ),
    ("seconds", "seconds", 60.0, "The run ends after so much time"),
)  # fmt: skip
"""Name in `Stopping`, text, the limit that is offered first, and what it means."""

UNITS = {"patience": " epochs"}
"""What stands behind a limit, where there is room."""
ROOM_FOR_UNIT = 10_000


class SplitGroup(SettingsGroup):
    """Which share of the instances is kept for testing, and the seed of their choice."""

    def __init__(self, number_format: NumberFormat) -> None:
        tip = "Keep some instances apart, and see whether what is learned holds for them, too"
        super().__init__("Train and test", tip, number_format)
        self.share_field = ShareField(HIGHEST_SHARE, number_format)
        self.share_field.confirmed.connect(lambda: back_to_drawing(self.share_field))
        self.share_field.setToolTip(
            "How many of the instances are not trained; another share starts anew from the start weights"
        )
        self.seed_field = self._whole_field(0, LARGEST_SEED)
        self.seed_field.setToolTip("Which instances they are; the same seed chooses the same ones again")
        self.counts = quiet_label()
        self.form.add_row("Test share", self.share_field)
        self.form.add_row("Split seed", self.seed_field)
        self.form.add_wide(self.counts)
        self.share_field.share_entered.connect(
            lambda share: self.edit_requested.emit("Change test share", {"test_share": share})
        )
        self.seed_field.value_entered.connect(
            lambda seed: self.edit_requested.emit("Change seed of split", {"split_seed": seed})
        )

    def set_number_format(self, number_format: NumberFormat) -> None:
        super().set_number_format(number_format)
        self.share_field.set_number_format(number_format)

    def _show(self, moment: Moment) -> None:
        settings, (train, test) = moment.settings, moment.split
        self.share_field.set_share(settings.test_share)
        self.seed_field.set_value(settings.split_seed)
        self.form.show_row(self.seed_field, settings.test_share > 0)
        trained, tested = whole_text(len(train)), whole_text(len(test))
        self.counts.setText(f"{trained} instances are trained, {tested} only tested.")
        self.counts.setVisible(settings.test_share > 0)
        self.set_summary(f"{trained} trained, {tested} tested" if settings.test_share else "all are trained")


class StoppingGroup(SettingsGroup):
    """The criteria that end a run, each with a box that switches it on.

    While a run trains, and after it, the present value of each criterion that is on stands below its limit.
    """

    def __init__(self, number_format: NumberFormat) -> None:
        tip = "What ends a run by itself; the first that is reached does"
        super().__init__("Stop when", tip, number_format)
        self.boxes: dict[str, QCheckBox] = {}
        self.fields: dict[str, WholeField | NumberField] = {}
        self.notes: dict[str, QLabel] = {}
        self._readings: tuple[Reading, ...] = ()
        for name, text, offered, meaning in CRITERIA:
            self._add_criterion(name, text, offered, meaning)

    def _add_criterion(self, name: str, text: str, offered: float, meaning: str) -> None:
        box, field = QCheckBox(text), self._field_of(name, offered)
        for widget in (box, field):
            widget.setToolTip(meaning)
        box.setAccessibleName(f"Stop: {LABELS[name]}")
        field.setAccessibleName(f"Limit: {LABELS[name]}")
        field.setMinimumWidth(LEAST_WITH_UNIT if name in UNITS else LEAST_LIMIT)
        box.clicked.connect(lambda on: self._ask(name, self._limit(name) if on else None))
        self.form.add_pair(box, field)
        self._add_problem(field)
        self._add_note(name)
        self.boxes[name], self.fields[name] = box, field

    def _add_note(self, name: str) -> None:
        beside, note = QLabel(), quiet_label()
        note.setAccessibleName(f"Present value: {LABELS[name]}")
        self.form.add_pair(beside, note)
        for label in (beside, note):
            label.hide()
        self.notes[name] = note

    def show_readings(self, readings: tuple[Reading, ...]) -> None:
        """Show the present value of each criterion that a run has, none where there is no run."""
        self._readings = readings
        present = {reading.name: present_text(reading, self._format) for reading in readings}
        for name, note in self.notes.items():
            note.setText(f"now {present[name]}" if name in present else "")
            note.setVisible(name in present)

    def set_number_format(self, number_format: NumberFormat) -> None:
        super().set_number_format(number_format)
        self.show_readings(self._readings)

    def _field_of(self, name: str, offered: float) -> WholeField | NumberField:
        if isinstance(offered, int):
            whole = self._whole_field(1, MOST_EPOCHS)
            whole.setSuffix(UNITS.get(name, ""))
            whole.set_value(offered)
            whole.value_entered.connect(lambda value: self._ask(name, value))
            return whole
        number = self._number_field(lambda value: "It must be above 0." if _is_refused(name, value) else "")
        number.set_value(offered)
        number.value_entered.connect(lambda value: self._ask(name, value))
        return number

    def _add_problem(self, field: QWidget) -> None:
        if isinstance(field, NumberField):
            problem = ProblemLabel()
            field.problem_changed.connect(problem.show_problem)
            self.form.add_wide(problem)

    def _limit(self, name: str) -> float:
        field = self.fields[name]
        limit = field.value() if isinstance(field, WholeField) else field.value
        assert limit is not None  # a limit is always shown
        return limit

    def _ask(self, name: str, limit: float | None) -> None:
        stopping = replace(self._settings.stopping, **{name: limit})  # type: ignore[arg-type]  # of its kind
        self.edit_requested.emit("Change when to stop", {"stopping": stopping})

    def _show(self, moment: Moment) -> None:
        on = []
        for name, text, *_ in CRITERIA:
            limit: Any = getattr(moment.settings.stopping, name)
            self.boxes[name].setChecked(limit is not None)
            self.fields[name].setEnabled(limit is not None)
            if limit is not None:
                self.fields[name].set_value(limit)
                self._show_unit(name, limit)
                on.append((text, limit))
        self.set_summary(" or ".join(self._words(*criterion) for criterion in on) or "it is stopped by hand")

    def _show_unit(self, name: str, limit: float) -> None:
        field = self.fields[name]
        if isinstance(field, WholeField):
            field.setSuffix(UNITS.get(name, "") if limit < ROOM_FOR_UNIT else "")

    def _words(self, text: str, limit: float) -> str:
        number = whole_text(limit) if isinstance(limit, int) else self._format.exact(limit)
        if text == "no better for":
            return f"{text} {number} epochs"
        return f"{text} {number}" if text.endswith("<") else f"{number} {text}"


def _is_refused(name: str, limit: float) -> bool:
    try:
        Stopping(**{name: limit})  # type: ignore[arg-type]  # of its kind
    except SettingsError:
        return True
    return False
