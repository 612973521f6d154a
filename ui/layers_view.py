"""The dock of the plot by layer: has the engine compute it for the present weights, after everything else."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from bpsim.layer_stats import stats_of
from bpsim.moment import Moment
from bpsim.notation import NOTATIONS
from ui.appearance import Appearance
from ui.plots.layers import LayersPlot
from ui.session import Session
from ui.view_state import ViewState
from ui.widgets.panel import number_format
from ui.widgets.refresher import Refresher


class LayersView(QWidget):
    """Follows the session while it is in sight, at most 15 times a second."""

    def __init__(self, session: Session, appearance: Appearance) -> None:
        super().__init__()
        self._session = session
        self.plot = LayersPlot(
            appearance.theme, number_format(session.view), NOTATIONS[session.view.notation], self
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.plot)
        self._refresher = Refresher(self, self._refresh)
        session.moment_changed.connect(self._on_moment_changed)
        session.view_changed.connect(self._on_view_changed)
        appearance.changed.connect(self.plot.set_theme)
        self.plot.save_button.figure_wanted.connect(self._refresher.catch_up)
        self._refresher.ask()

    def _on_moment_changed(self, new: Moment, old: Moment) -> None:
        if not _same(new, old):
            self._refresher.ask()

    def _on_view_changed(self, view: ViewState, _old: ViewState) -> None:
        self.plot.set_number_format(number_format(view))
        self.plot.set_notation(NOTATIONS[view.notation])

    def _refresh(self) -> None:
        moment = self._session.moment
        if moment.misfit:
            self.plot.set_stats(None, f"Nothing can be trained. {moment.misfit}")
        else:
            self.plot.set_stats(stats_of(moment))


def _same(new: Moment, old: Moment) -> bool:
    """Tell whether nothing has changed that the statistics depend on."""
    return (
        new.network is old.network
        and new.dataset is old.dataset
        and new.settings is old.settings
        and new.split is old.split
        and new.position.epoch == old.position.epoch
    )
