"""Files written whole or not at all, and what went wrong in plain words."""

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path

_REASONS = {
    errno.ENOENT: "there is no such file or folder",
    errno.ENOTDIR: "a part of the path is no folder",
    errno.EISDIR: "it is a folder",
    errno.EACCES: "you have no permission for it",
    errno.EPERM: "you have no permission for it",
    errno.EROFS: "the disk can only be read",
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is full",
    errno.EFBIG: "the file is too large",
    errno.EIO: "the disk does not work properly",
    errno.ENAMETOOLONG: "the name is too long",
    errno.ELOOP: "its links lead in a circle",
    errno.EINVAL: "it is no ordinary file",
}


def reason(error: OSError) -> str:
    """Return in plain words why a file could not be read or written."""
    return _REASONS.get(error.errno or 0, (error.strerror or str(error)).lower())


def read_bytes(path: str | os.PathLike[str], largest: int) -> bytes:
    """Return the content of an ordinary file of at most `largest` bytes.

    Raises
    ------
    OSError
        If it cannot be read, is no ordinary file (a pipe would keep us waiting), or is larger.
    """
    information = Path(path).stat()
    _require_ordinary(information.st_mode, path)
    if information.st_size > largest:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), os.fspath(path))
    return Path(path).read_bytes()


def atomic_write(path: str | os.PathLike[str], content: bytes) -> None:
    """Write a file all or nothing: whatever happens, the path holds the old content or the new one.

    The content goes into a temporary file in the same folder, is forced onto the disk, read back, compared,
    and only then takes the place of the old file. Links are followed, and an existing file keeps its
    permissions.

    Raises
    ------
    OSError
        If any of this fails; the old file is untouched and the temporary one removed.
    """
    target = Path(os.path.realpath(path))
    mode = _mode_of(target)
    from secrets import token_hex  # here: it takes longer to import than all of this module

    temporary = target.with_name(f".{token_hex(8)}.bpsim.tmp")
    try:
        _write(temporary, content, mode)
        if temporary.read_bytes() != content:
            raise OSError(errno.EIO, "what was written is not what can be read", os.fspath(path))
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(target.parent)


def _mode_of(target: Path) -> int | None:
    """Return the permissions of a file that is to be replaced, None where there is none yet."""
    try:
        mode = target.lstat().st_mode  # a link here is one that leads in a circle
    except FileNotFoundError:
        return None
    _require_ordinary(mode, target)
    if not os.access(target, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), os.fspath(target))
    return stat.S_IMODE(mode)


def _require_ordinary(mode: int, path: str | os.PathLike[str]) -> None:
    if stat.S_ISREG(mode):
        return
    code = errno.EISDIR if stat.S_ISDIR(mode) else errno.ELOOP if stat.S_ISLNK(mode) else errno.EINVAL
    raise OSError(code, os.strerror(code), os.fspath(path))


def _write(path: Path, content: bytes, mode: int | None) -> None:
    with path.open("xb") as file:
        if mode is not None:
            path.chmod(mode)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Force the new name onto the disk; systems that cannot do that for a folder do it by themselves."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
