"""Which numbers of the unit stand where: forwards, backwards, and its weights."""

from tuilab.labs.cell.spec import CellTrace, Gate, Walk
from tuilab.widgets.blocks import Block

PARTS = {"lstm": ("i", "f", "g", "C", "o", "h"), "gru": ("r", "z", "n", "h"), "rnn": ("h",)}
"""What a step computes, in this order."""
FORWARDS = ("W·x", "U·h", "P·C", "b", "sum", "gate")
BACKWARDS = ("gate", "d gate", "slope", "da", "dW", "ΣdW", "Σdb")
ACROSS = 8  # units side by side


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
    rows = [[gate.value, gate.d, gate.slope, gate.da, gate.dW, gate.dW_sum, gate.db_sum] for gate in walk.gates]
    gates = [gate.name for gate in walk.gates]
    columns = ("own", "carried", "total", "to t-1")
    return [
        [Block("states", totals, "of the states", names, columns, show_shape=False, precise=True)],
        [Block("back", rows, "of the gates", gates, BACKWARDS, show_shape=False, precise=True)],
    ]


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
