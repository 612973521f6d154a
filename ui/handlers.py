"""What each command does, by the command's name."""

from collections.abc import Callable

from PySide6.QtWidgets import QMessageBox, QWidget

import bpsim
from ui import drawing
from ui.canvas.view import NetworkView
from ui.dialogs import opening
from ui.files import Files
from ui.player import Player
from ui.session import Session
from ui.trainer import Trainer

Handlers = dict[str, Callable[[], object]]


def make_handlers(
    session: Session,
    player: Player,
    trainer: Trainer,
    files: Files,
    view: NetworkView,
    compare: Callable[[], None],
    window: QWidget,
) -> Handlers:
    """Return what to call for each command in `ui.actions.COMMANDS`."""
    return {
        "new": files.new,
        "open": files.open,
        "save": files.save,
        "save_as": files.save_as,
        "edit_notes": lambda: opening.edit_notes(session, window),
        "import_csv": lambda: opening.import_csv(session, window),
        "make_data": lambda: opening.make_data(session, window),
        "export": lambda: opening.export_solution(session, window),
        "quit": window.close,
        **_drawing(session, view),
        **_stepping(player),
        "run": lambda: _run(player, trainer),
        "sweep": compare,
        "fit": view.fit,
        "zoom_in": view.zoom_in,
        "zoom_out": view.zoom_out,
        "show_z": lambda: session.set_view(show_z=not session.view.show_z),
        "show_fields": lambda: session.set_view(show_fields=not session.view.show_fields),
        "show_marks": lambda: session.set_view(show_marks=not session.view.show_marks),
        "notes": lambda: opening.show_notes(session, window),
        "keys": lambda: opening.show_keys(window),
        "about": lambda: _about(window),
    }


def _drawing(session: Session, view: NetworkView) -> Handlers:
    return {
        "draw": lambda: session.set_view(mode="draw"),
        "simulate": lambda: session.set_view(mode="simulate"),
        "add_layer": lambda: drawing.add_layer(session),
        "add_node": lambda: drawing.add_node(session),
        "connect": lambda: drawing.toggle_connection(session),
        "edit_value": view.edit_selected,
        "delete": lambda: drawing.delete_selected(session),
        "select_all": lambda: drawing.select_all(session),
        "new_weights": lambda: drawing.new_weights(session),
        "same_weights": lambda: drawing.same_weights(session),
    }


def _stepping(player: Player) -> Handlers:
    return {
        "start": lambda: player.go_to(0, 0),
        "back": player.back,
        "step": player.step,
        "end": lambda: player.step("epoch"),
        "play": player.toggle,
        "phase_back": lambda: player.back("phase"),
        "phase_step": lambda: player.step("phase"),
        "instance_back": lambda: player.back("instance"),
        "instance_step": lambda: player.step("instance"),
    }


def _run(player: Player, trainer: Trainer) -> None:
    player.pause()
    trainer.toggle()


def _about(window: QWidget) -> None:
    QMessageBox.about(
        window,
        "About bpsim",
        f"<b>bpsim {bpsim.__version__}</b><p>Draw a layered network and step through backpropagation, "
        "forwards and backwards, with every number in view.</p>",
    )
