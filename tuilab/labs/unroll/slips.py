"""Slips in working out a number of the layer."""

import math
from collections.abc import Iterator, Sequence

from tuilab.labs.slips import EXCHANGED, EXCHANGED_POINTER, KEEP_DIGITS, TOO_EARLY, Place, Slip, rounded
from tuilab.labs.unroll.spec import Matrix, Unroll, UnrollStep, UnrollTrace


def slips(spec: Unroll, trace: UnrollTrace, place: Place) -> Iterator[Slip]:
    """The slips for `steps[t].XWx[r][c]`, and for YWy, sum and Y."""
    if len(place) != 5 or place[0] != "steps":
        return
    _, t, name, r, c = place
    step, at = trace.steps[int(t)], (int(r), int(c))
    if name == "XWx":
        yield from _of_product("X", step.X, "Wx", trace.Wx, at)
    elif name == "YWy":
        yield from _of_memory(trace, step, at)
    elif name == "sum":
        yield from _of_sum(trace, step, at)
    elif name == "Y":
        yield from _of_output(trace, step, at)
    if name in ("XWx", "YWy", "sum", "Y"):
        yield from _exchanged(getattr(step, str(name)), at)


def _of_product(left: str, X: Matrix, right: str, W: Matrix, at: tuple[int, int]) -> Iterator[Slip]:
    r, c = at
    if len(W) == len(W[0]):
        pointer = f"Take column {c} of {right}, from the top down."
        yield Slip(f"row {c} of {right} was taken for its column", _dot(X[r], W[c]), pointer)
    column = [row[c] for row in W]
    for digits in (1, 2):
        value = _dot(rounded(*X[r], digits=digits), rounded(*column, digits=digits))
        yield Slip(TOO_EARLY, value, KEEP_DIGITS)


def _of_memory(trace: UnrollTrace, step: UnrollStep, at: tuple[int, int]) -> Iterator[Slip]:
    r, c = at
    yield _wrong_state(trace, step, at)
    alone = f"Neuron {c} hears all neurons: the whole row {r} of Y(t-1)."
    yield Slip("the neuron hears itself alone", step.Y_before[r][c] * trace.Wy[c][c], alone)
    yield from _of_product("Y(t-1)", step.Y_before, "Wy", trace.Wy, at)


def _of_sum(trace: UnrollTrace, step: UnrollStep, at: tuple[int, int]) -> Iterator[Slip]:
    r, c = at
    fed, heard, b = step.XWx[r][c], step.YWy[r][c], trace.b[0][c]
    yield Slip("the bias is left out", fed + heard, f"Add b[0,{c}].")
    yield Slip("what the layer said before is left out", fed + b, f"Add Y·Wy[{r},{c}].")
    yield Slip("the input is left out", heard + b, f"Add X·Wx[{r},{c}].")
    yield Slip("the bias is taken off", fed + heard - b, f"b[0,{c}] is added with its own sign.")
    for slip in _of_memory(trace, step, at):
        yield slip._replace(value=fed + slip.value + b)
    for digits in (1, 2):
        yield Slip(TOO_EARLY, sum(rounded(fed, heard, b, digits=digits)), KEEP_DIGITS)


def _of_output(trace: UnrollTrace, step: UnrollStep, at: tuple[int, int]) -> Iterator[Slip]:
    total = step.sum[at[0]][at[1]]
    yield Slip("the activation is left out", total, f"The sum, {total:.4g}, still goes through tanh.")
    for slip in _of_sum(trace, step, at):
        yield slip._replace(value=math.tanh(slip.value))
    yield Slip(TOO_EARLY, math.tanh(round(total, 1)), KEEP_DIGITS)


def _wrong_state(trace: UnrollTrace, step: UnrollStep, at: tuple[int, int]) -> Slip:
    r, c = at
    value = _dot(step.Y[r], [row[c] for row in trace.Wy])
    return Slip("Y of this step was taken, not of the one before", value, "The layer hears Y(t-1), what it said last.")


def _exchanged(matrix: Matrix, at: tuple[int, int]) -> Iterator[Slip]:
    r, c = at
    if r != c and c < len(matrix) and r < len(matrix[c]):
        yield Slip(EXCHANGED, matrix[c][r], EXCHANGED_POINTER)


def _dot(row: Sequence[float], column: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(row, column, strict=True))
