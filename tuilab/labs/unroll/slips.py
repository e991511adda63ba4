"""Slips in working out a number of the layer."""

import math
from collections.abc import Iterator

from tuilab.labs.slips import EXCHANGED, EXCHANGED_POINTER, KEEP_DIGITS, TOO_EARLY, Place, Slip, dot, rounded
from tuilab.labs.unroll.spec import Matrix, Unroll, UnrollTrace


def slips(spec: Unroll, trace: UnrollTrace, place: Place) -> Iterator[Slip]:
    """The slips for `steps[t].XWx[r][c]`, and for YWy, sum and Y, which carry those of what they are made of."""
    if len(place) != 5 or place[0] != "steps":
        return
    _, t, name, r, c = place
    t, at = range(len(trace.steps))[int(t)], (int(r), int(c))
    step = trace.steps[t]
    if name == "XWx":
        yield from _of_product(step.X, "Wx", trace.Wx, at)
    elif name == "YWy":
        yield from _of_memory(trace, t, at)
    elif name == "sum":
        yield from _of_sum(trace, t, at)
    elif name == "Y":
        yield from _of_output(trace, t, at)
    if name in ("XWx", "YWy", "sum", "Y"):
        yield from _exchanged(getattr(step, str(name)), at)


def _of_product(X: Matrix, name: str, W: Matrix, at: tuple[int, int]) -> Iterator[Slip]:
    r, c = at
    if len(W) == len(W[0]):
        pointer = f"Take column {c} of {name}, from the top down."
        yield Slip(f"row {c} of {name} was taken for its column", dot(X[r], W[c]), pointer)
    column = [row[c] for row in W]
    for digits in (1, 2):
        value = dot(rounded(*X[r], digits=digits), rounded(*column, digits=digits))
        yield Slip(TOO_EARLY, value, KEEP_DIGITS)


def _of_memory(trace: UnrollTrace, t: int, at: tuple[int, int]) -> Iterator[Slip]:
    r, c = at
    step, column = trace.steps[t], [row[c] for row in trace.Wy]
    last = "The layer hears Y(t-1), what it said last."
    yield Slip("Y of this step was taken, not of the one before", dot(step.Y[r], column), last)
    if t:
        yield Slip("Y(t-2) was taken for Y(t-1)", dot(trace.steps[t - 1].Y_before[r], column), last)
    alone = f"Neuron {c} hears all neurons: the whole row {r} of Y(t-1)."
    yield Slip("the neuron hears itself alone", step.Y_before[r][c] * trace.Wy[c][c], alone)
    yield from _of_product(step.Y_before, "Wy", trace.Wy, at)


def _of_sum(trace: UnrollTrace, t: int, at: tuple[int, int]) -> Iterator[Slip]:
    r, c = at
    step = trace.steps[t]
    fed, heard, b = step.XWx[r][c], step.YWy[r][c], trace.b[0][c]
    yield Slip("the bias is left out", fed + heard, f"Add b[0,{c}].")
    yield Slip("what the layer said before is left out", fed + b, f"Add Y·Wy[{r},{c}].")
    yield Slip("the input is left out", heard + b, f"Add X·Wx[{r},{c}].")
    yield Slip("the bias is taken off", fed + heard - b, f"b[0,{c}] is added with its own sign.")
    for slip in _of_memory(trace, t, at):
        yield slip._replace(value=fed + slip.value + b)
    for slip in _of_product(step.X, "Wx", trace.Wx, at):
        yield slip._replace(value=slip.value + heard + b)
    for digits in (1, 2):
        yield Slip(TOO_EARLY, sum(rounded(fed, heard, b, digits=digits)), KEEP_DIGITS)


def _of_output(trace: UnrollTrace, t: int, at: tuple[int, int]) -> Iterator[Slip]:
    total = trace.steps[t].sum[at[0]][at[1]]
    yield Slip("the activation is left out", total, f"The sum, {total:.4g}, still goes through tanh.")
    for slip in _of_sum(trace, t, at):
        yield slip._replace(value=math.tanh(slip.value))
    yield Slip(TOO_EARLY, math.tanh(round(total, 1)), KEEP_DIGITS)


def _exchanged(matrix: Matrix, at: tuple[int, int]) -> Iterator[Slip]:
    r, c = at
    if r != c and c < len(matrix) and r < len(matrix[c]):
        yield Slip(EXCHANGED, matrix[c][r], EXCHANGED_POINTER)
