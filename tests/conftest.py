"""What every test stands on: no screen, no settings of the developer's, nothing left behind.

Nothing here imports Qt at the top: the engine's tests do not need it.
"""

import gc
import os
import threading
import weakref
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from PySide6.QtCore import QThread
    from PySide6.QtWidgets import QWidget

# Both before any Qt import. A machine without a screen would abort the whole run; and on few
# cores Qt's raster engine paints lines many times slower with its thread pool.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_NO_GUI_THREADPOOL"] = "1"

hypothesis.settings.register_profile("bpsim", deadline=None)
hypothesis.settings.load_profile("bpsim")

pytest.register_assert_rewrite("tests.helpers")

ENGINE_TESTS = (Path(__file__).parent / "bpsim", Path(__file__).parent / "proofs")
FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Keep whether the test failed: its traceback then holds on to what it made."""
    report = yield
    item.stash[FAILED] = report.failed or item.stash.get(FAILED, False)
    return report


@pytest.fixture(autouse=True)
def no_thread_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """A thread that outlives its test fails it."""
    before = set(threading.enumerate())
    yield
    left = set(threading.enumerate()) - before
    for thread in [thread for thread in left if thread.name == "compile"]:
        thread.join()  # a run does not wait for the compiler, which ends by itself
        left.remove(thread)
    if left and not request.node.stash[FAILED]:
        pytest.fail(f"threads still running: {left}")


@pytest.fixture(autouse=True)
def own_settings(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the developer's settings out of the tests of the window and of the programs they start."""
    if _is_engine_test(request):
        return
    from PySide6.QtCore import QSettings

    folder = str(request.getfixturevalue("tmp_path_factory").mktemp("settings"))
    monkeypatch.setenv("XDG_CONFIG_HOME", folder)
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    for file_format in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(file_format, QSettings.Scope.UserScope, folder)


@pytest.fixture(autouse=True)
def nothing_left(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A QThread or top-level widget that outlives its test fails it, and does not reach the next test."""
    if _is_engine_test(request):
        yield
        return
    from PySide6.QtCore import QThread

    started: weakref.WeakSet[QThread] = weakref.WeakSet()
    start = QThread.start

    def noted_start(thread: QThread, *args: QThread.Priority) -> None:
        started.add(thread)
        start(thread, *args)

    monkeypatch.setattr(QThread, "start", noted_start)
    yield
    left = _end_threads(started) + _delete_windows()
    if left and not request.node.stash[FAILED]:
        pytest.fail("left behind: " + ", ".join(left))


def _is_engine_test(request: pytest.FixtureRequest) -> bool:
    return any(request.path.is_relative_to(folder) for folder in ENGINE_TESTS)


def _end_threads(threads: "Iterable[QThread]") -> list[str]:
    """End the threads that still run; say which they were."""
    running = [thread for thread in threads if thread.isRunning()]
    for thread in running:
        thread.requestInterruption()
        thread.quit()
        thread.wait(1000)
    return [f"running {type(thread).__name__} {thread.objectName()!r}" for thread in running]


def _delete_windows() -> list[str]:
    """Delete the top-level widgets that are still there; say which they were."""
    from PySide6.QtWidgets import QApplication

    if QApplication.instance() is None:
        return []
    _delete_later_now()
    if _windows():
        gc.collect()  # widgets that only hold each other
    windows = _windows()
    names = [f"{type(window).__name__} {window.objectName() or window.windowTitle()!r}" for window in windows]
    for window in windows:
        window.deleteLater()
    _delete_later_now()
    return names


def _windows() -> "list[QWidget]":
    from PySide6.QtWidgets import QApplication

    return [widget for widget in QApplication.topLevelWidgets() if widget.parent() is None]


def _delete_later_now() -> None:
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
