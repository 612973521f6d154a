from pytestqt.qtbot import QtBot

from ui.widgets.labels import (
    FittingLabel,
    ProblemLabel,
    heading_label,
    quiet_label,
    rule,
    section_label,
    title_label,
)


def test_each_kind_of_label_has_its_role_in_the_style_sheet(qtbot: QtBot) -> None:
    labels = section_label("Data · 2 instances"), heading_label("Error E"), title_label("δ"), quiet_label("p")
    for label in labels:
        qtbot.addWidget(label)
    assert [label.property("role") for label in labels] == ["section", "heading", "title", "quiet"]
    assert labels[0].text() == "DATA · 2 INSTANCES"
    assert labels[3].wordWrap()


def test_a_rule_is_one_pixel_high(qtbot: QtBot) -> None:
    line = rule()
    qtbot.addWidget(line)
    assert line.property("role") == "rule"


def test_the_longest_wording_that_has_room_is_shown(qtbot: QtBot) -> None:
    label = FittingLabel()
    qtbot.addWidget(label)
    assert label.fitting(100) == ""
    label.set_wordings("instance number 3", "no. 3")
    width = label.fontMetrics().horizontalAdvance
    assert label.text() == "instance number 3"
    assert label.fitting(width("instance number 3")) == "instance number 3"
    assert label.fitting(width("instance number 3") - 1) == "no. 3"
    assert label.fitting(width("no. 3") - 1).endswith("…")


def test_a_problem_takes_room_only_while_there_is_one(qtbot: QtBot) -> None:
    label = ProblemLabel()
    qtbot.addWidget(label)
    label.show_problem("The learning rate η must be greater than 0.")
    assert label.text() == "✗ The learning rate η must be greater than 0."
    assert label.isVisible()
    label.show_problem("")
    assert label.isHidden()
