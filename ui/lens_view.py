"""The dock of the η lens: has the engine compute it for the selected weight, after everything else."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from bpsim.errors import DivergenceError, NetworkError
from bpsim.formula_text import to_text
from bpsim.lens import Lens, Parameter, lens
from bpsim.moment import Moment
from bpsim.network import Network
from bpsim.notation import NOTATIONS, Notation
from bpsim.quantity import Quantity
from ui.appearance import Appearance
from ui.numbers import whole_text
from ui.plots.lens import INSTANCE, LensPlot
from ui.plots.lens_chart import Letters
from ui.session import Session
from ui.view_state import Selection, ViewState
from ui.widgets.panel import number_format
from ui.widgets.refresher import Refresher

SELECT = "Select a weight in the drawing, or a node for its bias: here you see E as a function of it."
NOT_KNOWN = (
    "Δθ of this instance is not known yet: step on to the gradient phase, or look at the mean E over all "
    "instances."
)


class LensView(QWidget):
    """Follows selection and session while it is in sight."""

    def __init__(self, session: Session, appearance: Appearance) -> None:
        super().__init__()
        self._session = session
        self.plot = LensPlot(appearance.theme, number_format(session.view), self)
        self.plot.set_problem(SELECT)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.plot)
        self._refresher = Refresher(self, self._refresh)
        session.moment_changed.connect(self._refresher.ask)
        session.selection_changed.connect(self._on_selection_changed)
        session.view_changed.connect(self._on_view_changed)
        appearance.changed.connect(self.plot.set_theme)
        self.plot.save_button.figure_wanted.connect(self._refresher.catch_up)
        self.plot.asked.connect(self._refresher.ask)
        self._refresher.ask()

    def _on_selection_changed(self) -> None:
        self.plot.span = None
        self._refresher.ask()

    def _on_view_changed(self, view: ViewState, _old: ViewState) -> None:
        self.plot.set_number_format(number_format(view))
        self._refresher.ask()

    def _refresh(self) -> None:
        moment, notation = self._session.moment, NOTATIONS[self._session.view.notation]
        parameter = parameter_of(self._session.selection)
        if moment.misfit or parameter is None:
            self.plot.set_problem(f"Nothing can be trained. {moment.misfit}" if moment.misfit else SELECT)
            return
        alone = self.plot.errors.choice == INSTANCE
        if alone and not moment.knows("gradient", parameter[0] + 1, parameter[1]):
            self.plot.set_problem(NOT_KNOWN)
            return
        try:
            shown = lens_of(moment, parameter, alone, self.plot.span)
        except (NetworkError, DivergenceError) as error:
            self.plot.set_problem(str(error))
            return
        self.plot.set_lens(
            shown, letters_of(parameter, moment.network, notation), heading_of(shown, moment, alone)
        )


def lens_of(moment: Moment, parameter: Parameter, alone: bool, span: float | None) -> Lens:
    """Return the lens over the training instances with the present weights.

    `alone` means the present instance only, with the weights that it was computed with.
    """
    if not alone:
        settings = moment.settings.at_epoch(moment.position.epoch)
        return lens(moment.network, moment.dataset, settings, moment.split.train, parameter, span)
    trace = moment.trace
    assert trace is not None
    return lens(trace.network, moment.dataset, trace.settings, (moment.position.instance,), parameter, span)


def heading_of(shown: Lens, moment: Moment, alone: bool) -> str:
    """Return what a lens is computed from."""
    if alone:
        when = "before its update" if moment.knows("update") else "present weights"
        what = f"instance {moment.position.instance + 1}, {when}"
    else:
        some = "" if shown.instances == shown.of else f" of {whole_text(shown.of)}"
        instances = "instance" if shown.of == 1 else "instances"
        what = f"over {whole_text(shown.instances)}{some} {instances}, present weights"
    plain = moment.settings.optimizer == "gradient_descent" and not moment.settings.decays
    return what if plain else f"{what} · step of gradient descent, without decay"


def parameter_of(selection: Selection) -> Parameter | None:
    """Return the weight that is selected, or the bias of the node that is; None if it is not just one."""
    if len(selection.edges) == 1 and not selection.nodes:
        return next(iter(selection.edges))
    if len(selection.nodes) == 1 and not selection.edges:
        layer, node = next(iter(selection.nodes))
        return (layer - 1, node, None) if layer > 0 else None
    return None


def letters_of(parameter: Parameter, network: Network, notation: Notation) -> Letters:
    """Return how a weight or bias, its step and the error are written."""
    l, i, j = parameter
    kinds = ("bias", "bias_step") if j is None else ("weight", "step")
    weight, step = (to_text(notation.symbol(Quantity(kind, l + 1, i, j), network), repr) for kind in kinds)
    return Letters(weight, step, notation.plain_letters["error"])
