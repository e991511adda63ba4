"""Which numbers of the layer stand where: the whole input, or one time step as far as it is computed."""

from tuilab.labs.unroll.spec import SENTENCES, Unroll, UnrollTrace
from tuilab.widgets.blocks import GAP, Block, Cell, block_width

RESULTS = ("", "X·Wx", "Y·Wy", "sum", "Y")
"""The parts of a step, 0 for the whole input, and the block that each computes."""


def computation(spec: Unroll, trace: UnrollTrace, t: int, part: int) -> list[list[Block]]:
    """The arrays of time step t; those that a later part computes are still unknown."""
    step = trace.steps[t]
    unknown = [[None] * spec.neurons] * spec.batch
    fed = tuple(sentence[t] for sentence in SENTENCES) if trace.words else ()
    return [
        [
            Block("X", step.X, f"X{t}", row_names=fed, compact=True),
            Block("Wx", trace.Wx, row_names=trace.words),
            Block("X·Wx", step.XWx if part >= 1 else unknown, f"X{t}·Wx"),
        ],
        [
            Block("Y(t-1)", step.Y_before, f"Y{t - 1}" if t else "no Y yet: 0"),
            Block("Wy", trace.Wy),
            Block("Y·Wy", step.YWy if part >= 2 else unknown, f"Y{t - 1}·Wy" if t else "0·Wy"),
        ],
        [
            Block("b", trace.b),
            Block("sum", step.sum if part >= 3 else unknown),
            Block("Y", step.Y if part >= 4 else unknown, f"Y{t}"),
        ],
    ]


def input_blocks(spec: Unroll, trace: UnrollTrace, width: int) -> list[list[Block]]:
    """All of X, one block for each time step (time-major) or for each sequence (batch-major)."""
    X = [step.X for step in trace.steps]
    words = bool(trace.words)
    if spec.order == "time":
        blocks = [
            Block(f"X[{t}]", rows, row_names=[s[t] for s in SENTENCES] if words else (), compact=True)
            for t, rows in enumerate(X)
        ]
    else:
        blocks = [
            Block(f"X[{n}]", [rows[n] for rows in X], row_names=SENTENCES[n] if words else (), compact=True)
            for n in range(spec.batch)
        ]
    return _bands(blocks, width)


def _bands(blocks: list[Block], width: int) -> list[list[Block]]:
    """As many blocks side by side as fit."""
    across = max(1, (width + GAP) // (max(block_width(block) for block in blocks) + GAP))
    return [blocks[i : i + across] for i in range(0, len(blocks), across)]


def place_of(spec: Unroll, cell: Cell, t: int) -> tuple[str, tuple[int, ...]] | None:
    """The name and place of a number that can be set; None for one that is computed."""
    if cell.block.startswith("X["):
        outer = int(cell.block[2:-1])
        place = (outer, cell.row) if spec.order == "time" else (cell.row, outer)
        return "X", (*place, cell.column)
    if cell.block == "X":
        return "X", (t, cell.row, cell.column)
    return (cell.block, (cell.row, cell.column)) if cell.block in ("Wx", "Wy", "b") else None
