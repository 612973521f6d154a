"""How numbers are written on the screen."""

from dataclasses import dataclass
from math import isinf, isnan
from typing import ClassVar

from bpsim.numbers import whole_text as whole_text  # beside the other ways of writing

UNKNOWN = "–"
"""What stands where a number is not known yet."""

SEPARATORS = (".", ",")
MOST_DIGITS = 15

_CHOSEN_DIGITS = 5  # somebody may have typed a number of so many significant digits
_SMALLEST_PLAIN = -4  # 0.00012 is still written out, 0.000012 is 1.2e−5
_LARGEST_PLAIN = 5  # 123456 is still written out, 1234567 is 1.2e6


@dataclass(frozen=True)
class NumberFormat:
    """A choice of how to write numbers.

    Numbers below 1 have `digits` decimals, and more where that would leave fewer than `digits` − 1
    significant ones (0.597, 0.067, 0.0059); numbers from 1 on have `digits` + 1 significant ones (1.234,
    12.34); very small and very large ones are written with a power of ten (1.2e−7). A number that is not 0
    never reads as 0.

    Rounding is everywhere that of Python's format: to the nearest, and from halfway to the even digit, of the
    number that the machine has: 0.0625 is 0.062.

    Parameters
    ----------
    digits : int
        From 1 to 15.
    separator : {".", ","}
        The decimal sign.
    """

    digits: int = 3
    separator: str = "."
    most: ClassVar[int] = MOST_DIGITS

    def __post_init__(self) -> None:
        if not 1 <= self.digits <= self.most:
            raise ValueError(f"digits must be from 1 to {self.most}, not {self.digits}")
        if self.separator not in SEPARATORS:
            raise ValueError(f"the decimal sign must be '.' or ',', not {self.separator!r}")

    def text(self, value: float | None) -> str:
        """Return a computed number: 0.500, −0.0059, 1.2e−7; "–" for one that is not known."""
        if value is None:
            return UNKNOWN
        if isnan(value):
            return "not a number"
        if isinf(value):
            return "∞" if value > 0 else "−∞"
        return self._written(self._rounded(float(value)))

    def signed(self, value: float | None) -> str:
        """Return a computed number with its sign, also when that is +."""
        return f"+{self.text(value)}" if value is not None and value > 0 else self.text(value)

    def given(self, value: float | None) -> str:
        """Return a number that somebody may have chosen: one of few digits exactly (0.5, 0.0316, 1e−7).

        One of many digits, which was computed, is written as by `text`.
        """
        if value is None:
            return UNKNOWN
        exact = self.exact(value)
        whole, _, decimals = exact.partition(self.separator)
        digits = exact.partition("e")[0].replace(self.separator, "").strip("−0")
        is_short = len(digits) <= _CHOSEN_DIGITS or ("e" not in exact and len(decimals) <= self.digits)
        return exact if is_short and len(whole.lstrip("−")) <= _LARGEST_PLAIN + 1 else self.text(value)

    def exact(self, value: float) -> str:
        """Return the shortest text that reads back as the same number, with the minus sign of print."""
        mantissa, _, power = self.full(value + 0.0).partition("e")  # −0 reads as 0
        return (f"{mantissa}e{int(power)}" if power else mantissa).replace("-", "−")

    def full(self, value: float) -> str:
        """Return a number with all its digits, for editing: reading it gives the same number bit for bit."""
        return repr(float(value)).removesuffix(".0").replace(".", self.separator)

    def percent(self, share: float | None) -> str:
        """Return a share in percent: 75 %, 98.6 %. Only all of it reads as 100 %."""
        if share is None:
            return UNKNOWN
        rounded = min(float(f"{100 * share:.3g}"), 99.9 if share < 1 else 100.0)
        return f"{self.given(rounded)} %"

    def finer(self, more: int = 2) -> "NumberFormat":
        """Return the format with more digits, for a number that is looked at closely."""
        return NumberFormat(min(MOST_DIGITS, self.digits + more), self.separator)

    @property
    def _significant(self) -> int:
        """The fewest significant digits of a number that is not 0."""
        return max(1, self.digits - 1)

    def _rounded(self, value: float) -> str:
        if value == 0:
            return "0"
        power = int(f"{value:.{self.digits}e}".partition("e")[2])
        if not _SMALLEST_PLAIN <= power <= _LARGEST_PLAIN:
            mantissa, _, power_text = f"{value:.{self._significant - 1}e}".partition("e")
            return f"{mantissa}e{int(power_text)}"
        fewest = self._significant - 1 - power if power < 0 else 0
        return f"{value:.{max(fewest, self.digits - max(0, power), 0)}f}"

    def _written(self, text: str) -> str:
        return text.replace("-", "−").replace(".", self.separator)
