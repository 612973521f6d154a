"""A field for a share in percent."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QValidator

from bpsim.numbers import parse_number
from ui.numbers import NumberFormat
from ui.widgets.fields import WholeField

STEP = 10
"""Percent that an arrow adds."""

_PARTS = 10**6  # of a percent, in which the field counts
_BEGUN = ("", ".", ",")  # what a number may begin with that is none yet


class ShareField(WholeField):
    """Takes a share in percent, parts of a percent as well: 12.5 % is 0.125.

    Parameters
    ----------
    highest : int
        In percent.
    number_format : NumberFormat
    """

    share_entered = Signal(float)

    _format = NumberFormat()

    def __init__(self, highest: int, number_format: NumberFormat) -> None:
        super().__init__(0, highest * _PARTS)
        self.setSuffix(" %")
        self.setSingleStep(STEP * _PARTS)
        self.set_number_format(number_format)
        self.value_entered.connect(lambda parts: self.share_entered.emit(parts / (100 * _PARTS)))

    def set_share(self, share: float) -> None:
        """Show a share without telling anybody."""
        self.set_value(round(100 * _PARTS * share))

    def set_number_format(self, number_format: NumberFormat) -> None:
        """Write the number in another way."""
        self._format = number_format
        self.lineEdit().setText(f"{self.textFromValue(self.value())}{self.suffix()}")

    def _number(self, text: str) -> str:
        return text.removesuffix(self.suffix()).strip()

    # -- Qt --------------------------------------------------------------------------------------------------

    def textFromValue(self, value: int) -> str:
        return self._format.exact(value / _PARTS)

    def valueFromText(self, text: str) -> int:
        return round(_PARTS * parse_number(self._number(text)))

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        number = self._number(text)
        if number in _BEGUN:
            return QValidator.State.Intermediate, text, position
        try:
            fits = self.minimum() <= _PARTS * parse_number(number) <= self.maximum()
        except ValueError:
            fits = False
        return QValidator.State.Acceptable if fits else QValidator.State.Invalid, text, position
