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
C_all = {C_all}  # of all units, now
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
        f"x = {numbers(walk.x)}",
        f"h = {numbers(walk.h_before)}  # of all units, one step ago",
        *([f"C = torch.tensor({walk.C_before!r}, dtype=torch.double)"] if walk.C_before is not None else []),
        f"# the unit's rows of the weights, {gates}",
        f"W = {numbers([gate.W for gate in walk.gates])}",
        f"U = {numbers([gate.U for gate in walk.gates])}",
        f"b = {numbers([gate.b for gate in walk.gates])}",
        *_peepholes(trace),
        "",
    ]
    return "\n".join(lines) + _step(trace)


def _step(trace: CellTrace) -> str:
    walk = trace.now
    held = {
        gate.name: f"{gate.name} = torch.tensor({gate.value!r}, dtype=torch.double)  # held\n"
        for gate in walk.gates
        if gate.held
    }
    if trace.cell == "rnn":
        return _RNN.format(held=held.get("h", ""))
    if trace.cell == "gru":
        inner = "r * m" if walk.m is not None else "U[2] @ (r_all * h)"
        first = (
            f"c_n = {walk.c_n!r}\nm = U[2] @ h + c_n\n"
            if walk.m is not None
            else f"r_all = {numbers(walk.r_all)}  # of all units\n"
        )
        early = held.get("r", "") + held.get("z", "")
        return first + _GRU.format(inner=inner, held=early, held_n=held.get("n", ""), unit=trace.unit)
    early = "".join(held.get(name, "") for name in "ifg")
    peep = {"no": "", "full": _PEEP_FULL, "diagonal": _PEEP_DIAGONAL}[trace.peephole]
    peep_o = {"no": "", "full": _PEEP_FULL_O, "diagonal": _PEEP_DIAGONAL_O}[trace.peephole]
    peep_o = peep_o.format(C_all=numbers(walk.C_all), unit=trace.unit)
    return _LSTM.format(peep=peep, peep_o=peep_o, held=early, held_o=held.get("o", ""))


def _peepholes(trace: CellTrace) -> list[str]:
    """The unit's rows of the peepholes, and the cell states that full ones see."""
    P = [gate.P for gate in trace.now.gates if gate.P]
    if not P:
        return []
    if trace.peephole == "diagonal":
        return [f"P = {numbers([row[0] for row in P])}  # the peepholes of i, f, o"]
    return [
        f"P = {numbers(P)}  # the peepholes of i, f, o",
        f"C_all = {numbers(trace.now.C_all_before)}  # of all units, one step ago",
    ]


def numbers(values: list[float] | list[list[float]]) -> str:
    """An array of numbers, or of rows of them."""
    return f"torch.tensor({values!r}, dtype=torch.double)"
