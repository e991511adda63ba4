"""What can be asked of the gates lab."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from tuilab.labs.catalogue import Lab
from tuilab.labs.forms import Layer, Length, Units
from tuilab.labs.spec import CURSOR, Show

MAPS = {"rnn": ("h",), "lstm": ("i", "f", "g", "o", "C", "h"), "gru": ("r", "z", "n", "h")}


class Gates(Layer, frozen=True, kw_only=True):
    """What every gate and state of every unit of a layer does over time."""

    kind = "gates"

    hidden: Units = 8
    length: Length = 30


class GatesShow(Show, frozen=True, kw_only=True):
    """What a page can put the panel into."""

    kind = "gates"

    gate: Annotated[
        Literal["", "i", "f", "g", "o", "C", "r", "z", "n", "h"], Meta(description="the gate or state that is shown")
    ] = ""
    cursor: Annotated[str, CURSOR] = ""


class Map(msgspec.Struct, frozen=True):
    """A gate or state: units by time steps."""

    name: str
    values: list[list[float]]


class GatesTrace(msgspec.Struct, frozen=True):
    """The maps in the order in which a step computes them; `x`, `said` and `target` are (time,)."""

    cell: str
    peephole: str
    reset: str
    hidden: int
    maps: list[Map]
    x: list[float]
    said: list[float]
    target: list[float]
    loss: float
    about: str
    snapshots: list[int]
    layers: int  # up to the one that is shown
    shapes: list[tuple[int, ...]]  # of the weights of one layer
    file: str  # of the weights of a trained network
    turned: bool  # whether a GRU's z is, where its weights come from, one minus ours
    run: str = ""  # the name of the kept run


LAB = Lab(
    spec=Gates,
    answer=GatesTrace,
    show=GatesShow,
)
