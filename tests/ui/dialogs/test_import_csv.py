"""The dialog that imports CSV files, with real keys."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from bpsim.csv_reader import read_csv
from tests.helpers import xor_project
from ui.dialogs.csv_models import INPUT, NAME, TARGET
from ui.dialogs.import_csv import ImportCsvDialog, import_csv
from ui.session import Session

Key = Qt.Key
IRIS = "length;width;kind\n5,1;1,4;setosa\n7,0;4,7;versicolor\n6,3;6,0;virginica\n5,0;1,5;setosa\n"
NUMBERS = "a,b,c\n1,2,3\n4,5,6\n7,8,9\n"

Open = Callable[[str], ImportCsvDialog]


@pytest.fixture
def opened(session: Session, window: QWidget, qtbot: QtBot, tmp_path: Path) -> Open:
    def open_text(text: str) -> ImportCsvDialog:
        path = tmp_path / "file.csv"
        path.write_text(text, encoding="utf-8")
        dialog = ImportCsvDialog(session, str(path), window)
        for model in (dialog.roles, dialog.preview):
            QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, dialog)
        with qtbot.waitExposed(dialog):
            dialog.open()
        return dialog

    return open_text


def tick(dialog: ImportCsvDialog, place: int, role: int, qtbot: QtBot) -> None:
    table = dialog.roles_table
    table.setFocus()
    table.setCurrentIndex(dialog.roles.index(place, role))
    qtbot.keyClick(table, Key.Key_Space)


def colour(dialog: ImportCsvDialog, row: int, column: int) -> str:
    brush = dialog.preview.index(row, column).data(Qt.ItemDataRole.BackgroundRole)
    return brush.name() if brush else ""


def test_a_good_file_is_imported_with_its_classes_and_the_network_fits(
    opened: Open, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = opened(IRIS)
    assert "separated by ';', decimal comma, names in the first row" in dialog.format_line.text()
    assert dialog.classes_box.isChecked()
    assert "Classes: setosa, versicolor, virginica" in dialog.report.toPlainText()
    expected = read_csv(tmp_path / "file.csv")
    qtbot.mouseClick(dialog.import_button, Qt.MouseButton.LeftButton)
    assert session.moment.dataset == expected
    assert session.moment.network.sizes == (2, 2, 3)
    assert session.undo_stack.undoText() == "Import file.csv"
    session.undo_stack.undo()
    assert session.moment.dataset == xor_project().dataset


def test_every_bad_cell_is_listed_and_marked_and_nothing_is_imported(
    opened: Open, session: Session, qtbot: QtBot
) -> None:
    bad = "\n".join(f"x{n},1,0" for n in range(30))
    dialog = opened(NUMBERS + bad + "\n1,,2\n")
    report = dialog.report.toPlainText()
    assert all(f"line {line}, column 1 (a): 'x{line - 5}' is not a number" in report for line in range(5, 35))
    assert "line 35, column 2 (b): there is no number here" in report
    assert colour(dialog, 3, 0) != ""
    assert colour(dialog, 3, 1) == ""
    assert dialog.preview.index(3, 0).data(Qt.ItemDataRole.ToolTipRole) == "'x0' is not a number"
    assert not dialog.import_button.isEnabled()
    dialog.accept()
    assert session.undo_stack.count() == 0


def test_columns_are_made_inputs_and_targets_or_left_out_by_key(opened: Open, qtbot: QtBot) -> None:
    dialog = opened(NUMBERS)
    assert dialog.data is not None
    assert (dialog.data.input_names, dialog.data.target_names) == (("a", "b"), ("c",))
    tick(dialog, 1, TARGET, qtbot)
    assert (dialog.data.input_names, dialog.data.target_names) == (("a",), ("b", "c"))
    assert not dialog.classes_box.isEnabled()
    tick(dialog, 2, TARGET, qtbot)
    assert (dialog.data.input_names, dialog.data.target_names) == (("a",), ("b",))
    assert dialog.roles.index(2, NAME).data() == "c"
    tick(dialog, 0, INPUT, qtbot)
    assert dialog.data is None
    assert "No column is left for the inputs" in dialog.report.toPlainText()
    assert not dialog.import_button.isEnabled()


def test_numbers_are_classes_if_so_wished(opened: Open, qtbot: QtBot) -> None:
    dialog = opened(NUMBERS)
    assert not dialog.classes_box.isChecked()
    dialog.classes_box.setFocus()
    qtbot.keyClick(dialog.classes_box, Key.Key_Space)
    assert dialog.data is not None
    assert dialog.data.class_names == ("3", "6", "9")


def test_how_it_is_written_can_be_said(opened: Open, qtbot: QtBot) -> None:
    dialog = opened("1,5 2,5\n".replace(" ", ";") + "3,5;4,5\n")
    assert dialog.data is not None
    assert dialog.data.inputs.tolist() == [[1.5], [3.5]]
    dialog.delimiter_field.setFocus()
    qtbot.keyClicks(dialog.delimiter_field, "comma")
    assert dialog.data is None
    qtbot.keyClick(dialog.delimiter_field, Key.Key_Home)
    dialog.header_field.setFocus()
    qtbot.keyClicks(dialog.header_field, "are names")
    assert dialog.data is not None
    assert dialog.data.input_names == ("1,5",)
    assert len(dialog.data) == 1


@pytest.mark.parametrize("text", ["", "a,b\n", "1\n2\n", 'a,b\n"1,2\n'])
def test_a_file_without_data_says_so(opened: Open, text: str) -> None:
    dialog = opened(text)
    assert dialog.report.toPlainText().startswith("✗ ")
    assert not dialog.import_button.isEnabled()


def test_a_file_that_is_gone_says_so(session: Session, window: QWidget, tmp_path: Path) -> None:
    dialog = ImportCsvDialog(session, str(tmp_path / "none.csv"), window)
    assert "There is no file" in dialog.report.toPlainText()


def test_the_command_asks_for_the_file(
    session: Session, window: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "iris.csv"
    path.write_text(IRIS, encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args: ("", ""))
    import_csv(session, window)
    assert not window.findChildren(ImportCsvDialog)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args: (str(path), ""))
    import_csv(session, window)
    [dialog] = window.findChildren(ImportCsvDialog)
    assert dialog.windowTitle() == "Import iris.csv"
    dialog.reject()


def test_the_folder_is_the_projects_and_then_the_last_one(
    session: Session, window: QWidget, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[str] = []
    path = tmp_path / "data" / "file.csv"
    path.parent.mkdir()
    path.write_text(NUMBERS, encoding="utf-8")

    def choose(_window: QWidget, _title: str, folder: str, _filter: str) -> tuple[str, str]:
        asked.append(folder)
        return str(path), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    import_csv(session, window)
    assert asked == [str(Path.home())]
    QSettings(QSettings.defaultFormat(), QSettings.Scope.UserScope, "bpsim", "bpsim").clear()
    session.saved_as(str(tmp_path / "work.bpsim"))
    import_csv(session, window)
    import_csv(session, window)
    assert asked[1:] == [str(tmp_path), str(path.parent)]
    for dialog in window.findChildren(ImportCsvDialog):
        dialog.reject()
