"""One step of one unit on the way back as a few lines of torch, with the numbers that are on the screen."""

from tuilab.labs.cell.code import numbers
from tuilab.labs.cell.spec import CellTrace, Gate

_LSTM = """\
dh = dh_own + dh_carried
da_o = dh * torch.tanh(C) * o * (1 - o)
{held_o}dC = dC_carried + dh * o * (1 - torch.tanh(C) ** 2){peep_o}
da_i = dC * g * i * (1 - i)
da_f = dC * C_before * f * (1 - f)
da_g = dC * i * (1 - g**2)
{held}dC_before = dC * f{peep}
dh_before = (U_out * da_all).sum()  # through every gate of every unit
da = torch.stack([da_i, da_f, da_g, da_o])
dW, dU = da[:, None] * x, da[:, None] * h_before
print("da_i, da_f, da_g, da_o =", da)
print("dC(t-1) =", dC_before)
print("dh(t-1) =", dh_before)
print("dW =", dW.flatten())
print("dU =", dU.flatten())
"""
_GRU = """\
dh = dh_own + dh_carried
da_n = dh * z * (1 - n**2)
da_z = dh * (n - h_before[{unit}]) * z * (1 - z)
{held}{reset}
{held_r}dh_before = {sent} + U_out[0] @ da_all[0] + U_out[1] @ da_all[1] + dh * (1 - z)
da = torch.stack([da_r, da_z, da_n])
dW, dU = da[:, None] * x, torch.stack([da_r * h_before, da_z * h_before, {dU_n}])
print("da_r, da_z, da_n =", da)
print("dh(t-1) =", dh_before)
print("dW =", dW.flatten())
print("dU =", dU.flatten())
"""
_RNN = """\
dh = dh_own + dh_carried
da = dh * (1 - h**2)
{held}dh_before = U_out @ da_all  # through every unit
dW, dU = da * x, da * h_before
print("da =", da)
print("dh(t-1) =", dh_before)
print("dW =", dW)
print("dU =", dU)
"""


def code_back(trace: CellTrace) -> str:
    """A program that prints the unit's own terms, and the gradients that go on to the step before."""
    walk, gates = trace.now, trace.now.gates
    given: dict[str, float | None] = {"dh_own": walk.dh_own, "dh_carried": walk.dh_carried}
    if trace.cell == "lstm":
        given |= {"dC_carried": walk.dC_carried, "C_before": walk.C_before, "C": walk.C}
    given |= {gate.name: gate.value for gate in gates}
    names = ", ".join(gate.name for gate in gates)
    rnn = trace.cell == "rnn"
    lines = [
        "import torch",
        "",
        f"# {trace.about}: unit {trace.unit} at t={trace.t}, on the way back",
        *(f"{name} = torch.tensor({value!r}, dtype=torch.double)" for name, value in given.items()),
        f"x = {numbers(walk.x)}",
        f"h_before = {numbers(walk.h_before)}  # of all units",
        f"# of all units{'' if rnn else ', for the gates ' + names}: da, and the weights from this one into them",
        f"da_all = {_columns([gate.back.da_all for gate in gates])}",
        f"U_out = {_columns([gate.back.U_out for gate in gates])}",
        "",
    ]
    return "\n".join(lines) + _step(trace) + _sums(trace)


def _sums(trace: CellTrace) -> str:
    """The sums from the last step back to this one: its own terms, and what stood there before."""
    back = [gate.back for gate in trace.now.gates]
    later = {
        "dW": _columns([_less(each.dW_sum, each.dW) for each in back]),
        "dU": _columns([_less(each.dU_sum, each.dU) for each in back]),
        "db": numbers(_less([each.db_sum for each in back], [each.da for each in back])),
    }
    own, lines = {"db": "da"}, []
    if trace.peephole != "no":
        seen = [each for each in back if each.P_out]
        later["dP"] = numbers([_less(each.dP_sum, each.dP) for each in seen])
        full, walk = trace.peephole == "full", trace.now
        before, now = (numbers(walk.C_all_before), numbers(walk.C_all)) if full else ("C_before", "C")
        lines = [
            f"C_seen = torch.stack([{before}, {before}, {now}])  # by i and f, and by o",
            f"dP = torch.stack([da_i, da_f, da_o]){'[:, None]' if full else ''} * C_seen",
            'print("dP =", dP.flatten())',
        ]
        later["dP"] += "" if full else ".flatten()"
    lines.append("# the sums of the way back add what the steps after this one gave")
    lines += [f'print("sum of {name} =", ({own.get(name, name)} + {given}).flatten())' for name, given in later.items()]
    return "\n".join(lines) + "\n"


def _less(total: list[float], own: list[float]) -> list[float]:
    return [a - b for a, b in zip(total, own, strict=True)]


def _step(trace: CellTrace) -> str:
    held = {gate.name: f"da{'' if gate.name == 'h' else '_' + gate.name} = torch.zeros_like(dh)  # held\n"
            for gate in trace.now.gates if gate.held}  # fmt: skip
    if trace.cell == "rnn":
        return _RNN.format(held=held.get("h", ""))
    if trace.cell == "gru":
        return _gru(trace, held)
    gates = {gate.name: gate for gate in trace.now.gates}
    peep, peep_o = "", ""
    if trace.peephole != "no":
        peep_o = f" + {_peeped(trace, gates['o'])}  # P_o·da_o"
        peep = f" + {_peeped(trace, gates['i'])} + {_peeped(trace, gates['f'])}  # P_i·da_i, P_f·da_f"
    early = "".join(held.get(name, "") for name in "ifg")
    return _LSTM.format(held=early, held_o=held.get("o", ""), peep=peep, peep_o=peep_o)


def _peeped(trace: CellTrace, gate: Gate) -> str:
    """Back through a peephole: to this unit's cell state from the gates of all units, or its own."""
    if trace.peephole == "diagonal":
        return f"{gate.back.P_out[0]!r} * da_{gate.name}"
    number = "ifgo".index(gate.name)
    return f"{numbers(gate.back.P_out)} @ da_all[{number}]"


def _gru(trace: CellTrace, held: dict[str, str]) -> str:
    unit, r_all = trace.unit, numbers(trace.now.r_all)
    if trace.reset == "after":
        U_n, c_n = numbers(trace.now.gates[2].U), trace.now.c_n
        reset = f"U_n, c_n = {U_n}, {c_n!r}\nm = U_n @ h_before + c_n\nda_r = da_n * m * r * (1 - r)"
        sent, dU_n = f"U_out[2] @ (da_all[2] * {r_all})", "da_n * r * h_before"
    else:
        reset = f"heard = U_out[2] @ da_all[2]\nda_r = heard * h_before[{unit}] * r * (1 - r)"
        sent, dU_n = "heard * r", f"da_n * {r_all} * h_before"
    early = held.get("n", "") + held.get("z", "")
    return _GRU.format(unit=unit, held=early, reset=reset, held_r=held.get("r", ""), sent=sent, dU_n=dU_n)


def _columns(of_gates: list[list[float]]) -> str:
    """A row for each gate; a cell with one has no rows."""
    return numbers(of_gates if len(of_gates) > 1 else of_gates[0])
