"""A recurrent layer, or several on top of each other, with any of the cells; a module as torch's own are."""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from types import ModuleType

import torch
from torch import Tensor, nn

from tuilab.engine.cells import gru
from tuilab.engine.recurrence import Loan, Tapes, norms_of, recur
from tuilab.engine.state import difference, shapes_of
from tuilab.engine.tapes.gru import ResetAfterTape, ResetBeforeTape
from tuilab.engine.tapes.lstm import LstmTape
from tuilab.engine.tapes.rnn import ReluTape, RnnTape
from tuilab.engine.tapes.tape import Size, Tape

States = tuple[Tensor, ...]


@dataclass(frozen=True)
class Kind:
    """A cell and its form.

    Peepholes (no, full, diagonal) are for the LSTM, reset (after, before) for the GRU, activation (tanh, relu) for the
    RNN.
    """

    cell: str
    peephole: str = "no"
    reset: str = "after"
    activation: str = "tanh"

    @property
    def states(self) -> int:
        """How many states it hands on: h, and for the LSTM C."""
        return 2 if self.cell == "lstm" else 1

    @property
    def tape(self) -> type[Tape]:
        """What runs it over a sequence."""
        of_gru = ResetAfterTape if self.reset == "after" else ResetBeforeTape
        of_rnn = RnnTape if self.activation == "tanh" else ReluTape
        return {"rnn": of_rnn, "lstm": LstmTape, "gru": of_gru}[self.cell]

    def make_tape(self, size: Size) -> Tape:
        """A tape of that size; a compiled one where numba is installed and that is quicker."""
        compiled = _compiled() if self.in_torch() and self.activation == "tanh" else None
        if compiled is not None and compiled.is_quicker(size):
            tape: Tape = compiled.TAPES[self.cell](size)
            return tape
        return self.tape(size)

    def shapes(self, inputs: int, hidden: int) -> dict[str, tuple[int, ...]]:
        """The weights of one layer by torch's names."""
        width = self.tape.gates * hidden
        shapes: dict[str, tuple[int, ...]] = {"weight_ih": (width, inputs), "weight_hh": (width, hidden)}
        shapes |= {"bias_ih": (width,), "bias_hh": (width,)}
        if self.cell == "lstm" and self.peephole != "no":
            shapes["weight_ch"] = (3 * hidden, hidden) if self.peephole == "full" else (3 * hidden,)
        return shapes

    def in_torch(self) -> Callable[..., nn.RNNBase] | None:
        """Torch's layer that computes the same; None where there is none."""
        if (self.peephole != "no" and self.cell == "lstm") or (self.reset == "before" and self.cell == "gru"):
            return None
        if self.cell == "rnn":
            return partial(nn.RNN, nonlinearity=self.activation)
        return {"lstm": nn.LSTM, "gru": nn.GRU}[self.cell]


@cache
def _compiled() -> ModuleType | None:
    """The compiled loops; None where numba is not there, does not suit the rest, or finds no place for its files."""
    try:
        return importlib.import_module("tuilab.engine.tapes.compiled")
    except (ImportError, RuntimeError):
        return None


