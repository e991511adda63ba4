"""The race in plain torch, without the peephole LSTM, which torch has not."""

from tuilab.labs.race.spec import Race


def code(spec: Race) -> str:
    """A program that trains three of the four on the same batches."""
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
    return f"""\
import torch
from torch import nn

{curve}def batch(generator):
{draw}


# with equal hidden sizes; the other handicaps change only hidden, and when it ends
for cell in (nn.RNN, nn.LSTM, nn.GRU):
    weights, batches = (torch.Generator().manual_seed({spec.seed}) for _ in range(2))
    layer, readout = cell({inputs}, {spec.hidden}, batch_first=True), nn.Linear({spec.hidden}, {inputs})
    parameters = [*layer.parameters(), *readout.parameters()]
    with torch.no_grad():
        for parameter in parameters:
            parameter.uniform_(-{spec.hidden} ** -0.5, {spec.hidden} ** -0.5, generator=weights)
    optimiser = torch.optim.Adam(parameters, lr={spec.lr!r})
    for step in range({spec.steps}):
        x, target = batch(batches)
        said = readout(layer(x)[0])
        loss = {loss}
        optimiser.zero_grad()
        loss.backward()
{clip}        optimiser.step()
    print(cell.__name__, loss.item())
"""
