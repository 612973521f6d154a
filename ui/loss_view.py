"""The dock of the loss plot: tells the plot what the session holds, and the session what was clicked."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.appearance import Appearance
from ui.numbers import NumberFormat
from ui.session import Session


class LossView(QWidget):
    """Holds the plot, which is made once the window is painted: its import takes as long as all else."""

    def __init__(self, session: Session, appearance: Appearance) -> None:
        super().__init__()
        self._session, self._appearance = session, appearance
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._made = False

    def _make_plot(self) -> None:
        from ui.plots.loss import LossPlot

        self._plot = LossPlot(self._appearance.theme, self._numbers(), self)
        self._column.addWidget(self._plot)
        self._show()
        self._plot.instance_chosen.connect(self._session.go_to)
        self._session.moment_changed.connect(self._show)
        self._session.view_changed.connect(self._show_numbers)
        self._appearance.changed.connect(self._plot.set_theme)

    def _show(self) -> None:
        moment, series = self._session.moment, self._session.series
        if series is None:
            self._plot.clear(f"Nothing can be trained. {moment.misfit}")
            return
        self._plot.set_series(series.errors, series.epoch_errors, series.epoch_size)
        self._plot.set_cursor(moment.instances_done if moment.shown or moment.instances_done else None)

    def _show_numbers(self) -> None:
        self._plot.set_number_format(self._numbers())

    def _numbers(self) -> NumberFormat:
        view = self._session.view
        return NumberFormat(view.digits, view.decimal_separator)

    # -- Qt ------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._made:
            self._made = True
            QTimer.singleShot(0, self._make_plot)
