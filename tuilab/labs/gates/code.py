"""The layers over a window as a few lines of torch."""

from tuilab.labs.gates.spec import Gates, GatesTrace

_PEEP = {
    "no": ("", ""),
    "full": ("\n        i, f = i + P_i @ C, f + P_f @ C", " + P_o @ C"),
    "diagonal": ("\n        i, f = i + P_i * C, f + P_f * C", " + P_o * C"),
}
_LSTM = """\
        i, f, g, o = (W @ x_t + U @ h + b + c).chunk(4){peep}
        i, f, g = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g)
        C = f * C + i * g
        o = torch.sigmoid(o{peep_o})
        h = o * torch.tanh(C)"""
_GRU = """\
        r, z, n = (W @ x_t + b).chunk(3)
        r = torch.sigmoid(r + U_r @ h + c_r)
        z = torch.sigmoid(z + U_z @ h + c_z)
        n = torch.tanh(n + {inner})
        h = (1 - z) * h + z * n"""
_RNN = """\
        h = torch.tanh(W @ x_t + U @ h + b + c)"""
_INNER = {"after": "r * (U_n @ h + c_n)", "before": "U_n @ (r * h) + c_n"}


def code(spec: Gates, trace: GatesTrace) -> str:
    """A program that runs the layers over the window and prints all units' gates and states of the last step."""
    lstm = trace.cell == "lstm"
    apart = {
        "lstm": "    P_i, P_f, P_o = P[0].chunk(3)\n" if trace.peephole != "no" else "",
        "gru": "    (U_r, U_z, U_n), (c_r, c_z, c_n) = U.chunk(3), c.chunk(3)\n",
        "rnn": "",
    }[trace.cell]
    names = [each.name for each in trace.maps]
    return f"""\
import torch
{"from safetensors.torch import load_file" if trace.file else ""}
# {trace.about}
x = torch.tensor({trace.x}, dtype=torch.double)[:, None]
{_weights(spec, trace)}
for W, U, b, c, *P in layers:
{apart}    h = {"C = " if lstm else ""}torch.zeros({trace.hidden}, dtype=torch.double)
    said = []
    for x_t in x:
{_step(trace)}
        said.append(h)
    x = torch.stack(said)
{chr(10).join(f'print("{name} =", {name})' for name in names)}
"""


def _step(trace: GatesTrace) -> str:
    if trace.cell == "gru":
        return _GRU.format(inner=_INNER[trace.reset])
    peep, peep_o = _PEEP[trace.peephole]
    return _LSTM.format(peep=peep, peep_o=peep_o) if trace.cell == "lstm" else _RNN


def _weights(spec: Gates, trace: GatesTrace) -> str:
    """From the run's file, or drawn anew from the seed; torch's z is one minus ours, so its rows change their signs."""
    H, count = trace.hidden, len(trace.shapes)
    if trace.file:
        lines = [
            f"state = load_file({trace.file!r})",
            f"layers = [[state[f'parameter.{{n}}'].double() for n in range(k, k + {count})]",
            f"          for k in range(0, {count * trace.layers}, {count})]",
        ]
    else:
        lines = [
            f"generator = torch.Generator().manual_seed({spec.seed})",
            f"drawn = (torch.empty(shape).uniform_(-({H}**-0.5), {H}**-0.5, generator=generator)",
            f"         for shape in {trace.shapes})",
            "layers = [[weight.double() for weight in drawn]]",
        ]
    if trace.cell == "gru" and trace.turned:
        lines += ["for weight in (weight for layer in layers for weight in layer):"]
        lines += [f"    weight[{H}:{2 * H}] *= -1  # torch's z is one minus ours"]
    return "\n".join(lines)
