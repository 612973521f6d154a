"""Text files in the encodings that spreadsheets write, and what is no text."""

from pathlib import Path

import pytest

from bpsim import text_files
from bpsim.data_errors import DataError
from bpsim.text_files import read_text

TEXT = "Größe;ŷ\r\n1,5;0\r\n"


@pytest.mark.parametrize(
    ("encoding", "label"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8 with byte order mark"),
        ("utf-16", "UTF-16"),
    ],
)
def test_every_unicode_encoding_is_read(tmp_path: Path, encoding: str, label: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(TEXT.encode(encoding))
    assert read_text(path) == (TEXT, label)
    assert read_text(str(path)) == (TEXT, label)


def test_utf_16_with_the_high_byte_first_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"\xfe\xff" + TEXT.encode("utf-16-be"))
    assert read_text(path) == (TEXT, "UTF-16")


def test_what_is_not_utf_8_is_taken_as_windows_1252(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("Größe;Preis in €\n".encode("cp1252"))
    assert read_text(path) == ("Größe;Preis in €\n", "Windows-1252")


def test_the_end_mark_of_dos_programs_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"1,2\r\n\x1a")
    assert read_text(path)[0] == "1,2\r\n"


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"1,2\x00,3\n",
        "1,2".encode("utf-16-le"),
        b"\xff\xfe1",
        b"\xef\xbb\xbf\xff",
        bytes(range(256)),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(DataError) as caught:
        read_text(path)
    assert str(caught.value) == f"{_shown(path)} is not a text file. Save the data as CSV in UTF-8."


@pytest.mark.parametrize("content", [b"PK\x03\x04\x14\x00", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_a_spreadsheet_is_refused_with_the_way_out(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(DataError) as caught:
        read_text(path)
    assert str(caught.value) == (
        f"{_shown(path)} is a spreadsheet. Open it in its program and save it as CSV."
    )


def test_no_file_a_folder_and_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(DataError, match=r"^There is no file 'no\.csv'\.$"):
        read_text("no.csv")
    with pytest.raises(DataError, match=r" is a folder, not a file\.$"):
        read_text(tmp_path)
    path = tmp_path / "a.csv"
    path.write_text("1,2")

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(DataError, match=r" cannot be read: Permission denied\.$"):
        read_text(path)


def test_a_file_too_large_is_not_even_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"1" * (3 * 2**20))
    monkeypatch.setattr(text_files, "LARGEST", 2**20)
    with pytest.raises(DataError, match=r" has 3 MB; files of up to 1 MB can be read\.$"):
        read_text(path)


def _shown(path: Path) -> str:
    return f"'{path}'"
