"""Two deep networks whose activation and batch normalisation can be exchanged between two training steps.

The batch-norm layers are always there, with their gains and shifts; the switch routes around them.
"""

from collections.abc import Callable, Iterator
from typing import Protocol

import torch
from torch import Tensor, nn
from torch.nn import functional

from tuilab.engine.deep.initial import draw
from tuilab.engine.recall import SYMBOLS

SLOPE, ALPHA = 0.01, 1.0  # of leaky ReLU and ELU left of nought
GAIN = 0.1  # of the recurrent batch norm at first: at 1 tanh saturates (Cooijmans and others 2016, section 5)

ACTIVATIONS: dict[str, Callable[[Tensor], Tensor]] = {
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "leaky": lambda z: functional.leaky_relu(z, SLOPE),
    "elu": lambda z: functional.elu(z, ALPHA),
}

Drawing = tuple[str, float, torch.Generator]
"""How weights begin: the way, the size of normal ones, and the random numbers."""


class Deep(Protocol):
    """What a descent asks of a network."""

    parameters: list[Tensor]
    unmeasured: list[Tensor]  # those of them whose gradients are not what is measured
    activation: str
    batchnorm: str

    def hidden(self, inputs: Tensor) -> Iterator[Tensor]:
        """The outputs of the layers or time steps, in order."""

    def read_out(self, last: Tensor) -> Tensor:
        """Scores (batch, classes) from the last of them."""

    def watched(self, inputs: Tensor) -> list[Tensor]:
        """The outputs whose gradients are asked for, the last output among them."""

    def gradients(self, watched: list[Tensor]) -> list[Tensor]:
        """After going back: the gradients that are measured, a tensor for each layer or time step."""

    def draw(self, drawing: Drawing) -> None:
        """Let all weights begin anew, in place."""


class Stack:
    """`depth` layers h = f(norm(h W + b)) of `width` units, two inputs, two classes.

    Measured is the gradient of each layer's weights W: what moves them.
    """

    def __init__(self, depth: int, width: int) -> None:
        self.depth, self.width = depth, width
        self.activation, self.batchnorm = "sigmoid", "off"
        self.first = torch.empty(2, width)
        self.weights = [torch.empty(width, width) for _ in range(depth - 1)]  # apart: one array would be put together
        self.biases, self.gains, self.shifts = (torch.empty(depth, width) for _ in range(3))
        self.out, self.out_bias = torch.empty(width, 2), torch.empty(2)
        named = (self.first, *self.weights, self.biases, self.gains, self.shifts, self.out, self.out_bias)
        self.parameters = [parameter.requires_grad_() for parameter in named]
        self.unmeasured = self.parameters[depth:]

    @torch.no_grad()
    def draw(self, drawing: Drawing) -> None:
        """Let all weights begin anew; the read-out is always xavier, so that the layers alone differ."""
        self.first.copy_(draw(2, self.width, *drawing))
        for layer in self.weights:
            layer.copy_(draw(self.width, self.width, *drawing))
        self.out.copy_(draw(self.width, 2, "xavier", 0.0, drawing[2]))
        for zero in (self.biases, self.shifts, self.out_bias):
            zero.zero_()
        self.gains.fill_(1.0)

    def hidden(self, inputs: Tensor) -> Iterator[Tensor]:
        """The outputs (batch, width) of each layer; inputs (batch, 2)."""
        function, h = ACTIVATIONS[self.activation], inputs
        norms = [None] * self.depth if self.batchnorm == "off" else zip(self.gains, self.shifts, strict=True)
        weights = (self.first, *self.weights)
        for w, b, norm in zip(weights, self.biases.unbind(), norms, strict=True):
            z = torch.addmm(b, h, w)
            h = function(normalised(z, *norm) if norm else z)
            yield h

    def read_out(self, last: Tensor) -> Tensor:
        """Scores (batch, 2)."""
        return torch.addmm(self.out_bias, last, self.out)

    def watched(self, inputs: Tensor) -> list[Tensor]:
        """Only the last output: weights have their gradients."""
        last = inputs
        for last in self.hidden(inputs):  # noqa: B007 the others need not be kept
            pass
        return [last]

    def gradients(self, watched: list[Tensor]) -> list[Tensor]:
        """Of the first layer's weights (2, width), and of each other layer's (width, width)."""
        return [weights.grad for weights in (self.first, *self.weights) if weights.grad is not None]


