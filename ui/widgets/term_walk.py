"""Walking over several formulas as over one: one stop of Tab, and arrow keys that lead on to the next."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt

from ui.widgets.term_view import TermView


class TermWalk(QObject):
    """Has Tab reach exactly one of the formulas: that where the keyboard was last, or the first."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._known: list[TermView] = []
        self._order: list[TermView] = []
        self._last: TermView | None = None

    def set_views(self, views: Sequence[TermView]) -> None:
        """Walk over these, in this order."""
        for view in views:
            if view not in self._known:
                self._known.append(view)
                view.entered.connect(partial(self._on_entered, view))
                view.walked_out.connect(partial(self._on_walked_out, view))
        self._order = list(views)
        self._choose(self._last if self._last in self._order else None)

    def _choose(self, chosen: TermView | None) -> None:
        chosen = chosen or next(iter(self._order), None)
        for view in self._known:
            policy = Qt.FocusPolicy.TabFocus if view is chosen else Qt.FocusPolicy.NoFocus
            if view.focusPolicy() != policy:
                view.setFocusPolicy(policy)

    def _on_entered(self, view: TermView) -> None:
        self._last = view
        self._choose(view)

    def _on_walked_out(self, view: TermView, way: int) -> None:
        if view in self._order:
            place = self._order.index(view) + way
            if 0 <= place < len(self._order):
                self._order[place].enter(way)
