"""Which numbers of the unit stand where: forwards, backwards, its weights and their gradients."""

import re
from itertools import zip_longest

from tuilab.labs.cell.spec import GATE_NAMES, CellTrace, Gate, Walk
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
    columns = columns_of(trace.peephole)
    rows = [_forward_row(gate, gate.name in done, columns) for gate in walk.gates]
    names = [gate.name for gate in walk.gates]
    h = {} if trace.cell == "rnn" else {"h": walk.h if "h" in done else None}
    given = _row("before", {name: value for name, value in before.items() if value is not None})
    return [
        [given, *([_row("after", {**after, **h}, spare=("tanh C",))] if h else []), *_read_out(walk, complete)],
        [Block("gates", rows, f"the {_whole(trace)}", names, columns, show_shape=False)],
    ]


def _read_out(walk: Walk, complete: bool) -> list[Block]:
    """What is said, where something is."""
    if walk.prediction is None or walk.target is None:
        return []
    said, error = (walk.prediction, walk.prediction - walk.target) if complete else (None, None)
    return [_row("read-out", {"said": said, "target": walk.target, "error": error})]


def _forward_row(gate: Gate, done: bool, columns: list[str]) -> list[float | None]:
    numbers = {"W·x": gate.Wx, "U·h": gate.Uh, "P·C": gate.PC, "b": gate.b, "sum": gate.sum, "gate": gate.value}
    return [numbers[column] if done else None for column in columns]


def backwards(trace: CellTrace, walk: Walk) -> list[list[Block]]:
    """The gradients of the loss at the step; that of W only where it is one number for each gate."""
    totals = [[walk.dh_own, walk.dh_carried, walk.dh_own + walk.dh_carried, walk.dh_before]]
    names = ["dh"]
    if walk.dC_own is not None and walk.dC_carried is not None:
        totals.append([walk.dC_own, walk.dC_carried, walk.dC_own + walk.dC_carried, walk.dC_before or 0.0])
        names.append("dC")
    columns = [name for name in BACKWARDS if "dW" not in name or len(walk.x) == 1]
    rows = [[_backward_number(gate, column) for column in columns] for gate in walk.gates]
    gates = [gate.name for gate in walk.gates]
    ways = ("own", "carried", "total", "to t-1")
    spare = [columns.index(name) for name in ("gate", "dW") if name in columns]
    return [
        [Block("states", totals, "of the states", names, ways, show_shape=False, precise=True)],
        [Block("back", rows, f"of the {_whole(trace)}", gates, columns, show_shape=False, precise=True, spare=spare)],
    ]


def _whole(trace: CellTrace) -> str:
    return "unit" if trace.cell == "rnn" else "gates"


def _backward_number(gate: Gate, column: str) -> float:
    back = gate.back
    return {
        "gate": gate.value, "d gate": back.d, "slope": back.slope, "da": back.da,
        "dW": back.dW[0], "ΣdW": back.dW_sum[0], "Σdb": back.db_sum,
    }[column]  # fmt: skip


def gradients(trace: CellTrace, walk: Walk) -> list[list[Block]]:
    """The gradients of the unit's weights, all steps from the last one back to here; what goes back through them."""
    names, back = [gate.name for gate in walk.gates], [gate.back for gate in walk.gates]
    first = [_sent(trace, walk)]
    of_W = _matrix("dW", "ΣdW", [b.dW_sum for b in back], names, ACROSS_PRECISE)
    of_U = _matrix("dU", "ΣdU, from these units", [b.dU_sum for b in back], names, ACROSS_PRECISE)
    of_P = _matrix("dP", "ΣdP, from these units", [b.dP_sum for b in back], names, ACROSS_PRECISE)
    if trace.peephole == "diagonal":
        first += of_P
    if len(walk.x) == 1:
        return [first + of_W, *_below(of_U, of_P if trace.peephole == "full" else [])]
    return [first, *_below(of_W), *_below(of_U, of_P if trace.peephole == "full" else [])]


