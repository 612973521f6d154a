"""Every command of the program, and the menus, as data."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from ui.icons import icon

SEPARATOR = "-"


@dataclass(frozen=True)
class Command:
    """One command: its name (the action's `objectName`), what the menu calls it, keys, icon and tool tip."""

    name: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str | None = None
    tip: str = ""
    checkable: bool = False


COMMANDS = (
    Command("new", "&New", ("Ctrl+N",), "new", "A new network of 2, 2 and 1 nodes with the XOR data"),
    Command("open", "&Open…", ("Ctrl+O",), "open", "Open a project (.bpsim)"),
    Command("save", "&Save", ("Ctrl+S",), "save", "Save the project"),
    Command("save_as", "Save &as…", ("Ctrl+Shift+S",), None, "Save the project under another name"),
    Command("edit_notes", "&Title and notes…", (), None, "Say what this project is about"),
    Command("import_csv", "&Import CSV…", ("Ctrl+I",), "import", "Read the data from a CSV file"),
    Command(
        "make_data", "&Make data…", ("Ctrl+M",), "data", "Make a data set: XOR, moons, spirals and others"
    ),
    Command(
        "export",
        "&Worked solution…",
        ("Ctrl+E",),
        None,
        "Write this instance to a file, worked out",
    ),
    Command("quit", "&Quit", ("Ctrl+Q",), None, "Close the program"),
    Command("add_layer", "Add &layer", ("Ctrl+L",), "add", "Add a hidden layer before the output layer"),
    Command("add_node", "Add &node", ("Ctrl+K",), "add", "Add a node to the selected node's layer"),
    Command(
        "connect",
        "&Connect or disconnect",
        ("Ctrl+J",),
        "connect",
        "Connect or disconnect two selected nodes",
    ),
    Command("edit_value", "&Edit number…", ("F2",), None, "Type the selected weight, bias or input value"),
    Command("delete", "&Delete", ("Del",), "delete", "Delete the selected nodes and weights"),
    Command("select_all", "Select &all", ("Ctrl+A",), None, "Select all nodes"),
    Command("new_weights", "New &weights", ("Ctrl+R",), "dice", "Draw new start weights, by the next seed"),
    Command(
        "same_weights",
        "&Same weights again",
        ("Ctrl+Shift+R",),
        "repeat",
        "Draw the same start weights again",
    ),
    Command("draw", "&Draw", ("Ctrl+1",), "draw", "Change the network on the canvas", checkable=True),
    Command("simulate", "S&imulate", ("Ctrl+2",), "simulate", "Step through backpropagation", checkable=True),
    Command("start", "To the &start", ("Home",), "to-start", "Back to the very first step"),
    Command("back", "Step &back", ("Left",), "back", "One step back"),
    Command("step", "&Step", ("Right",), "step", "One step forwards"),
    Command("end", "To the &end of the epoch", ("End",), "to-end", "Forwards to the end of this epoch"),
    Command("play", "&Play", ("Space",), "play", "Step by itself, at the chosen speed", checkable=True),
    Command(
        "run",
        "&Run",
        ("F5",),
        "run",
        "Train on and on, as fast as the machine can or at a chosen pace; once more: pause",
        checkable=True,
    ),
    Command(
        "sweep",
        "&Compare…",
        ("Ctrl+F5",),
        None,
        "Train with several η, start weights, activations … and compare the curves",
    ),
    Command("phase_back", "Phase b&ack", ("Shift+Left",), None, "Back by one phase"),
    Command("phase_step", "P&hase forwards", ("Shift+Right",), None, "Forwards by one phase"),
    Command("instance_back", "Instance ba&ck", ("Ctrl+Left",), None, "Back by one instance"),
    Command("instance_step", "Ins&tance forwards", ("Ctrl+Right",), None, "Forwards by one instance"),
    Command("fit", "&Fit the network", ("Ctrl+0",), "fit", "Show the whole network"),
    Command("zoom_in", "Zoom &in", ("Ctrl++", "Ctrl+="), "zoom-in", "Larger"),
    Command("zoom_out", "Zoom &out", ("Ctrl+-",), "zoom-out", "Smaller"),
    Command(
        "show_z",
        "Show &z in the nodes",
        ("Alt+Z",),
        None,
        "Show the pre-activation z too",
        checkable=True,
    ),
    Command(
        "show_fields",
        "Show what each node &responds to",
        ("Ctrl+Shift+N",),
        None,
        "Show in each node its activation over two inputs, as a small picture",
        checkable=True,
    ),
    Command(
        "show_marks",
        "&Mark nodes that do not learn",
        (),
        None,
        "Mark nodes that are dead, saturated, or the twin of another",
        checkable=True,
    ),
    Command(
        "notes",
        "About this &project",
        (),
        None,
        "What it shows, and where its numbers come from",
    ),
    Command("keys", "&Keys", ("F1",), None, "All keys"),
    Command("about", "&About bpsim", (), None, "Which version this is"),
)

MENUS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "&File",
        (
            "new", "open", ">recent", ">examples", SEPARATOR, "save", "save_as", "edit_notes", SEPARATOR,
            "import_csv", "make_data", SEPARATOR, "export", ">save_plot", SEPARATOR, "quit",
        ),
    ),
    (
        "&Edit",
        (
            "undo", "redo", SEPARATOR, "draw", "add_layer", "add_node", "connect", "edit_value", "delete",
            "select_all", SEPARATOR, "new_weights", "same_weights",
        ),
    ),
    (
        "&Simulate",
        (
            "simulate", SEPARATOR, "step", "back", "start", "end", "play", ">step_size", ">phase", ">speed",
            SEPARATOR, "run", ">pace", "sweep", SEPARATOR, "phase_step", "phase_back", "instance_step",
            "instance_back",
        ),
    ),
    (
        "&View",
        (
            "fit", "zoom_in", "zoom_out", SEPARATOR, "show_z", "show_fields", "show_marks", SEPARATOR,
            ">theme", ">digits", ">separator", SEPARATOR, ">panels",
        ),
    ),
    ("&Help", ("keys", "notes", "about")),
)  # fmt: skip
"""Each menu's title and entries; one that begins with ">" is a menu that the window fills."""


