"""Where a number of the unit comes from, written out with the numbers put in."""

from collections.abc import Callable

from tuilab.labs.cell.spec import CellTrace, Gate, Walk
from tuilab.widgets.numbers import bracketed, four, summed, three

MOST = 3  # of the terms of a long sum


def explain(trace: CellTrace, block: str, row: int, column: str) -> str:
    """The arithmetic of a number: its block, the number of its row, and the name of its column."""
    walk = trace.now
    if block == "gates":
        return _of_gate(trace, walk, walk.gates[row], column) + _was(trace, lambda w: _forward(w.gates[row], column))
    if block == "back":
        return _of_way_back(trace, walk, walk.gates[row], column) + "\n" + agreement(trace)
    if block == "states":
        return _of_state(trace, walk, row, column) + "\n" + agreement(trace)
    if (block[0] in "UWP" and block[1:].isdigit()) or block in ("W", "P"):
        return _of_weight(trace, walk, row, block, int(column))
    return _of_row(trace, walk, column)


def agreement(trace: CellTrace) -> str:
    """How far all gradients by hand are from autograd's."""
    return f"by hand and by autograd: largest difference {trace.difference:.0e} of the largest gradient"


def equation(trace: CellTrace, name: str) -> str:
    """The equation of one part of the cell, in letters."""
    return equation_of(trace.cell, trace.peephole, trace.reset, name)


def equation_of(cell: str, peephole: str, reset: str, name: str) -> str:
    """The same for a cell by its settings."""
    peep = f" + P_{name}·C{'' if name == 'o' else '(t-1)'}" if peephole != "no" and name in "ifo" else ""
    if cell == "rnn":
        return "h = tanh(W·x + U·h(t-1) + b)"
    if name == "C":
        return "C = f·C(t-1) + i·g"
    if name == "h":
        return "h = o·tanh(C)" if cell == "lstm" else "h = (1−z)·h(t-1) + z·n"
    if name == "n":
        inner = "r·(U_n·h(t-1) + c_n)" if reset == "after" else "U_n·(r·h(t-1))"
        return f"n = tanh(W_n·x + {inner} + b_n)"
    f = "tanh" if name == "g" else "σ"
    return f"{name} = {f}(W_{name}·x + U_{name}·h(t-1){peep} + b_{name})"


def _forward(gate: Gate, column: str) -> float | None:
    return {"W·x": gate.Wx, "U·h": gate.Uh, "P·C": gate.PC, "b": gate.b, "sum": gate.sum, "gate": gate.value}[column]


def _of_gate(trace: CellTrace, walk: Walk, gate: Gate, column: str) -> str:
    name = gate.name
    parts = [gate.Wx, gate.Uh, *([gate.PC] if gate.PC is not None else []), gate.b]
    told = {
        "W·x": f"W_{name}·x = {_largest(gate.W, walk.x, 'input')} ≈ {four(gate.Wx)}",
        "U·h": _heard(walk, gate),
        "P·C": _peeped(trace, walk, gate) if gate.P else "",
        "b": f"b_{name} = {four(gate.b)}, the bias" + ("" if walk.m is not None else ": both of torch's, added"),
        "sum": f"sum = {summed(parts)} ≈ {four(gate.sum)}",
        "gate": f"{equation(trace, name)}\n" + _opened(gate, parts),
    }
    return told[column]


def _heard(walk: Walk, gate: Gate) -> str:
    name = gate.name
    if name == "n" and walk.m is not None:
        return f"r·(U_n·h(t-1) + c_n) = {four(walk.gates[0].value)}×{bracketed(walk.m)} ≈ {four(gate.Uh)}"
    heard = walk.h_before
    if name == "n":
        heard = [r * h for r, h in zip(walk.r_all, heard, strict=True)]
    text = f"U_{name}·{'(r·h(t-1))' if name == 'n' else 'h(t-1)'}"
    return f"{text} = {_largest(gate.U, heard, 'unit')} ≈ {four(gate.Uh)}"


