"""The Training panel: η, error, batches, order, biases, start weights; below it what goes further, folded."""

from functools import partial

from PySide6.QtWidgets import QCheckBox, QPushButton

from bpsim.errors import SettingsError
from bpsim.initializers import INITIALIZERS
from bpsim.moment import Moment
from bpsim.notation import NOTATIONS, Notation
from bpsim.numbers import counted
from bpsim.running import Progress
from bpsim.settings import Settings
from ui import drawing
from ui.appearance import Appearance
from ui.session import Session
from ui.view_state import ViewState
from ui.widgets.choices import initializer_choices, loss_choices, refused_losses
from ui.widgets.fields import ChoiceField, WholeField
from ui.widgets.fold import Fold
from ui.widgets.form import Form
from ui.widgets.labels import ProblemLabel, quiet_label
from ui.widgets.log_slider import LogSlider
from ui.widgets.number_field import NumberField
from ui.widgets.panel import Panel, back_to_drawing, number_format
from ui.widgets.row import Row
from ui.widgets.run_groups import SplitGroup, StoppingGroup
from ui.widgets.settings_group import LABELS, SettingsGroup
from ui.widgets.update_groups import DecayGroup, OptimizerGroup, ScheduleGroup

LOWEST_RATE, HIGHEST_RATE = 0.001, 10.0
LARGEST_SEED = 2**31 - 1
ALL_INSTANCES = 2**31 - 1
"""A batch size that means all instances, however many will be added."""

UPDATES = (
    ("instance", "every instance", "the lecture's rule: all parameters change after each instance"),
    ("batch", "batches of n", "the Δθ of n instances are averaged into one update"),
    ("all", "all instances", "the Δθ of all instances are averaged into one update an epoch"),
)
ORDERS = (
    ("given", "as given", "every epoch takes the instances in the order of the data"),
    ("shuffled", "shuffled", "every epoch draws a new order from the seed"),
)
FEWEST_FOR_BATCHES = 3
SEEDLESS = ("zeros", "constant")
"""Start weights that are the same whatever the seed."""


