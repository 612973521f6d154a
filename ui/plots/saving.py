"""Saving what a plot or the drawing shows: its picture as PNG, SVG or PDF, its numbers as CSV.

It offers a `Figure`, made when it is asked for. Nothing here knows a certain plot.
"""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import (
    QFontMetricsF,
    QImage,
    QImageWriter,
    QPageSize,
    QPaintDevice,
    QPainter,
    QPdfWriter,
    QPen,
)

from bpsim.files import atomic_write
from ui.fonts import SMALL_SIZE, TEXT_SIZE, text_font
from ui.theme import Theme

Column = Sequence[object] | NDArray[np.generic]

SHARPER = 2
"""Pixels of a PNG for each pixel on the screen."""
DPI = 96  # the resolution at which a pixel of the screen is one of the file

_MARGIN, _GAP = 12.0, 6.0
_SWATCH, _BETWEEN = 18.0, 16.0


@dataclass(frozen=True, eq=False)
class Table:
    """The numbers of a plot: a name for each column, and the columns. Missing ones are empty cells."""

    header: tuple[str, ...]
    columns: tuple[Column, ...]


@dataclass(frozen=True, eq=False)
class Figure:
    """What is saved of a plot or of the drawing.

    Parameters
    ----------
    name : str
        What the file is called at first, without ending.
    title : str
        The line above the picture.
    size : QSizeF
        Of the picture, in pixels of the screen.
    paint : callable
        ``paint(painter, box)`` paints the picture into a box of that size, without its background.
    table : callable
        ``table()`` returns the numbers.
    theme : Theme
        The colours that the plot is shown in.
    legend : sequence of (str, QPen)
        What the lines mean; those that are seen.
    note : str
        A sentence below the picture.
    """

    name: str
    title: str
    size: QSizeF
    paint: Callable[[QPainter, QRectF], None]
    table: Callable[[], Table]
    theme: Theme
    legend: Sequence[tuple[str, QPen]] = ()
    note: str = ""


def save_figure(figure: Figure, path: str) -> None:
    """Write a figure to a file, in the form that its ending says.

    Raises
    ------
    ValueError
        If the ending is of no known form.
    OSError
        If the file cannot be written; an old one is as it was.
    """
    kind = Path(path).suffix.lower()
    if kind not in FORMS:
        raise ValueError(f"“{kind}” is no form of a picture: choose {', '.join(FORMS)}.")
    atomic_write(path, FORMS[kind][1](figure))


# -- the four forms ----------------------------------------------------------------------------------------


def to_png(figure: Figure) -> bytes:
    """Return the picture in pixels, `SHARPER` times as many each way as on the screen."""
    size = _whole_size(figure)
    image = QImage(size * SHARPER, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SHARPER)
    _paint_on(image, figure)
    buffer = _buffer()
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


def to_svg(figure: Figure) -> bytes:
    """Return the picture in lines and texts."""
    from PySide6.QtSvg import QSvgGenerator

    buffer, size = _buffer(), _whole_size(figure)
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)  # the earlier version cannot cut curves off
    generator.setOutputDevice(buffer)
    generator.setResolution(DPI)
    generator.setSize(size)
    generator.setViewBox(QRect(0, 0, size.width(), size.height()))
    generator.setTitle(figure.title)
    _paint_on(generator, figure)
    return bytes(buffer.data().data())


def to_pdf(figure: Figure) -> bytes:
    """Return the picture in lines and texts, on a page of its size."""
    buffer, size = _buffer(), _whole_size(figure)
    writer = QPdfWriter(buffer)
    writer.setResolution(DPI)
    points = QSizeF(size.width() * 72 / DPI, size.height() * 72 / DPI)
    writer.setPageSize(QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch))
    writer.setPageMargins(QMarginsF())
    writer.setTitle(figure.title)
    _paint_on(writer, figure)
    del writer  # which finishes the file
    return bytes(buffer.data().data())


def to_csv(figure: Figure) -> bytes:
    """Return the numbers with all their digits: reading them gives the same numbers bit for bit."""
    table = figure.table()
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(table.header)
    columns = (column.tolist() if isinstance(column, np.ndarray) else column for column in table.columns)
    writer.writerows(zip_longest(*columns))
    return text.getvalue().encode()


