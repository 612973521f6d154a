"""How numbers are written in formulas, in as many digits as the calculation needs."""

from math import isfinite

from bpsim.formula_digits import MOST_DIGITS, tidy
from ui.numbers import NumberFormat

_ALL = 15  # from so many digits on also what the machine's rounding has left is of interest


class FormulaNumbers(NumberFormat):
    """Writes numbers as elsewhere, but small ones with all `digits` significant: −0.00593, 1.20e−7.

    Parameters
    ----------
    digits : int
        From 1 to 17.
    separator : {".", ","}
    """

    most = MOST_DIGITS

    @classmethod
    def of(cls, chosen: NumberFormat) -> "FormulaNumbers":
        """Return a chosen way of writing numbers, for formulas."""
        return cls(chosen.digits, chosen.separator)

    def given(self, value: float | None) -> str:
        """Return a number that somebody may have typed as it was typed, without what rounding has left."""
        wanted = value is not None and self.digits < _ALL
        return super().given(tidy(value) if wanted and value is not None else value)

    def with_digits(self, digits: int) -> "FormulaNumbers":
        """Return the same with more or fewer digits."""
        return FormulaNumbers(digits, self.separator)

    def read(self, value: float) -> float:
        """Return the number that is read where one is written as `given`."""
        if not isfinite(value):
            return value
        return float(self.given(value).replace("−", "-").replace(self.separator, "."))

    def is_exact(self, value: float) -> bool:
        """Tell whether a number is written exactly."""
        return self.read(value) == tidy(value)

    def last_place(self, value: float) -> int:
        """Return how many decimals of a number are written; fewer than 0 where those are no decimals."""
        return max(map(self._decimals, {self.given(value), self.text(value)}))

    def _decimals(self, written: str) -> int:
        mantissa, _, exponent = written.partition("e")
        return len(mantissa.partition(self.separator)[2]) - int(exponent.replace("−", "-") or 0)

    @property
    def _significant(self) -> int:
        return self.digits
