"""Where a number of the unit comes from, written out with the numbers put in."""

from collections.abc import Callable

from tuilab.labs.cell.arithmetic_back import explain_back
from tuilab.labs.cell.arithmetic_out import read_out
from tuilab.labs.cell.blocks import weights_of
from tuilab.labs.cell.spec import CellTrace, Gate, Walk
from tuilab.widgets.numbers import MOST, bracketed, four, largest, signed, summed

_HELD = "held as this step begins"


def explain(trace: CellTrace, block: str, row: int, column: str) -> str:
    """The arithmetic of a number: its block, the number of its row, and the name of its column."""
    walk = trace.now
    if block == "gates":
        return _of_gate(trace, walk, walk.gates[row], column) + _was(trace, lambda w: _forward(w.gates[row], column))
    if block[0] == "d" or block in ("states", "back", "sent"):
        return explain_back(trace, block, row, column) + "\n" + agreement(trace)
    kind, _ = weights_of(block) or ("", 0)
    if kind == "h":
        of = f"h(t-1) of unit {column} = {four(walk.h_before[int(column)])}, "
        return of + (_HELD if int(column) in walk.h_held else "what it said one step ago")
    return _of_weight(trace, walk.gates[row], kind, int(column)) if kind else _of_row(trace, walk, column)


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
    apart = name == "n" and walk.m is not None  # its other bias stands behind r
    parts = [gate.Wx, gate.Uh, *([gate.PC] if gate.PC is not None else []), gate.b]
    told = {
        "W·x": f"W_{name}·x = {largest(gate.W, walk.x, 'input')} ≈ {four(gate.Wx)}",
        "U·h": _heard(walk, gate),
        "P·C": _peeped(trace, walk, gate) if gate.P else "",
        "b": f"b_{name} = {four(gate.b)}, the bias" + ("" if apart else ": the sum of torch's two"),
        "sum": f"sum = {summed(parts)} ≈ {four(gate.sum)}",
        "gate": f"{equation(trace, name)}\n" + _opened(gate, parts),
    }
    return told[column]


def _heard(walk: Walk, gate: Gate) -> str:
    name = gate.name
    if name == "n" and walk.m is not None:
        c = walk.c_n or 0.0
        c_n = signed(c) if len(gate.U) <= MOST else f"; c_n {four(c)}"
        said = f"U_n·h(t-1) + c_n = {largest(gate.U, walk.h_before, 'unit')}{c_n} ≈ {four(walk.m)}"
        return f"{said}\nr times that = {four(walk.gates[0].value)}×{bracketed(walk.m)} ≈ {four(gate.Uh)}"
    heard = walk.h_before
    if name == "n":
        heard = [r * h for r, h in zip(walk.r_all, heard, strict=True)]
    text = f"U_{name}·{'(r·h(t-1))' if name == 'n' else 'h(t-1)'}"
    return f"{text} = {largest(gate.U, heard, 'unit')} ≈ {four(gate.Uh)}"


def _peeped(trace: CellTrace, walk: Walk, gate: Gate) -> str:
    of, seen = ("C", walk.C_all) if gate.name == "o" else ("C(t-1)", walk.C_all_before)
    if trace.peephole == "diagonal":
        seen = [seen[trace.unit]]
    return f"P_{gate.name}·{of} = {largest(gate.P, seen, 'unit')} ≈ {four(gate.PC or 0.0)}"


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
        "h(t-1)": f"h(t-1) = {four(walk.h_before[trace.unit])}, "
        + (_HELD if trace.unit in walk.h_held else f"what {unit} said one step ago"),
        "C(t-1)": f"C(t-1) = {four(walk.C_before or 0.0)}, "
        + (_HELD if walk.C_held else f"the cell state of {unit} one step ago"),
        **read_out(walk),
    }
    changes: dict[str, Callable[[Walk], float | None]] = {
        "h(t-1)": lambda w: w.h_before[trace.unit], "C(t-1)": lambda w: w.C_before,
        "said": lambda w: w.prediction, "error": lambda w: w.loss,
    }  # fmt: skip
    return given[column] + (_was(trace, changes[column]) if column in changes else "")


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


def _of_weight(trace: CellTrace, gate: Gate, kind: str, place: int) -> str:
    walk, name = trace.now, gate.name
    if kind == "c":
        return f"c_n = {four(walk.c_n or 0.0)}, the bias that r multiplies: n hears r·(U_n·h(t-1) + c_n)"
    if kind == "W":
        return f"W_{name}[{place}]·x = {_term(gate.W[place], walk.x[place])}"
    if kind == "P":
        own = trace.unit if trace.peephole == "diagonal" else place
        of, seen = ("C", walk.C_all) if name == "o" else ("C(t-1)", walk.C_all_before)
        return f"P_{name}·{of}, from unit {own}: {_term(gate.P[place], seen[own])}"
    if name == "n" and trace.reset == "before":
        U, h, r = gate.U[place], walk.h_before[place], walk.r_all[place]
        return f"U_n, from unit {place}, r·h(t-1): {four(U)}×{four(r)}×{bracketed(h)} ≈ {four(U * r * h)}"
    return f"U_{name}, from unit {place}: {_term(gate.U[place], walk.h_before[place])}"


def _term(weight: float, value: float) -> str:
    return f"{four(weight)}×{bracketed(value)} ≈ {four(weight * value)}"


def _was(trace: CellTrace, read: Callable[[Walk], float | None]) -> str:
    if trace.baseline is None:
        return ""
    now, then = read(trace.now), read(trace.baseline)
    return "" if now == then or then is None else f"   (untouched {four(then)})"