FORMS: dict[str, tuple[str, Callable[[Figure], bytes]]] = {
    ".png": ("Picture", to_png),
    ".svg": ("Drawing for the web or an editor", to_svg),
    ".pdf": ("Drawing for print", to_pdf),
    ".csv": ("All numbers", to_csv),
}
"""What each ending stands for in words, and what makes the content of such a file."""


# -- the page ----------------------------------------------------------------------------------------------


def _buffer() -> QBuffer:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer


def _whole_size(figure: Figure) -> QSize:
    """Return the size of title, legend, picture and note together."""
    above, below = _heights(figure)
    height = figure.size.height() + above + below
    return QSizeF(figure.size.width() + 2 * _MARGIN, height).toSize()


def _heights(figure: Figure) -> tuple[float, float]:
    """Return how much room there is above the picture and below it."""
    small = QFontMetricsF(text_font(SMALL_SIZE))
    above = _MARGIN + QFontMetricsF(text_font(TEXT_SIZE)).height() + _GAP
    above += _legend_lines(figure) * (small.height() + _GAP)
    return above, _MARGIN + (_GAP + _note_box(figure).height() if figure.note else 0.0)


def _legend_lines(figure: Figure) -> int:
    return max((line + 1 for _text, _pen, _x, line in _placed(figure)), default=0)


def _placed(figure: Figure) -> Iterator[tuple[str, QPen, float, int]]:
    """Yield each entry of the legend with its left end and its line: as many lines as the width needs."""
    metrics, x, line = QFontMetricsF(text_font(SMALL_SIZE)), 0.0, 0
    for whole, pen in figure.legend:
        room = figure.size.width() - _SWATCH - _GAP
        text = metrics.elidedText(whole, Qt.TextElideMode.ElideRight, room)
        width = _SWATCH + _GAP + metrics.horizontalAdvance(text)
        if x and x + width > figure.size.width():
            x, line = 0.0, line + 1
        yield text, pen, x, line
        x += width + _BETWEEN


def _note_box(figure: Figure) -> QRectF:
    metrics = QFontMetricsF(text_font(SMALL_SIZE))
    room = QRectF(0, 0, figure.size.width(), 10_000)
    return metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, figure.note)


def _paint_on(device: QPaintDevice, figure: Figure) -> None:
    size, theme = _whole_size(figure), figure.theme
    above, _below = _heights(figure)
    painter = QPainter(device)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(QRectF(0, 0, size.width(), size.height()), theme.color("canvas"))
    _paint_title(painter, figure)
    painter.save()
    figure.paint(painter, QRectF(_MARGIN, above, figure.size.width(), figure.size.height()))
    painter.restore()
    if figure.note:
        box = _note_box(figure)
        painter.setFont(text_font(SMALL_SIZE))
        painter.setPen(theme.color("text_quiet"))
        box.moveTo(_MARGIN, above + figure.size.height() + _GAP)
        painter.drawText(box, Qt.TextFlag.TextWordWrap, figure.note)
    painter.end()


def _paint_title(painter: QPainter, figure: Figure) -> None:
    font = text_font(TEXT_SIZE)
    font.setBold(True)
    metrics, width = QFontMetricsF(font), figure.size.width()
    painter.setFont(font)
    painter.setPen(figure.theme.color("text"))
    title = metrics.elidedText(figure.title, Qt.TextElideMode.ElideRight, width)
    box = QRectF(_MARGIN, _MARGIN, width, metrics.height())
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
    painter.setFont(text_font(SMALL_SIZE))
    _paint_legend(painter, figure, box.bottom() + _GAP)


def _paint_legend(painter: QPainter, figure: Figure, top: float) -> None:
    metrics = QFontMetricsF(text_font(SMALL_SIZE))
    for text, pen, left, number in _placed(figure):
        x, y = _MARGIN + left, top + number * (metrics.height() + _GAP)
        line, middle = QPen(pen), round(y + metrics.height() / 2)
        line.setCosmetic(False)  # else it is thinner where the file has more pixels
        painter.setPen(line)
        painter.drawLine(round(x), middle, round(x + _SWATCH), middle)
        painter.setPen(figure.theme.color("text"))
        box = QRectF(x + _SWATCH + _GAP, y, metrics.horizontalAdvance(text) + 2, metrics.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
