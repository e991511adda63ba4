"""Which numbers of the update stand where: the way to the loss, the way back, and both losses side by side."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from tuilab.labs.skipgram.spec import Draw, SkipgramTrace, View
from tuilab.widgets.blocks import GAP, Block, Cell, block_width, width_of

COLUMNS = {
    "negative": ("P", "u·h", "σ", "label", "error", "loss"),
    "nce": ("u·h", "logkP", "logit", "σ", "label", "error", "loss"),
}
"""What is computed for each draw; of NCE P stands in what is taken off, log(k P)."""
COMPARED = {"negative": ("u·h", "σ", "error", "loss"), "nce": ("logkP", "logit", "σ", "error", "loss")}
NAMES = {"negative": "negative sampling", "nce": "noise-contrastive"}

_FIELDS = {
    "P": "probability", "u·h": "score", "logkP": "off", "logit": "logit", "σ": "sigma", "label": "label",
    "error": "error", "loss": "loss",
}  # fmt: skip
"""The columns, and the names of their numbers in a draw."""

Bands = list[list[Block]]


def bands(trace: SkipgramTrace, view: View, width: int) -> Bands:
    """The blocks of a view, side by side where there is room."""
    return {"forwards": _forwards, "backwards": _backwards, "both": _both}[view](trace, width)


def draws_of(trace: SkipgramTrace, criterion: str) -> list[Draw]:
    """The draws under one of the losses."""
    return trace.draws if criterion == trace.criterion else trace.other


def columns_of(trace: SkipgramTrace, block: str) -> tuple[str, ...]:
    """The columns of a block of draws: "draws" of the view forwards, or a loss of the comparison."""
    return COLUMNS[trace.criterion] if block == "draws" else COMPARED[block]


def number(draw: Draw, column: str) -> float | None:
    """One number of a draw; a skipped one has no part in the loss."""
    if not draw.counted and column in ("σ", "error", "loss"):
        return None
    value: float = getattr(draw, _FIELDS[column])
    return value


def computed_at(trace: SkipgramTrace, cell: Cell) -> tuple[str | int, ...] | None:
    """Where a number that can be worked out by hand stands in the answer; None for what is given."""
    block, row, column = cell
    if block in ("draws", *COMPARED):
        name = columns_of(trace, block)[column]
        draws = "draws" if block in ("draws", trace.criterion) else "other"
        return (draws, row, _FIELDS[name]) if name != "label" else None
    if block in ("h", "dh"):
        return block, column
    return (block.replace(" ", "_"), row, column) if block not in ("v", "u") else None


def word_at(trace: SkipgramTrace, view: View, cell: Cell) -> str:
    """The word whose row a number stands in."""
    if cell.block in ("v", "dv", "v after"):
        return (trace.given if view == "forwards" else trace.v_words)[cell.row]
    if cell.block in ("du", "u after") or (cell.block == "u" and view == "backwards"):
        return trace.u_words[cell.row]
    return trace.draws[cell.row].word


def row_of(trace: SkipgramTrace, block: str, word: str) -> list[float]:
    """The row of a word in v, u, their gradients or what becomes of them."""
    words = trace.v_words if "v" in block else trace.u_words
    matrix = {
        "v": trace.v, "u": trace.u, "dv": trace.dv, "du": trace.du, "v after": trace.v_after, "u after": trace.u_after,
    }[block]  # fmt: skip
    return matrix[words.index(word)]


def _forwards(trace: SkipgramTrace, width: int) -> Bands:
    """The vectors that go in, their mean where there are more, the drawn words and what is computed of each."""
    pad = _padded(trace)
    names, dimensions = [pad(draw.word) for draw in trace.draws], _dimensions(trace)
    given = [row_of(trace, "v", word) for word in trace.given]
    v = Block("v", given, "v, given", (), dimensions, show_shape=False)
    h = [Block("h", [trace.h], "h, their mean", (), dimensions, show_shape=False)] if len(given) > 1 else []
    found = _beside([v, *h], [pad(word) for word in trace.given], width, pad(""))
    outputs = [row_of(trace, "u", draw.word) for draw in trace.draws]
    u = Block("u", outputs, "u, drawn", (), dimensions, show_shape=False)
    return [*found, *_beside([u, _of_draws(trace, "draws")], names, width)]


def _backwards(trace: SkipgramTrace, width: int) -> Bands:
    """The gradients of the words that took part, and their vectors after the update; before it, where there is room."""
    pad = _padded(trace)
    dh = Block("dh", [trace.dh], "d loss / d h", [pad("")], _dimensions(trace), show_shape=False, precise=True)
    found = [[dh]]
    for letter, words in (("v", trace.v_words), ("u", trace.u_words)):
        names = [pad(word) for word in words]
        before = _rows(trace, letter, f"{letter} before", words)
        gradient = _rows(trace, f"d{letter}", f"d loss / d {letter}", words)
        after = _rows(trace, f"{letter} after", f"{letter} after", words)
        all_three = _beside([before, gradient, after], names, width)
        found += all_three if len(all_three) == 1 else _beside([gradient, after], names, width)
    return found


def _rows(trace: SkipgramTrace, block: str, title: str, words: list[str]) -> Block:
    rows = [row_of(trace, block, word) for word in words]
    return Block(block, rows, title, show_shape=False, precise=block.startswith("d"))


def _beside(blocks: list[Block], names: Sequence[str], width: int, other: str = "") -> Bands:
    """Blocks in one band, the rows named before the first; each by itself where there is no room.

    `other` names the rows of a block with fewer rows where it stands by itself.
    """
    level = [replace(each, level=len(each.values) == len(names)) for each in blocks[1:]]
    band = [replace(blocks[0], row_names=names), *level]
    if sum(block_width(block) + GAP for block in band) - GAP <= width:
        return [band]
    return [[replace(each, row_names=names if len(each.values) == len(names) else [other])] for each in blocks]


def _both(trace: SkipgramTrace, width: int) -> Bands:
    """What both losses make of the same draws."""
    pad = _padded(trace)
    names = [pad(draw.word) for draw in trace.draws]
    blocks = [_of_draws(trace, "negative"), _of_draws(trace, "nce")]
    return _beside(blocks, names, width)


def _of_draws(trace: SkipgramTrace, block: str) -> Block:
    """What is computed of each draw: of the view forwards, block "draws", or of a loss of the comparison."""
    criterion, columns = trace.criterion if block == "draws" else block, columns_of(trace, block)
    rows = [[number(draw, column) for column in columns] for draw in draws_of(trace, criterion)]
    return Block(block, rows, NAMES[criterion], (), columns, show_shape=False)


def _dimensions(trace: SkipgramTrace) -> list[str]:
    return [str(dimension) for dimension in range(len(trace.h))]


def _padded(trace: SkipgramTrace) -> Callable[[str], str]:
    """Writes names of rows at one width, so that dimensions stand below each other."""
    longest = max(width_of(word) for word in [*trace.given, *trace.u_words])
    return lambda word: word + " " * (longest - width_of(word))
