"""The name of one number of a moment."""

from typing import NamedTuple


class Quantity(NamedTuple):
    """One number: its kind, where it stands, and for which instance."""

    kind: str
    layer: int | None = None
    node: int | None = None
    source: int | None = None
    instance: int | None = None
