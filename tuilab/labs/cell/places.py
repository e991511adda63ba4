"""What the places of the cell's views are: what an edit there sets, and where the same thing stands in another view."""

from collections.abc import Mapping

from tuilab.labs.cell.blocks import weights_of
from tuilab.labs.cell.spec import CellTrace
from tuilab.labs.edits import Edit
from tuilab.widgets.blocks import Block, Cell

OTHER = {"forwards": "weights", "weights": "forwards", "backwards": "gradients", "gradients": "backwards"}
TURNED = {"forwards": "backwards", "backwards": "forwards", "weights": "gradients", "gradients": "weights"}
DEEP = ("forwards", "backwards", "weights", "gradients")
"""The views, those that one comes back to first."""

_OF_GATES = {  # the columns of the tables of gates, and what each is about
    "W·x": "W", "U·h": "U", "P·C": "P", "b": "b", "sum": "sum", "gate": "gate",
    "d gate": "gate", "slope": "gate", "da": "sum", "dW": "W", "ΣdW": "W", "Σdb": "b",
    "to h(t-1)": "U", "to C(t-1)": "P", "to C": "P",
}  # fmt: skip
_FORWARDS = {"W": "W·x", "U": "U·h", "P": "P·C", "b": "b", "sum": "sum", "gate": "gate"}
_BACKWARDS = {"W": "ΣdW", "U": "da", "P": "da", "b": "Σdb", "sum": "da", "gate": "d gate"}
_STATES = {  # the rows and columns of the states on the way back
    "h": (0, "total"), "said": (0, "own"), "target": (0, "own"), "error": (0, "own"), "h(t-1)": (0, "to t-1"),
    "C": (1, "total"), "tanh C": (1, "total"), "C(t-1)": (1, "to t-1"),
}  # fmt: skip
_IN_GATE = {"W·x": "Wx", "U·h": "Uh", "P·C": "PC", "sum": "sum", "gate": "value"}
_NEW = {"C": "C", "tanh C": "tanh_C", "h": "h"}
"""The columns of what is computed forwards, and their names in the answer."""
_BACK = {"d gate": "d", "slope": "slope", "da": "da"}
_STATE_BACK = {"own": "_own", "total": "", "to t-1": "_before"}
"""The same of the way back, for the gates and the states; a total, dh or dC, is the sum of what the answer has."""


def computed_at(cell: Cell, column: str) -> tuple[str | int, ...] | None:
    """Where a number that can be worked out by hand stands in the answer.

    Forwards products, sums, gates and new states; backwards the gradients of gates and of states.
    """
    if cell.block == "gates" and column in _IN_GATE:
        return "now", "gates", cell.row, _IN_GATE[column]
    if cell.block == "back" and column in _BACK:
        return "now", "gates", cell.row, "back", _BACK[column]
    if cell.block == "states":
        return ("now", ("dh", "dC")[cell.row] + _STATE_BACK[column]) if column in _STATE_BACK else None
    return ("now", _NEW[column]) if cell.block == "after" and column in _NEW else None


def name_at(trace: CellTrace, cell: Cell, column: str) -> str:
    """What the learner calls a number that is computed; of the way back with what it is the gradient of."""
    if cell.block == "states":
        return f"{('dh', 'dC')[cell.row]} {column}"
    if cell.block == "back" and column in _BACK:
        gate = trace.now.gates[cell.row].name
        return {"d gate": f"d{gate}", "slope": f"The slope of {gate}", "da": f"da_{gate}"}[column]
    return "This" if column.isdigit() else column


def edit_at(trace: CellTrace, cell: Cell, column: str, value: float) -> Edit | None:
    """The edit that sets a number of the unit; None where it is computed, or given for good."""
    unit, kind = trace.unit, (weights_of(cell.block) or ("", 0))[0]
    if cell.block == "before":
        return Edit("x", (trace.t,), value) if column == "x" else Edit(f"{column[0]}_before", (trace.t, unit), value)
    if cell.block == "gates" and column in ("gate", "b"):
        gate = trace.now.gates[cell.row].name
        return Edit(gate, (trace.t, unit), value) if column == "gate" else Edit(f"b_{gate}", (unit,), value)
    return _edit_of_weight(trace, kind, cell.row, column, value) if kind in ("W", "U", "P", "c", "h") else None


def _edit_of_weight(trace: CellTrace, kind: str, row: int, column: str, value: float) -> Edit:
    """In the view of the weights: one of them, or what one of U meets."""
    unit = trace.unit
    if kind == "h":
        return Edit("h_before", (trace.t, int(column)), value)
    if kind == "c":
        return Edit("c_n", (unit,), value)
    name = f"{kind}_{trace.now.gates[row].name}"
    own = kind == "P" and trace.peephole == "diagonal"
    return Edit(name, (unit,) if own else (unit, int(column)), value)


def matching(cell: Cell, column: str, way: str, blocks: Mapping[str, Block]) -> Cell | None:
    """Where another view, of these blocks, shows the gate, weight or state of a place; None where it does not."""
    letter = (weights_of(cell.block) or ("", 0))[0][-1:]
    about = letter if letter in ("W", "U", "P") else _OF_GATES.get(column, "")
    if cell.block in ("before", "after", "read-out", "states"):
        return _state(cell, column, way, blocks)
    if way in ("weights", "gradients"):
        about, place = about if about in ("W", "U", "P") else "U", int(column) if column.isdigit() else 0
        return _weight(about if way == "weights" else f"d{about}", cell.row, place, blocks)
    table, columns = ("gates", _FORWARDS) if way == "forwards" else ("back", _BACKWARDS)
    return _named(table, cell.row, columns.get(about, ""), blocks)


def _state(cell: Cell, column: str, way: str, blocks: Mapping[str, Block]) -> Cell | None:
    if way == "backwards" and column in _STATES:
        return _named("states", *_STATES[column], blocks)
    if way != "forwards" or cell.block != "states":
        return None
    name = "hC"[cell.row]
    return _named("before", 0, f"{name}(t-1)", blocks) if column == "to t-1" else _named("after", 0, name, blocks)


def _weight(kind: str, row: int, place: int, blocks: Mapping[str, Block]) -> Cell | None:
    for name, block in blocks.items():
        found = weights_of(name)
        if found and found[0] == kind and 0 <= place - found[1] < len(block.values[0]) and row < len(block.values):
            return Cell(name, row, place - found[1])
    return None


def _named(name: str, row: int, column: str, blocks: Mapping[str, Block]) -> Cell | None:
    block = blocks.get(name)
    if block is None or row >= len(block.values) or column not in block.column_names:
        return None
    return Cell(name, row, block.column_names.index(column))
