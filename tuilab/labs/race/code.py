"""The race in plain torch; the peephole LSTM, which torch has not, is written out."""

from tuilab.labs.forecast.written import LSTM_STEPS, see
from tuilab.labs.race.spec import LANES, Lane, Race

_CELLS = {"RNN": "nn.RNN", "LSTM": "nn.LSTM", "peephole LSTM": "PeepholeLSTM", "GRU": "nn.GRU"}
_PEEPHOLE = """\
class PeepholeLSTM(nn.Module):
    def __init__(self, inputs, hidden, batch_first=True):
        super().__init__()
        gates = [(4 * hidden, inputs), (4 * hidden, hidden), (4 * hidden,), (4 * hidden,)]
        self.weights = nn.ParameterList(torch.empty(shape) for shape in [*gates, PEEPHOLES])

    def forward(self, x):
        W, U, b, c, P = self.weights
        P_i, P_f, P_o = P.chunk(3)
        out = []
STEPS        return torch.stack(out, 1), None


"""


def code(spec: Race, lanes: list[Lane]) -> str:
    """A program that trains the four, of the sizes they have, on the same batches; prints their losses."""
    sizes = {lane.name: lane.hidden for lane in lanes}
    cells = "".join(f'    ("{name}", {_CELLS[name]}, {sizes[name]}),\n' for name in LANES)
    by_time = spec.equal == "seconds"
    loop = f"while time.perf_counter() < begun + {spec.seconds}:" if by_time else f"for step in range({spec.steps}):"
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
    return f"""\
{clock}import torch
from torch import nn

{curve}def batch(generator):
{draw}


{_peephole(spec)}for name, cell, hidden in (
{cells}):
    weights, batches = (torch.Generator().manual_seed({spec.seed}) for _ in range(2))
    layer, readout = cell({inputs}, hidden, batch_first=True), nn.Linear(hidden, {inputs})
    parameters = [*layer.parameters(), *readout.parameters()]
    with torch.no_grad():
        for parameter in parameters:
            parameter.uniform_(-(hidden**-0.5), hidden**-0.5, generator=weights)
    optimiser = torch.optim.Adam(parameters, lr={spec.lr!r})
{begin}    {loop}
        x, target = batch(batches)
        said = readout(layer(x)[0])
        loss = {loss}
        optimiser.zero_grad()
        loss.backward()
{clip}        optimiser.step()
    print(name, loss.item())
"""


def _peephole(spec: Race) -> str:
    """Lines that define the LSTM with peepholes, as torch's layers are defined."""
    peepholes = "(3 * hidden, hidden)" if spec.peephole == "full" else "(3 * hidden,)"
    steps = LSTM_STEPS.replace("HIDDEN", "U.shape[1]")
    return see(spec.peephole) + _PEEPHOLE.replace("PEEPHOLES", peepholes).replace("STEPS", steps)
