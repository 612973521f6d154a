"""How many instances are put into their class, and which are taken for which."""

from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from bpsim.numbers import THIN_SPACE
from bpsim.scoring import Classified, share_right
from ui.fonts import SMALL_SIZE, text_font
from ui.numbers import NumberFormat
from ui.widgets.confusion_dialog import ConfusionDialog

_FRAME = 4
_NARROWEST = 96
_TIP = "The share of instances that are put into their class: click for which is taken for which"


@dataclass(frozen=True, eq=False)
class Score:
    """Tables of `bpsim.scoring.confusion`, names of the classes; `test` is None if nothing is tested."""

    names: tuple[str, ...]
    train: Classified
    test: Classified | None


class ScoreView(QPushButton):
    """Says which share is right, of training and of test instances; a click opens the confusion table."""

    def __init__(self, number_format: NumberFormat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._format = number_format
        self._score: Score | None = None
        self.dialog = ConfusionDialog(self)
        self.setProperty("kind", "link")
        self.setFont(text_font(SMALL_SIZE))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._gives_way = False
        self.clicked.connect(lambda _checked=False: self.dialog.open_at(self))
        self.show_score(None)

    def show_score(self, score: Score | None) -> None:
        """Show a score; None where targets are plain numbers takes no room."""
        self._score = score
        self.setVisible(score is not None and not self._gives_way)
        if score is None:
            self.dialog.hide()
            return
        self.setAccessibleName(f"{self._texts(score)[0]} in the right class. Open the confusion table.")
        self.setToolTip(f"{self._texts(score)[0]}\n{_TIP}")
        self._fit()
        tables = [("Training instances", score.train), ("Test instances", score.test)]
        self.dialog.show_tables(score.names, [(name, table) for name, table in tables if table is not None])

    def give_way(self, *, to_others: bool) -> None:
        """Hide while others need the room."""
        self._gives_way = to_others
        self.setVisible(self._score is not None and not to_others)

    def set_number_format(self, number_format: NumberFormat) -> None:
        self._format = number_format
        self.show_score(self._score)

    def _texts(self, score: Score) -> list[str]:
        """Return what is said, from the longest form to the shortest."""
        train = self._percent(score.train)
        if score.test is None:
            return [f"Accuracy {train}", f"train {train}"]
        test = self._percent(score.test)
        whole = f"train {self._whole(score.train)} · test {self._whole(score.test)}"
        return [f"Accuracy {train} · test {test}", f"train {train} · test {test}", whole]

    def _fit(self) -> None:
        """Show the longest form that there is room for."""
        if self._score is not None:
            texts, width = self._texts(self._score), self.fontMetrics().horizontalAdvance
            fitting = (text for text in texts if width(text) + _FRAME <= self.width())
            self.setText(next(fitting, texts[-1]))

    def _percent(self, table: Classified) -> str:
        return self._format.percent(share_right(table))

    def _whole(self, table: Classified) -> str:
        """Return it without decimals; only all of them are 100 %, and only none of them 0 %."""
        share = share_right(table)
        if share is None:
            return self._percent(table)
        return f"{min(max(round(100 * share), share > 0), 100 - (share < 1)):.0f}{THIN_SPACE}%"

    # -- Qt --------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if self._score is None:
            return hint
        return QSize(
            self.fontMetrics().horizontalAdvance(self._texts(self._score)[0]) + _FRAME, hint.height()
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(_NARROWEST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
