"""A group of settings that unfolds, and what the groups of the Training panel have in common."""

from abc import abstractmethod
from collections.abc import Callable

from PySide6.QtCore import Signal

from bpsim.errors import SettingsError
from bpsim.moment import Moment
from bpsim.settings import Settings
from ui.numbers import NumberFormat
from ui.widgets.fields import WholeField
from ui.widgets.fold import Fold
from ui.widgets.form import Form
from ui.widgets.labels import ProblemLabel
from ui.widgets.number_field import NumberField
from ui.widgets.panel import back_to_drawing

LABELS = 84


class SettingsGroup(Fold):
    """Some settings below a heading. It shows those of a moment, and asks for others."""

    edit_requested = Signal(str, dict)
    """What the undo menu is to call it, and the settings that change."""

    def __init__(self, title: str, tip: str, number_format: NumberFormat) -> None:
        super().__init__(title, tip)
        self._format = number_format
        self._settings = Settings()
        self._numbers: list[NumberField] = []
        self.form = Form()
        self.form.keep_room_for_labels(LABELS)
        self.column.addWidget(self.form)

    def show_moment(self, moment: Moment) -> None:
        """Show the settings of a moment."""
        self._settings = moment.settings
        self._show(moment)

    def set_number_format(self, number_format: NumberFormat) -> None:
        """Write numbers in another way."""
        self._format = number_format
        for field in self._numbers:
            field.set_number_format(number_format)

    def give_up(self) -> None:
        """Bring numbers back in place of what cannot be taken."""
        for field in self._numbers:
            field.give_up()

    @abstractmethod
    def _show(self, moment: Moment) -> None:
        """Show the settings of a moment in the fields and in the summary."""

    # -- building --------------------------------------------------------------------------------------------

    def _number_field(self, check: Callable[[float], str]) -> NumberField:
        field = NumberField(self._format, check)
        field.confirmed.connect(lambda: back_to_drawing(field))
        self._numbers.append(field)
        return field

    def _whole_field(self, smallest: int, largest: int) -> WholeField:
        field = WholeField(smallest, largest)
        field.confirmed.connect(lambda: back_to_drawing(field))
        return field

    def _add_number(self, label: str, name: str, undo_text: str, tip: str, sentence: str) -> NumberField:
        """Add a row for a number of the settings; `sentence` says which numbers it can be."""
        field = self._number_field(lambda value: sentence if self._refuses(name, value) else "")
        field.value_entered.connect(lambda value: self.edit_requested.emit(undo_text, {name: value}))
        field.setToolTip(tip)
        problem = ProblemLabel()
        field.problem_changed.connect(problem.show_problem)
        self.form.add_row(label, field)
        self.form.add_wide(problem)
        return field

    def _refuses(self, name: str, value: float) -> bool:
        try:
            self._settings.with_(**{name: value})
        except SettingsError:
            return True
        return False