def _peeped(trace: CellTrace, walk: Walk, gate: Gate) -> str:
    of, seen = ("C", walk.C_all) if gate.name == "o" else ("C(t-1)", walk.C_all_before)
    if trace.peephole == "diagonal":
        seen = [seen[trace.unit]]
    return f"P_{gate.name}·{of} = {_largest(gate.P, seen, 'unit')} ≈ {four(gate.PC or 0.0)}"


def _opened(gate: Gate, parts: list[float]) -> str:
    f = "tanh" if gate.name in "gnh" else "σ"
    if gate.held:
        return f"held at {four(gate.value)}; let go, it would be {f}({four(gate.sum)})"
    return f"= {f}({summed(parts)}) = {f}({four(gate.sum)}) ≈ {four(gate.value)}"


def _of_row(trace: CellTrace, walk: Walk, column: str) -> str:
    told, read = _states(trace, walk), {"C": lambda w: w.C, "tanh C": lambda w: w.tanh_C, "h": lambda w: w.h}
    if column in told:
        return told[column] + _was(trace, read[column])
    unit = f"unit {trace.unit}"
    given = {
        "x": f"x = {four(walk.x[0])}, what goes in at t={trace.t}",
        "h(t-1)": f"h(t-1) = {four(walk.h_before[trace.unit])}, what {unit} said one step ago",
        "C(t-1)": f"C(t-1) = {four(walk.C_before or 0.0)}, the cell state of {unit} one step ago",
        "said": f"the read-out over all {trace.hidden} units says {four(walk.prediction)} for the next point",
        "target": f"the next point is {four(walk.target)}",
        "error": f"{four(walk.prediction)} − {bracketed(walk.target)} ≈ {four(walk.prediction - walk.target)}; "
        f"loss of the whole window {three(walk.loss)}",
    }
    return given[column] + (_was(trace, lambda w: w.prediction) if column == "said" else "")


def _states(trace: CellTrace, walk: Walk) -> dict[str, str]:
    """The states after the step, written out."""
    gates = {gate.name: gate.value for gate in walk.gates}
    if trace.cell == "rnn":
        return {}
    if trace.cell == "gru":
        z, before = gates["z"], walk.h_before[trace.unit]
        terms = f"{four(1 - z)}×{bracketed(before)} + {four(z)}×{bracketed(gates['n'])}"
        return {"h": f"{equation(trace, 'h')}\n= {terms} ≈ {four(walk.h)}"}
    C_before, C, tanh_C = walk.C_before or 0.0, walk.C or 0.0, walk.tanh_C or 0.0
    terms = f"{four(gates['f'])}×{bracketed(C_before)} + {four(gates['i'])}×{bracketed(gates['g'])}"
    return {
        "C": f"{equation(trace, 'C')}\n= {terms} ≈ {four(C)}",
        "tanh C": f"tanh({four(C)}) ≈ {four(tanh_C)}",
        "h": f"{equation(trace, 'h')} = {four(gates['o'])}×{bracketed(tanh_C)} ≈ {four(walk.h)}",
    }


def _of_way_back(trace: CellTrace, walk: Walk, gate: Gate, column: str) -> str:
    name = gate.name
    from_state = {
        "i": "dC·g", "f": "dC·C(t-1)", "g": "dC·i", "o": "dh·tanh C", "h": "dh",
        "z": "dh·(n − h(t-1))", "n": "dh·z", "r": "da_n·m" if walk.m is not None else "(U_nᵀ·da_n)·h(t-1)",
    }  # fmt: skip
    value = gate.value
    slope = f"1 − {name}²" if name in "gnh" else f"{name}·(1 − {name})"
    back = f"of all steps from the last one back to t={trace.t}"
    told = {
        "gate": f"{name} = {four(value)}, from the way forwards",
        "d gate": f"d{name} = {from_state[name]} ≈ {three(gate.d)}: how the loss changes with {name}",
        "slope": f"{slope} ≈ {three(gate.slope)}" + (": held, so nothing comes through" if gate.held else ""),
        "da": f"da_{name} = d{name}·slope = {three(gate.d)}×{three(gate.slope)} ≈ {three(gate.da)}",
        "dW": f"dW_{name}, this step's own term: da_{name}·x = {three(gate.da)}×{three(walk.x[0])} ≈ {three(gate.dW)}",
        "ΣdW": f"dW_{name} {back}: {three(gate.dW_sum)}",
        "Σdb": f"db_{name}, the sum of da_{name} {back}: {three(gate.db_sum)}",
    }
    return told[column]


