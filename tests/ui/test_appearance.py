from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QMessageBox,
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ui.appearance import CHOICES, Appearance, palette, style_sheet, theme_name
from ui.theme import THEMES, Theme, load_theme

SCHEMES = Qt.ColorScheme


@pytest.fixture
def restored(qapp: QApplication) -> Iterator[None]:
    """Leave the application as it was."""
    before = QPalette(qapp.palette()), qapp.styleSheet(), qapp.font()
    yield
    qapp.setPalette(before[0])
    qapp.setStyleSheet(before[1])
    qapp.setFont(before[2])


@pytest.mark.parametrize(
    ("choice", "scheme", "name"),
    [
        ("light", SCHEMES.Dark, "light"),
        ("dark", SCHEMES.Light, "dark"),
        ("system", SCHEMES.Light, "light"),
        ("system", SCHEMES.Dark, "dark"),
        ("system", SCHEMES.Unknown, "light"),
    ],
)
def test_the_desktop_decides_where_nothing_was_chosen(choice: str, scheme: Qt.ColorScheme, name: str) -> None:
    assert choice in CHOICES
    assert theme_name(choice, scheme) == name


def test_choosing_switches_live_and_tells_it_once(qapp: QApplication, qtbot: QtBot, restored: None) -> None:
    appearance = Appearance(qapp, "light")
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    assert _pixel(field) == appearance.theme.color("field")
    told: list[tuple[Theme, Theme]] = []
    appearance.changed.connect(lambda new, old: told.append((new, old)))
    appearance.choose("dark")
    appearance.choose("dark")
    assert told == [(load_theme("dark"), load_theme("light"))]
    assert appearance.choice == "dark"
    assert appearance.theme is load_theme("dark")
    assert qapp.palette().color(QPalette.ColorRole.Window) == load_theme("dark").color("panel")
    assert _pixel(field) == load_theme("dark").color("field")


def test_the_desktop_is_followed_only_if_it_was_chosen(qapp: QApplication, restored: None) -> None:
    appearance = Appearance(qapp)
    assert (appearance.choice, appearance.theme.name) == ("system", "light")
    scheme_changed = qapp.styleHints().colorSchemeChanged
    scheme_changed.emit(SCHEMES.Dark)
    assert appearance.theme.name == "dark"
    appearance.choose("light")
    scheme_changed.emit(SCHEMES.Dark)
    assert appearance.theme.name == "light"


@pytest.mark.parametrize("name", THEMES)
def test_the_palette_is_the_themes(qtbot: QtBot, name: str) -> None:
    theme = load_theme(name)
    colors = palette(theme)
    assert colors.color(QPalette.ColorRole.Text) == theme.color("text")
    assert colors.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text) == theme.color("text_disabled")


@pytest.mark.parametrize("name", THEMES)
def test_every_name_in_the_style_sheet_is_a_colour(name: str) -> None:
    assert "$" not in style_sheet(load_theme(name))


def test_the_signs_in_controls_are_found(qapp: QApplication, qtbot: QtBot, restored: None) -> None:
    appearance = Appearance(qapp, "light")
    box, tick = QComboBox(), QCheckBox()
    tick.setChecked(True)
    for widget in (box, tick):
        qtbot.addWidget(widget)
    arrow = box.grab().toImage().copy(box.width() - 24, 0, 20, box.height())
    assert _has(arrow, appearance.theme.color("text_quiet"))
    assert _has(tick.grab().toImage(), appearance.theme.color("on_accent"))
    assert _has(tick.grab().toImage(), appearance.theme.color("accent"))
    tick.setEnabled(False)
    assert _has(tick.grab().toImage(), appearance.theme.color("text_disabled"))


class _Iconic(QProxyStyle):
    """A style that puts icons on the buttons of dialogs, as that of some desktops does."""

    # -- Qt ------------------------------------------------------------------------------------------------

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        data: QStyleHintReturn | None = None,
    ) -> int:
        if hint == QStyle.StyleHint.SH_DialogButtonBox_ButtonsHaveIcons:
            return 1
        return super().styleHint(hint, option, widget, data)


def test_the_buttons_of_dialogs_have_no_icons_whatever_the_desktop_says(
    qapp: QApplication, qtbot: QtBot, restored: None
) -> None:
    Appearance(qapp, "light")
    qapp.setStyle(_Iconic("Fusion"))
    box = QMessageBox(QMessageBox.Icon.Question, "bpsim", "Save?", QMessageBox.StandardButton.Save)
    qtbot.addWidget(box)
    assert [button.icon().isNull() for button in box.buttons()] == [True]
    qapp.setStyle("Fusion")


def _pixel(field: QLineEdit) -> QColor:
    return field.grab().toImage().pixelColor(field.width() // 2, 4)


def _has(image: QImage, color: QColor) -> bool:
    """Tell whether a pixel is nearly of a colour: lines are antialiased."""
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    wanted = color.getRgb()
    return any(max(abs(a - b) for a, b in zip(p.getRgb(), wanted, strict=True)) < 25 for p in pixels)
