"""What can be asked of the shapes lab."""

import math
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from tuilab.labs.catalogue import Lab, Question
from tuilab.labs.edits import number
from tuilab.labs.forms import CellName
from tuilab.labs.spec import LabSpec, MomentQuestion, Show, Spec

LENGTHS = {"seq2seq": 12, "seq2vec": 12, "vec2seq": 12, "encdec": 5}  # where length is 0
LETTERS = "abcdefghijklmnopqrstuvwxyz"
WITH_CLASSES = ("seq2vec", "encdec")  # the others say numbers
ERROR, RIGHT = 0.1, 0.95  # good enough: a typical error of at most, a share of right answers of at least
HELD_OUT = 200  # examples
MOST_OWN, LARGEST_OWN = 40, 10.0  # of a learner's own input: how long, how large
_OWN = {"allowed": "numbers with commas between them, or a word of the letters a to z"}


def kind_of_judgement(form: str) -> str:
    """What is measured of a form."""
    return "share right" if form in WITH_CLASSES else "typical error"


class Shapes(LabSpec, frozen=True, kw_only=True):
    """A recurrent network used in one of four ways, trained on the task of that way."""

    kind = "shapes"

    form: Annotated[
        Literal["seq2seq", "seq2vec", "vec2seq", "encdec"],
        Meta(description="sequence to sequence, to vector, vector to sequence, or encoder and decoder"),
    ] = "seq2seq"
    cell: CellName = "gru"
    hidden: Annotated[int, Meta(ge=1, le=256, description="units; encoder and decoder have so many each")] = 64
    length: Annotated[
        int, Meta(ge=0, le=40, description="points, or letters of the longest word; 0: 12, and 5 letters")
    ] = 0
    wave: Annotated[Literal["sine", "triangle"], Meta(description="the waveform that vec2seq plays")] = "sine"
    noise: Annotated[float, Meta(ge=0, le=2, description="noise on the series of seq2vec")] = 0.3
    batch: Annotated[int, Meta(ge=1, le=256, description="examples in a batch")] = 64
    lr: Annotated[float, Meta(gt=0, le=10, description="learning rate at first; it falls evenly to zero")] = 0.01
    clip: Annotated[float, Meta(ge=0, le=1000, description="largest gradient norm; 0 does not clip")] = 1.0
    steps: Annotated[int, Meta(ge=1, le=100_000, description="training steps")] = 1500
    seed: Annotated[int, Meta(ge=0, le=2**31 - 1, description="seed of weights and batches")] = 1

    def __post_init__(self) -> None:
        least = 2 if self.form == "encdec" else 5
        if 0 < self.length < least:
            raise ValueError(
                f"shapes: length={self.length} is too short for form={self.form}; take {least} or more, or 0 for "
                f"{LENGTHS[self.form]}."
            )
        if self.wave != "sine" and self.form != "vec2seq":
            raise ValueError(f"shapes: wave={self.wave} is for form=vec2seq; form={self.form} plays no waveform.")
        if self.noise != 0.3 and self.form != "seq2vec":
            raise ValueError(f"shapes: noise={self.noise:g} is for form=seq2vec; form={self.form} has no noisy series.")

    @property
    def points(self) -> int:
        """How many points, or letters of the longest word."""
        return self.length or LENGTHS[self.form]


class Step(msgspec.Struct, frozen=True):
    """A time step of the unrolled network; None where nothing goes in, or nothing is said there.

    `chance` is the probability of what is said, of classes; `loss` is None too where no target is known.
    """

    part: str  # encoder, decoder, or nothing
    given: float | str | None
    said: float | str | None = None
    target: float | str | None = None
    loss: float | None = None
    chance: float | None = None


class Example(msgspec.Struct, frozen=True):
    """An example in the network: `number` of the held-out ones, -1 for the learner's own.

    `error` is the typical error of the steps that are judged, of numbers; `right` is None where no target is known.
    """

    number: int
    steps: list[Step]
    loss: float | None
    error: float | None
    right: bool | None
    own: str = ""


class ShapesView(msgspec.Struct, frozen=True):
    """The network as it is, on examples that it was not trained on: the first of them, and the worst.

    `measure` is the typical error of all, or the share that is right; `checks` are the steps at which it was measured,
    with what it was. Shapes are those of a batch, (time, batch, numbers); of a decoder's classes (time, batch).
    """

    step: int
    form: str
    measure: float
    accepted: bool
    wrong: int
    examples: list[Example]
    worst: list[Example]
    checks: list[tuple[int, float]]
    inputs: list[int]
    targets: list[int]
    parameters: int
    unknown: int  # first steps out that are not judged


class ShapesShow(Show, frozen=True, kw_only=True):
    """What a page can put the panel into."""

    kind = "shapes"

    order: Annotated[Literal["drawn", "worst"], Meta(description="examples as drawn, or wrong ones first")] = "drawn"
    example: Annotated[int, Meta(ge=0, le=15, description="which of them")] = 0


class Attempt(Spec, frozen=True, kw_only=True):
    """A question to a trained network: what does it say to an input of one's own?"""

    kind = "attempt"

    own: Annotated[str, Meta(max_length=400, description="a series, a number or a word", extra=_OWN)] = ""
    at: Annotated[int, Meta(ge=-1, le=1_000_000, description="training step that it is at; -1 is the last")] = -1


class Stage(MomentQuestion, frozen=True, kw_only=True):
    """A question to a training: what was the network at a moment of it?"""

    kind = "stage"


def read_series(form: str, own: str) -> list[float]:
    """Read a learner's own series, or number. Raises ValueError with a sentence."""
    values = [number(part) for part in own.replace(",", " ").split()]
    least, most = {"seq2seq": (5, MOST_OWN), "seq2vec": (2, MOST_OWN), "vec2seq": (1, 1)}[form]
    if not least <= len(values) <= most:
        wanted = "one number" if most == 1 else f"{least} to {most} numbers"
        raise ValueError(f"{own.strip()!r} has {len(values)} numbers; {form} takes {wanted}, like {sample(form)}.")
    large = next((value for value in values if not math.fabs(value) <= LARGEST_OWN), None)
    if large is not None:
        raise ValueError(f"{large:g} is too large; take numbers from {-LARGEST_OWN:g} to {LARGEST_OWN:g}.")
    return values


def read_word(own: str) -> str:
    """Read a learner's own word. Raises ValueError with a sentence."""
    word = own.strip().lower()
    if not 2 <= len(word) <= MOST_OWN or any(letter not in LETTERS for letter in word):
        raise ValueError(f"{own.strip()!r} is no word of 2 to {MOST_OWN} letters from a to z; write one like lemon.")
    return word


def check_own(form: str, own: str) -> None:
    """Raise ValueError with a sentence where that cannot be put in."""
    if form == "encdec":
        read_word(own)
    else:
        read_series(form, own)


def sample(form: str) -> str:
    """What could be typed."""
    return {
        "seq2seq": "0 0.5 0.87 1 0.87 0.5 0 -0.5",
        "seq2vec": "0 0.2 0.3 0.7 0.6 0.2 -0.1",
        "vec2seq": "1.5",
        "encdec": "lemon",
    }[form]


LAB = Lab(
    spec=Shapes,
    answer=ShapesView,
    view=ShapesView,
    questions=(Question(Attempt, Example), Question(Stage, ShapesView)),
    show=ShapesShow,
)
