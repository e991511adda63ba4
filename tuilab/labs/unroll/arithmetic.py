"""Where a number of the layer comes from, written out with the numbers put in."""

from tuilab.labs.unroll.spec import Matrix, UnrollTrace
from tuilab.widgets.blocks import Cell
from tuilab.widgets.numbers import bracketed, four, summed

SATURATED = 0.99


def explain(trace: UnrollTrace, t: int, cell: Cell, before: UnrollTrace | None) -> tuple[str, list[Cell]]:
    """The arithmetic of a number at time step t, and its sources; what it was `before` an edit, if it changed."""
    block, r, c = cell
    step = trace.steps[t]
    sources: list[Cell] = []
    if block == "X·Wx":
        text = _product(cell, step.X[r], [row[c] for row in trace.Wx], step.XWx[r][c])
        sources = _sources("X", "Wx", r, c, len(trace.Wx))
    elif block == "Y·Wy":
        text = _product(cell, step.Y_before[r], [row[c] for row in trace.Wy], step.YWy[r][c])
        sources = _sources("Y(t-1)", "Wy", r, c, len(trace.Wy))
    elif block == "sum":
        parts = [step.XWx[r][c], step.YWy[r][c], trace.b[0][c]]
        text = f"{cell} = X·Wx[{r},{c}] + Y·Wy[{r},{c}] + b[0,{c}]\n= {summed(parts)} ≈ {four(step.sum[r][c])}"
        sources = [Cell("X·Wx", r, c), Cell("Y·Wy", r, c), Cell("b", 0, c)]
    elif block == "Y":
        text = _tanh(cell, step.sum[r][c], step.Y[r][c])
        sources = [Cell("sum", r, c)]
    else:
        text = _given(cell, trace, t)
    was = _was(trace, before, t, cell)
    return (text.replace("\n", f"{was}\n", 1) if block == "Y" else text + was), sources


def _product(cell: Cell, row: list[float], column: list[float], value: float) -> str:
    left, right = cell.block.split("·")
    terms = " + ".join(f"{bracketed(a)}×{bracketed(b)}" for a, b in zip(row, column, strict=True))
    return f"{cell} = row {cell.row} of {left} times column {cell.column} of {right}\n= {terms} ≈ {four(value)}"


def _tanh(cell: Cell, total: float, value: float) -> str:
    slope = 1 - value * value
    flat = ": saturated, it hardly reacts any more" if abs(value) > SATURATED else ""
    place = f"[{cell.row},{cell.column}]"
    first = f"{cell} = tanh(sum{place}) = tanh({four(total)}) ≈ {four(value)}"
    return f"{first}\nthe slope there is 1 − Y² = {four(slope)}{flat}"


def _given(cell: Cell, trace: UnrollTrace, t: int) -> str:
    block, r, c = cell
    if block == "Wx":
        name = f"the word {trace.words[r]!r}" if trace.words else f"input {r}"
        return f"Wx[{r},{c}] = {four(trace.Wx[r][c])}, the weight from {name} to neuron {c}"
    if block == "Wy":
        return f"Wy[{r},{c}] = {four(trace.Wy[r][c])}, the weight from neuron {r}'s last output to neuron {c}"
    if block == "b":
        return f"b[0,{c}] = {four(trace.b[0][c])}, the bias of neuron {c}, the same for every sequence and step"
    if block == "Y(t-1)":
        value = four(trace.steps[t].Y_before[r][c])
        return f"{value}: " + (
            f"what neuron {c} said one step ago" if t else "before the first step there is no output"
        )
    meaning = f"the place of the word {trace.words[c]!r}" if trace.words else f"input {c}"
    if block.startswith("X["):
        return f"{cell}: {meaning}"
    return f"X[{r},{c}] = {four(trace.steps[t].X[r][c])}: {meaning}, sequence {r} at t={t}"


def _was(trace: UnrollTrace, before: UnrollTrace | None, t: int, cell: Cell) -> str:
    if before is None or len(before.steps) <= t:
        return ""
    now, then = _value(trace, t, cell), _value(before, t, cell)
    return "" if now == then or now is None or then is None else f"   (before the edit {four(then)})"


def _value(trace: UnrollTrace, t: int, cell: Cell) -> float | None:
    step = trace.steps[t]
    matrices: dict[str, Matrix] = {
        "X": step.X, "Wx": trace.Wx, "X·Wx": step.XWx, "Y(t-1)": step.Y_before, "Wy": trace.Wy,
        "Y·Wy": step.YWy, "b": trace.b, "sum": step.sum, "Y": step.Y,
    }  # fmt: skip
    matrix = matrices.get(cell.block)
    return matrix[cell.row][cell.column] if matrix else None


def _sources(row_block: str, column_block: str, r: int, c: int, count: int) -> list[Cell]:
    return [Cell(row_block, r, i) for i in range(count)] + [Cell(column_block, i, c) for i in range(count)]
