"""Which block stands on which page."""

from collections.abc import Sequence

from ui.pdf.blocks import Block

Page = list[tuple[float, Block]]
"""Blocks with their tops, from the top of the page."""


def pages(blocks: Sequence[Block], height: float) -> list[Page]:
    """Return the blocks by pages of a height; what keeps with the next one goes to the next page with it.

    A block that is higher than a page has one to itself.
    """
    result: list[Page] = [[]]
    end = 0.0
    for group in _kept_together(blocks):
        start = end + (group[0].before if result[-1] else 0.0)
        if result[-1] and start + _height(group) > height:
            result.append([])
            start = 0.0
        if not result[-1] and group[0].head is not None:
            result[-1].append((0.0, group[0].head))
            start = group[0].head.height
        for number, block in enumerate(group):
            top = start + (block.before if number else 0.0)
            result[-1].append((top, block))
            start = top + block.height
        end = start
    return result


def _kept_together(blocks: Sequence[Block]) -> list[list[Block]]:
    groups: list[list[Block]] = []
    for before, block in zip([None, *blocks], blocks, strict=False):
        if before is not None and before.keeps:
            groups[-1].append(block)
        else:
            groups.append([block])
    return groups


def _height(group: Sequence[Block]) -> float:
    return sum(block.height for block in group) + sum(block.before for block in group[1:])
