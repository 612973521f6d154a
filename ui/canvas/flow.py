"""Dots that run along the lit weights for a moment: which way the numbers flow."""

from PySide6.QtCore import QEasingCurve, QObject, QPointF, QVariantAnimation
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from ui.canvas.items import PictureItem
from ui.canvas.motion import reduced_motion
from ui.canvas.picture import Picture

DURATION = 200
"""Milliseconds that a dot takes."""

_MOST = 100
_RADIUS = 4.0

Way = tuple[QPointF, QPointF]


class FlowItem(PictureItem):
    """The dots. The next step does not wait for them: it takes their place.

    `moves` says whether there are any at all; a desktop that asks for less movement has none.
    """

    def __init__(self, owner: QObject) -> None:
        super().__init__()
        self.moves = True
        self._ways: list[Way] = []
        self._share = 0.0
        self._animation = QVariantAnimation(owner)
        self._animation.setDuration(DURATION)
        self._animation.setStartValue(0.0)
        self._animation.setEndValue(1.0)
        self._animation.setEasingCurve(QEasingCurve.Type.InOutQuad)
        self._animation.valueChanged.connect(self._on_value_changed)
        self._animation.finished.connect(self.stop)
        self.setZValue(1)

    @property
    def running(self) -> bool:
        """Whether dots are on their way."""
        return bool(self._ways)

    def start(self, picture: Picture) -> None:
        """Let dots run along the lit weights, unless they are many or movement is not wanted."""
        self.stop()
        ways = _ways(picture)
        if 0 < len(ways) <= _MOST and self.moves and not reduced_motion():
            self._ways = ways
            self._animation.start()

    def stop(self) -> None:
        """Take the dots away."""
        self._animation.stop()
        self._ways = []
        self.update()

    def _on_value_changed(self, share: float) -> None:
        self._share = share
        self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if self.picture is None or not self._ways:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self.picture.theme.color("canvas"))
        painter.setBrush(self.picture.theme.color("accent"))
        for start, end in self._ways:
            painter.drawEllipse(start + (end - start) * self._share, _RADIUS, _RADIUS)


def _ways(picture: Picture) -> list[Way]:
    """Return where each dot starts and ends."""
    flow, layout, ways = picture.reading.flow, picture.layout, []
    if flow == 0 or picture.lit.drawn > _MOST:
        return []
    for l, (rows, columns) in enumerate(picture.lit.pairs):
        for i, j in zip(rows.tolist(), columns.tolist(), strict=True):
            ends = QPointF(*layout.place(l, j)), QPointF(*layout.place(l + 1, i))
            ways.append(ends if flow > 0 else ends[::-1])
    return ways
