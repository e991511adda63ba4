"""A recurrent network with a linear read-out that says a series one step ahead."""

import torch
from torch import Tensor, nn

CELLS = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}
State = Tensor | tuple[Tensor, Tensor] | None


class Forecaster(nn.Module):
    """(batch, time, 1) to (batch, time, 1): a recurrent layer, stacked or not, and one linear read-out."""

    def __init__(self, cell: str, hidden: int, layers: int, generator: torch.Generator) -> None:
        super().__init__()
        with torch.random.fork_rng(devices=[]):  # torch's own first weights, drawn anew below
            self.recurrent = CELLS[cell](1, hidden, layers, batch_first=True)
            self.readout = nn.Linear(hidden, 1)
        bound = hidden**-0.5  # torch's own default, drawn from the generator that was handed in
        with torch.no_grad():
            for parameter in self.parameters():
                parameter.uniform_(-bound, bound, generator=generator)

    def forward(self, inputs: Tensor, state: State = None) -> tuple[Tensor, State]:
        """Return the predictions for every step, and the state after the last one."""
        hidden, state = self.recurrent(inputs, state)
        return self.readout(hidden), state


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
