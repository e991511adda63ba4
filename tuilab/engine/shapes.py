"""A recurrent network with a linear read-out used in four ways: what goes in, what comes out, where the loss is.

    seq2seq   a sequence to a sequence     an input and an output at every step
    seq2vec   a sequence to a vector       an input at every step, one output at the last
    vec2seq   a vector to a sequence       one input at the first step, an output at every step
    encdec    an encoder, then a decoder   the encoder's last state is all that the decoder gets of the input

The decoder is given its own last output at each step; in training the right one (teacher forcing). (A. Géron, Hands-On
Machine Learning, "Input and Output Sequences"; I. Sutskever and others, 2014, for the encoder and decoder.)
"""

from typing import NamedTuple

import torch
from torch import Tensor, nn

from tuilab.engine.layer import Kind, Recurrent, States

FORMS = ("seq2seq", "seq2vec", "vec2seq", "encdec")


class Examples(NamedTuple):
    """What goes in, (steps in, batch, inputs), and what should come out.

    `targets` are numbers (steps out, batch, 1), or of classes their places (steps out, batch), whole numbers.
    """

    inputs: Tensor
    targets: Tensor


class Network(nn.Module):
    """`form` says how it is used. Weights are drawn uniformly from ±1/sqrt(hidden)."""

    def __init__(self, form: str, kind: Kind, sizes: tuple[int, int], hidden: int, generator: torch.Generator) -> None:
        super().__init__()
        inputs, self.outputs = sizes
        self.form, self.kind = form, kind
        self.recurrent = Recurrent(kind, inputs, hidden, 1, generator)
        if form == "encdec":
            self.decoder = Recurrent(kind, self.outputs, hidden, 1, generator)
        with torch.random.fork_rng(devices=[]):
            self.readout = nn.Linear(hidden, self.outputs)
        with torch.no_grad():
            for parameter in self.readout.parameters():
                parameter.uniform_(-(hidden**-0.5), hidden**-0.5, generator=generator)

    def forward(self, examples: Examples) -> Tensor:
        """What is said at the steps that say something: (steps out, batch, outputs); classes as scores."""
        x, targets = examples
        if self.form == "vec2seq":
            x = nothing_after(x, len(targets))
        if self.form == "encdec":
            _, state = self.recurrent(x)
            hidden, _ = self.decoder(self.given(targets), state)
        else:
            hidden, state = self.recurrent(x)
        return self.readout(state[0] if self.form == "seq2vec" else hidden)

    def given(self, targets: Tensor) -> Tensor:
        """What the decoder is given, one-hot: the sign that it begins, class 0, then what it should have said."""
        before = torch.cat([torch.zeros_like(targets[:1]), targets[:-1]])
        return nn.functional.one_hot(before, self.outputs).to(self.readout.weight.dtype)

    @torch.no_grad()
    def free(self, examples: Examples) -> Tensor:
        """The same, with nothing given that would not be known: a decoder hears what it has itself said.

        It says as many steps as there are targets; only their number is looked at.
        """
        if self.form != "encdec":
            said: Tensor = self(examples)
            return said
        x, targets = examples
        _, state = self.recurrent(x)
        return decode(self.decoder, self.readout, state, targets.shape)


def nothing_after(x: Tensor, steps: int) -> Tensor:
    """One input, (1, batch, inputs), then zeros: (steps, batch, inputs)."""
    return torch.cat([x, x.new_zeros(steps - 1, *x.shape[1:])])


def decode(decoder: Recurrent, readout: nn.Linear, state: States, shape: torch.Size) -> Tensor:
    """Let a decoder hear its own likeliest output at each step: (steps, batch, outputs)."""
    steps, batch = shape
    heard, said = torch.zeros(batch, dtype=torch.long), []
    for _ in range(steps):
        given = nn.functional.one_hot(heard, readout.out_features).to(readout.weight.dtype)
        hidden, state = decoder(given[None], state)
        said.append(readout(hidden[0]))
        heard = said[-1].argmax(-1)
    return torch.stack(said)


def losses(said: Tensor, targets: Tensor) -> Tensor:
    """The loss of each step that has one (steps out, batch): squared error of numbers, cross-entropy of classes."""
    if targets.is_floating_point():
        return ((said - targets) ** 2).squeeze(-1)
    return nn.functional.cross_entropy(said.flatten(0, 1), targets.flatten(), reduction="none").view(targets.shape)
