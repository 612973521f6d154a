"""The dock of the loss plot: tells the plot what the session holds, and the session what was clicked."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.appearance import Appearance
from ui.numbers import NumberFormat
from ui.session import Session


class LossView(QWidget):
    """Holds the plot, which is made after the window has been shown."""

    def __init__(self, session: Session, appearance: Appearance) -> None:
        super().__init__()
        self._session, self._appearance = session, appearance
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._made = False

    def make_plot(self) -> None:
        """Make the plot, if it is not there yet."""
        if self._made:
            return
        self._made = True
        from ui.plots.loss import LossPlot  # late: this import takes longer than showing the window

        self._plot = LossPlot()
        self._column.addWidget(self._plot)
        self._plot.set_theme(self._appearance.theme)
        self._show_numbers()
        self._show()
        self._plot.instance_chosen.connect(self._session.go_to)
        self._session.moment_changed.connect(self._show)
        self._session.view_changed.connect(self._show_numbers)
        self._appearance.changed.connect(self._plot.set_theme)

    def _show(self) -> None:
        moment, series = self._session.moment, self._session.series
        if series is None:
            self._plot.clear()
            return
        self._plot.set_series(series.errors, series.epoch_errors, series.epoch_size)
        self._plot.set_cursor(moment.instances_done if moment.shown or moment.instances_done else None)

    def _show_numbers(self) -> None:
        view = self._session.view
        self._plot.set_number_format(NumberFormat(view.digits, view.decimal_separator))
