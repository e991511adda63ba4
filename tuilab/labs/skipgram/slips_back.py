"""Slips in working out a number on the way back, and of the mean that goes in: h, gradients, the vectors after."""

from collections.abc import Iterator, Sequence

from tuilab.labs.skipgram.spec import Draw, SkipgramTrace
from tuilab.labs.slips import KEEP_DIGITS, TOO_EARLY, Slip, dot, rounded, sigmoid

OF_LOGIT = "The logit is u·h less log(k P)."
_OF_STEP = "The vector after is the one before less lr times the gradient."
_BEFORE = "All gradients are taken at the vectors before the update."


def of_h(trace: SkipgramTrace, c: int) -> Iterator[Slip]:
    """The slips in a number of the mean; of a single vector there are none."""
    if len(trace.given) == 1:
        return
    column = [trace.v[trace.v_words.index(word)][c] for word in trace.given]
    once = [row[c] for row in trace.v]
    yield Slip("the sum was taken for the mean", sum(column), f"Divide by {len(column)}, the words of the context.")
    if len(once) < len(column):
        pointer = "A word that is there twice counts twice."
        yield Slip("each word was counted once", sum(once) / len(once), pointer)
    for digits in (1, 2):
        yield Slip(TOO_EARLY, sum(rounded(*column, digits=digits)) / len(column), KEEP_DIGITS)


def of_dh(trace: SkipgramTrace, c: int) -> Iterator[Slip]:
    """The slips in a number of the gradient of h."""
    draws = [draw for draw in trace.draws if draw.counted]
    u, after = ([rows[trace.u_words.index(draw.word)][c] for draw in draws] for rows in (trace.u, trace.u_after))
    errors = [draw.error for draw in draws]
    yield Slip("the noise is left out", errors[0] * u[0], "Sum over the word that was there and all noise words.")
    alone = dot(errors[1:], u[1:])
    yield Slip("the word that was there is left out", alone, "Its error times its u belongs to the sum.")
    yield Slip("the mean was taken for the sum", dot(errors, u) / len(u), "The loss is a sum of terms, not their mean.")
    yield Slip("u after the update was taken", dot(errors, after), _BEFORE)
    yield from _of_products(trace, draws, u)


def _of_dv(trace: SkipgramTrace, row: int, c: int) -> Iterator[Slip]:
    times, count = trace.given.count(trace.v_words[row]), len(trace.given)
    pointer = f"{trace.v_words[row]} is {times} of the {count} words that h is the mean of."
    yield Slip("the gradient of the mean is not shared out", trace.dh[c], pointer)
    if times > 1:
        yield Slip("the word was counted once", trace.dh[c] / count, pointer)
    for slip in of_dh(trace, c):
        yield slip._replace(value=slip.value * times / count)


def _of_du(trace: SkipgramTrace, row: int, c: int) -> Iterator[Slip]:
    draws = [draw for draw in trace.draws if draw.word == trace.u_words[row] and draw.counted]
    if not draws:
        return
    error = sum(draw.error for draw in draws)
    h_after = sum(trace.v_after[trace.v_words.index(word)][c] for word in trace.given) / len(trace.given)
    if len(draws) > 1:
        pointer = f"{draws[0].word} was drawn {len(draws)} times, and each adds its error."
        yield Slip("only one of its draws was counted", draws[0].error * trace.h[c], pointer)
    yield Slip("u was taken for h", error * trace.u[row][c], "The slope of u·h with u is h.")
    yield Slip("h after the update was taken", error * h_after, _BEFORE)
    yield from _of_products(trace, draws, [trace.h[c]] * len(draws))


OF_GRADIENT = {"dv": _of_dv, "du": _of_du}


def _of_products(trace: SkipgramTrace, draws: Sequence[Draw], others: Sequence[float]) -> Iterator[Slip]:
    """The slips in the errors of a sum of products with them."""
    errors, times = [draw.error for draw in draws], "It is the error, σ less the label, that is multiplied."
    yield Slip("the label is not taken off", dot([draw.sigma for draw in draws], others), times)
    yield Slip("the sign is turned", -dot(errors, others), times)
    yield Slip("σ is left out", dot([draw.logit - draw.label for draw in draws], others), times)
    if trace.criterion == "nce":
        scored = [sigmoid(draw.score) - draw.label for draw in draws]
        yield Slip("log(k P) is left out", dot(scored, others), OF_LOGIT)
    for digits in (1, 2):
        yield Slip(TOO_EARLY, dot(rounded(*errors, digits=digits), rounded(*others, digits=digits)), KEEP_DIGITS)


def of_after(trace: SkipgramTrace, letter: str, row: int, c: int) -> Iterator[Slip]:
    """The slips in a number of v or u after the update."""
    before, gradient = (getattr(trace, name)[row][c] for name in (letter, f"d{letter}"))
    yield Slip("the learning rate is left out", before - gradient, _OF_STEP)
    yield Slip("the step goes along the gradient, not against it", before + trace.lr * gradient, _OF_STEP)
    yield Slip("the vector before is left out", -trace.lr * gradient, _OF_STEP)
    yield Slip("no step is taken", before, _OF_STEP)
    for slip in OF_GRADIENT[f"d{letter}"](trace, row, c):
        yield slip._replace(value=before - trace.lr * slip.value)
    for digits in (1, 2):
        start, slope = rounded(before, gradient, digits=digits)
        yield Slip(TOO_EARLY, start - trace.lr * slope, KEEP_DIGITS)
