import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget

from tests.helpers import xor_session
from ui.dialogs import opening


def opened() -> list[str]:
    return [
        w.objectName() for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()
    ]


def test_what_needs_no_file_opens_its_dialog(window: QWidget):
    opening.make_data(xor_session(), window)
    opening.show_keys(window)
    opening.edit_notes(xor_session(), window)
    opening.show_notes(xor_session(), window)
    assert len(opened()) == 4


def test_importing_asks_for_a_file_first(window: QWidget, monkeypatch: pytest.MonkeyPatch):
    asked = []
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *a, **k: asked.append(a) or ("", ""))
    opening.import_csv(xor_session(), window)
    assert len(asked) == 1
    assert not opened()


def test_a_solution_is_written_to_the_chosen_file(
    window: QWidget, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    path = tmp_path / "solution.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (str(path), ""))
    opening.export_solution(xor_session(), window)
    assert path.read_text(encoding="utf-8")


def test_the_dialogs_are_not_imported_with_the_window():
    script = "import sys, ui.main_window; print([m for m in sys.modules if m.startswith('ui.dialogs.')])"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "['ui.dialogs.opening']"
