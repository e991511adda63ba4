"""The cells and their forms, as the specs of several labs spell them."""

from typing import Annotated, Literal

from msgspec import Meta

CellName = Annotated[Literal["rnn", "lstm", "gru"], Meta(description="the recurrent cell")]
Peephole = Annotated[Literal["no", "full", "diagonal"], Meta(description="what the gates of an LSTM see of C")]
Reset = Annotated[Literal["after", "before"], Meta(description="a GRU's reset gate: after or before U·h")]
_MODELS = {"allowed": "last, the name of a kept run, or nothing for fresh weights"}
Model = Annotated[str, Meta(max_length=80, description="a trained forecast to look into", extra=_MODELS)]
At = Annotated[int, Meta(ge=-1, le=1_000_000, description="training step of the model; -1 is its last")]
Units = Annotated[int, Meta(ge=1, le=32, description="units, of fresh weights")]
Seed = Annotated[int, Meta(ge=0, le=2**31 - 1, description="seed, of fresh weights")]
First = Annotated[int, Meta(ge=0, le=100_000, description="first point of the window on the series")]
Length = Annotated[int, Meta(ge=2, le=200, description="time steps")]


def check_form(cell: str, peephole: str, reset: str, kind: str) -> None:
    """Raise ValueError with a sentence where a cell cannot have that form."""
    if peephole != "no" and cell != "lstm":
        raise ValueError(f"{kind}: peephole={peephole} is for cell=lstm; a {cell} has no cell state.")
    if reset != "after" and cell != "gru":
        raise ValueError(f"{kind}: reset={reset} is for cell=gru; a {cell} has no reset gate.")
