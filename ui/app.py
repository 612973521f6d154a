"""The program: `bpsim`, `bpsim FILE`, `bpsim --version`."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import bpsim

os.environ.setdefault("QT_NO_GUI_THREADPOOL", "1")  # on few cores Qt's raster engine is slower with its pool


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window and run until it is closed; return the exit status."""
    options = _parser().parse_args(arguments)
    # Late: `bpsim --version` needs no window.
    from PySide6.QtWidgets import QApplication

    from ui.crash import report_uncaught
    from ui.first_paint import FirstPaint
    from ui.main_window import MainWindow
    from ui.session import Session

    app = QApplication([sys.argv[0]])
    app.setApplicationName("bpsim")
    app.setApplicationVersion(bpsim.__version__)
    window = MainWindow(Session())
    report_uncaught(window)
    if options.file:
        FirstPaint(window, lambda: window.files.open_path(str(Path(options.file).absolute())))
    window.show()
    return app.exec()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="bpsim", description="Draw a small neural network and step through backpropagation, both ways."
    )
    parser.add_argument("file", nargs="?", metavar="FILE", help="project to open (.bpsim)")
    parser.add_argument("--version", action="version", version=f"bpsim {bpsim.__version__}")
    return parser
