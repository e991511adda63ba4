"""The forecast as a plain torch program, with the learner's settings."""

from tuilab.labs.forecast.genspec import STEPS, Generate
from tuilab.labs.forecast.network import OPTIMISERS, clipping, definitions, falling, is_torchs, network, noisy
from tuilab.labs.forecast.owncode import own_program
from tuilab.labs.forecast.report import Report
from tuilab.labs.forecast.spec import AnyForecast, Forecast
from tuilab.labs.home import TIMES, TOLD

_ALL = 'print("generated", torch.stack(window[{length}:]).tolist())\n'
_TABLE = """\
print("point  generated       sine   of those generated every tenth")
for point in range({length} + 9, len(window), 10):
    print(f"{{point + 1:5}}  {{window[point].item():9.4f}}  {{series(point, 1).item():9.4f}}")
"""


def code(spec: Forecast, question: Generate | None = None) -> str:
    """A program that trains the same network on the same batches, then generates what the question asks for."""
    return _written(spec, spec.steps, not is_torchs(spec), question or Generate())


def program(spec: AnyForecast, steps: int, report: Report | None = None) -> str:
    """The same for so many steps with the cell written out, the loss of each told to `told`.

    Of a series of one's own, `report` carries all values.
    """
    if isinstance(spec, Forecast):
        return _written(spec, steps, True, Generate(), TOLD)
    assert report is not None
    return own_program(spec, report, steps)


def _prompt(spec: Forecast, question: Generate) -> str:
    """The points that it goes on from."""
    first = max(question.first, 0)
    if question.prompt == "zeros":
        return f"torch.zeros({spec.length})"
    if question.prompt == "curve":
        return f"series({first}, {spec.length})"
    points = f"torch.arange({first}, {first + spec.length}, dtype=torch.float64)"
    places = f"({spec.begin!r} + ({spec.end!r} - {spec.begin!r}) / {spec.points} * {points})"
    return f"torch.sin({question.frequency!r} * {places} + {question.phase!r}).float()"


def _written(spec: Forecast, steps: int, written_out: bool, question: Generate, told: str = "") -> str:
    nudge = TIMES if told else ""
    return f"""\
import torch
from torch import nn
{definitions(spec, written_out)}{network(spec, written_out)}

def series(first, count):  # sin(x) at points of equal distance
    points = torch.arange(first, first + count, dtype=torch.float64)
    return torch.sin({spec.begin!r} + ({spec.end!r} - {spec.begin!r}) / {spec.points} * points).float()


curve = series(0, {spec.points})
optimiser = torch.optim.{OPTIMISERS[spec.optimiser]}(model.parameters(), lr={spec.lr!r}{nudge})
for step in range({steps}):
{falling(spec, told)}    first = torch.randint({spec.points - spec.length}, ({spec.batch}, 1), generator=generator)
    windows = curve[first + torch.arange({spec.length} + 1), None]  # (batch, time, 1)
    predicted = readout(recurrent(windows[:, :-1]{noisy(spec, str(spec.length))})[0])
    loss = ((predicted - windows[:, 1:]) ** 2).mean()  # shifted by one
    optimiser.zero_grad()
    loss.backward()
{clipping(spec)}    optimiser.step()
{told}print("loss", loss.item())

window = list({_prompt(spec, question)})
with torch.no_grad():
    for step in range({question.steps or STEPS}):  # feed each prediction back
        newest = torch.stack(window[-{spec.length}:])[None, :, None]
        window.append(readout(recurrent(newest)[0])[0, -1, 0])
{(_TABLE if told else _ALL).format(length=spec.length)}"""