def make_actions(parent: QObject, handlers: Mapping[str, Callable[..., object]]) -> dict[str, QAction]:
    """Return an action for each command, by name, that calls its handler."""
    return {command.name: _make_action(parent, command, handlers[command.name]) for command in COMMANDS}


def fill_menu_bar(bar: QMenuBar, actions: Mapping[str, QAction], submenus: Mapping[str, QMenu]) -> None:
    """Fill the menu bar as `MENUS` says."""
    for title, entries in MENUS:
        fill_menu(bar.addMenu(title), entries, actions, submenus)


def fill_menu(
    menu: QMenu, entries: Iterable[str], actions: Mapping[str, QAction], submenus: Mapping[str, QMenu]
) -> None:
    """Add entries to a menu."""
    for entry in entries:
        if entry == SEPARATOR:
            menu.addSeparator()
        elif entry.startswith(">"):
            menu.addMenu(submenus[entry[1:]])
        else:
            menu.addAction(actions[entry])


def tip_with_keys(tip: str, action: QAction) -> str:
    """Return a tool tip that names the keys too."""
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    keys = {"Right": "→", "Left": "←"}.get(keys, keys)
    return f"{tip}  ({keys})" if keys else tip


def _make_action(parent: QObject, command: Command, handler: Callable[..., object]) -> QAction:
    action = QAction(command.text, parent)
    action.setObjectName(command.name)
    action.setCheckable(command.checkable)
    action.setShortcuts([QKeySequence(keys) for keys in command.keys])
    action.setToolTip(tip_with_keys(command.tip, action))
    action.setStatusTip(command.tip)
    if command.icon:
        action.setIcon(icon(command.icon))
    action.triggered.connect(lambda _checked=False: handler())
    return action