class Unrolled:
    """A simple recurrent network h(t) = f(x(t) Wx + h(t-1) Wh + b) of `width` units, read out after the last step.

    Measured is the gradient of the loss by each hidden state, dL/dh(t), over the batch (Pascanu and others 2013).
    With batch normalisation `step` it is f(norm(h Wh) + norm(x Wx) + b), each time step with the statistics of its
    own batch (Cooijmans and others 2016); with `shared` it is f(norm(x Wx) + h Wh + b), the statistics being those
    of all time steps together, which can only be had of the inputs (Laurent and others 2016).
    """

    def __init__(self, width: int) -> None:
        self.width = width
        self.activation, self.batchnorm = "tanh", "off"
        self.wx, self.wh = torch.empty(SYMBOLS, width), torch.empty(width, width)
        self.bias, self.input_gain, self.hidden_gain = (torch.empty(width) for _ in range(3))
        self.out, self.out_bias = torch.empty(width, SYMBOLS), torch.empty(SYMBOLS)
        named = (self.wx, self.wh, self.bias, self.input_gain, self.hidden_gain, self.out, self.out_bias)
        self.parameters = self.unmeasured = [parameter.requires_grad_() for parameter in named]

    @torch.no_grad()
    def draw(self, drawing: Drawing) -> None:
        """Let all weights begin anew; the read-out is always xavier."""
        self.wx.copy_(draw(SYMBOLS, self.width, *drawing))
        self.wh.copy_(draw(self.width, self.width, *drawing))
        self.out.copy_(draw(self.width, SYMBOLS, "xavier", 0.0, drawing[2]))
        self.bias.zero_()
        self.out_bias.zero_()
        self.input_gain.fill_(GAIN)
        self.hidden_gain.fill_(GAIN)

    def hidden(self, inputs: Tensor) -> Iterator[Tensor]:
        """The hidden states (batch, width) of each time step; inputs (time, batch, symbols)."""
        function = ACTIVATIONS[self.activation]
        h = inputs.new_zeros(inputs.shape[1], self.width)
        for x in self._inputs(inputs):
            if self.batchnorm == "step":
                h = function(normalised(h @ self.wh, self.hidden_gain, None) + x)
            else:
                h = function(torch.addmm(x, h, self.wh))
            yield h

    def _inputs(self, inputs: Tensor) -> tuple[Tensor, ...]:
        """x Wx + b of each time step, normalised as the switch says."""
        time, batch, _ = inputs.shape
        flat = inputs.flatten(0, 1) @ self.wx
        if self.batchnorm == "off":
            return (flat + self.bias).view(time, batch, -1).unbind()
        if self.batchnorm == "shared":
            return normalised(flat, self.input_gain, self.bias).view(time, batch, -1).unbind()
        return tuple(normalised(x, self.input_gain, self.bias) for x in flat.view(time, batch, -1).unbind())

    def read_out(self, last: Tensor) -> Tensor:
        """Scores (batch, symbols)."""
        return torch.addmm(self.out_bias, last, self.out)

    def watched(self, inputs: Tensor) -> list[Tensor]:
        """Every hidden state, its gradient to be kept."""
        states = list(self.hidden(inputs))
        for state in states:
            state.retain_grad()
        return states

    def gradients(self, watched: list[Tensor]) -> list[Tensor]:
        """dL/dh (batch, width) of each time step."""
        return [state.grad for state in watched if state.grad is not None]


def normalised(z: Tensor, gain: Tensor, shift: Tensor | None) -> Tensor:
    """Batch normalisation (Ioffe and Szegedy 2015): (z - mean) / sqrt(variance + 1e-5) gain + shift, over the batch."""
    return functional.batch_norm(z, None, None, gain, shift, training=True)


def cross_entropy(scores: Tensor, targets: Tensor) -> Tensor:
    """The mean of -log softmax of the right class."""
    return nn.functional.cross_entropy(scores, targets)
