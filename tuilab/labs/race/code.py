"""The race in plain torch; the peephole LSTM, which torch has not, is written out."""

from tuilab.labs import written
from tuilab.labs.home import TIMES
from tuilab.labs.race.spec import LANES, Lane, Race

_CELLS = {"RNN": "nn.RNN", "LSTM": "nn.LSTM", "peephole LSTM": "PeepholeLSTM", "GRU": "nn.GRU"}
_GUARD = """\
        norm = nn.utils.clip_grad_norm_(parameters, {clip})
        if not (loss + norm).isfinite():
            break  # this one has diverged
        losses.append(loss.item())
"""
_TELL = """\
for step in range(1, {steps} + 1):  # of the best
    told(step, min((losses[step - 1] for losses in ran if len(losses) >= step), default=float("nan")))
"""


def code(spec: Race, lanes: list[Lane]) -> str:
    """A program that trains the four, of the sizes they have, on the same batches; prints their losses."""
    return _written(spec, {lane.name: lane.hidden for lane in lanes}, spec.steps)


def program(spec: Race, steps: int, sizes: dict[str, int]) -> str:
    """The same for so many steps with the cells written out; `told` is told the loss of the best, as the lab has it.

    `sizes` are the units of each; where seconds are equal nothing is told.
    """
    return _written(spec, sizes, steps, home=True)


def _written(spec: Race, sizes: dict[str, int], steps: int, home: bool = False) -> str:
    of = {name: cell.removeprefix("nn.") if home else cell for name, cell in _CELLS.items()}
    cells = "".join(f'    ("{name}", {of[name]}, {sizes[name]}),\n' for name in LANES)
    by_time = spec.equal == "seconds"
    loop = f"while time.perf_counter() < begun + {spec.seconds}:" if by_time else f"for step in range({steps}):"
    begin = "    begun = time.perf_counter()\n" if by_time else ""
    clock = "import time\n\n" if by_time else ""
    sine = spec.task == "sine"
    inputs = 1 if sine else 8
    draw = (
        f"""\
    first = torch.randint({max(300, spec.length + 2)} - {spec.length}, ({spec.batch}, 1), generator=generator)
    windows = curve[first + torch.arange({spec.length} + 1), None]
    return windows[:, :-1], windows[:, 1:]"""
        if sine
        else f"""\
    target = torch.randint(8, ({spec.batch},), generator=generator)
    x = torch.zeros({spec.batch}, {spec.length}, 8)
    x[torch.arange({spec.batch}), 0, target] = 1  # seen at the first step, asked for at the last
    return x, target"""
    )
    points = max(300, spec.length + 2)
    curve = (
        f"curve = torch.sin(30 / {points} * torch.arange({points}, dtype=torch.float64)).float()\n\n\n"
        if sine
        else "\n"
    )
    loss = "((said - target) ** 2).mean()" if sine else "nn.functional.cross_entropy(said[:, -1], target)"
    clip = f"        nn.utils.clip_grad_norm_(parameters, {spec.clip!r})\n" if spec.clip else ""
    ran = begun = tell = ""
    if home and not by_time:
        clip, tell = _GUARD.format(clip=spec.clip or 'float("inf")'), _TELL.format(steps=steps)
        ran, begun = "ran = []\n", "    losses = []\n    ran.append(losses)\n"
    return f"""\
{clock}import torch
from torch import nn

{curve}def batch(generator):
{draw}


{_layers(spec, home)}{ran}for name, cell, hidden in (
{cells}):
    weights, batches = (torch.Generator().manual_seed({spec.seed}) for _ in range(2))
    layer, readout = cell({inputs}, hidden, batch_first=True), nn.Linear(hidden, {inputs})
    parameters = [*layer.parameters(), *readout.parameters()]
    with torch.no_grad():
        for parameter in parameters:
            parameter.uniform_(-(hidden**-0.5), hidden**-0.5, generator=weights)
    optimiser = torch.optim.Adam(parameters, lr={spec.lr!r}{TIMES if tell else ""})
{begin}{begun}    {loop}
        x, target = batch(batches)
        said = readout(layer(x)[0])
        loss = {loss}
        optimiser.zero_grad()
        loss.backward()
{clip}        optimiser.step()
    print(name, loss.item())
{tell}"""


def _layers(spec: Race, all_of_them: bool) -> str:
    """Lines that define the LSTM with peepholes as torch's layers are defined, or all four."""
    layers = [written.layer(cell) for cell in ("rnn", "lstm", "gru")] if all_of_them else []
    layers.append(written.layer("lstm", spec.peephole, name="PeepholeLSTM"))
    return f"{written.layers(*layers)}\n\n"
