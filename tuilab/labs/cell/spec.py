"""What can be asked of the cell lab."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from tuilab.labs.catalogue import Lab
from tuilab.labs.edits import Edit, parse_edits
from tuilab.labs.forms import Example, Layer, Own
from tuilab.labs.spec import CURSOR, Show

GATE_NAMES = {"rnn": ("h",), "lstm": ("i", "f", "g", "o"), "gru": ("r", "z", "n")}
BEFORE = {"rnn": ("h_before",), "lstm": ("h_before", "C_before"), "gru": ("h_before",)}
"""The states that a step begins with, as edits name them."""
_EDITS = {
    "allowed": "edits like f[7,2]:1 (gate, step, unit), C_before[7,2]:0 or h_before[7,2]:0 (what step 7 begins with), "
    "x[2]:0.5, W_f[2,0]:1, U_f[2,1]:0, P_f[2,1]:0, b_f[2]:2 or, of torch's GRU, c_n[2]:2"
}


def check_gate(edit: Edit) -> None:
    """Raise ValueError with a sentence where a gate or h is held at what it can never be."""
    if edit.array == "h_before" or any(edit.array in gates for gates in GATE_NAMES.values()):
        least = -1.0 if edit.array in ("g", "n", "h", "h_before") else 0.0
        if not least <= edit.value <= 1:
            raise ValueError(f"cell: set: {edit} is not allowed: {edit.array} is from {least:g} to 1.")


def check_clamp(clamp: str, cell: str, peephole: str) -> None:
    """Raise ValueError with a sentence where a cell does not have what is held."""
    name, gates = clamp.partition(":")[0], GATE_NAMES[cell]
    if name == "peepholes" and peephole == "no":
        raise ValueError("cell: clamp=peepholes:0 is for an LSTM with peepholes; this cell has none.")
    if name not in (*gates, "no", "peepholes"):
        raise ValueError(f"cell: clamp={clamp} is not allowed: this cell has no gate {name}, but {', '.join(gates)}.")


class Cell(Layer, frozen=True, kw_only=True):
    """A layer looked at in one unit and one time step."""

    kind = "cell"

    unit: Annotated[int, Meta(ge=0, le=511, description="the unit that is shown")] = 0
    t: Annotated[int, Meta(ge=0, le=199, description="the time step that is shown")] = 0
    clamp: Annotated[
        Literal["no", "i:0", "i:1", "f:0", "f:1", "o:1", "z:0", "z:1", "r:0", "r:1", "peepholes:0"],
        Meta(description="a gate held at a value in every unit and step, or peepholes cut"),
    ] = "no"
    set: Annotated[str, Meta(description="numbers set by hand", extra=_EDITS)] = ""
    example: Example = 0
    own: Own = ""
    part: Annotated[Literal["encoder", "decoder"], Meta(description="which of the two, of form=encdec")] = "encoder"

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.model:
            self.check_not_shapes("fresh weights read a sine")
        if self.t >= self.length:
            raise ValueError(f"cell: t={self.t} is not allowed: the steps go from 0 to {self.length - 1}.")
        for edit in self.edits:
            check_gate(edit)
        if not self.model:
            check_clamp(self.clamp, self.cell, self.peephole)
            if self.unit >= self.hidden:
                raise ValueError(f"cell: unit={self.unit} is not allowed: the units go from 0 to {self.hidden - 1}.")

    def check_not_shapes(self, why: str) -> None:
        """Raise ValueError with a sentence where an example of the shapes lab is named, and there is none."""
        for name, default in (("example", 0), ("own", ""), ("part", "encoder")):
            if getattr(self, name) != default:
                raise ValueError(
                    f"cell: {name}={getattr(self, name)} is for a model that the shapes lab has trained; {why}."
                )

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The numbers set by hand."""
        return parse_edits(self.set)


class CellShow(Show, frozen=True, kw_only=True):
    """What a page can put the panel into."""

    kind = "cell"

    way: Annotated[
        Literal["forwards", "backwards", "weights", "gradients"],
        Meta(description="which pass is shown, or the weights, or their gradients"),
    ] = "forwards"
    part: Annotated[int, Meta(ge=0, le=6, description="how far the step is computed; 0 is all of it")] = 0
    cursor: Annotated[str, CURSOR] = ""


