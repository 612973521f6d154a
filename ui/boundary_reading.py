"""What the decision boundary says of a moment, in texts and colours."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from PySide6.QtGui import QColor

from bpsim.arrays import Array, Mask
from bpsim.backprop import forward
from bpsim.datasets import Dataset
from bpsim.fields import Field, output_scale
from bpsim.moment import Moment
from bpsim.network import Network
from bpsim.notation import Notation
from bpsim.planes import Plane, Range, range_of
from bpsim.scoring import Classes, correct, counts
from ui.class_names import class_names, output_letter, output_name
from ui.field_colors import class_colors, value_color
from ui.numbers import NumberFormat
from ui.plots.boundary_chart import Bounds
from ui.plots.boundary_legend import Entry
from ui.plots.boundary_marks import FORMS, Marks
from ui.theme import Theme
from ui.widgets.score_view import Score

Place = tuple[float, float]

_FEW_CLASSES = 6  # up to so many are named in the legend
_TOO_LARGE, _HARDLY_SEEN = 20.0, 0.05  # times the range of the targets, and share of a curve
_NOT_FINITE = "The numbers of this network are no longer finite"
_HELD_NAMED = 2  # inputs that are no axis, up to which the title says where they are held


@dataclass(frozen=True, eq=False)
class BoundaryReading:
    """A moment with what is asked about it.

    Parameters
    ----------
    moment : Moment
        One whose network and data fit each other.
    classes : Classes or None
        What its targets mean as classes.
    output : int or None
        Whose ŷ_k is shown; None for the winning class.
    plane : Plane
        Has its axes among the inputs; it means nothing where there is one input only.
    """

    moment: Moment
    classes: Classes | None
    output: int | None
    plane: Plane
    numbers: NumberFormat
    notation: Notation
    theme: Theme

    @property
    def network(self) -> Network:
        return self.moment.network

    @property
    def dataset(self) -> Dataset:
        return self.moment.dataset

    def letter(self, output: int) -> str:
        """Return how an output is written."""
        return output_letter(output, self.network, self.notation)

    @property
    def is_curve(self) -> bool:
        """Whether there is one input only."""
        return self.network.sizes[0] == 1

    @property
    def target(self) -> int:
        """The output whose targets are compared."""
        return self.output or 0

    @cached_property
    def held(self) -> Array:
        """A value for every input."""
        return self.plane.values(self.dataset, self.moment.position.instance)

    @cached_property
    def places(self) -> tuple[Array, Array]:
        """Where the instances stand, x and y."""
        inputs = self.dataset.inputs
        if self.is_curve:
            return inputs[:, 0], self.dataset.targets[:, self.target]
        return inputs[:, self.plane.axes[0]], inputs[:, self.plane.axes[1]]

    @property
    def home(self) -> Bounds:
        """What both axes show at first: all instances."""
        x, y = self.places
        return range_of(x), range_of(y)

    @property
    def axis_names(self) -> tuple[str, str]:
        names = self.dataset.input_names
        if self.is_curve:
            return names[0], self.letter(self.target)
        return names[self.plane.axes[0]], names[self.plane.axes[1]]

    @cached_property
    def scale(self) -> Range:
        """The ends of the colours of ŷ."""
        return output_scale(self.network, self.dataset, self.target)

    @property
    def level(self) -> float | None:
        """The ŷ that separates two classes of a single target."""
        return self.classes.threshold if self.classes is not None and not self.classes.names else None

    @cached_property
    def class_texts(self) -> Sequence[str]:
        return [] if self.classes is None else class_names(self.classes, self.dataset, self.numbers)

    @property
    def shown(self) -> str:
        """What the colours mean."""
        return (
            "winning class"
            if self.output is None
            else output_name(self.dataset, self.output, self.letter(self.output))
        )

    @property
    def title(self) -> str:
        """What is shown over what, and where the rest is held."""
        over = self.axis_names[:1] if self.is_curve else self.axis_names
        return f"{self.shown} over {', '.join(over)}{self._held_text()}"

    def _held_text(self) -> str:
        names = self.dataset.input_names
        others = [] if self.is_curve else [c for c in range(len(names)) if c not in self.plane.axes]
        if not others or len(others) > _HELD_NAMED:
            return f" · {len(others)} inputs held" if others else ""
        return " · " + ", ".join(f"{names[c]} = {self.numbers.text(float(self.held[c]))}" for c in others)

    # -- points ----------------------------------------------------------------------------------------------

    def marks(self) -> Marks:
        """Return the points of the instances."""
        x, y = self.places
        hollow = np.zeros(len(x), dtype=np.bool_)
        hollow[list(self.moment.split.test)] = True
        return Marks(x, y, self._colors(), self._forms(), hollow)

    def _colors(self) -> list[QColor]:
        if self.output is None and self.classes is not None:
            colors = class_colors(self.theme, self.classes)
            return [colors[number] for number in self.classes.of(self.dataset.targets).tolist()]
        column = self.dataset.targets[:, self.target].tolist()
        if self.is_curve:
            return [self.theme.color("text_quiet")] * len(column)  # their height says the rest
        colors_of = {value: value_color(self.theme, value, self.scale) for value in set(column)}
        return [colors_of[value] for value in column]

    def _forms(self) -> list[str]:
        if self.classes is None or self.is_curve:
            return [FORMS[0]] * len(self.dataset)
        return [FORMS[number % len(FORMS)] for number in self.classes.of(self.dataset.targets).tolist()]

    def legend(self) -> tuple[tuple[str, Range] | None, list[Entry]]:
        """Return the scale with its name, and the marks with what they mean."""
        text, wrong = self.theme.color("text_quiet"), self.theme.color("wrong")
        entries = self._class_entries()
        if self.moment.split.test:
            entries += [Entry("train", "o", text), Entry("test", "o", text, hollow=True)]
        if self.classes is not None:
            entries.append(Entry("wrong", "x", wrong))
        scaled = self.output is not None and not self.is_curve
        return (self.letter(self.target), self.scale) if scaled else None, entries

    def _class_entries(self) -> list[Entry]:
        if self.is_curve:
            quiet = self.theme.color("text_quiet")
            return [Entry(f"targets {self.dataset.target_names[self.target]}", FORMS[0], quiet)]
        if self.classes is None or self.classes.count > _FEW_CLASSES:
            return []
        if self.output is None:
            colors = class_colors(self.theme, self.classes)
        else:
            highs = [self.classes.targets(number)[self.target] for number in range(self.classes.count)]
            colors = [value_color(self.theme, high, self.scale) for high in highs]
        rows = zip(self.class_texts, FORMS, colors, strict=False)
        return [Entry(name, form, color) for name, form, color in rows]

    # -- what the network says -------------------------------------------------------------------------------

    def wrong(self, predictions: Array) -> Mask:
        """Tell of each instance whether it is put into a wrong class."""
        if self.classes is None:
            return np.zeros(len(self.dataset), dtype=np.bool_)
        return ~correct(self.classes, self.dataset.targets, predictions)

    def cell_texts(self, values: Array, clarity: Array) -> list[str]:
        """Return what the window calls the class of each cell, "" where no class can be told."""
        texts, unknown = self.class_texts, np.isnan(clarity)
        return ["" if no else texts[int(n)] for n, no in zip(values.flat, unknown.flat, strict=True)]

    def field_remark(self, field: Field) -> str:
        """Return why some of a field is not drawn, "" where all of it is."""
        known = field.values if field.clarity is None else field.clarity
        missing = np.isnan(known)
        if missing.all():
            return f"{_NOT_FINITE}: there is nothing to draw."
        return "Where nothing is drawn ŷ is too large to compute." if missing.any() else ""

    def curve_remark(self, predictions: Array, sight: Range) -> str:
        """Return why a curve is not seen where the upright axis reaches so far, "" where it is seen."""
        finite = predictions[np.isfinite(predictions)]
        if not len(finite):
            return f"{_NOT_FINITE}: there is no curve to draw."
        low, high = float(finite.min()), float(finite.max())
        seen, home = float(((finite >= sight[0]) & (finite <= sight[1])).mean()), self.home[1]
        if max(abs(low), abs(high)) > _TOO_LARGE * (home[1] - home[0]) and seen < _HARDLY_SEEN:
            why = "too large to draw"
        elif low > sight[1] or high < sight[0]:
            why = "out of sight"
        else:
            return ""
        text = self.numbers.text
        return f"The network's {self.letter(self.target)} is {why}: from {text(low)} to {text(high)}."

    def score(self, predictions: Array) -> Score | None:
        """Return how many instances of which class are put into which."""
        if self.classes is None:
            return None
        train, test = (
            counts(self.classes, self.dataset.targets[rows], predictions[rows])
            for rows in map(list, self.moment.split)
        )
        return Score(tuple(self.class_texts), train, test if self.moment.split.test else None)

    def at(self, place: Place, row: int | None) -> str:
        """Return what can be read at a place, which may be that of an instance."""
        return self.wordings(place, row)[0]

    def wordings(self, place: Place, row: int | None) -> list[str]:
        """Return that in fewer and fewer words."""
        x, y = place
        if row is not None:
            x, y = (float(values[row]) for values in self.places)
        inputs = np.array([x]) if self.is_curve else self.plane.point(self.held, x, y)
        if row is not None:
            inputs = self.dataset.inputs[row]
        prediction, count = forward(self.network, inputs), 1 if self.is_curve else 2
        texts = []
        for numbers, short in ((self.numbers.finer(), False), (self.numbers, False), (self.numbers, True)):
            values = [numbers.text(value) for value in (x, y)[:count]]
            named = [f"{name} = {value}" for name, value in zip(self.axis_names, values, strict=False)]
            says = [self._says(prediction, numbers)]
            parts = [f"({'; '.join(values)})", *says] if short else [*named, *says]
            texts.append(" · ".join(parts if row is None else self._of_instance(row, parts, short)))
        if row is not None:  # where the mouse is, that is seen
            said = self._says(prediction, self.numbers).partition(" (")[0]
            texts.append(" · ".join(self._of_instance(row, [said], True)))
        return texts

    def _of_instance(self, row: int, parts: list[str], short: bool) -> list[str]:
        tested = " (test)" if row in self.moment.split.test else ""
        return [f"{'no.' if short else 'instance'} {row + 1}{tested}", *parts, self._should(row)]

    def _says(self, prediction: Array, numbers: NumberFormat) -> str:
        """Return ŷ, or the winning class with its ŷ."""
        if self.output is not None or self.classes is None:
            return f"{self.letter(self.target)} = {numbers.text(float(prediction[self.target]))}"
        number = int(self.classes.of(prediction))
        winner = number if self.classes.names else 0
        value = numbers.text(float(prediction[winner]))
        return f"{self.class_texts[number]} ({self.letter(winner)} = {value})"

    def _should(self, row: int) -> str:
        if self.output is None and self.classes is not None:
            return f"should be {self.class_texts[int(self.classes.of(self.dataset.targets[row]))]}"
        target = float(self.dataset.targets[row, self.target])
        return f"{self.dataset.target_names[self.target]} = {self.numbers.given(target)}"