class Recurrent(nn.Module):
    """(time, batch, inputs) to (time, batch, hidden).

    The weights have torch's names and shapes, `weight_ih_l0` and so on, with `weight_ch_l0` for peepholes. They are
    drawn uniformly from ±1/sqrt(hidden), in torch's order, so that one generator gives torch's layer the same. After a
    way back, `dh_norms()` are the norms of the gradient with respect to the hidden state at every time step.
    """

    def __init__(
        self, kind: Kind, inputs: int, hidden: int, layers: int = 1, generator: torch.Generator | None = None
    ) -> None:
        super().__init__()
        self.kind, self.inputs, self.hidden, self.layers = kind, inputs, hidden, layers
        self._names = tuple(kind.shapes(inputs, hidden))
        bound = hidden**-0.5
        for layer in range(layers):
            for name, shape in kind.shapes(hidden if layer else inputs, hidden).items():
                drawn = torch.empty(shape).uniform_(-bound, bound, generator=generator)
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(self._turned(drawn)))
        self._tapes = [Tapes(kind.make_tape) for _ in range(layers)]

    def weights(self, layer: int) -> States:
        """The weights of one layer: weight_ih, weight_hh, bias_ih, bias_hh, and weight_ch with peepholes."""
        return tuple(getattr(self, f"{name}_l{layer}") for name in self._names)

    def forward(self, x: Tensor, state: States | None = None) -> tuple[Tensor, States]:
        """Run from `state`, or from zeros. Returned are the outputs and the last state.

        A state is h, or h and C, each (layers, batch, hidden).
        """
        if state is None:
            state = (x.new_zeros(self.layers, x.shape[1], self.hidden),) * self.kind.states
        finals = []
        for layer, tapes in enumerate(self._tapes):
            x, *final = recur(tapes, x, [part[layer] for part in state], self.weights(layer))
            finals.append(final)
        if self.layers == 1:
            return x, tuple(part.unsqueeze(0) for part in finals[0])
        return x, tuple(torch.stack(parts) for parts in zip(*finals, strict=True))

    @torch.inference_mode()
    def backpropagate(self, x: Tensor, criterion: Callable[[Tensor, Tensor], Tensor]) -> Tensor:
        """Run from zeros, then back from a loss: as autograd would, but without it, which small networks wait for.

        `criterion(h, dh)` returns the loss of the outputs h, and puts its gradient with respect to them into dh, both
        (time, batch, hidden). The gradients go into the `grad` of the weights, which has to be there.
        """
        loans = self._run(x)
        top = loans[-1].tape
        loss = criterion(top.h[1:], top.d_outputs)
        self._run_back(x, [loan.tape for loan in loans])
        return loss

    def _run(self, x: Tensor) -> list[Loan]:
        """Forwards through all layers, on tapes that are borrowed."""
        time, batch, _ = x.shape
        zeros = (x.new_zeros(batch, self.hidden),) * self.kind.states
        loans = []
        for layer, tapes in enumerate(self._tapes):
            loans.append(tapes.lend(Size(time, batch, x.shape[2], self.hidden, x.dtype, x.device)))
            loans[-1].tape.forward(x, zeros, self.weights(layer))
            x = loans[-1].tape.h[1:]
        return loans

    def _run_back(self, x: Tensor, tapes: list[Tape]) -> None:
        """Back through all layers, from the gradients in `d_outputs` of the last one."""
        for layer, tape in reversed(list(enumerate(tapes))):
            below = tapes[layer - 1] if layer else None
            seen, d_seen = (below.h[1:], below.d_outputs) if below else (x, None)
            _, gradients = tape.backward(seen, tape.d_outputs, (None,) * self.kind.states, d_seen)
            for weight, gradient in zip(self.weights(layer), gradients, strict=True):
                assert weight.grad is not None
                weight.grad.copy_(gradient)
            self._tapes[layer].dh_norms = norms_of(tape)

    def dh_norms(self) -> Tensor:
        """(layers, time). Raises ValueError before the first way back."""
        norms = [tapes.dh_norms for tapes in self._tapes if tapes.dh_norms is not None]
        if len(norms) < self.layers:
            raise ValueError("No gradient has come back through this layer yet; call backward first.")
        return torch.stack(norms)

    def to_torch(self) -> dict[str, Tensor]:
        """The weights as torch's own layer takes them. Raises ValueError where torch has no such layer."""
        self.must_be_in_torch()
        return {name: self._turned(tensor.detach()) for name, tensor in self.named_parameters()}

    @torch.no_grad()
    def from_torch(self, weights: dict[str, Tensor]) -> None:
        """Take the weights of torch's own layer. Raises ValueError where they do not fit."""
        self.must_be_in_torch()
        if apart := difference(shapes_of(dict(self.named_parameters())), shapes_of(weights)):
            raise ValueError(f"These weights are not of such a layer: {apart}.")
        self.load_state_dict({name: self._turned(tensor) for name, tensor in weights.items()})

    def must_be_in_torch(self) -> None:
        """Raise ValueError where torch has no such layer."""
        if self.kind.in_torch() is None:
            lacks = {"lstm": "LSTM has no peepholes", "gru": "GRU resets after the product"}[self.kind.cell]
            form = {"lstm": f"peephole={self.kind.peephole}", "gru": "reset=before"}[self.kind.cell]
            raise ValueError(f"torch has no layer for {form}: its {lacks}.")

    def _turned(self, tensor: Tensor) -> Tensor:
        return gru.swap(tensor) if self.kind.cell == "gru" else tensor.clone()


def named(network: nn.Module) -> dict[str, Tensor]:
    """The weights of a network's parts; those of recurrent layers as torch's own take them, where torch has such."""
    found: dict[str, Tensor] = {}
    for part, module in network.named_children():
        if isinstance(module, Recurrent) and module.kind.in_torch() is not None:
            weights = module.to_torch()
        else:
            weights = module.state_dict()
        found |= {f"{part}.{name}": tensor for name, tensor in weights.items()}
    return found
