"""The cells and their forms, as the specs of several labs spell them; and a layer that is looked into."""

from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta

from tuilab.labs.locks import locked
from tuilab.labs.spec import LabSpec, Spec, fields

CellName = Annotated[Literal["rnn", "lstm", "gru"], Meta(description="the recurrent cell")]
Peephole = Annotated[Literal["no", "full", "diagonal"], Meta(description="what the gates of an LSTM see of C")]
Reset = Annotated[Literal["after", "before"], Meta(description="a GRU's reset gate: after or before U·h")]
_MODELS = {"allowed": "last, the name of a kept run, or nothing for fresh weights", "everywhere": ("",)}
Model = Annotated[str, Meta(max_length=80, description="a trained forecast to look into", extra=_MODELS)]
At = Annotated[int, Meta(ge=-1, le=1_000_000, description="training step of the model; -1 is its last")]
LayerNumber = Annotated[int, Meta(ge=-1, le=3, description="layer of the model, 0 the lowest; -1 is the top one")]
Units = Annotated[int, Meta(ge=1, le=32, description="units, of fresh weights")]
Seed = Annotated[int, Meta(ge=0, le=2**31 - 1, description="seed, of fresh weights")]
First = Annotated[int, Meta(ge=0, le=100_000, description="first point of the window on the series")]
_OWN = {"allowed": "numbers with commas between them, or a word of the letters a to z"}
Example = Annotated[int, Meta(ge=0, le=199, description="held-out example, of a model of shapes")]
Own = Annotated[str, Meta(max_length=400, description="an input of one's own, of a model of shapes", extra=_OWN)]
Length = Annotated[int, Meta(ge=2, le=200, description="time steps")]


def check_form(cell: str, peephole: str, reset: str, kind: str) -> None:
    """Raise ValueError with a sentence where a cell cannot have that form."""
    if peephole != "no" and cell != "lstm":
        raise ValueError(f"{kind}: peephole={peephole} is for cell=lstm; a {cell} has no cell state.")
    if reset != "after" and cell != "gru":
        raise ValueError(f"{kind}: reset={reset} is for cell=gru; a {cell} has no reset gate.")


class Layer(LabSpec, frozen=True, kw_only=True):
    """A recurrent layer with a linear read-out on a window of a sine: with fresh weights, or of a trained model."""

    FRESH: ClassVar[tuple[str, ...]] = ("cell", "peephole", "reset", "hidden", "seed")
    """What a model says by itself."""

    cell: CellName = "lstm"
    peephole: Peephole = "no"
    reset: Reset = "after"
    hidden: Units = 3
    seed: Seed = 1
    model: Model = ""
    at: At = -1
    layer: LayerNumber = -1
    first: First = 0
    length: Length = 8

    def __post_init__(self) -> None:
        if not self.model:
            check_form(self.cell, self.peephole, self.reset, self.kind)
            if self.at != -1:
                raise ValueError(f"{self.kind}: at={self.at} is a step of a model's training; name one, as model=last.")
            self.check_layer(1)

    def check_layer(self, layers: int) -> None:
        """Raise ValueError with a sentence where there is no such layer."""
        if self.layer >= layers:
            there = f"the layers go from 0, the lowest, to {layers - 1}" if layers > 1 else "there is one layer, 0"
            raise ValueError(f"{self.kind}: layer={self.layer} is not allowed: {there}; -1 is the top one.")

    def check_model(self, model: Spec) -> None:
        """Raise ValueError with a sentence where a setting says that the model is what it is not."""
        for field in fields(type(self)):
            given, found = getattr(self, field.name), getattr(model, field.name, None)
            if field.name in self.FRESH and given not in (field.default, found):
                raise ValueError(
                    f"{self.kind}: {field.name}={given} is not allowed here: the network of model={self.model} has "
                    f"{field.name}={found}; leave {field.name} out, or at {field.default}."
                )

    def same_layer(self) -> dict[str, Any]:
        """The settings by which another lab looks at the same layer; what is locked here is locked there."""
        names = (field.name for field in fields(Layer) if not (self.model and field.name in self.FRESH))
        return {"lock": ",".join(locked(self)), **{name: getattr(self, name) for name in names}}
