"""The menus of examples and of recent files."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QMenu, QWidget

from bpsim.examples import EXAMPLES
from ui.files import Files


class ExampleMenu(QMenu):
    """The examples, by group; the tool tip says what one shows and where its numbers come from."""

    def __init__(self, files: Files, parent: QWidget) -> None:
        super().__init__("&Examples", parent)
        self.setToolTipsVisible(True)
        group = ""
        for example in EXAMPLES:
            if example.group != group:
                group = example.group
                heading = self.addAction(group)
                heading.setEnabled(False)
            action = self.addAction(example.title, partial(files.open_example, example))
            action.setObjectName(f"example_{example.name}")
            action.setToolTip(f"{example.description}\n{example.source}".strip())


class RecentMenu(QMenu):
    """The files last used, filled each time it is opened."""

    def __init__(self, files: Files, parent: QWidget) -> None:
        super().__init__("Open &recent", parent)
        self._files = files
        self.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        self.clear()
        for path in self._files.recent:
            self.addAction(Path(path).name, partial(self._files.open_path, path)).setToolTip(path)
        if self.isEmpty():
            self.addAction("No files yet").setEnabled(False)
