"""Where a gradient of the unit comes from, written out with the numbers put in."""

from tuilab.labs.cell.arithmetic_out import own_term
from tuilab.labs.cell.blocks import past_rows, weights_of
from tuilab.labs.cell.spec import CellTrace, Gate, Walk
from tuilab.widgets.numbers import bracketed, four, largest, summed, three


def explain_back(trace: CellTrace, block: str, row: int, column: str) -> str:
    """The arithmetic of a number of the way back."""
    walk = trace.now
    if block == "states":
        return (_of_hidden if row == 0 else _of_cell_state)(trace, walk, column)
    if row >= len(walk.gates):
        return _past(trace, walk, past_rows(trace)[row - len(walk.gates)], column)
    gate = walk.gates[row]
    if block == "back":
        return _of_gate(trace, walk, gate, column)
    if block == "sent":
        return _to_h(trace, walk, gate) if column == "to h(t-1)" else _to_C(trace, gate)
    kind, _ = weights_of(block) or ("", 0)
    return _of_weight(trace, walk, gate, kind, int(column))


def _of_gate(trace: CellTrace, walk: Walk, gate: Gate, column: str) -> str:
    name, value, back = gate.name, gate.value, gate.back
    slope = f"1 − {name}²" if name in "gnh" else f"{name}·(1 − {name})"
    put_in = f"1 − {bracketed(value)}²" if name in "gnh" else f"{four(value)}×{bracketed(1 - value)}"
    all_steps = _all_steps(trace)
    told = {
        "gate": f"{name} = {four(value)}, from the way forwards",
        "d gate": f"d{name} = {_of_what(trace, walk, gate)} ≈ {three(back.d)}: how the loss changes with {name}",
        "slope": f"{slope} = {put_in} ≈ {three(back.slope)}",
        "da": f"da_{name} = d{name}·slope = {three(back.d)}×{three(back.slope)} ≈ {three(back.da)}",
        "dW": f"dW_{name}, this step's own term: da_{name}·x = {_times(back.da, walk.x[0])} ≈ {three(back.dW[0])}",
        "ΣdW": f"dW_{name}, the sum of da_{name}·x {all_steps}: {three(back.dW_sum[0])}",
        "Σdb": f"db_{name}, the sum of da_{name} {all_steps}: {three(back.db_sum)}"
        + (f"; that of c_n, the sum of da_n·r: {three(back.dc_sum)}" if name == "n" and walk.m is not None else ""),
    }
    if column == "slope" and gate.held:
        return f"{name} is held, so nothing comes through: the slope counts as 0"
    return told[column]


def _of_what(trace: CellTrace, walk: Walk, gate: Gate) -> str:
    """What the gradient of a gate is made of, in letters and in numbers."""
    name, gates = gate.name, {each.name: each for each in walk.gates}
    dh, dC = walk.dh_own + walk.dh_carried, (walk.dC_own or 0.0) + (walk.dC_carried or 0.0)
    if name == "r":
        n = gates["n"].back
        if walk.m is not None:
            return f"da_n·(U_n·h(t-1) + c_n) = {_times(n.da, walk.m)}"
        heard = sum(u * da for u, da in zip(n.U_out, n.da_all, strict=True))
        return f"(U_nᵀ·da_n)·h(t-1) = {_times(heard, walk.h_before[trace.unit])}"
    if name == "z":
        apart = f"({four(gates['n'].value)} − {bracketed(walk.h_before[trace.unit])})"
        return f"dh·(n − h(t-1)) = {three(dh)}×{apart}"
    if name == "h":
        return "dh"
    letters, first, second = {
        "i": ("dC·g", dC, gates["g"].value if "g" in gates else 0.0),
        "f": ("dC·C(t-1)", dC, walk.C_before or 0.0),
        "g": ("dC·i", dC, gates["i"].value if "i" in gates else 0.0),
        "o": ("dh·tanh C", dh, walk.tanh_C or 0.0),
        "n": ("dh·z", dh, gates["z"].value if "z" in gates else 0.0),
    }[name]
    return f"{letters} = {_times(first, second)}"


def _of_hidden(trace: CellTrace, walk: Walk, column: str) -> str:
    if column == "own":
        return own_term(walk, trace.unit)
    if column == "to t-1":
        stops = _stops("h", trace.unit in walk.h_held)
        return f"{_goes_on('dh', trace)}: {_sent_on(trace, walk)} ≈ {three(walk.dh_before)}{stops}"
    return _carried_or_total("dh", trace, walk.dh_own, walk.dh_carried, column)


def _sent_on(trace: CellTrace, walk: Walk) -> str:
    """What goes to h(t-1): through U of each gate, and past the gates of a GRU; an RNN's one way unit by unit."""
    if trace.cell == "rnn":
        back = walk.gates[0].back
        return f"Uᵀ·da, from all units\n= {largest(back.U_out, back.da_all, 'unit', three)}"
    letters = [f"U_{gate.name}ᵀ·da_{gate.name}" for gate in walk.gates]
    numbers = [gate.back.to_h for gate in walk.gates]
    if trace.cell == "gru":
        n = letters.index("U_nᵀ·da_n")
        letters[n] = "(U_nᵀ·da_n)·r" if trace.reset == "before" else "U_nᵀ·(da_n·r)"
        letters.append("dh·(1 − z)")
        numbers.append(walk.past_the_gates)
    return f"{' + '.join(letters)}\n= {summed(numbers, three)}"


