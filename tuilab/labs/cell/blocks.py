"""Which numbers of the unit stand where: forwards, backwards, its weights and their gradients."""

from collections.abc import Sequence

from tuilab.labs.cell.spec import CellTrace, Gate, Walk
from tuilab.widgets.blocks import Block, Cell

PARTS = {"lstm": ("i", "f", "g", "C", "o", "h"), "gru": ("r", "z", "n", "h"), "rnn": ("h",)}
"""What a step computes, in this order."""
FORWARDS = ("W·x", "U·h", "P·C", "b", "sum", "gate")
BACKWARDS = ("gate", "d gate", "slope", "da", "dW", "ΣdW", "Σdb")
ACROSS, ACROSS_PRECISE = 8, 6  # units side by side


def forwards(trace: CellTrace, walk: Walk, part: int) -> list[list[Block]]:
    """The step as far as it is computed: `part` counts the parts of the cell."""
    done = PARTS[trace.cell][:part]
    before = {"h(t-1)": walk.h_before[trace.unit], "C(t-1)": walk.C_before}
    if len(walk.x) == 1:
        before = {"x": walk.x[0], **before}
    after = {"C": walk.C if "C" in done else None, "tanh C": walk.tanh_C if "h" in done else None}
    after = {name: value for name, value in after.items() if trace.cell == "lstm"}
    complete = len(done) == len(PARTS[trace.cell])
    said = {
        "said": walk.prediction if complete else None,
        "target": walk.target,
        "error": walk.prediction - walk.target if complete else None,
    }
    columns = [name for name in FORWARDS if name != "P·C" or trace.peephole != "no"]
    rows = [_forward_row(gate, gate.name in done, columns) for gate in walk.gates]
    names = [gate.name for gate in walk.gates]
    h = {} if trace.cell == "rnn" else {"h": walk.h if "h" in done else None}
    given = _row("before", {name: value for name, value in before.items() if value is not None})
    return [
        [given, *([_row("after", {**after, **h})] if h else []), _row("read-out", said)],
        [Block("gates", rows, "the gates", names, columns, show_shape=False)],
    ]


def _forward_row(gate: Gate, done: bool, columns: list[str]) -> list[float | None]:
    numbers = {"W·x": gate.Wx, "U·h": gate.Uh, "P·C": gate.PC, "b": gate.b, "sum": gate.sum, "gate": gate.value}
    return [numbers[column] if done else None for column in columns]


def backwards(trace: CellTrace, walk: Walk) -> list[list[Block]]:
    """The gradients of the loss at the step."""
    totals = [[walk.dh_own, walk.dh_carried, walk.dh_own + walk.dh_carried, walk.dh_before]]
    names = ["dh"]
    if walk.dC_own is not None and walk.dC_carried is not None:
        totals.append([walk.dC_own, walk.dC_carried, walk.dC_own + walk.dC_carried, walk.dC_before or 0.0])
        names.append("dC")
    back = [gate.back for gate in walk.gates]
    rows = [
        [gate.value, b.d, b.slope, b.da, b.dW[0], b.dW_sum[0], b.db_sum]
        for gate, b in zip(walk.gates, back, strict=True)
    ]
    gates = [gate.name for gate in walk.gates]
    columns = ("own", "carried", "total", "to t-1")
    return [
        [Block("states", totals, "of the states", names, columns, show_shape=False, precise=True)],
        [Block("back", rows, "of the gates", gates, BACKWARDS, show_shape=False, precise=True)],
    ]


def gradients(trace: CellTrace, walk: Walk) -> list[list[Block]]:
    """The gradients of the unit's weights, all steps from the last one back to here; what goes back through them."""
    names, back = [gate.name for gate in walk.gates], [gate.back for gate in walk.gates]
    peeps = trace.peephole != "no"
    sent: list[list[float | None]] = [[b.to_h, b.to_C if b.P_out else None] if peeps else [b.to_h] for b in back]
    columns = ("to h(t-1)", "to C") if peeps else ("to h(t-1)",)
    first = [Block("sent", sent, "goes back", names, columns, show_shape=False, precise=True)]
    if len(walk.x) <= ACROSS_PRECISE:
        first.append(_sums("dW", "ΣdW", [b.dW_sum for b in back], names))
    if trace.peephole == "diagonal":
        first.append(_sums("dP", "ΣdP", [b.dP_sum for b in back], names))
    bands = [first]
    for start in range(0, trace.hidden, ACROSS_PRECISE):
        units = slice(start, min(start + ACROSS_PRECISE, trace.hidden))
        bands.append([_sums(f"dU{start}", "ΣdU, from these units", [b.dU_sum[units] for b in back], names, units)])
        if trace.peephole == "full":
            bands.append([_sums(f"dP{start}", "ΣdP, from these units", [b.dP_sum[units] for b in back], names, units)])
    return bands


def _sums(name: str, title: str, sums: list[list[float]], names: list[str], units: slice | None = None) -> Block:
    """The candidate has no peephole."""
    rows: list[list[float | None]] = [[*each] or [None] * len(sums[0]) for each in sums]
    columns = [str(unit) for unit in range(units.start, units.stop)] if units else ()
    return Block(name, rows, title, names, columns, show_shape=False, precise=True)


def weights(trace: CellTrace, walk: Walk) -> list[list[Block]]:
    """The unit's rows of W, of U and of the peepholes, and what they meet."""
    names = [gate.name for gate in walk.gates]
    bands = [[Block("W", [gate.W for gate in walk.gates], row_names=names)]] if len(walk.x) <= ACROSS else [[]]
    if trace.peephole == "diagonal":
        bands[0].append(_peepholes("P", walk, slice(None)))
    for first in range(0, trace.hidden, ACROSS):
        units = [str(unit) for unit in range(first, min(first + ACROSS, trace.hidden))]
        last = first + len(units)
        heard = Block(f"h{first}", [walk.h_before[first:last]], "h(t-1)", ["h"], units, show_shape=False)
        rows = [gate.U[first:last] for gate in walk.gates]
        bands.append([heard])
        bands.append([Block(f"U{first}", rows, "U, from these units", names, show_shape=False)])
        if trace.peephole == "full":
            bands.append([_peepholes(f"P{first}", walk, slice(first, last))])
    return [band for band in bands if band]


def _peepholes(name: str, walk: Walk, units: slice) -> Block:
    """The candidate has none."""
    width = len(walk.gates[0].P[units])
    rows: list[list[float | None]] = [[*gate.P[units]] or [None] * width for gate in walk.gates]
    title = "P, its own" if name == "P" else "P, from their cell states"
    return Block(name, rows, title, [gate.name for gate in walk.gates], show_shape=False)


def _row(name: str, values: dict[str, float | None]) -> Block:
    return Block(name, [list(values.values())], name, (), tuple(values), show_shape=False)


def column_name(bands: Sequence[Sequence[Block]], cell: Cell) -> str:
    """What the column of a number is called: the unit or the input that it is of, or what is written above it."""
    if cell.block in ("W", "P", "dW", "dP"):
        return str(cell.column)
    first = cell.block.lstrip("dUPh")
    if first.isdigit():
        return str(int(first) + cell.column)
    block = next(block for band in bands for block in band if block.name == cell.block)
    return block.column_names[cell.column]
