"""Where a number of the update comes from, written out with the numbers put in."""

from collections.abc import Callable, Sequence

from tuilab.labs.skipgram.blocks import columns_of, draws_of, number, row_of, word_at
from tuilab.labs.skipgram.spec import Draw, SkipgramTrace, View
from tuilab.widgets.blocks import Cell
from tuilab.widgets.numbers import bracketed, four, summed, three

Told = tuple[str, list[Cell]]


def explain(trace: SkipgramTrace, view: View, cell: Cell) -> Told:
    """The arithmetic of a number, and those of its sources that are in the same view."""
    if cell.block in ("draws", "negative", "nce"):
        return _of_draw(trace, cell)
    if cell.block in ("h", "dh"):
        return (_h if cell.block == "h" else _dh)(trace, cell.column)
    word, column = word_at(trace, view, cell), cell.column
    value = row_of(trace, cell.block, word)[column]
    if cell.block in ("v", "u"):
        role = "given" if cell.block == "v" else "to be predicted"
        came = f"as update {trace.update} left it" if trace.update else "drawn from the seed"
        name = f"{cell.block} of {word}, number {column}"
        return f"{name} = {four(value)}: the vector of {word} where it is {role}, {came}; e edits it", []
    if cell.block in ("dv", "du"):
        return (_dv if cell.block == "dv" else _du)(trace, word, column)
    return _after(trace, cell, word)


def agreement(trace: SkipgramTrace) -> str:
    """How far the gradients by hand are from autograd's."""
    return f"autograd: {f'within {three(trace.difference)}' if trace.difference else 'no difference'}"


def _products(pairs: Sequence[tuple[float, float]], written: Callable[[float], str] = four) -> str:
    return " + ".join(f"{bracketed(a, written)}×{bracketed(b, written)}" for a, b in pairs)


def _of_draw(trace: SkipgramTrace, cell: Cell) -> Told:
    criterion = trace.criterion if cell.block == "draws" else cell.block
    columns = columns_of(trace, cell.block)
    column = columns[cell.column]
    draw = draws_of(trace, criterion)[cell.row]
    text = told_of_draw(trace, criterion, draw, column)
    inside = {
        "u·h": (), "P": (), "label": (), "logkP": (), "logit": ("u·h", "logkP"), "loss": ("σ",),
        "σ": ("logit",) if criterion == "nce" else ("u·h",), "error": ("σ", "label"),
    }[column]  # fmt: skip
    sources = [Cell(cell.block, cell.row, columns.index(name)) for name in inside if name in columns]
    if column == "u·h" and cell.block == "draws":
        ours = ("h" if len(trace.given) > 1 else "v", 0)
        rows = [("u", cell.row), ours]
        sources = [Cell(block, row, place) for block, row in rows for place in range(len(trace.h))]
    return text, sources


def told_of_draw(trace: SkipgramTrace, criterion: str, draw: Draw, column: str) -> str:
    """One number of a draw under a loss."""
    if number(draw, column) is None:
        return f"{draw.word} as noise is the very word that was there: negative sampling skips it."
    k, word, sigma = len(trace.draws) - 1, draw.word, four(draw.sigma)
    probability = _probability(trace, word)
    products = _products([*zip(row_of(trace, "u", word), trace.h, strict=True)])
    z = "u·h" if criterion == "negative" else "logit"
    meaning = f"how probable the model finds it that {word} was there rather than drawn as noise"
    return {
        "P": probability,
        "u·h": f"u·h of {word} = {products} ≈ {four(draw.score)}",
        "logkP": f"log(k P) of {word} = log({k}×{four(draw.probability)}) ≈ {four(draw.off)}\n{probability}",
        "logit": f"logit of {word} = u·h − log(k P) = {summed([draw.score, -draw.off])} ≈ {four(draw.logit)}",
        "label": f"label of {word} = {draw.label:.0f}: it was {'really there' if draw.label else 'drawn as noise'}",
        "σ": f"σ({z}) of {word} = 1 / (1 + exp({four(-draw.logit)})) ≈ {sigma}\n{meaning}",
        "error": f"error of {word} = σ − label = {sigma} − {draw.label:.0f} ≈ {four(draw.error)}",
        "loss": f"loss of {word} = −log({'' if draw.label else '1 − '}{sigma}) ≈ {four(draw.loss)}",
    }[column]


def _probability(trace: SkipgramTrace, word: str) -> str:
    share = next(each for each in trace.vocabulary if each.word == word)
    total, counts = sum(each.raised for each in trace.vocabulary), sum(each.count for each in trace.vocabulary)
    noise = f"{share.count:,}^0.75 / Σ count^0.75 = {share.raised:.3f}/{total:.3f} ≈ {four(share.probability)}"
    return f"P of {word} = {noise}; its plain share: {share.count:,}/{counts:,} ≈ {four(share.count / counts)}"


def _h(trace: SkipgramTrace, column: int) -> Told:
    parts = [row_of(trace, "v", word)[column] for word in trace.given]
    text = f"h, number {column} = ({summed(parts)}) / {len(parts)} ≈ {four(trace.h[column])}"
    return text, [Cell("v", row, column) for row in range(len(parts))]


def _dh(trace: SkipgramTrace, column: int) -> Told:
    terms = [(draw.error, row_of(trace, "u", draw.word)[column]) for draw in trace.draws if draw.counted]
    text = f"d loss / d h, number {column} = Σ error×u = {_products(terms, three)} ≈ {three(trace.dh[column])}"
    return text, []


def _dv(trace: SkipgramTrace, word: str, column: int) -> Told:
    times, count = trace.given.count(word), len(trace.given)
    value, dh = row_of(trace, "dv", word)[column], trace.dh[column]
    name = f"d loss / d v of {word}, number {column}"
    if count == 1:
        return f"{name} = d loss / d h ≈ {three(value)}: h is v of {word}", [Cell("dh", 0, column)]
    text = f"{name} = {times}/{count} × d loss / d h = {times}/{count}×{bracketed(dh, three)} ≈ {three(value)}"
    return f"{text}\n{word} is {times} of the {count} words that h is the mean of", [Cell("dh", 0, column)]


def _du(trace: SkipgramTrace, word: str, column: int) -> Told:
    errors = [draw.error for draw in trace.draws if draw.word == word and draw.counted]
    terms = _products([(error, trace.h[column]) for error in errors], three)
    value = row_of(trace, "du", word)[column]
    name = f"d loss / d u of {word}, number {column}"
    more = f"\n{word} was drawn {len(errors)} times" if len(errors) > 1 else ""
    return f"{name} = error×h = {terms} ≈ {three(value)}{more}", []


def _after(trace: SkipgramTrace, cell: Cell, word: str) -> Told:
    letter = cell.block[0]
    before, gradient = (row_of(trace, block, word)[cell.column] for block in (letter, f"d{letter}"))
    step = f"{four(before)} − {trace.lr:g}×{bracketed(gradient, three)}"
    after = four(row_of(trace, cell.block, word)[cell.column])
    text = f"{letter} of {word} after, number {cell.column} = {letter} − lr × gradient = {step} ≈ {after}"
    return text, [Cell(block, cell.row, cell.column) for block in (letter, f"d{letter}")]
