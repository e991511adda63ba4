"""Networks that race: the same task, the same batches, another cell."""

import math
import time
from functools import partial

import torch
from torch import Tensor, nn

from tuilab.engine import recall
from tuilab.engine.layer import Kind, Recurrent
from tuilab.engine.readout import ReadOut
from tuilab.engine.recall import Recall
from tuilab.engine.series import SineSeries
from tuilab.engine.training import Trainer

Batch = tuple[Tensor, Tensor]


class Task:
    """What is learnt: how a batch is drawn, and what is lost on it. Inputs are (batch, time, inputs)."""

    def __init__(self, name: str, length: int, batch: int) -> None:
        self.name, self.length, self.batch = name, length, batch
        self.inputs, self.outputs = (1, 1) if name == "sine" else (recall.SYMBOLS, recall.SYMBOLS)
        self._series = SineSeries(0.0, 30.0, max(300, length + 2))

    def draw(self, generator: torch.Generator) -> Batch:
        """A batch; the same generator gives the same batches."""
        if self.name == "sine":
            return self._series.batch(self.batch, self.length, generator)
        return recall.batch(self.batch, self.length, generator)


class Racer(nn.Module):
    """A recurrent layer with a linear read-out, its own batches, and the seconds that it has trained for."""

    def __init__(
        self, kind: Kind, hidden: int, task: Task | Recall, seed: int, settings: tuple[str, float, float]
    ) -> None:
        super().__init__()
        weights = torch.Generator().manual_seed(seed)
        self.task, self.hidden = task, hidden
        self.recurrent = Recurrent(kind, task.inputs, hidden, 1, weights)
        self.readout = ReadOut(hidden, task.outputs, weights)
        self.batches = torch.Generator().manual_seed(seed)
        self.trainer = Trainer(self.parameters(), *settings)
        self.seconds = 0.0

    @property
    def size(self) -> int:
        """How many numbers are trained."""
        return sum(parameter.numel() for parameter in self.parameters())

    def forward(self, inputs: Tensor) -> Tensor:
        """(batch, time, inputs) to (batch, time, outputs)."""
        return self.readout(self.recurrent(inputs.transpose(0, 1))[0]).transpose(0, 1)

    def step(self) -> tuple[float, float]:
        """Train on the next batch; the loss before the update, and the gradient norm. Raises Diverged."""
        inputs, targets = self.task.draw(self.batches)
        begun = time.perf_counter()
        result = self.trainer.descend(lambda: self._backpropagate(inputs, targets))
        self.seconds += time.perf_counter() - begun
        return result.loss, result.gradient_norm

    def warm_up(self) -> None:
        """Go forwards and back once, for nothing: what torch sets up then would be counted against the first to run."""
        inputs, targets = self.task.draw(torch.Generator().manual_seed(0))
        for parameter in self.parameters():
            parameter.grad = torch.zeros_like(parameter)
        self._backpropagate(inputs, targets)

    def _backpropagate(self, inputs: Tensor, targets: Tensor) -> Tensor:
        """Mean squared error of every step, or cross-entropy of the last one, with its gradients."""
        if self.task.name == "sine":
            criterion = partial(self.readout.squared_error, targets=targets.transpose(0, 1))
        else:
            criterion = partial(self.readout.cross_entropy, targets=targets)
        return self.recurrent.backpropagate(inputs.transpose(0, 1), criterion)

    @torch.no_grad()
    def accuracy(self, batches: int = 4) -> float:
        """Share of symbols recalled, on batches not trained on."""
        generator = torch.Generator().manual_seed(2**31)
        drawn = [self.task.draw(generator) for _ in range(batches)]
        right = [(self(inputs)[:, -1].argmax(1) == targets).float().mean() for inputs, targets in drawn]
        return float(torch.stack(right).mean())


def size_of(kind: Kind, hidden: int, task: Task | Recall) -> int:
    """The number of parameters of a racer."""
    layer = sum(map(math.prod, kind.shapes(task.inputs, hidden).values()))
    return layer + (hidden + 1) * task.outputs


def hidden_as_large(kind: Kind, hidden: int, task: Task | Recall) -> int:
    """The hidden size at which a racer comes nearest to the parameters of an LSTM with `hidden` units."""
    wanted, found = size_of(Kind("lstm"), hidden, task), 1
    while size_of(kind, found, task) < wanted:
        found += 1
    return min((found, max(1, found - 1)), key=lambda each: abs(size_of(kind, each, task) - wanted))