def _past(trace: CellTrace, walk: Walk, row: str, column: str) -> str:
    """What goes back past the gates, or all that goes back to a state."""
    if row == "sum":
        return (_of_hidden if column == "to h(t-1)" else _of_cell_state)(trace, walk, "to t-1")
    gates = {gate.name: gate.value for gate in walk.gates}
    if trace.cell == "gru":
        terms = f"{three(walk.dh_own + walk.dh_carried)}×(1 − {four(gates['z'])})"
    else:
        terms = _times((walk.dC_own or 0.0) + (walk.dC_carried or 0.0), gates["f"])
    return f"what goes back past the gates {column}: {row}\n= {terms} ≈ {three(walk.past_the_gates)}"


def _of_cell_state(trace: CellTrace, walk: Walk, column: str) -> str:
    own, carried, dh = walk.dC_own or 0.0, walk.dC_carried or 0.0, walk.dh_own + walk.dh_carried
    gates = {gate.name: gate for gate in walk.gates}
    peeps, back = trace.peephole != "no", "ᵀ" if trace.peephole == "full" else ""
    if column == "own":
        o, flat = gates["o"].value, 1 - (walk.tanh_C or 0.0) ** 2
        seen = f" + {bracketed(gates['o'].back.to_C, three)}" if peeps else ""
        return (
            f"dC, through h of this step: dh·o·(1 − tanh²C){f' + P_o{back}·da_o' if peeps else ''}\n"
            f"= {three(dh)}×{four(o)}×{four(flat)}{seen} ≈ {three(own)}"
        )
    if column == "to t-1":
        letters = "dC·f" + (f" + P_i{back}·da_i + P_f{back}·da_f" if peeps else "")
        seen = "".join(f" + {bracketed(gates[name].back.to_C, three)}" for name in "if") if peeps else ""
        return (
            f"{_goes_on('dC', trace)}: {letters}\n"
            f"= {_times(own + carried, gates['f'].value)}{seen} ≈ {three(walk.dC_before or 0.0)}"
            f"{_stops('C', walk.C_held)}"
        )
    return _carried_or_total("dC", trace, own, carried, column)


def _stops(state: str, held: bool) -> str:
    return f"; {state}(t-1) is held, so nothing goes further back" if held else ""


def _carried_or_total(name: str, trace: CellTrace, own: float, carried: float, column: str) -> str:
    if column == "total":
        return f"{name} = own + carried = {three(own)} + {bracketed(carried, three)} ≈ {three(own + carried)}"
    if name[1] in trace.now.held_next:
        return f"{name} carried: 0, for step {trace.t + 1} begins with a {name[1]} that is held"
    if trace.t == trace.length - 1 and trace.part == "encoder":
        return f"{name} carried back from the decoder's first step: {three(carried)}, all that the loss sends here"
    if trace.t == trace.length - 1:
        return f"{name} carried: 0, there is no step after the last one"
    return f"{name} carried back from step {trace.t + 1}: {three(carried)}, which stands there as what goes to t-1"


def _goes_on(name: str, trace: CellTrace) -> str:
    before = "to the encoder's last step" if trace.part == "decoder" else "to the state before the first step"
    to = f"to step {trace.t - 1}" if trace.t else before
    return f"{name} that goes on {to}"


def _to_h(trace: CellTrace, walk: Walk, gate: Gate) -> str:
    name, back = gate.name, gate.back
    value = f"≈ {three(back.to_h)}"
    where = f"what goes back through U_{name} to h(t-1) of unit {trace.unit}"
    if name != "n":
        return f"{where}: U_{name}ᵀ·da_{name}\n= {largest(back.U_out, back.da_all, 'unit', three)} {value}"
    if trace.reset == "after":
        heard = [da * r for da, r in zip(back.da_all, walk.r_all, strict=True)]
        return f"{where}: U_nᵀ·(da_n·r)\n= {largest(back.U_out, heard, 'unit', three)} {value}"
    r = walk.r_all[trace.unit]
    return f"{where}: (U_nᵀ·da_n)·r\n= ({largest(back.U_out, back.da_all, 'unit', three)})×{four(r)} {value}"


def _to_C(trace: CellTrace, gate: Gate) -> str:
    name, back = gate.name, gate.back
    turned = "ᵀ" if trace.peephole == "full" else ""
    to = "C" if name == "o" else "C(t-1)"
    da = back.da_all if trace.peephole == "full" else [back.da]
    terms = largest(back.P_out, da, "unit", three)
    return (
        f"what goes back through P_{name} to {to} of unit {trace.unit}: P_{name}{turned}·da_{name}\n"
        f"= {terms} ≈ {three(back.to_C)}"
    )


def _of_weight(trace: CellTrace, walk: Walk, gate: Gate, kind: str, place: int) -> str:
    name, back = gate.name, gate.back
    own, total = {"dW": (back.dW, back.dW_sum), "dU": (back.dU, back.dU_sum), "dP": (back.dP, back.dP_sum)}[kind]
    da, letters = back.da, f"da_{name}"
    if kind == "dW":
        came, from_ = walk.x[place], "x"
    elif kind == "dU":
        came, from_ = walk.h_before[place], f"h(t-1) of unit {place}"
        if name == "n":
            r = walk.r_all[trace.unit if trace.reset == "after" else place]
            da, letters = da * r, "da_n·r"
    else:
        unit = trace.unit if trace.peephole == "diagonal" else place
        came = (walk.C_all if name == "o" else walk.C_all_before)[unit]
        from_ = f"{'C' if name == 'o' else 'C(t-1)'} of unit {unit}"
    return (
        f"{kind}_{name}, this step's own term: {letters} times {from_} = {_times(da, came)} ≈ {three(own[place])}; "
        f"{_all_steps(trace)}: {three(total[place])}"
    )


def _all_steps(trace: CellTrace) -> str:
    return f"from the last step back to t={trace.t}"


def _times(first: float, second: float) -> str:
    return f"{three(first)}×{bracketed(second)}"
