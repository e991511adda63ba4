"""What a number of a cell is made of, as far as that stands on the same screen."""

from collections.abc import Iterator, Mapping

from tuilab.labs.cell.spec import CellTrace
from tuilab.widgets.blocks import Block, Cell

Named = tuple[str, str, str]
"""A place by the names of its block, its row and its column; of a block with one row alone that row has none."""

_OWN_ROW = {
    "sum": ("W·x", "U·h", "P·C", "b"), "gate": ("sum",),
    "da": ("d gate", "slope"), "slope": ("gate",), "dW": ("da",), "ΣdW": ("dW",), "Σdb": ("da",),
    "total": ("own", "carried"),
}  # fmt: skip
"""What stands in the same row, forwards and backwards."""
_MET = {"W·x": "x", "U·h": "h(t-1)", "P·C": "C(t-1)"}
"""What the weights of a gate are multiplied with."""


def sources(trace: CellTrace, cell: Cell, blocks: Mapping[str, Block]) -> list[Cell]:
    """The places of the numbers that one is computed from; of h(t-1) only this unit's stands there."""
    block = blocks[cell.block]
    if cell.block not in ("gates", "after", "read-out", "states", "back"):
        return []
    row = block.row_names[cell.row] if block.row_names else ""
    wanted = _wanted(trace, (cell.block, row, block.column_names[cell.column]))
    return [place for named in wanted if (place := _place(blocks, named)) is not None]


def _wanted(trace: CellTrace, named: Named) -> Iterator[Named]:
    block, row, column = named
    for other in _OWN_ROW.get(column, ()):
        yield block, row, other
    if block == "gates":
        yield from _of_product(trace, row, column)
    elif block == "back" and column == "d gate":
        yield from _of_gate(trace, row)
    elif block == "states":
        yield from _of_gradient(trace, row, column)
    else:
        yield from _of_state(trace, column)


def _of_product(trace: CellTrace, gate: str, column: str) -> Iterator[Named]:
    if (gate, column) == ("o", "P·C"):
        yield "after", "", "C"
    elif column in _MET:
        yield "before", "", _MET[column]
    if (gate, column) == ("n", "U·h"):
        yield "gates", "r", "gate"


def _of_state(trace: CellTrace, column: str) -> Iterator[Named]:
    """Of the new states, and of what is said."""
    of_h: dict[str, tuple[Named, ...]] = {
        "lstm": (("gates", "o", "gate"), ("after", "", "tanh C")),
        "gru": (("gates", "z", "gate"), ("gates", "n", "gate"), ("before", "", "h(t-1)")),
    }
    found: dict[str, tuple[Named, ...]] = {
        "C": (("gates", "f", "gate"), ("before", "", "C(t-1)"), ("gates", "i", "gate"), ("gates", "g", "gate")),
        "tanh C": (("after", "", "C"),),
        "h": of_h.get(trace.cell, ()),
        "said": (("gates", "h", "gate") if trace.cell == "rnn" else ("after", "", "h"),),
        "error": (("read-out", "", "said"), ("read-out", "", "target")),
    }
    yield from found.get(column, ())


def _of_gate(trace: CellTrace, gate: str) -> Iterator[Named]:
    """Of the gradient with respect to a gate: of what it was in a product with, and by what that was reached."""
    if (trace.cell, gate) == ("gru", "r"):
        yield "back", "n", "da"
        return
    yield "states", "dC" if trace.cell == "lstm" and gate != "o" else "dh", "total"
    if partner := {"lstm": {"i": "g", "g": "i"}, "gru": {"z": "n", "n": "z"}}.get(trace.cell, {}).get(gate):
        yield "back", partner, "gate"


def _of_gradient(trace: CellTrace, row: str, column: str) -> Iterator[Named]:
    peeped = trace.peephole != "no"
    if (row, column) == ("dC", "own"):
        yield from (("states", "dh", "total"), ("back", "o", "gate"))
        yield from [("back", "o", "da")] * peeped
    elif (row, column) == ("dC", "to t-1"):
        yield from (("states", "dC", "total"), ("back", "f", "gate"))
        yield from [("back", "i", "da"), ("back", "f", "da")] * peeped
    elif (row, column) == ("dh", "to t-1"):
        if trace.cell == "gru":
            yield from (("states", "dh", "total"), ("back", "z", "gate"))
        yield from (("back", gate.name, "da") for gate in trace.now.gates)


def _place(blocks: Mapping[str, Block], named: Named) -> Cell | None:
    """Where that stands; None where it does not, or is not computed yet. Where tanh C is left out, that of C."""
    block = blocks.get(named[0])
    if block is None or named[2] not in block.column_names or (named[1] and named[1] not in block.row_names):
        return None
    row, column = list(block.row_names).index(named[1]) if named[1] else 0, list(block.column_names).index(named[2])
    if column in block.left_out:
        return _place(blocks, ("after", "", "C")) if named[2] == "tanh C" else None
    return Cell(named[0], row, column) if block.values[row][column] is not None else None
