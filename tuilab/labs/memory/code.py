"""The memory lab in plain torch."""

from tuilab.labs import written
from tuilab.labs.home import TIMES
from tuilab.labs.memory.spec import CELLS, LEARNED, SYMBOLS, Lane, Memory, agos

_BLANK = """\
    x = torch.zeros(count, ago + 1, 8)
    x[torch.arange(count), 0, target] = 1  # seen at the first step, asked for at the last
    return x, target"""
_NOISE = """\
    seen = torch.randint(8, 16, (count, ago + 1), generator=generator)  # of no meaning
    seen[:, 0] = target  # seen at the first step, asked for at the last
    return nn.functional.one_hot(seen, 16).float(), target"""
_IDENTITY = """\
            if cell is {of}RNN:
                U.copy_(torch.eye(hidden))
                b.zero_()
                c.zero_()
"""
_ORTHOGONAL = """\
            if cell is {of}RNN:
                nn.init.orthogonal_(U, generator=torch.Generator().manual_seed({seed}))
"""


def code(spec: Memory, lanes: list[Lane]) -> str:
    """A program that trains all networks on the same batches; prints what each has lost last, and recalls."""
    return _written(spec, {lane.name: lane.hidden for lane in lanes}, spec.steps)


_GUARD = """\
            norm = nn.utils.clip_grad_norm_(parameters, {clip})
            if not (loss + norm).isfinite():
                break  # this one has diverged
            losses.append(loss.item())
"""
_TELL = """\
        ran.append(losses[:-1] if learned else losses)

for step in range(1, {steps} + 1):  # the mean of the networks that train on after it
    going = [losses[step - 1] for losses in ran if len(losses) >= step]
    mean = sum(going) / len(going) if going else mean
    told(step, mean)
"""


def program(spec: Memory, steps: int, sizes: dict[str, int]) -> str:
    """The same for so many steps with the cells written out; `told` is told the mean loss, as the lab has it.

    `sizes` are the units of each cell.
    """
    layers = written.layers(*(written.layer(name.lower(), activation=spec.activation) for name in CELLS))
    return _written(spec, sizes, steps, layers)


def _written(spec: Memory, sizes: dict[str, int], steps: int, layers: str = "") -> str:
    of = "" if layers else "nn."
    cells = ", ".join(f"({of}{name}, {hidden})" for name, hidden in sizes.items())
    inputs = 2 * SYMBOLS if spec.between == "noise" else SYMBOLS
    relu = spec.activation == "relu" and not layers
    relus = ', **({"nonlinearity": "relu"} if cell is nn.RNN else {})' if relu else ""
    init = {"uniform": "", "identity": _IDENTITY, "orthogonal": _ORTHOGONAL}[spec.init].format(of=of, seed=spec.seed)
    clip = f"            nn.utils.clip_grad_norm_(parameters, {spec.clip!r})\n" if spec.clip else ""
    begin = ran = tell = ""
    if layers:
        clip = _GUARD.format(clip=spec.clip or 'float("inf")')
        begin, ran = "        losses, learned = [], False\n", "ran, mean = [], math.nan\n"
        tell = _TELL.format(steps=steps)
    learned = f"if learned := bool(recalled >= {LEARNED})" if layers else f"if recalled >= {LEARNED}"
    return f"""\
{"import math" + 2 * chr(10) if layers else ""}import torch
from torch import nn
{f"{2 * chr(10)}{layers}" if layers else ""}

def batch(count, ago, generator):
    target = torch.randint(8, (count,), generator=generator)
{_NOISE if spec.between == "noise" else _BLANK}


def last(layer, readout, x):
{_RUN[bool(spec.truncate)].format(truncate=spec.truncate)}


{ran}for cell, hidden in ({cells}):
    for ago in {list(agos(spec.ago))}:
        weights, batches = (torch.Generator().manual_seed({spec.seed}) for _ in range(2))
        layer = cell({inputs}, hidden, batch_first=True{relus})
        readout = nn.Linear(hidden, 8)
        parameters = [*layer.parameters(), *readout.parameters()]
        with torch.no_grad():
            for parameter in parameters:
                parameter.uniform_(-(hidden**-0.5), hidden**-0.5, generator=weights)
            W, U, b, c = layer.parameters()
            if cell is {of}LSTM:  # the gates hold on to what there is: input gate, forget gate
                b[:hidden] -= {spec.keep!r}
                b[hidden : 2 * hidden] += {spec.keep!r}
            if cell is {of}GRU:  # torch's update gate says how much stays
                b[hidden : 2 * hidden] += {spec.keep!r}
{init}        optimiser = torch.optim.Adam(parameters, lr={spec.lr!r}{TIMES if layers else ""})
        fresh, wanted = batch(256, ago, torch.Generator().manual_seed(2**31))
{begin}        for step in range(1, {steps} + 1):
            x, target = batch({spec.batch}, ago, batches)
            loss = nn.functional.cross_entropy(last(layer, readout, x), target)
            optimiser.zero_grad()
            loss.backward()
{clip}            optimiser.step()
            if step % 20 == 0 or step == {spec.steps}:
                recalled = (last(layer, readout, fresh).argmax(1) == wanted).float().mean()
                {learned}:
                    break
        print(cell.__name__, "T =", ago, "steps =", step, "loss =", loss.item())
{tell}"""


_RUN = {
    False: "    return readout(layer(x)[0][:, -1])",
    True: """\
    state = None
    if x.shape[1] > {truncate}:
        with torch.no_grad():  # no gradient goes further back than the last {truncate} steps
            _, state = layer(x[:, :-{truncate}])
    return readout(layer(x[:, -{truncate}:], state)[0][:, -1])""",
}
