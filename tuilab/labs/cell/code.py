"""One step of one unit as a few lines of torch, with the numbers that are on the screen."""

from tuilab.labs.cell.spec import CellTrace

_LSTM = """\
i, f, g, o = W @ x + U @ h + b
{peep}i, f, g = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g)
{held}C = f * C + i * g
{peep_o}o = torch.sigmoid(o)
{held_o}h = o * torch.tanh(C)
print("i, f, g, o =", i, f, g, o)
print("C =", C)
print("h =", h)
"""
_PEEP_FULL = "i, f = i + P[0] @ C_all, f + P[1] @ C_all\n"
_PEEP_FULL_O = """\
C_all = torch.tensor({C_all}, dtype=torch.double)  # of all units, now
C_all[{unit}] = C
o = o + P[2] @ C_all
"""
_PEEP_DIAGONAL, _PEEP_DIAGONAL_O = "i, f = i + P[0] * C, f + P[1] * C\n", "o = o + P[2] * C\n"
_GRU = """\
r, z, n = W @ x + b
r = torch.sigmoid(r + U[0] @ h)
z = torch.sigmoid(z + U[1] @ h)
{held}n = torch.tanh(n + {inner})
{held_n}h = (1 - z) * h[{unit}] + z * n
print("r, z, n =", r, z, n)
print("h =", h)
"""
_RNN = """\
h = torch.tanh(W @ x + U @ h + b)
{held}print("h =", h)
"""


def code(trace: CellTrace) -> str:
    """A program that prints the unit's gates and states after the step."""
    walk = trace.now
    gates = "the gate" if trace.cell == "rnn" else "the gates " + ", ".join(gate.name for gate in walk.gates)
    lines = [
        "import torch",
        "",
        f"# {trace.about}: unit {trace.unit} at t={trace.t}",
        f"x = torch.tensor({_row(walk.x)}, dtype=torch.double)",
        f"h = torch.tensor({_row(walk.h_before)}, dtype=torch.double)  # of all units, one step ago",
        *([f"C = torch.tensor({walk.C_before!r}, dtype=torch.double)"] if walk.C_before is not None else []),
        f"# the unit's rows of the weights, {gates}",
        f"W = torch.tensor([{', '.join(_row(gate.W) for gate in walk.gates)}], dtype=torch.double)",
        f"U = torch.tensor([{', '.join(_row(gate.U) for gate in walk.gates)}], dtype=torch.double)",
        f"b = torch.tensor({_row([gate.b for gate in walk.gates])}, dtype=torch.double)",
        *_peepholes(trace),
        "",
    ]
    return "\n".join(lines) + _step(trace)


def _step(trace: CellTrace) -> str:
    walk = trace.now
    held = {gate.name: f"{gate.name} = torch.tensor({gate.value!r})  # held\n" for gate in walk.gates if gate.held}
    if trace.cell == "rnn":
        return _RNN.format(held=held.get("h", ""))
    if trace.cell == "gru":
        inner = "r * m" if walk.m is not None else "U[2] @ (r_all * h)"
        first = (
            f"m = {walk.m!r}  # U_n·h + c_n\n" if walk.m is not None else f"r_all = torch.tensor({_resets(trace)})\n"
        )
        early = held.get("r", "") + held.get("z", "")
        return first + _GRU.format(inner=inner, held=early, held_n=held.get("n", ""), unit=trace.unit)
    early = "".join(held.get(name, "") for name in "ifg")
    peep = {"no": "", "full": _PEEP_FULL, "diagonal": _PEEP_DIAGONAL}[trace.peephole]
    peep_o = {"no": "", "full": _PEEP_FULL_O, "diagonal": _PEEP_DIAGONAL_O}[trace.peephole]
    peep_o = peep_o.format(C_all=_row(walk.C_all), unit=trace.unit)
    return _LSTM.format(peep=peep, peep_o=peep_o, held=early, held_o=held.get("o", ""))


def _peepholes(trace: CellTrace) -> list[str]:
    """The unit's rows of the peepholes, and the cell states that full ones see."""
    rows = [gate.P for gate in trace.now.gates if gate.P]
    if not rows:
        return []
    if trace.peephole == "diagonal":
        return [f"P = torch.tensor({_row([row[0] for row in rows])}, dtype=torch.double)  # the peepholes of i, f, o"]
    return [
        f"P = torch.tensor([{', '.join(map(_row, rows))}], dtype=torch.double)  # the peepholes of i, f, o",
        f"C_all = torch.tensor({_row(trace.now.C_all_before)}, dtype=torch.double)  # of all units, one step ago",
    ]


def _resets(trace: CellTrace) -> str:
    """The reset gates of all units, which a candidate with reset=before hears through."""
    return _row(trace.now.r_all)


def _row(values: list[float]) -> str:
    return "[" + ", ".join(map(repr, values)) + "]"


def numbers(values: list[float]) -> str:
    """An array of numbers."""
    return f"torch.tensor({_row(values)}, dtype=torch.double)"
