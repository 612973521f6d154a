import pytest
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from ui.plots.loss_options import UNITS, LossOptions
from ui.plots.plot_parts import fit_button
from ui.widgets.fields import ChoiceField


class Fields:
    def __init__(self, qtbot: QtBot) -> None:
        self.unit, self.log = ChoiceField(UNITS), QCheckBox()
        self.fit = fit_button("Show the whole training")
        self.options = LossOptions(self.unit, self.log, self.fit)
        self.fit.show()
        for widget in (self.unit, self.log, self.fit, self.options):
            qtbot.addWidget(widget)
        menu = self.options.menu()
        assert menu is not None
        self.menu = menu

    def entries(self) -> dict[str, bool]:
        self.menu.aboutToShow.emit()
        return {action.text(): action.isChecked() for action in self.menu.actions() if action.text()}

    def choose(self, text: str) -> None:
        self.entries()
        next(action for action in self.menu.actions() if action.text() == text).trigger()


@pytest.fixture
def fields(qtbot: QtBot) -> Fields:
    return Fields(qtbot)


def test_the_menu_shows_what_the_fields_say(fields: Fields) -> None:
    assert fields.entries() == {"by epoch": True, "by update": False, "log axis": False}
    fields.unit.set_value("update")
    fields.log.setChecked(True)
    assert fields.entries() == {"by epoch": False, "by update": True, "log axis": True}


def test_choosing_is_as_in_the_fields(fields: Fields, qtbot: QtBot) -> None:
    with qtbot.waitSignal(fields.unit.value_chosen) as chosen:
        fields.choose("by update")
    assert chosen.args == ["update"]
    assert fields.unit.value == "update"
    fields.choose("log axis")
    assert fields.log.isChecked()


def test_the_button_that_shows_everything_is_there_while_it_has_no_place(
    fields: Fields, qtbot: QtBot
) -> None:
    fields.fit.hide()
    assert "Show the whole training" in fields.entries()
    with qtbot.waitSignal(fields.fit.clicked):
        fields.choose("Show the whole training")