def _of_state(trace: CellTrace, walk: Walk, row: int, column: str) -> str:
    own, carried, before = (
        (walk.dh_own, walk.dh_carried, walk.dh_before)
        if row == 0
        else (walk.dC_own or 0.0, walk.dC_carried or 0.0, walk.dC_before or 0.0)
    )
    name = "dh" if row == 0 else "dC"
    last = trace.t == trace.length - 1
    told = {
        "own": f"{name}, this step's own term: {_own(trace, walk, row)} ≈ {three(own)}",
        "carried": f"{name} carried back from step {trace.t + 1}: {three(carried)}" if not last else "the last step: 0",
        "total": f"{name} = {three(own)} + {bracketed(carried, three)} ≈ {three(own + carried)}",
        "to t-1": f"{name} that goes on to step {trace.t - 1}: {three(before)}",
    }
    return told[column]


def _own(trace: CellTrace, walk: Walk, row: int) -> str:
    """How the loss reaches h at this very step, through the read-out; or C, through h."""
    if row == 0:
        apart = f"({four(walk.prediction)} − {bracketed(walk.target)})"
        return (
            f"2·(said − target)/steps × the read-out's weight\n= 2×{apart}/{trace.length} × {bracketed(walk.readout)}"
        )
    o = next(gate.value for gate in walk.gates if gate.name == "o")
    dh, flat = walk.dh_own + walk.dh_carried, 1 - (walk.tanh_C or 0.0) ** 2
    seen = ", and through o's peephole" if trace.peephole != "no" else ""
    return f"dh·o·(1 − tanh²C){seen}\n= {three(dh)}×{four(o)}×{four(flat)}" + (" + …" if seen else "")


def _of_weight(trace: CellTrace, walk: Walk, row: int, block: str, unit: int) -> str:
    gate = walk.gates[row]
    if block == "W":
        return f"W_{gate.name}[{unit}]·x = {_term(gate.W[unit], walk.x[unit])}"
    if block[0] == "P":
        of, seen = ("C", walk.C_all) if gate.name == "o" else ("C(t-1)", walk.C_all_before)
        own = trace.unit if block == "P" else unit  # a diagonal has but its own
        return f"P_{gate.name}·{of}, from unit {own}: {_term(gate.P[unit], seen[own])}"
    return f"U_{gate.name}, from unit {unit}: {_term(gate.U[unit], walk.h_before[unit])}"


def _term(weight: float, value: float) -> str:
    return f"{four(weight)}×{bracketed(value)} ≈ {four(weight * value)}"


def _largest(weights: list[float], values: list[float], what: str) -> str:
    """A sum of products, by its largest terms where there are many."""
    terms = sorted(enumerate(zip(weights, values, strict=True)), key=lambda each: -abs(each[1][0] * each[1][1]))
    if len(terms) <= MOST:
        return " + ".join(f"{bracketed(w)}×{bracketed(v)}" for _, (w, v) in sorted(terms))
    shown = ", ".join(f"{what} {i}: {four(w * v)}" for i, (w, v) in terms[:MOST])
    return f"over {len(terms)} {what}s, most from {shown}"


def _was(trace: CellTrace, read: Callable[[Walk], float | None]) -> str:
    if trace.baseline is None:
        return ""
    now, then = read(trace.now), read(trace.baseline)
    return "" if now == then or then is None else f"   (untouched {four(then)})"
