"""A worked solution as a PDF: its text, its formulas typeset as in the window, its tables."""

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from bpsim.explain import Explanation
from bpsim.export.tables import Table
from bpsim.export.worked_solution import DERIVED, Solution, derived, lines_of
from bpsim.formula import Formula, Words
from ui.formula.layout import Setting, lay_out
from ui.pdf.blocks import POINT, UNITS_PER_INCH, Block, Formulas, Row, Text, font
from ui.pdf.pages import Page, pages
from ui.theme import load_theme

MARGIN_MM = 20.0
FOOT = 14 * POINT

_FORMULA, _CELL = 11.0, 9.5  # in points
_INDENT = 14 * POINT
_COLUMN_GAP = 12 * POINT
_WIDEST_NAME = 0.5  # of the width, for the first column of a table


def solution_to_pdf(solution: Solution) -> bytes:
    """Return a solution as a PDF of A4 pages."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(solution.title)
    writer.setCreator("bpsim")
    writer.setResolution(UNITS_PER_INCH)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM), QPageLayout.Unit.Millimeter)
    room = QSizeF(writer.width(), writer.height() - FOOT)
    _paint(writer, solution.title, pages(list(solution_blocks(solution, room.width())), room.height()))
    del writer  # which finishes the file
    return bytes(buffer.data().data())


def solution_blocks(solution: Solution, width: float) -> Iterator[Block]:
    """Yield everything that stands in a solution, from its title to its last table."""
    yield Text(solution.title, font(18, bold=True), width)
    yield Text(solution.setting, font(10), width, before=6 * POINT)
    for number, section in enumerate(solution.sections, start=1):
        heading = f"{number}  {section.title}"
        yield Text(heading, font(14, bold=True), width, before=18 * POINT, keeps=True)
        yield Text(section.text, font(10), width, before=3 * POINT, keeps=True)
        for explanation in section.explanations:
            yield from _explained(explanation, solution, width)
    yield Text("All numbers", font(14, bold=True), width, before=18 * POINT, keeps=True)
    for table in solution.tables:
        yield from _rows(table, solution, width)


def _explained(explanation: Explanation, solution: Solution, width: float) -> Iterator[Block]:
    setting, room = Setting(solution.write, round(_FORMULA * POINT)), width - _INDENT
    pictures = [
        lay_out(line.equation, replace(setting, number=line.numbers.given), room, opened=True)
        for line in lines_of(explanation, solution)
    ]
    yield Text(explanation.title, font(10, bold=True), width, before=10 * POINT, keeps=True)
    yield Formulas(pictures, width, _INDENT, before=3 * POINT, keeps=bool(explanation.notes))
    last = len(explanation.notes) - 1
    for number, note in enumerate(explanation.notes):
        yield Text(note, font(9, italic=True), width, before=2 * POINT, keeps=number < last)
    lines = derived(explanation)
    if lines:
        yield Text(DERIVED, font(9), width, before=4 * POINT, keeps=True)
        derivation = [lay_out(line, setting, width - _INDENT) for line in lines]
        yield Formulas(derivation, width, _INDENT, before=2 * POINT)


def _rows(table: Table, solution: Solution, width: float) -> Iterator[Block]:
    setting = Setting(solution.write, round(_CELL * POINT))
    heads: list[Formula] = [Words(head) for head in table.heads]
    lines = [
        [lay_out(cell, setting, (1.0 if n else _WIDEST_NAME) * width) for n, cell in enumerate(row)]
        for row in (heads, *table.rows)
    ]
    columns = [max(cell.width for cell in column) + _COLUMN_GAP for column in zip(*lines, strict=True)]
    head = Row(lines[0], columns, setting.size, ruled=True, before=12 * POINT, keeps=True)
    yield head
    yield from (Row(line, columns, setting.size, head=head) for line in lines[1:])


def _paint(writer: QPdfWriter, title: str, every: list[Page]) -> None:
    painter = QPainter(writer)
    for number, page in enumerate(every, start=1):
        if number > 1:
            writer.newPage()
        for top, block in page:
            painter.save()
            painter.translate(0.0, top)
            block.paint(painter)
            painter.restore()
        _paint_foot(
            painter, QRectF(0.0, 0.0, writer.width(), writer.height()), title, f"{number} of {len(every)}"
        )
    painter.end()


def _paint_foot(painter: QPainter, room: QRectF, title: str, number: str) -> None:
    painter.setFont(font(8))
    painter.setPen(load_theme("light").color("text_quiet"))
    low = Qt.AlignmentFlag.AlignBottom
    painter.drawText(room, low | Qt.AlignmentFlag.AlignLeft, title)
    painter.drawText(room, low | Qt.AlignmentFlag.AlignRight, number)
