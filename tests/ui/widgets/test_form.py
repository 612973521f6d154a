"""Rows of labels and fields, beside each other or below each other."""

from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from ui.widgets.fields import ChoiceField
from ui.widgets.form import Form


def test_a_field_that_would_be_cut_stands_below_its_label(qtbot: QtBot) -> None:
    form, choice, line = (
        Form(),
        ChoiceField([("a", "halved every k epochs", ""), ("b", "no", "")]),
        QLineEdit(),
    )
    form.add_row("η is", choice)
    form.add_row("Epochs k", line)
    qtbot.addWidget(form)
    form.show()
    for width, stacked in ((400, False), (choice.full_width() + 20, True), (400, False)):
        form.resize(width, 200)
        qtbot.waitUntil(lambda stacked=stacked: form.is_stacked(choice) == stacked)
        qtbot.waitUntil(lambda: choice.width() >= choice.full_width())
        assert not form.is_stacked(line)
        assert not choice.geometry().intersects(line.geometry())
    assert form.minimumSizeHint().width() < choice.full_width()
    form.show_row(choice, False)
    assert not choice.isVisible()
