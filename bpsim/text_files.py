"""Text files as they come: several encodings, and things that are no text at all."""

import codecs
import os
import re
from pathlib import Path

from bpsim.data_errors import DataError
from bpsim.numbers import quoted

LARGEST = 64 * 2**20
"""Bytes; a larger file would keep the window waiting."""

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # .xlsx and .ods are zip archives, .xls is an OLE file


def read_text(path: str | os.PathLike[str]) -> tuple[str, str]:
    """Return the text of a file and the name of its encoding.

    UTF-8 with and without byte order mark, UTF-16 with one, and Windows-1252 for what is none of them: the
    encodings in which spreadsheets write.

    Raises
    ------
    DataError
        If there is no such file, or it cannot be read, is too large, or is no text.
    """
    shown = quoted(os.fspath(path), longest=400)
    try:
        if not Path(path).exists():
            raise DataError(f"There is no file {shown}.")
        if not Path(path).is_file():
            raise DataError(f"{shown} is {'a folder, not' if Path(path).is_dir() else 'not'} a file.")
        if (size := Path(path).stat().st_size) > LARGEST:
            limit = LARGEST // 2**20
            raise DataError(f"{shown} has {size / 2**20:.0f} MB; files of up to {limit} MB can be read.")
        data = Path(path).read_bytes()
    except OSError as error:
        raise DataError(f"{shown} cannot be read: {error.strerror}.") from None
    return _decoded(data, shown)


def _decoded(data: bytes, shown: str) -> tuple[str, str]:
    if data.startswith(_SPREADSHEETS):
        raise DataError(f"{shown} is a spreadsheet. Open it in its program and save it as CSV.")
    for encoding, label in _encodings(data):
        try:
            text = data.decode(encoding).removesuffix("\x1a")  # Ctrl+Z ended files of DOS programs
        except UnicodeDecodeError:
            continue
        if not _CONTROLS.search(text):
            return text, label
    raise DataError(f"{shown} is not a text file. Save the data as CSV in UTF-8.")


def _encodings(data: bytes) -> list[tuple[str, str]]:
    if data.startswith(codecs.BOM_UTF8):
        return [("utf-8-sig", "UTF-8 with byte order mark")]
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return [("utf-16", "UTF-16")]
    return [("utf-8", "UTF-8"), ("cp1252", "Windows-1252")]
