from dataclasses import dataclass

from PySide6.QtGui import QPainter

from ui.pdf.blocks import Block
from ui.pdf.pages import Page, pages


@dataclass(frozen=True)
class Piece(Block):
    """A block of a height; it is never painted here."""

    tall: float

    @property
    def height(self) -> float:
        return self.tall

    def paint(self, painter: QPainter) -> None:
        raise AssertionError


def tops(of: list[Page]) -> list[list[float]]:
    return [[top for top, _ in page] for page in of]


def test_blocks_stand_below_each_other_with_their_distance_but_at_the_top_of_a_page() -> None:
    blocks = [Piece(40, before=10), Piece(40, before=10), Piece(40, before=10)]
    assert tops(pages(blocks, 100)) == [[0, 50], [0]]


def test_what_keeps_with_the_next_one_goes_over_with_it() -> None:
    blocks = [Piece(60), Piece(10, keeps=True), Piece(10, keeps=True), Piece(30, before=5)]
    assert tops(pages(blocks, 100)) == [[0], [0, 10, 25]]
    assert tops(pages(blocks, 115)) == [[0, 60, 70, 85]]


def test_a_block_higher_than_a_page_has_one_to_itself() -> None:
    assert tops(pages([Piece(10), Piece(300), Piece(10)], 100)) == [[0], [0], [0]]


def test_a_table_that_goes_over_has_its_head_again() -> None:
    head = Piece(20, keeps=True)
    rows = [Piece(30, head=head) for _ in range(5)]
    result = pages([head, *rows], 100)
    assert tops(result) == [[0, 20, 50], [0, 20, 50], [0, 20]]
    assert all(page[0][1] is head for page in result)
