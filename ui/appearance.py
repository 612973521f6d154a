"""How the program looks: which theme is on, and how it reaches every widget, live."""

import atexit
from functools import cache
from importlib import resources
from pathlib import Path
from string import Template

from PySide6.QtCore import QDir, QObject, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from ui.fonts import text_font
from ui.theme import Theme, load_theme

CHOICES = ("system", "light", "dark")

# Which colour stands behind each role of Qt's palette; the last one is for disabled widgets.
_PALETTE = (
    (QPalette.ColorRole.Window, "panel", "panel"),
    (QPalette.ColorRole.WindowText, "text", "text_disabled"),
    (QPalette.ColorRole.Base, "field", "panel"),
    (QPalette.ColorRole.AlternateBase, "panel", "panel"),
    (QPalette.ColorRole.Text, "text", "text_disabled"),
    (QPalette.ColorRole.PlaceholderText, "text_quiet", "text_disabled"),
    (QPalette.ColorRole.Button, "field", "panel"),
    (QPalette.ColorRole.ButtonText, "text", "text_disabled"),
    (QPalette.ColorRole.BrightText, "on_accent", "text_disabled"),
    (QPalette.ColorRole.Highlight, "accent_wash", "hover"),
    (QPalette.ColorRole.HighlightedText, "accent_text", "text_disabled"),
    (QPalette.ColorRole.Accent, "accent", "text_disabled"),
    (QPalette.ColorRole.Link, "accent", "text_disabled"),
    (QPalette.ColorRole.LinkVisited, "accent", "text_disabled"),
    (QPalette.ColorRole.ToolTipBase, "tip", "tip"),
    (QPalette.ColorRole.ToolTipText, "tip_text", "tip_text"),
    (QPalette.ColorRole.Light, "canvas", "canvas"),
    (QPalette.ColorRole.Midlight, "line", "line"),
    (QPalette.ColorRole.Mid, "edge", "edge"),
    (QPalette.ColorRole.Dark, "outline", "edge"),
    (QPalette.ColorRole.Shadow, "edge", "edge"),
)

# The small signs inside of controls, which a style sheet takes from files only: name, colour, path (16 x 16).
_GLYPHS = (
    ("chevron-down", "text_quiet", "M4 6.5 8 10.5 12 6.5"),
    ("chevron-down-on", "on_accent", "M4 6.5 8 10.5 12 6.5"),
    ("chevron-up", "text_quiet", "M4 9.5 8 5.5 12 9.5"),
    ("chevron-right", "text_quiet", "M6.5 4 10.5 8 6.5 12"),
    ("cross", "text_quiet", "M4.5 4.5 11.5 11.5M11.5 4.5 4.5 11.5"),
    ("float", "text_quiet", "M4 6.5H9.5V12H4ZM6.5 4H12V9.5"),
    ("tick", "on_accent", "M3.5 8.5 6.5 11.5 12.5 4.5"),
    ("tick-disabled", "text_disabled", "M3.5 8.5 6.5 11.5 12.5 4.5"),
    ("tick-menu", "accent", "M3.5 8.5 6.5 11.5 12.5 4.5"),
)


class Appearance(QObject):
    """Keeps the theme that is on and puts it on the application.

    `changed(new, old)` tells what paints for itself (drawing, plots) to take the new colours. Widgets need
    nothing: palette and style sheet reach them.
    """

    changed = Signal(object, object)

    def __init__(self, app: QApplication, choice: str = "system", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._choice = choice
        app.setStyle("Fusion")
        app.setFont(text_font())
        self._tell_desktop()
        self._theme = load_theme(theme_name(choice, app.styleHints().colorScheme()))
        self._put_on()
        app.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)

    @property
    def theme(self) -> Theme:
        """The theme that is on."""
        return self._theme

    @property
    def choice(self) -> str:
        """What was chosen: "system", "light" or "dark"."""
        return self._choice

    def choose(self, choice: str) -> None:
        """Take "light", "dark", or "system": the one of the desktop, now and whenever it changes."""
        self._choice = choice
        self._tell_desktop()
        self._take(theme_name(choice, self._app.styleHints().colorScheme()))

    def _on_scheme_changed(self, scheme: Qt.ColorScheme) -> None:
        self._take(theme_name(self._choice, scheme))

    def _tell_desktop(self) -> None:
        """Have window frames and file dialogs follow; where the desktop cannot, nothing happens."""
        schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
        self._app.styleHints().setColorScheme(schemes.get(self._choice, Qt.ColorScheme.Unknown))

    def _take(self, name: str) -> None:
        old = self._theme
        if name == old.name:
            return
        self._theme = load_theme(name)
        self._put_on()
        self.changed.emit(self._theme, old)

    def _put_on(self) -> None:
        _write_glyphs(self._theme)
        self._app.setPalette(palette(self._theme))
        self._app.setStyleSheet(style_sheet(self._theme))


def theme_name(choice: str, scheme: Qt.ColorScheme) -> str:
    """Return "light" or "dark" for a choice and what the desktop says; one that says nothing is light."""
    if choice != "system":
        return choice
    return "dark" if scheme == Qt.ColorScheme.Dark else "light"


def palette(theme: Theme) -> QPalette:
    """Return Qt's palette in the colours of the theme."""
    result = QPalette()
    for role, color, disabled in _PALETTE:
        result.setColor(role, theme.color(color))
        result.setColor(QPalette.ColorGroup.Disabled, role, theme.color(disabled))
    return result


def style_sheet(theme: Theme) -> str:
    """Return the style sheet of the whole program in the colours of the theme."""
    text = resources.files("resources").joinpath("themes", "style.qss").read_text(encoding="utf-8")
    return Template(text).substitute(theme.roles, theme=theme.name)


def _write_glyphs(theme: Theme) -> None:
    for name, role, path in _GLYPHS:
        (_glyph_folder() / f"{name}-{theme.name}.svg").write_text(
            _glyph(path, theme.color(role)), encoding="utf-8"
        )


@cache
def _glyph_folder() -> Path:
    """Return the folder of this run that the style sheet knows as "glyphs:"."""
    folder = QTemporaryDir()
    atexit.register(folder.remove)
    QDir.addSearchPath("glyphs", folder.path())
    return Path(folder.path())


def _glyph(path: str, color: QColor) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16">'
        f'<path d="{path}" fill="none" stroke="{color.name()}" stroke-width="1.6"'
        ' stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )
