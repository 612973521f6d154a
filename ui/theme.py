"""Colours by name. The names stand in `resources/themes/*.toml`; no other file names a colour."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources

from PySide6.QtGui import QColor

THEMES = ("light", "dark")

TEXT_CONTRAST = 4.5
GRAPHICS_CONTRAST = 3.0

INKS = ("ink_light", "ink_black")
"""Roles of the text on coloured nodes."""

_MIDDLE = 127  # of a table of 255 colours: the colour of δ = 0


@dataclass(frozen=True, eq=False)
class Theme:
    """One set of named colours.

    Attributes
    ----------
    name : str
        "light" or "dark".
    delta_map : str
        Name of the pyqtgraph colour map of δ.
    roles : mapping of str to str
        Colour of each role, "#rrggbb".
    """

    name: str
    delta_map: str
    roles: Mapping[str, str]

    @property
    def is_dark(self) -> bool:
        return self.name == "dark"

    def color(self, role: str) -> QColor:
        """Return the colour of a role, such as "weight_negative".

        Raises
        ------
        KeyError
            If the theme has no such role.
        """
        return QColor(self.roles[role])

    def delta_color(self, value: float, limit: float) -> QColor:
        """Return the colour of `value` on a scale from −limit (blue) by 0 (neutral) to +limit (red).

        Values beyond the limit take the colour of the limit. A limit of 0 makes everything neutral.
        """
        share = max(-1.0, min(1.0, value / limit)) if limit > 0 else 0.0
        return QColor(self._delta_table[_MIDDLE + round(share * _MIDDLE)])

    def text_on(self, color: QColor) -> QColor:
        """Return the ink in which text is read best on `color`: its contrast is at least 4.5."""
        return max((self.color(role) for role in INKS), key=lambda ink: contrast(ink, color))

    @cached_property
    def _delta_table(self) -> list[QColor]:
        from pyqtgraph import colormap  # late: this import takes longer than showing the window

        table = colormap.get(self.delta_map).getLookupTable(nPts=2 * _MIDDLE + 1)
        return [QColor(int(red), int(green), int(blue)) for red, green, blue in table]


@cache
def load_theme(name: str) -> Theme:
    """Return the theme "light" or "dark"."""
    text = resources.files("resources").joinpath("themes", f"{name}.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return Theme(name, table["delta_map"], table["colors"])


def contrast(first: QColor, second: QColor) -> float:
    """Return the contrast of two opaque colours, from 1 (the same) to 21 (black on white), as WCAG 2 does."""
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: QColor) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (color.redF(), color.greenF(), color.blueF())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
