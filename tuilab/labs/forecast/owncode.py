"""The forecast of a learner's own series as a plain torch program."""

import textwrap

from tuilab.labs.forecast.dataspec import DataForecast
from tuilab.labs.forecast.network import OPTIMISERS, clipping, definitions, falling, is_torchs, network, noisy
from tuilab.labs.forecast.report import Report, Source
from tuilab.labs.home import TIMES, TOLD

_WIDTH = 116


def own_code(spec: DataForecast, report: Report) -> str:
    """A program that splits and scales the same series, trains the same network, and prints the same errors."""
    return _written(spec, report, spec.steps, not is_torchs(spec))


def own_program(spec: DataForecast, report: Report, steps: int) -> str:
    """The same for so many steps with the cell written out, the loss of each told to `told`."""
    return _written(spec, report, steps, True, told=TOLD)


def _written(spec: DataForecast, report: Report, steps: int, written_out: bool, told: str = "") -> str:
    sizes = {part.part: part.rows for part in report.parts}
    lag = spec.lag(report.season)
    changes = "values[lag:] - values[:-lag]" if lag else "values"
    one = "values[first - lag : first - lag + held] + " if lag else ""
    optimiser, rate = OPTIMISERS[spec.optimiser], f"{spec.lr!r}{TIMES if told else ''}"
    noise = noisy(spec, "length")
    return f"""\
{"import csv" + 2 * chr(10) if report.source else ""}import torch
from torch import nn
{definitions(spec, written_out)}{_reading(report)}
season, lag, length = {report.season}, {lag}, {report.length}
train, validation, held = {sizes["training"]}, {sizes.get("validation", 0)}, {sizes["held out"]}
first = train + validation  # the first row that is held out
changes = {changes}{"  # what is learned" if lag else ""}
mean, deviation = changes[: train - lag].mean(), changes[: train - lag].std(correction=0)  # of the training rows alone
scaled = ((changes - mean) / deviation).float()

{network(spec, written_out)}optimiser = torch.optim.{optimiser}(model.parameters(), lr={rate})
for step in range({steps}):
{falling(spec, told)}    begin = torch.randint(train - lag - length, ({spec.batch}, 1), generator=generator)
    windows = scaled[begin + torch.arange(length + 1), None]  # (batch, time, 1)
    inputs = windows[:, :-1]{noise}
    loss = ((readout(recurrent(inputs)[0]) - windows[:, 1:]) ** 2).mean()  # shifted by one
    optimiser.zero_grad()
    loss.backward()
{clipping(spec)}    optimiser.step()
{told}
known, window = values[:first].tolist(), list(scaled[first - lag - length : first - lag])
with torch.no_grad():
    rows = torch.arange(first - lag - length, first - lag - length + held)[:, None] + torch.arange(length)
    said = readout(recurrent(scaled[rows, None])[0])[:, -1, 0].double()
    ahead = {one}said * deviation + mean
    for step in range(held):  # feed each prediction back
        newest = torch.stack(window[-length:])[None, :, None]
        window.append(readout(recurrent(newest)[0])[0, -1, 0])
        change = (window[-1].double() * deviation + mean).item()
        known.append({"known[-lag] + change" if lag else "change"})


def rmse(forecast):
    return ((values[first:] - forecast) ** 2).mean().sqrt().item()


print("loss", loss.item())
print("one step ahead", rmse(ahead))
print("free running", rmse(torch.tensor(known[first:], dtype=torch.float64)))
print("naive", rmse(values[first - 1]))
print("seasonal naive", rmse(values[first - season : first].repeat(held // season + 1)[:held]))
"""


def _reading(report: Report) -> str:
    """Lines that define `values`."""
    source = report.source
    if source is None:
        numbers = textwrap.fill(", ".join(map(repr, report.tidied)), _WIDTH, break_on_hyphens=False)
        about = "the series as tuilab has put it in order" if report.tidied else "put the series in order first: "
        return f"values = torch.tensor([  # {about}\n{textwrap.indent(numbers, '    ')}\n], dtype=torch.float64)"
    return f"""\
with open({source.path!r}, encoding={source.encoding!r}, newline="") as file:
    rows = [row for row in csv.reader(file, delimiter={source.separator!r}) if any(row)]
values = torch.tensor([{_number(source)} for row in rows{"[1:]" if source.has_header else ""}], dtype=torch.float64)"""


def _number(source: Source) -> str:
    cell = f"row[{source.place}]"
    if source.thousands:
        cell += f".replace({source.thousands!r}, '')"
    if source.decimal == ",":
        cell += ".replace(',', '.')"
    return f"float({cell})"
