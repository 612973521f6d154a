"""What the program remembers between two starts: window, theme, numbers, recent files."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from bpsim.notation import NOTATIONS
from ui.appearance import CHOICES
from ui.view_state import ViewState

MOST_RECENT = 8
DIGITS = (2, 3, 4, 5, 6)
SEPARATORS = (".", ",")


class Preferences:
    """Reads and writes the program's settings; what is missing or unreadable gives the default."""

    def __init__(self) -> None:
        self._store = QSettings(QSettings.defaultFormat(), QSettings.Scope.UserScope, "bpsim", "bpsim")

    @property
    def theme(self) -> str:
        """The chosen theme: "system", "light" or "dark"."""
        value = self._store.value("theme", "system")
        return value if value in CHOICES else "system"

    @theme.setter
    def theme(self, choice: str) -> None:
        self._store.setValue("theme", choice)

    def view(self) -> ViewState:
        """How the work was last shown."""
        digits, separator = str(self._store.value("digits", "3")), self._store.value("separator", ".")
        notation = self._store.value("notation", "lecture")
        return ViewState(
            notation=notation if notation in NOTATIONS else "lecture",
            digits=int(digits) if digits in map(str, DIGITS) else 3,
            decimal_separator=separator if separator in SEPARATORS else ".",
        )

    def keep_view(self, view: ViewState) -> None:
        """Remember how numbers and formulas are written."""
        self._store.setValue("digits", view.digits)
        self._store.setValue("separator", view.decimal_separator)
        self._store.setValue("notation", view.notation)

    @property
    def recent(self) -> list[str]:
        """The files last used that still exist, the latest first."""
        value = self._store.value("recent", [])
        paths = [value] if isinstance(value, str) else value if isinstance(value, list) else []
        return [path for path in paths if Path(path).is_file()]

    def add_recent(self, path: str) -> None:
        """Put a file at the head of the recent ones."""
        others = [other for other in self.recent if other != path]
        self._store.setValue("recent", [path, *others][:MOST_RECENT])

    @property
    def plot_folder(self) -> str:
        """Where a plot was last saved, "" where there is no such folder any more."""
        value = self._store.value("plot_folder", "")
        return value if isinstance(value, str) and value and Path(value).is_dir() else ""

    @plot_folder.setter
    def plot_folder(self, folder: str) -> None:
        self._store.setValue("plot_folder", folder)

    def window(self) -> tuple[QByteArray, QByteArray] | None:
        """Geometry and layout of the window, None if there are none yet."""
        geometry, state = self._store.value("geometry"), self._store.value("state")
        if isinstance(geometry, QByteArray) and isinstance(state, QByteArray):
            return geometry, state
        return None

    def keep_window(self, geometry: QByteArray, state: QByteArray) -> None:
        """Remember geometry and layout of the window."""
        self._store.setValue("geometry", geometry)
        self._store.setValue("state", state)
