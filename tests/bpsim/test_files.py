"""Files are written whole or not at all."""

import errno
import os
import resource
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bpsim.files import atomic_write, read_bytes, reason


@pytest.fixture
def own_folder() -> Iterator[Path]:
    """A folder of a user who may not do everything, as whom the test runs."""
    privileged = os.geteuid() == 0
    if privileged:
        os.seteuid(65534)
    try:
        with TemporaryDirectory() as folder:
            yield Path(folder)
    finally:
        if privileged:
            os.seteuid(0)


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """Let every write end after some bytes, as a full disk does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_gets_the_permissions_that_are_usual(tmp_path: Path) -> None:
    usual = tmp_path / "usual"
    usual.write_bytes(b"")
    atomic_write(tmp_path / "new", b"content")
    assert (tmp_path / "new").read_bytes() == b"content"
    assert (tmp_path / "new").stat().st_mode == usual.stat().st_mode
    assert names(tmp_path) == ["new", "usual"]


def test_an_existing_file_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old and longer than the new")
    path.chmod(0o640)
    atomic_write(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_links_are_followed_and_stay(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    target, link, dangling = tmp_path / "folder" / "target", tmp_path / "link", tmp_path / "dangling"
    target.write_bytes(b"old")
    link.symlink_to(target)
    dangling.symlink_to(tmp_path / "folder" / "later")
    atomic_write(link, b"new")
    atomic_write(dangling, b"first")
    assert link.is_symlink()
    assert dangling.is_symlink()
    assert target.read_bytes() == b"new"
    assert dangling.read_bytes() == b"first"


def test_a_disk_that_fills_up_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    with files_of_at_most(1000), pytest.raises(OSError, match="File too large") as caught:
        atomic_write(path, b"x" * 2000)
    assert reason(caught.value) == "the file is too large"
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["file"]


def test_a_protected_file_is_not_replaced(own_folder: Path) -> None:
    path = own_folder / "file"
    path.write_bytes(b"old")
    path.chmod(0o444)
    with pytest.raises(PermissionError) as caught:
        atomic_write(path, b"new")
    assert reason(caught.value) == "you have no permission for it"
    assert path.read_bytes() == b"old"
    assert names(own_folder) == ["file"]


def test_a_protected_folder_gets_no_file(own_folder: Path) -> None:
    own_folder.chmod(0o555)
    with pytest.raises(PermissionError):
        atomic_write(own_folder / "new", b"new")
    own_folder.chmod(0o755)
    assert names(own_folder) == []


def test_a_secret_file_is_not_read(own_folder: Path) -> None:
    path = own_folder / "file"
    path.write_bytes(b"secret")
    path.chmod(0)
    with pytest.raises(PermissionError):
        read_bytes(path, 100)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("missing/file", "there is no such file or folder"),
        ("file/file", "a part of the path is no folder"),
        ("folder", "it is a folder"),
        ("pipe", "it is no ordinary file"),
        ("circle", "its links lead in a circle"),
        ("n" * 300, "the name is too long"),
    ],
)
def test_what_cannot_be_written_or_read_says_why(tmp_path: Path, name: str, why: str) -> None:
    (tmp_path / "file").write_bytes(b"old")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    before = names(tmp_path)
    for attempt in (lambda path: atomic_write(path, b"new"), lambda path: read_bytes(path, 100)):
        with pytest.raises(OSError, match="Errno") as caught:
            attempt(tmp_path / name)
        assert reason(caught.value) == why
    assert names(tmp_path) == before


def test_a_long_name_that_the_folder_can_hold_is_written(tmp_path: Path) -> None:
    atomic_write(tmp_path / ("n" * 255), b"new")
    assert names(tmp_path) == ["n" * 255]


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x" * 100)
    assert read_bytes(path, 100) == b"x" * 100
    with pytest.raises(OSError, match="File too large") as caught:
        read_bytes(path, 99)
    assert caught.value.errno == errno.EFBIG


def test_a_reason_without_words_of_ours_is_that_of_the_system() -> None:
    assert reason(OSError(errno.ETXTBSY, "Text file busy")) == "text file busy"
    assert reason(OSError("no number")) == "no number"
