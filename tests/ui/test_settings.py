"""What is remembered between two starts; what is unreadable gives the default."""

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QSettings

from ui.settings import MOST_RECENT, Preferences
from ui.view_state import ViewState

pytestmark = pytest.mark.usefixtures("qapp")


def stored() -> QSettings:
    return QSettings(QSettings.defaultFormat(), QSettings.Scope.UserScope, "bpsim", "bpsim")


def test_defaults() -> None:
    preferences = Preferences()
    assert preferences.theme == "system"
    assert preferences.view() == ViewState()
    assert preferences.recent == []
    assert preferences.window() is None


def test_what_was_chosen_comes_back() -> None:
    preferences = Preferences()
    preferences.theme = "dark"
    preferences.keep_view(ViewState(digits=5, decimal_separator=",", step_size="epoch", notation="nielsen"))
    preferences.keep_window(QByteArray(b"geometry"), QByteArray(b"state"))
    again = Preferences()
    assert again.theme == "dark"
    assert again.view() == ViewState(digits=5, decimal_separator=",", notation="nielsen")
    assert again.window() == (QByteArray(b"geometry"), QByteArray(b"state"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("theme", "pink"),
        ("digits", "many"),
        ("separator", ";"),
        ("notation", "old"),
        ("recent", 3),
        ("state", 7),
    ],
)
def test_what_is_unreadable_gives_the_default(name: str, value: object) -> None:
    stored().setValue(name, value)
    preferences = Preferences()
    assert preferences.theme == "system"
    assert preferences.view() == ViewState()
    assert preferences.recent == []
    assert preferences.window() is None


def test_recent_files_the_latest_first_each_once_and_only_so_many(tmp_path: Path) -> None:
    preferences = Preferences()
    paths = [tmp_path / f"{number}.bpsim" for number in range(MOST_RECENT + 2)]
    for path in paths:
        path.touch()
        preferences.add_recent(str(path))
    preferences.add_recent(str(paths[-2]))
    assert Preferences().recent[:2] == [str(paths[-2]), str(paths[-1])]
    assert len(Preferences().recent) == MOST_RECENT


def test_the_folder_of_plots_is_known_as_long_as_it_exists(tmp_path: Path) -> None:
    assert Preferences().plot_folder == ""
    folder = tmp_path / "plots"
    folder.mkdir()
    Preferences().plot_folder = str(folder)
    assert Preferences().plot_folder == str(folder)
    folder.rmdir()
    assert Preferences().plot_folder == ""