def _sent(trace: CellTrace, walk: Walk) -> Block:
    """What goes back to the unit's states through each gate and past the gates, and in all."""
    peeps = trace.peephole != "no"
    columns = ("to h(t-1)", "to C(t-1)", "to C") if peeps else ("to h(t-1)",)
    rows: list[list[float | None]] = []
    for gate in walk.gates:
        through = gate.back.to_C if gate.back.P_out else None
        rows.append([gate.back.to_h, *([None, through] if gate.name == "o" else [through, None])])
    if trace.cell == "gru":
        rows.append([walk.past_the_gates])
    if peeps:
        rows.append([None, walk.past_the_gates, None])
    rows.append([walk.dh_before, walk.dC_before, None])
    names = [*(gate.name for gate in walk.gates), *past_rows(trace)]
    values = [row[: len(columns)] for row in rows[: len(names)]]
    return Block("sent", values, "goes back", names, columns, show_shape=False, precise=True)


def past_rows(trace: CellTrace) -> tuple[str, ...]:
    """What stands below the gates of what goes back; an RNN has one way alone."""
    past = {"gru": ("dh·(1−z)",), "lstm": ("dC·f",) if trace.peephole != "no" else ()}
    return (*past[trace.cell], "sum") if trace.cell in past else ()


def weights(trace: CellTrace, walk: Walk) -> list[list[Block]]:
    """The unit's rows of W, of U and of the peepholes, and what they meet."""
    names = [gate.name for gate in walk.gates]
    of_W = _matrix("W", "W", [gate.W for gate in walk.gates], names, ACROSS)
    heard = _matrix("h", "h(t-1)", [walk.h_before], ["h"], ACROSS)
    of_U = _matrix("U", "U, from these units", [gate.U for gate in walk.gates], names, ACROSS)
    of_P = _matrix("P", "P, from their cell states", [gate.P for gate in walk.gates], names, ACROSS)
    if walk.c_n is not None:
        of_c = _matrix("c", "c, behind r", [[walk.c_n] if name == "n" else [] for name in names], names, ACROSS)
        return [of_W[:1] + of_c, *_below(of_W[1:]), *_below(heard, of_U)]
    if trace.peephole == "diagonal":
        return [of_W[:1] + of_P, *_below(of_W[1:]), *_below(heard, of_U)]
    return [*_below(of_W), *_below(heard, of_U, of_P)]


def _matrix(name: str, title: str, rows: list[list[float]], names: list[str], across: int) -> list[Block]:
    """Blocks of so many columns; a gate without such weights, as the candidate without a peephole, has empty rows."""
    width = max(map(len, rows))
    blocks = []
    for first in range(0, width, across):
        last = min(first + across, width)
        values: list[list[float | None]] = [[*row[first:last]] or [None] * (last - first) for row in rows]
        columns = [str(column) for column in range(first, last)] if width > 1 else ()
        precise = across == ACROSS_PRECISE
        blocks.append(Block(f"{name}{first}", values, title, names, columns, show_shape=False, precise=precise))
    return blocks


def _below(*matrices: list[Block]) -> list[list[Block]]:
    """The first blocks of all, each in a band of its own, then the second ones."""
    return [[block] for blocks in zip_longest(*matrices) for block in blocks if block is not None]


def _row(name: str, values: dict[str, float | None], spare: tuple[str, ...] = ()) -> Block:
    columns = tuple(values)
    left_out = [columns.index(each) for each in spare if each in columns]
    return Block(name, [list(values.values())], name, (), columns, show_shape=False, spare=left_out)


def place_of(cell: str, peephole: str, name: str) -> Cell:
    """Where a gate or state of a cell stands on the way forwards."""
    if name in GATE_NAMES[cell]:
        return Cell("gates", GATE_NAMES[cell].index(name), len(columns_of(peephole)) - 1)
    return Cell("after", 0, 2 if name == "h" and cell == "lstm" else 0)


def columns_of(peephole: str) -> list[str]:
    """What is shown of a gate on the way forwards."""
    return [name for name in FORWARDS if name != "P·C" or peephole != "no"]


def weights_of(block: str) -> tuple[str, int] | None:
    """What a block of weights, of their gradients, of h or of c_n shows, and its first column: `dU6` is ("dU", 6)."""
    found = re.fullmatch(r"(d?[WUP]|[hc])(\d+)", block)
    return (found[1], int(found[2])) if found else None


def column_name(block: Block, column: int) -> str:
    """What a column of a block is called: the unit or the input that it is of, or what is written above it."""
    found = weights_of(block.name)
    return str(found[1] + column) if found else block.column_names[column]
