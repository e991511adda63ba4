"""Networks that recall: how their memory begins, how far back they are trained, and how far the gradient reaches."""

from typing import Any, NamedTuple

import torch
from torch import Tensor, nn

from tuilab.engine.racer import Racer
from tuilab.engine.recall import Recall
from tuilab.engine.walk import MODULES, form

FRESH = 256  # sequences that accuracy is measured on, none of them trained on


class Beginning(NamedTuple):
    """How recurrent weights begin.

    `keep` is added to the bias of an LSTM's forget gate and taken from that of its input gate, and taken from the bias
    of a GRU's update gate, so that both hold what they have (Tallec and Ollivier 2018, with one time scale for all
    units). `init` is how an RNN's weight_hh begins: uniform, identity (biases 0; Le, Jaitly and Hinton 2015) or
    orthogonal.
    """

    keep: float = 0.0
    init: str = "uniform"


class Rememberer(Racer):
    """A racer on `Recall` that can be trained through its last `truncate` steps alone; 0 trains through all."""

    task: Recall  # a racer takes any

    truncate = 0

    @torch.no_grad()
    def begin(self, beginning: Beginning, seed: int) -> None:
        """Let the weights begin so."""
        layer: Any = self.recurrent
        hidden, bias = layer.hidden, layer.bias_ih_l0
        if layer.kind.cell == "lstm":
            bias[hidden : 2 * hidden] += beginning.keep
            bias[:hidden] -= beginning.keep
        elif layer.kind.cell == "gru":
            bias[hidden : 2 * hidden] -= beginning.keep
        elif beginning.init == "identity":
            layer.weight_hh_l0.copy_(torch.eye(hidden))
            bias.zero_()
            layer.bias_hh_l0.zero_()
        elif beginning.init == "orthogonal":
            nn.init.orthogonal_(layer.weight_hh_l0, generator=torch.Generator().manual_seed(seed))

    def forward(self, inputs: Tensor) -> Tensor:
        """(batch, time, inputs) to (batch, steps trained through, outputs)."""
        x, state = inputs.transpose(0, 1), None
        early = len(x) - self.truncate if self.truncate else 0
        if early > 0:
            with torch.no_grad():
                _, state = self.recurrent(x[:early])
        return self.readout(self.recurrent(x[max(0, early) :], state)[0]).transpose(0, 1)

    def _backpropagate(self, inputs: Tensor, targets: Tensor) -> Tensor:
        """Without truncation as any racer; with it by autograd, which goes back no further than `forward` lets it."""
        if not 0 < self.truncate < inputs.shape[1]:
            return super()._backpropagate(inputs, targets)
        loss = nn.functional.cross_entropy(self(inputs)[:, -1], targets)
        loss.backward()
        return loss.detach()

    @torch.no_grad()
    def accuracy(self, batches: int = 1) -> float:
        """Share of symbols recalled, on sequences not trained on."""
        inputs, targets = self.task.draw(torch.Generator().manual_seed(2**31), FRESH * batches)
        return float((self(inputs)[:, -1].argmax(1) == targets).float().mean())

    def reach(self, count: int = 8) -> Tensor:
        """How much of the gradient is left at each step: (time,), relative to the last step.

        That is the norm of the gradient of the loss with respect to the state that a step hands on, h, and for the
        LSTM h and C; over `count` fresh sequences, by the written-out steps of the cells. It is 0 where truncated.
        """
        inputs, targets = self.task.draw(torch.Generator().manual_seed(2**31), count)
        norms = gradient_norms(self, inputs, targets)
        return norms / norms[-1]


@torch.no_grad()
def gradient_norms(network: Rememberer, inputs: Tensor, targets: Tensor) -> Tensor:
    """Norms of the gradients of the loss with respect to the state after each step, (time,); 0 where truncated."""
    kind, x = network.recurrent.kind, inputs.transpose(0, 1)
    module: Any = MODULES[kind.cell]
    weights = module.Weights(*network.recurrent.weights(0))
    zero = x.new_zeros(x.shape[1], network.hidden)
    state, steps = module.State(*[zero] * kind.states), list[Any]()
    for x_t in x:
        state, remembered = module.step(x_t, state, weights, **form(kind))
        steps.append(remembered)
    said = network.readout(state.h)
    d_said = (said.softmax(1) - nn.functional.one_hot(targets, said.shape[1])) / len(targets)
    d = module.State(d_said @ network.readout.weight, *[zero] * (kind.states - 1))
    norms = x.new_zeros(len(x))
    last = max(0, len(x) - network.truncate) if network.truncate else 0
    for t in reversed(range(last, len(x))):
        norms[t] = torch.linalg.vector_norm(torch.cat(list(d)))
        _, d, _ = module.backward_step(d, steps[t], weights, **form(kind))
    return norms
