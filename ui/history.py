"""What was asked about, in order, with a place in it: as the back and forward of a browser. No Qt."""

from collections.abc import Callable

from bpsim.quantity import Quantity

_MOST = 100

Asked = Quantity | None
"""None: nothing in particular, the number of the present step."""


class History:
    """Begins with nothing asked about."""

    def __init__(self) -> None:
        self._entries: list[Asked] = [None]
        self._place = 0

    @property
    def present(self) -> Asked:
        """What is asked about now."""
        return self._entries[self._place]

    @property
    def can_go_back(self) -> bool:
        """Whether something was asked about before."""
        return self._place > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether something was gone back from."""
        return self._place + 1 < len(self._entries)

    def visit(self, asked: Asked) -> None:
        """Go on to something else; what was gone back from is forgotten."""
        if asked != self.present:
            self._entries = [*self._entries[: self._place + 1], asked][-_MOST:]
            self._place = len(self._entries) - 1

    def go(self, way: int) -> Asked:
        """Go back (−1) or forward (1) by one and return what is there."""
        self._place = max(0, min(self._place + way, len(self._entries) - 1))
        return self.present

    def keep(self, there: Callable[[Quantity], bool]) -> None:
        """Forget what is no longer there."""
        kept, place = [self._entries[0]], 0
        for number, asked in enumerate(self._entries[1:], start=1):
            if (asked is None or there(asked)) and asked != kept[-1]:
                kept.append(asked)
            if number <= self._place:
                place = len(kept) - 1
        if kept[0] is not None and not there(kept[0]):
            kept[0] = None
        self._entries, self._place = kept, place
