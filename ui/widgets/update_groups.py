"""What an update makes of the Δθ, as groups of settings: optimizer, weight decay, η over time."""

import re

from bpsim.moment import Moment
from bpsim.numbers import whole_text
from bpsim.optimizers import OPTIMIZERS
from bpsim.schedules import SCHEDULES
from ui.numbers import NumberFormat
from ui.widgets.choices import optimizer_choices, schedule_choices
from ui.widgets.fields import ChoiceField
from ui.widgets.labels import quiet_label
from ui.widgets.settings_group import SettingsGroup

MOST_EPOCHS = 10**6

_POINT = re.compile(r"(?<=[0-9])\.(?=[0-9])")


class OptimizerGroup(SettingsGroup):
    """Which optimizer, and its μ."""

    def __init__(self, number_format: NumberFormat) -> None:
        super().__init__("Optimizer", "How an update makes the steps of the parameters", number_format)
        self.optimizer_field = ChoiceField(optimizer_choices())
        self.optimizer_field.set_tip("What an update makes of the Δθ; the lecture adds them as they are")
        self.form.add_row("Method", self.optimizer_field)
        self.momentum_field = self._add_number(
            "Momentum μ",
            "momentum",
            "Change μ",
            "How much of the last step goes on into the next one",
            "μ must be from 0 and below 1.",
        )
        self.formula = quiet_label()
        self.letters = quiet_label()
        self.form.add_wide(self.formula)
        self.form.add_wide(self.letters)
        self.optimizer_field.value_chosen.connect(
            lambda name: self.edit_requested.emit("Change optimizer", {"optimizer": name})
        )

    def _show(self, moment: Moment) -> None:
        settings = moment.settings
        optimizer = OPTIMIZERS[settings.optimizer]
        self.optimizer_field.set_value(optimizer.name)
        self.momentum_field.set_value(settings.momentum)
        self.form.show_row(self.momentum_field, optimizer.uses_momentum)
        self.formula.setText(optimizer.formula.replace(",  ", "\n"))
        letters = "\n".join(optimizer.letters_said)
        self.letters.setText(_POINT.sub(self._format.separator, letters))
        with_momentum = f", μ = {self._format.exact(settings.momentum)}" if optimizer.uses_momentum else ""
        self.set_summary(optimizer.label + with_momentum)


class DecayGroup(SettingsGroup):
    """λ₁ and λ₂ of weight decay."""

    def __init__(self, number_format: NumberFormat) -> None:
        super().__init__("Weight decay", "A penalty that keeps the weights small", number_format)
        self.l2_field = self._add_number(
            "L2 λ₂",
            "l2",
            "Change weight decay",
            "The penalty ½ λ₂ Σ θ² draws every weight towards 0, large ones more",
            "λ₂ must not be below 0.",
        )
        self.l1_field = self._add_number(
            "L1 λ₁",
            "l1",
            "Change weight decay",
            "The penalty λ₁ Σ |θ| draws every weight towards 0 by the same step",
            "λ₁ must not be below 0.",
        )
        self.form.add_wide(
            quiet_label("The penalty stands beside E and is no part of it; biases pay nothing.")
        )

    def _show(self, moment: Moment) -> None:
        settings = moment.settings
        self.l1_field.set_value(settings.l1)
        self.l2_field.set_value(settings.l2)
        chosen = (("λ₂", settings.l2), ("λ₁", settings.l1))
        parts = [f"{letter} = {self._format.exact(value)}" for letter, value in chosen if value]
        self.set_summary(", ".join(parts) or "off")


class ScheduleGroup(SettingsGroup):
    """How η changes from epoch to epoch."""

    def __init__(self, number_format: NumberFormat) -> None:
        super().__init__("η over time", "Whether the learning rate falls from epoch to epoch", number_format)
        self.schedule_field = ChoiceField(schedule_choices())
        self.schedule_field.set_tip("The learning rate above is η₀, that of the first epoch")
        self.epochs_field = self._whole_field(1, MOST_EPOCHS)
        self.epochs_field.setToolTip("After how many epochs η is half as large")
        self.present = quiet_label()
        self.form.add_row("η is", self.schedule_field)
        self.form.add_row("Epochs k", self.epochs_field)
        self.form.add_wide(self.present)
        self.schedule_field.value_chosen.connect(
            lambda name: self.edit_requested.emit("Change η over time", {"schedule": name})
        )
        self.epochs_field.value_entered.connect(
            lambda k: self.edit_requested.emit("Change η over time", {"schedule_epochs": k})
        )

    def _show(self, moment: Moment) -> None:
        settings, epoch = moment.settings, moment.position.epoch
        schedule = SCHEDULES[settings.schedule]
        changes = schedule.epochs_label is not None
        self.schedule_field.set_value(schedule.name)
        self.epochs_field.set_value(settings.schedule_epochs)
        self.form.show_row(self.epochs_field, changes)
        rate = self._format.given(settings.at_epoch(epoch).learning_rate)
        meaning = f"{schedule.formula} after e epochs: {schedule.words}."
        self.present.setText(f"{meaning}\nIn epoch {whole_text(epoch + 1)}: η = {rate}.")
        self.present.setVisible(changes)
        self.set_summary(f"now η = {rate}" if changes else schedule.label)
