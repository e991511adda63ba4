"""The memory lab in plain torch."""

from tuilab.labs.memory.spec import LEARNED, SYMBOLS, Lane, Memory, agos

_BLANK = """\
    x = torch.zeros(count, ago + 1, 8)
    x[torch.arange(count), 0, target] = 1  # seen at the first step, asked for at the last
    return x, target"""
_NOISE = """\
    seen = torch.randint(8, 16, (count, ago + 1), generator=generator)  # of no meaning
    seen[:, 0] = target  # seen at the first step, asked for at the last
    return nn.functional.one_hot(seen, 16).float(), target"""
_IDENTITY = """\
            if cell is nn.RNN:
                layer.weight_hh_l0.copy_(torch.eye(hidden))
                layer.bias_ih_l0.zero_()
                layer.bias_hh_l0.zero_()
"""
_ORTHOGONAL = """\
            if cell is nn.RNN:
                nn.init.orthogonal_(layer.weight_hh_l0, generator=torch.Generator().manual_seed({seed}))
"""


def code(spec: Memory, lanes: list[Lane]) -> str:
    """A program that trains all networks on the same batches; prints what each has lost last, and recalls."""
    cells = ", ".join(f"(nn.{lane.name}, {lane.hidden})" for lane in lanes)
    inputs = 2 * SYMBOLS if spec.between == "noise" else SYMBOLS
    relu = ', **({"nonlinearity": "relu"} if cell is nn.RNN else {})' if spec.activation == "relu" else ""
    init = {"uniform": "", "identity": _IDENTITY, "orthogonal": _ORTHOGONAL.format(seed=spec.seed)}[spec.init]
    clip = f"            nn.utils.clip_grad_norm_(parameters, {spec.clip!r})\n" if spec.clip else ""
    return f"""\
import torch
from torch import nn


def batch(count, ago, generator):
    target = torch.randint(8, (count,), generator=generator)
{_NOISE if spec.between == "noise" else _BLANK}


def last(layer, readout, x):
{_RUN[bool(spec.truncate)].format(truncate=spec.truncate)}


for cell, hidden in ({cells}):
    for ago in {list(agos(spec.ago))}:
        weights, batches = (torch.Generator().manual_seed({spec.seed}) for _ in range(2))
        layer = cell({inputs}, hidden, batch_first=True{relu})
        readout = nn.Linear(hidden, 8)
        parameters = [*layer.parameters(), *readout.parameters()]
        with torch.no_grad():
            for parameter in parameters:
                parameter.uniform_(-(hidden**-0.5), hidden**-0.5, generator=weights)
            if cell is nn.LSTM:  # the gates hold on to what there is: input gate, forget gate
                layer.bias_ih_l0[:hidden] -= {spec.keep!r}
                layer.bias_ih_l0[hidden : 2 * hidden] += {spec.keep!r}
            if cell is nn.GRU:  # torch's update gate says how much stays
                layer.bias_ih_l0[hidden : 2 * hidden] += {spec.keep!r}
{init}        optimiser = torch.optim.Adam(parameters, lr={spec.lr!r})
        fresh, wanted = batch(256, ago, torch.Generator().manual_seed(2**31))
        for step in range(1, {spec.steps} + 1):
            x, target = batch({spec.batch}, ago, batches)
            loss = nn.functional.cross_entropy(last(layer, readout, x), target)
            optimiser.zero_grad()
            loss.backward()
{clip}            optimiser.step()
            if step % 20 == 0:
                recalled = (last(layer, readout, fresh).argmax(1) == wanted).float().mean()
                if recalled >= {LEARNED}:
                    break
        print(cell.__name__, "T =", ago, "steps =", step, "loss =", loss.item())
"""


_RUN = {
    False: "    return readout(layer(x)[0][:, -1])",
    True: """\
    state = None
    if x.shape[1] > {truncate}:
        with torch.no_grad():  # no gradient goes further back than the last {truncate} steps
            _, state = layer(x[:, :-{truncate}])
    return readout(layer(x[:, -{truncate}:], state)[0][:, -1])""",
}