class TrainingPanel(Panel):
    """The settings of the training. Every one holds from the present step on; the past stays."""

    def __init__(self, session: Session, _appearance: Appearance) -> None:
        super().__init__()
        self.setObjectName("training_panel")
        self._session = session
        self._moves = 0
        self.rate_field = NumberField(number_format(session.view), self._problem_of_rate)
        self.rate_slider = LogSlider(LOWEST_RATE, HIGHEST_RATE)
        self.rate_problem = ProblemLabel()
        self.loss_field = ChoiceField(loss_choices())
        self.update_field = ChoiceField(UPDATES)
        self.batch_field = WholeField(2, ALL_INSTANCES - 1)
        self.order_field = ChoiceField(ORDERS)
        self.order_seed_field = WholeField(0, LARGEST_SEED)
        self.biases_box = QCheckBox()
        self.initializer_field = ChoiceField(initializer_choices())
        self.scale_field = NumberField(number_format(session.view))
        self.scale_problem = ProblemLabel()
        self.weight_seed_field = WholeField(0, LARGEST_SEED)
        self.new_button = QPushButton("&New weights")
        self.same_button = QPushButton("Sa&me again")
        self.optimizer_group = OptimizerGroup(number_format(session.view))
        self.decay_group = DecayGroup(number_format(session.view))
        self.schedule_group = ScheduleGroup(number_format(session.view))
        self.split_group = SplitGroup(number_format(session.view))
        self.stopping_group = StoppingGroup(number_format(session.view))
        self.groups: tuple[SettingsGroup, ...] = (
            self.optimizer_group, self.decay_group, self.schedule_group, self.split_group,
            self.stopping_group,
        )  # fmt: skip
        self.start_fold = Fold("Start weights", "How “New weights” draws the parameters to start from")
        self.batch_note = quiet_label()
        self._rate_form, self._form, self._start_form = Form(), Form(), Form()
        self._build()
        self._explain()
        self._show_letters(NOTATIONS[session.view.notation].lettered)
        self._show(session.moment, None)
        self._connect()

    def _connect(self) -> None:
        session = self._session
        self.rate_field.value_entered.connect(self._on_rate)
        self.rate_slider.number_changed.connect(self._on_rate_moved)
        self.rate_slider.released.connect(self._on_rate_released)
        self.loss_field.value_chosen.connect(self._on_loss)
        self.update_field.value_chosen.connect(self._on_update)
        self.batch_field.value_entered.connect(lambda n: self._edit("Change batch size", batch_size=n))
        self.order_field.value_chosen.connect(
            lambda name: self._edit("Change order", shuffle=name == "shuffled")
        )
        self.order_seed_field.value_entered.connect(lambda n: self._edit("Change seed of order", seed=n))
        self.biases_box.clicked.connect(self._on_biases)
        self.initializer_field.value_chosen.connect(
            lambda name: self._edit("Change start weights", initializer=name)
        )
        self.scale_field.value_entered.connect(
            lambda value: self._edit("Change range of start weights", initializer_scale=value)
        )
        self.weight_seed_field.value_entered.connect(
            lambda n: self._edit("Change seed of start weights", weight_seed=n)
        )
        self.new_button.clicked.connect(lambda _checked=False: drawing.new_weights(session))
        self.same_button.clicked.connect(lambda _checked=False: drawing.same_weights(session))
        self.rate_field.problem_changed.connect(self.rate_problem.show_problem)
        self.scale_field.problem_changed.connect(self.scale_problem.show_problem)
        for field in (self.rate_field, self.scale_field):
            field.confirmed.connect(partial(back_to_drawing, field))
        for whole in (self.batch_field, self.order_seed_field, self.weight_seed_field):
            whole.confirmed.connect(partial(back_to_drawing, whole))
        for group in self.groups:
            group.edit_requested.connect(lambda text, changes: self._edit(text, **changes))
        session.moment_changed.connect(self._show)
        session.run_ended.connect(self._on_run_ended)
        session.view_changed.connect(self._on_view)

    # -- edits -----------------------------------------------------------------------------------------------

    @property
    def _settings(self) -> Settings:
        return self._session.moment.settings

    def _edit(self, text: str, merge: str | None = None, **changes: object) -> None:
        self._session.edit(text, settings=self._settings.with_(**changes), merge=merge)

    def _on_rate(self, rate: float) -> None:
        self._edit("Change η", learning_rate=rate)

    def _on_rate_moved(self, rate: float) -> None:
        self._edit("Change η", merge=f"η {self._moves}", learning_rate=rate)

    def _on_rate_released(self) -> None:
        self._moves += 1  # the next move is an undo step of its own

    def _on_loss(self, name: str) -> None:
        self._session.edit("Change error", network=self._session.moment.network.with_loss(name))

    def _on_update(self, kind: str) -> None:
        most = self._session.moment.epoch_size - 1
        sizes = {"instance": 1, "batch": min(self.batch_field.value(), most), "all": ALL_INSTANCES}
        self._edit("Change batch size", batch_size=sizes[kind])

    def _on_biases(self, update: bool) -> None:
        self._edit("Update biases" if update else "Keep biases", update_biases=update)

    def _problem_of_rate(self, rate: float) -> str:
        return "η must be above 0." if _is_refused(self._settings, learning_rate=rate) else ""

    # -- showing ---------------------------------------------------------------------------------------------

    def show_run(self, progress: Progress) -> None:
        """Show how the criteria of the run under way stand."""
        self.stopping_group.show_readings(progress.readings)

    def _on_run_ended(self, progress: Progress | None) -> None:
        if progress is not None:
            self.show_run(progress)

    def _on_view(self, view: ViewState, _old: ViewState) -> None:
        self._show_letters(NOTATIONS[view.notation].lettered)
        self.rate_field.set_number_format(number_format(view))
        self.scale_field.set_number_format(number_format(view))
        for group in self.groups:
            group.set_number_format(number_format(view))
            group.show_moment(self._session.moment)

    def _show_letters(self, notation: Notation) -> None:
        """Name rate, error and biases as a notation does."""
        rate, error, d = notation.letters["learning_rate"], notation.error_letter, notation.d
        self._rate_form.show_row(self.rate_field, True, f"Learning &rate {rate}")
        self._form.show_row(self.loss_field, True, f"Err&or {error}")
        self.rate_slider.setAccessibleName(f"Learning rate {rate}, slider")
        self.biases_box.setText(f"u&pdate biases {notation.bias_letter}")
        slope = f"{d}{error}/{d}{notation.letters['weight']}"
        tip = f"How large a step every update takes: {notation.step_letter} = −{rate} {slope}"
        self.rate_field.setToolTip(tip)
        self.rate_slider.setToolTip(tip)
        self.biases_box.setToolTip(
            f"Without the tick every {notation.bias_letter} stays as it is, as in some worked examples"
        )

    def _show(self, new: Moment, old: Moment | None) -> None:
        if old is None or new.settings is not old.settings or new.split != old.split:
            self._show_settings(new.settings, new.epoch_size)
            for group in self.groups:
                group.show_moment(new)
        elif new.position.epoch != old.position.epoch:
            self.schedule_group.show_moment(new)
        if old is not None and not self._session.running and new.position != old.position:
            self.stopping_group.show_readings(())  # they were those at the end of a run
        if old is not None and new.position != old.position:
            self.rate_field.give_up()  # what the step has trained with is what stands there
            self.scale_field.give_up()
            for group in self.groups:
                group.give_up()
        functions = (new.network.activations, new.network.loss)
        if old is None or functions != (old.network.activations, old.network.loss):
            self.loss_field.set_value(new.network.loss)
            self.loss_field.set_refusals(refused_losses(new.network))

    def _show_settings(self, settings: Settings, instances: int) -> None:
        self.rate_field.set_value(settings.learning_rate)
        self.rate_slider.set_number(settings.learning_rate)
        self._show_batches(settings, instances)
        self.order_field.set_value("shuffled" if settings.shuffle else "given")
        self.order_seed_field.set_value(settings.seed)
        self._form.show_row(self.order_seed_field, settings.shuffle)
        self.biases_box.setChecked(settings.update_biases)
        self.initializer_field.set_value(settings.initializer)
        label = INITIALIZERS[settings.initializer].scale_label
        self.scale_field.set_value(settings.initializer_scale)
        self._start_form.show_row(self.scale_field, label is not None, "Range r" if label == "r" else label)
        self.weight_seed_field.set_value(settings.weight_seed)
        seed = "" if settings.initializer in SEEDLESS else f", seed {settings.weight_seed}"
        self.start_fold.set_summary(f"{self.initializer_field.currentText()}{seed}")

    def _show_batches(self, settings: Settings, instances: int) -> None:
        size = settings.batch_size
        kind = "instance" if size == 1 else "all" if size >= instances else "batch"
        self.update_field.set_value(kind)
        reason = f"Batches need at least {FEWEST_FOR_BATCHES} instances."
        self.update_field.set_refusals({"batch": reason} if instances < FEWEST_FOR_BATCHES else {})
        chosen = 1 < size < ALL_INSTANCES
        if chosen:
            self.batch_field.set_value(size)
        self._form.show_row(self.batch_field, chosen)
        self.batch_note.setText(f"An epoch has {counted(instances, 'instance')}: all of them.")
        self.batch_note.setVisible(chosen and kind == "all")

    # -- building --------------------------------------------------------------------------------------------

    def _build(self) -> None:
        rate, form = self._rate_form, self._form
        rate.add_row("Learning &rate", self.rate_field)
        rate.add_wide(self.rate_problem)
        rate.add_wide(self.rate_slider)
        form.add_row("Err&or", self.loss_field)
        form.add_row("&Update", self.update_field)
        form.add_row("&Batch size n", self.batch_field)
        form.add_wide(self.batch_note)
        form.add_row("Or&der", self.order_field)
        form.add_row("Order seed", self.order_seed_field)
        form.add_wide(self.biases_box)
        start = self._start_form
        start.keep_room_for_labels(LABELS)
        start.add_row("S&tart from", self.initializer_field)
        start.add_row("Seed", self.weight_seed_field)
        start.add_row("Range r", self.scale_field)
        start.add_wide(self.scale_problem)
        self.start_fold.column.addWidget(start)
        self.column.setSpacing(3)
        for part in (rate, form, Row(self.new_button, self.same_button), self.start_fold, *self.groups):
            self.column.addWidget(part)
        self.column.addStretch(1)

    def _explain(self) -> None:
        self.loss_field.set_tip("What training makes smaller")
        self.update_field.set_tip("After how many instances the parameters are updated")
        self.batch_field.setToolTip(
            "How many instances are averaged into one update; the last batch may be smaller"
        )
        self.order_field.set_tip("The order in which an epoch takes the instances")
        self.order_seed_field.setToolTip("The same seed gives the same orders again")
        self.initializer_field.set_tip("How “New weights” draws the parameters to start from")
        self.scale_field.setToolTip("How far from 0 the start weights may be")
        self.weight_seed_field.setToolTip(
            "The same seed draws the same start weights; “New weights” takes the next"
        )
        self.new_button.setToolTip("Draw other start weights by the next seed and start again")
        self.same_button.setToolTip("Start again from the weights that this training started from")
        self.same_button.setAccessibleName("Same weights again")


def _is_refused(settings: Settings, **changes: float) -> bool:
    """Tell whether a setting cannot be."""
    try:
        settings.with_(**changes)
    except SettingsError:
        return True
    return False
