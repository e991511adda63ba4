"""A recurrent network with a linear read-out that says a series one step ahead."""

from functools import partial
from typing import Any

import torch
from torch import Tensor, nn

from tuilab.engine.layer import Kind, Recurrent, States, named
from tuilab.engine.readout import ReadOut


class Forecaster(nn.Module):
    """(batch, time, 1) to (batch, time, 1): a recurrent layer, stacked or not, and one linear read-out.

    `engine` is what runs over time: ours, or torch's own layer, which begins with the same weights. Raises ValueError
    where torch has no such layer.
    """

    def __init__(
        self, kind: Kind, hidden: int, layers: int, generator: torch.Generator, engine: str = "tuilab"
    ) -> None:
        super().__init__()
        ours = Recurrent(kind, 1, hidden, layers, generator)
        self.kind = kind
        with torch.random.fork_rng(devices=[]):  # torch's own first weights, drawn anew
            self.recurrent = ours if engine == "tuilab" else _torchs(ours)
        self.readout = ReadOut(hidden, 1, generator)

    def forward(self, inputs: Tensor, state: States | None = None) -> tuple[Tensor, States]:
        """Return the predictions for every step, and the state after the last one."""
        hidden, state = self._hidden(inputs, state)
        return self.readout(hidden).transpose(0, 1), state

    def backpropagate(self, inputs: Tensor, targets: Tensor) -> Tensor:
        """The mean squared error of the predictions for every step; its gradients go into the parameters' `grad`.

        targets are (batch, time, 1).
        """
        if isinstance(self.recurrent, Recurrent):
            error = partial(self.readout.squared_error, targets=targets.transpose(0, 1))
            return self.recurrent.backpropagate(inputs.transpose(0, 1), error)
        loss = ((self(inputs)[0] - targets) ** 2).mean()
        loss.backward()
        return loss.detach()

    def to_torch(self) -> dict[str, Tensor]:
        """The weights as torch's own layer and nn.Linear take them, `recurrent.` and `readout.` before their names.

        Raises ValueError where torch has no such layer.
        """
        if isinstance(self.recurrent, Recurrent):
            self.recurrent.must_be_in_torch()
        return named(self)

    def _hidden(self, inputs: Tensor, state: States | None) -> tuple[Tensor, States]:
        if isinstance(self.recurrent, Recurrent):
            return self.recurrent(inputs.transpose(0, 1), state)
        return self._through_torch(inputs.transpose(0, 1), state)

    def _through_torch(self, x: Tensor, state: States | None) -> tuple[Tensor, States]:
        if self.kind.states == 1:
            hidden, last = self.recurrent(x, state[0] if state is not None else None)
            return hidden, (last,)
        hidden, last = self.recurrent(x, state)
        return hidden, last


def _torchs(ours: Recurrent) -> nn.RNNBase:
    """Torch's layer with the same weights."""
    weights = ours.to_torch()
    make: Any = ours.kind.in_torch()
    layer: nn.RNNBase = make(ours.inputs, ours.hidden, ours.layers)
    layer.load_state_dict(weights)
    return layer


@torch.no_grad()
def predict(model: Forecaster, values: Tensor) -> Tensor:
    """Say each next value of a series (time,) from the true values before it (teacher forcing): (time,)."""
    return model(values[None, :, None])[0][0, :, 0]


@torch.no_grad()
def generate(model: Forecaster, prompt: Tensor, steps: int) -> Tensor:
    """Continue a series (time,) by `steps` values, each prediction fed back as the next input (free running).

    The network sees the newest `len(prompt)` values each time, a window as long as those it was trained on.
    """
    window = list(prompt)
    for _ in range(steps):
        newest = torch.stack(window[-len(prompt) :])
        window.append(predict(model, newest)[-1])
    return torch.stack(window[len(prompt) :])


@torch.no_grad()
def one_ahead(model: Forecaster, windows: Tensor) -> Tensor:
    """Say the value after each window (windows, time) of true ones, as `generate` does from its own: (windows,)."""
    return torch.cat([model(part[..., None])[0][:, -1, 0] for part in windows.split(256)])
