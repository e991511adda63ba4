"""The forecast as a plain torch program, with the learner's settings."""

from tuilab.labs.forecast.spec import AnyForecast, Forecast
from tuilab.labs.forecast.written import written_layers

_MODULES = {"rnn": "RNN", "lstm": "LSTM", "gru": "GRU"}
OPTIMISERS = {"adam": "Adam", "sgd": "SGD", "rmsprop": "RMSprop"}


def code(spec: Forecast, generated: int = 100) -> str:
    """A program that trains the same network on the same batches, then generates."""
    clip = f"    nn.utils.clip_grad_norm_(model.parameters(), {spec.clip!r})\n" if spec.clip else ""
    return f"""\
import torch
from torch import nn

generator = torch.Generator().manual_seed({spec.seed})
{recurrent_layers(spec)}
readout = nn.Linear({spec.hidden}, 1)
model = nn.ModuleList([recurrent, readout])
with torch.no_grad():
    for parameter in model.parameters():
        parameter.uniform_(-{spec.hidden} ** -0.5, {spec.hidden} ** -0.5, generator=generator)


def series(first, count):  # sin(x) at points of equal distance
    points = torch.arange(first, first + count, dtype=torch.float64)
    return torch.sin({spec.begin!r} + ({spec.end!r} - {spec.begin!r}) / {spec.points} * points).float()


curve = series(0, {spec.points})
optimiser = torch.optim.{OPTIMISERS[spec.optimiser]}(model.parameters(), lr={spec.lr!r})
for step in range({spec.steps}):
    first = torch.randint({spec.points - spec.length}, ({spec.batch}, 1), generator=generator)
    windows = curve[first + torch.arange({spec.length} + 1), None]  # (batch, time, 1)
    predicted = readout(recurrent(windows[:, :-1])[0])
    loss = ((predicted - windows[:, 1:]) ** 2).mean()  # shifted by one
    optimiser.zero_grad()
    loss.backward()
{clip}    optimiser.step()
print("loss", loss.item())

window = list(series(0, {spec.length}))
with torch.no_grad():
    for step in range({generated}):  # feed each prediction back
        newest = torch.stack(window[-{spec.length}:])[None, :, None]
        window.append(readout(recurrent(newest)[0])[0, -1, 0])
print("generated", torch.stack(window[{spec.length}:]).tolist())
"""


def recurrent_layers(spec: AnyForecast) -> str:
    """Lines that define `recurrent`."""
    if spec.peephole != "no" or spec.reset != "after":
        return written_layers(spec)
    return f"recurrent = {torchs_layer(spec)}"


def torchs_layer(spec: AnyForecast) -> str:
    """Torch's own layer of that size."""
    return f"nn.{_MODULES[spec.cell]}(1, {spec.hidden}, {spec.layers}, batch_first=True)"
