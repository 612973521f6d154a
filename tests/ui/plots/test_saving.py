import csv
import io
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QByteArray, QRectF, QSizeF
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtSvg import QSvgRenderer
from pytestqt.qtbot import QtBot

from ui.plots.saving import FORMS, SHARPER, Figure, Table, save_figure, to_csv, to_pdf, to_png, to_svg
from ui.theme import THEMES, load_theme

SIZE = QSizeF(300, 120)
COLORS = ("lime", "blue", "red", "orange", "purple", "teal")
NUMBERS = np.array([0.1, 1 / 3, -5e-324, 1.7976931348623157e308, 2.0])


def painted(painter: QPainter, box: QRectF) -> None:
    assert box.size() == SIZE
    painter.setPen(QPen(QColor("red"), 2))
    painter.drawLine(box.topLeft(), box.bottomRight())


def figure(theme: str = "light", **parts: object) -> Figure:
    usual: dict[str, object] = {
        "name": "error", "title": "Error E by epoch", "size": SIZE, "paint": painted,
        "table": lambda: Table(("n", "E"), (np.arange(5), NUMBERS)), "theme": load_theme(theme),
    }  # fmt: skip
    return Figure(**{**usual, **parts})  # type: ignore[arg-type]


@pytest.mark.parametrize("theme", THEMES)
def test_a_png_opens_at_twice_the_size_in_the_colours_shown(qtbot: QtBot, theme: str) -> None:
    image = QImage.fromData(to_png(figure(theme)))
    assert image.width() == SHARPER * (300 + 24)
    assert image.height() > SHARPER * 120
    assert image.pixelColor(1, 1) == load_theme(theme).color("canvas")
    assert has(image, QColor("red"))


def test_legend_and_note_make_the_picture_higher(qtbot: QtBot) -> None:
    plain = QImage.fromData(to_png(figure()))
    legend = [("train", QPen(QColor("lime"), 3)), ("test", QPen(QColor("blue"), 3))]
    full = QImage.fromData(to_png(figure(legend=legend, note="The gradient vanishes. " * 10)))
    assert full.width() == plain.width()
    assert full.height() > plain.height() + SHARPER * 40  # the note has more than one line
    assert has(full, QColor("lime"))
    assert has(full, QColor("blue"))


def test_a_long_legend_has_as_many_lines_as_it_needs(qtbot: QtBot) -> None:
    runs = [(f"run {number}, seed 1", QPen(QColor(name), 3)) for number, name in enumerate(COLORS)]
    one, all_of_them = (QImage.fromData(to_png(figure(legend=runs[:count]))) for count in (1, len(runs)))
    assert all(has(all_of_them, QColor(name)) for name in COLORS)
    assert all_of_them.height() >= one.height() + SHARPER * 2 * 15
    svg = to_svg(figure(legend=runs)).decode()
    assert all(text in svg for text, _pen in runs)


def test_a_single_entry_that_is_too_long_is_shortened(qtbot: QtBot) -> None:
    svg = to_svg(figure(legend=[("run " * 40, QPen(QColor("lime"), 3)), ("test", QPen())])).decode()
    assert "…" in svg
    assert ">test<" in svg


def test_an_svg_opens_and_holds_lines_and_texts(qtbot: QtBot) -> None:
    content = to_svg(figure(note="It vanishes."))
    renderer = QSvgRenderer(QByteArray(content))
    assert renderer.isValid()
    image = QImage(renderer.defaultSize(), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    assert has(image, QColor("red"))
    text = content.decode()
    assert "Error E by epoch" in text
    assert "It vanishes." in text
    assert "<image" not in text


def test_a_pdf_has_one_page_of_the_size_of_the_picture(qtbot: QtBot) -> None:
    content = to_pdf(figure())
    assert content.startswith(b"%PDF-1.")
    assert content.rstrip().endswith(b"%%EOF")
    assert content.count(b"/Type /Page\n") == 1
    left, top, right, bottom = map(float, content.partition(b"/MediaBox [")[2].partition(b"]")[0].split())
    assert (left, top, right) == pytest.approx((0, 0, (300 + 24) * 0.75), abs=0.5)
    assert bottom > 120 * 0.75
    assert b"/Subtype /Image" not in content


def test_a_csv_reads_back_exactly() -> None:
    table = Table(("n", "E", "mean"), (np.arange(1, 6), NUMBERS, [0.25, None, "x, y"]))
    header, *rows = csv.reader(io.StringIO(to_csv(figure(table=lambda: table)).decode(), newline=""))
    assert header == ["n", "E", "mean"]
    assert [int(n) for n, _, _ in rows] == [1, 2, 3, 4, 5]
    assert np.array([float(e) for _, e, _ in rows]).tobytes() == NUMBERS.tobytes()
    assert [mean for _, _, mean in rows] == ["0.25", "", "x, y", "", ""]


@pytest.mark.parametrize("ending", FORMS)
def test_the_ending_says_the_form(qtbot: QtBot, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"plot{ending.upper()}"
    path.write_bytes(b"old")
    save_figure(figure(), str(path))
    begins = {".png": b"\x89PNG", ".svg": b"<?xml", ".pdf": b"%PDF", ".csv": b"n,E"}
    assert path.read_bytes().startswith(begins[ending])
    assert list(tmp_path.iterdir()) == [path]


def test_an_unknown_form_is_named_and_nothing_written(tmp_path: Path) -> None:
    with pytest.raises(
        ValueError, match=r"“\.gif” is no form of a picture: choose \.png, \.svg, \.pdf, \.csv"
    ):
        save_figure(figure(), str(tmp_path / "plot.gif"))
    assert not list(tmp_path.iterdir())


def test_a_picture_that_cannot_be_painted_leaves_the_old_file(qtbot: QtBot, tmp_path: Path) -> None:
    def fails() -> Table:
        raise OSError("no numbers")

    path = tmp_path / "plot.csv"
    path.write_text("old")
    with pytest.raises(OSError, match="no numbers"):
        save_figure(figure(table=fails), str(path))
    assert path.read_text() == "old"


def has(image: QImage, color: QColor) -> bool:
    wanted = color.rgb()
    return any(image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height()))
