"""What can be asked of the unroll lab."""

from typing import Annotated, Literal, get_args

import msgspec
from msgspec import Meta

from tuilab.labs.catalogue import Lab
from tuilab.labs.edits import check_edits, parse_edits
from tuilab.labs.forms import At, Example, Model, Own
from tuilab.labs.spec import CURSOR, LabSpec, Show

SENTENCES = (("The", "brown", "fox", "is", "quick"), ("The", "red", "fox", "jumped", "high"))
_WORDS = {"inputs": 8, "batch": 2, "steps": 5}
_EDITS = {"allowed": "edits like X[0,1,0]:0.5 or Wx[0,1]:2 with commas between them"}


class Unroll(LabSpec, frozen=True, kw_only=True):
    """A layer of recurrent neurons, Y(t) = tanh(X(t)·Wx + Y(t-1)·Wy + b), unrolled over a short batch."""

    kind = "unroll"

    data: Annotated[
        Literal["small", "large", "words"],
        Meta(description="inputs: halves from -1 to 1, digits from 0 to 9, or two sentences one-hot"),
    ] = "small"
    neurons: Annotated[int, Meta(ge=1, le=8, description="neurons in the layer")] = 3
    inputs: Annotated[int, Meta(ge=1, le=8, description="numbers that go in at each step (words: 8)")] = 2
    batch: Annotated[int, Meta(ge=1, le=4, description="sequences side by side (words: 2)")] = 3
    steps: Annotated[int, Meta(ge=1, le=12, description="time steps (words: 5)")] = 2
    order: Annotated[
        Literal["time", "batch"], Meta(description="how the input is shown: time-major or batch-major")
    ] = "time"
    seed: Annotated[int, Meta(ge=0, le=2**31 - 1, description="seed of the weights and inputs")] = 1
    set: Annotated[str, Meta(description="numbers set by hand", extra=_EDITS)] = ""
    model: Model = ""
    at: At = -1
    example: Example = 0
    own: Own = ""

    def __post_init__(self) -> None:
        self._check_model()
        if self.data == "words":
            self._take_sizes_of_the_words()
        try:
            check_edits(parse_edits(self.set), self.shapes)
        except ValueError as error:
            raise ValueError(f"unroll: {error}") from None

    def _check_model(self) -> None:
        """Raise ValueError with a sentence where a setting is of a model and there is none, or does not go with one."""
        for name, default in (("at", -1), ("example", 0), ("own", "")):
            if not self.model and getattr(self, name) != default:
                raise ValueError(f"unroll: {name}={getattr(self, name)} is of a model; name one, as model=last.")
        for name, only in (("data", "small"), ("batch", 1), ("seed", 1)):
            if self.model and getattr(self, name) != only:
                given = getattr(self, name)
                raise ValueError(f"unroll: {name}={given} does not go with a model, which takes {name}={only}.")

    def _take_sizes_of_the_words(self) -> None:
        defaults = {field.name: field.default for field in msgspec.structs.fields(type(self))}
        for name, size in _WORDS.items():
            if getattr(self, name) not in (size, defaults[name]):
                given = getattr(self, name)
                raise ValueError(f"unroll: {name}={given} does not go with data=words, where {name} is {size}.")
            msgspec.structs.force_setattr(self, name, size)

    def implied(self) -> frozenset[str]:
        """The two sentences fix the sizes of the input."""
        return frozenset(_WORDS) if self.data == "words" else frozenset()

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """The shapes of the arrays that can be set."""
        return {
            "X": (self.steps, self.batch, self.inputs),
            "Wx": (self.inputs, self.neurons),
            "Wy": (self.neurons, self.neurons),
            "b": (1, self.neurons),
        }


Part = Literal["input", "X·Wx", "Y·Wy", "sum", "tanh"]
PARTS: tuple[Part, ...] = get_args(Part)


class UnrollShow(Show, frozen=True, kw_only=True):
    """What a page can put the panel into."""

    kind = "unroll"

    step: Annotated[int, Meta(ge=0, le=11, description="the time step")] = 0
    part: Annotated[Part, Meta(description="the part of it")] = "tanh"
    cursor: Annotated[str, CURSOR] = ""


Matrix = list[list[float]]


class UnrollStep(msgspec.Struct, frozen=True):
    """One time step; `X` is (batch, inputs), the others are (batch, neurons)."""

    X: Matrix
    Y_before: Matrix
    XWx: Matrix
    YWy: Matrix
    sum: Matrix
    Y: Matrix


class UnrollTrace(msgspec.Struct, frozen=True):
    """Every number of the layer: the weights, and each time step. `words` names the inputs, where they have names."""

    Wx: Matrix
    Wy: Matrix
    b: Matrix
    steps: list[UnrollStep]
    shapes: dict[str, list[int]]
    words: list[str]


LAB = Lab(
    spec=Unroll,
    answer=UnrollTrace,
    show=UnrollShow,
)