class Back(msgspec.Struct, frozen=True):
    """One gate of the unit on the way back. A sum of terms goes from the last step back to this one."""

    d: float  # gradient of the loss with respect to the gate
    slope: float
    da: float  # with respect to what goes in
    dW: list[float]  # this step's own term of that with respect to the unit's row of W, and the sum of terms
    dW_sum: list[float]
    dU: list[float]
    dU_sum: list[float]
    dP: list[float]  # empty where it has no peephole
    dP_sum: list[float]
    db_sum: float  # db's own term is da
    dc_sum: float  # of torch's other bias, which for a candidate behind r is another
    da_all: list[float]  # of all units
    U_out: list[float]  # from the unit into this gate of all units: a column of U
    to_h: float  # what goes back through them to the unit's h(t-1)
    P_out: list[float]  # as U_out, of the peephole; of a diagonal the one number
    to_C: float  # what goes back through them to the unit's C(t-1), through that of o to C


class Gate(msgspec.Struct, frozen=True):
    """One gate of the unit at the step: what goes in, and what comes out."""

    name: str
    Wx: float
    Uh: float
    PC: float | None  # None where it has no peephole
    b: float
    sum: float
    value: float
    held: bool  # by a clamp or an edit
    U: list[float]  # the unit's row
    W: list[float]
    P: list[float]  # the unit's row, of a diagonal the one number; empty where it has no peephole
    back: Back


class Classes(msgspec.Struct, frozen=True):
    """What is said where classes are: their probabilities, which one is right, the read-out's weights from the unit."""

    names: list[str]
    chances: list[float]
    right: int
    weights: list[float]

    @property
    def likeliest(self) -> str:
        """What is said."""
        return self.names[self.chances.index(max(self.chances))]


class Walk(msgspec.Struct, frozen=True):
    """The unit at the step; states that a cell does not have are None, as is what is said where nothing is.

    Of classes `prediction` is the probability of the right one, `target` 1, and the read-out that of the right one.
    """

    x: list[float]
    h_before: list[float]  # of all units
    C_before: float | None
    gates: list[Gate]
    C: float | None
    tanh_C: float | None
    h: float
    prediction: float | None
    readout: list[float]  # the weights that h of all units is read out with, and the bias
    readout_b: float
    target: float | None
    loss: float
    dh_own: float
    dh_carried: float
    dC_own: float | None
    dC_carried: float | None
    dh_before: float
    dC_before: float | None
    r_all: list[float]  # the reset gates of all units, of a GRU
    m: float | None  # U_n·h + c_n, which r multiplies in a GRU with reset=after
    c_n: float | None
    h_all: list[float]  # of all units
    C_all_before: list[float]  # of all units; empty where the cell has no cell state
    C_all: list[float]
    h_earlier: list[float]  # of all units, two steps back; empty at the first step
    C_earlier: float | None  # two steps back; None at the first step too
    outs: int = 0  # steps at which something is said
    classes: Classes | None = None
    W_above: list[float] = []  # where a layer stands above: the unit's weights into all its gates, and their da
    da_above: list[float] = []
    h_held: list[int] = []  # units whose h is held as the step begins
    C_held: bool = False  # whether the unit's C is
    held_next: list[str] = []  # which of the unit's states, h and C, are held as the next step begins

    @property
    def past_the_gates(self) -> float:
        """What goes back along the state itself: to C(t-1) of an LSTM, to h(t-1) of a GRU."""
        gates = {gate.name: gate.value for gate in self.gates}
        if self.dC_own is not None and self.dC_carried is not None:
            return (self.dC_own + self.dC_carried) * gates["f"]
        return (self.dh_own + self.dh_carried) * (1 - gates["z"])


class CellTrace(msgspec.Struct, frozen=True):
    """The unit as it is, and as it would be without clamp and edits where there are any."""

    cell: str
    peephole: str
    reset: str
    hidden: int
    layers: int
    length: int
    unit: int
    t: int
    now: Walk
    baseline: Walk | None
    difference: float  # largest, of all gradients by hand from autograd's, relative to the largest gradient
    about: str  # what is looked into
    snapshots: list[int]  # training steps of the model that can be looked at
    part: str = ""  # encoder or decoder
    reads: str = ""  # what goes in at the step, where that is a letter
    run: str = ""  # the name of the kept run


LAB = Lab(
    spec=Cell,
    answer=CellTrace,
    show=CellShow,
)
