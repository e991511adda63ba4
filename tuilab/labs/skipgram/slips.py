"""Slips in working out a number of the update."""

import math
from collections.abc import Callable, Iterator
from typing import NamedTuple

from tuilab.labs.skipgram.slips_back import OF_GRADIENT, OF_LOGIT, of_after, of_dh, of_h
from tuilab.labs.skipgram.spec import Draw, Skipgram, SkipgramTrace
from tuilab.labs.slips import KEEP_DIGITS, TOO_EARLY, Place, Slip, dot, rounded, sigmoid

_OF_P = "Raise each count to the power 0.75, then divide by the sum of them all."
_OF_LOG = "It is the natural logarithm of k times P."
_OF_ERROR = "The error is σ less the label."


def slips(spec: Skipgram, trace: SkipgramTrace, place: Place) -> Iterator[Slip]:
    """The slips for the numbers of `draws` and `other`, for h, dh, dv, du, v_after and u_after.

    Each carries those of what it is made of.
    """
    match place:
        case ("draws" | "other" as name, int(row), str(number)) if number in _OF_DRAW:
            draw: Draw = getattr(trace, name)[row]
            if draw.counted:
                yield from _OF_DRAW[number](_Drawn(trace, draw, (name == "draws") == (trace.criterion == "nce")))
        case ("h", int(c)):
            yield from of_h(trace, c)
        case ("dh", int(c)):
            yield from of_dh(trace, c)
        case ("dv" | "du" as name, int(row), int(c)):
            yield from OF_GRADIENT[name](trace, row, c)
        case ("v_after" | "u_after" as name, int(row), int(c)):
            yield from of_after(trace, name[0], row, c)


class _Drawn(NamedTuple):
    """A drawn word, and under which loss."""

    trace: SkipgramTrace
    draw: Draw
    nce: bool

    @property
    def k(self) -> int:
        """How many noise words there are."""
        return len(self.trace.draws) - 1

    @property
    def share(self) -> float:
        """Its share of the text, as it is."""
        counts = {each.word: each.count for each in self.trace.vocabulary}
        return counts[self.draw.word] / sum(counts.values())


def _of_probability(drawn: _Drawn) -> Iterator[Slip]:
    raised = next(each.raised for each in drawn.trace.vocabulary if each.word == drawn.draw.word)
    yield Slip("the power 0.75 is left out", drawn.share, _OF_P)
    yield Slip("the share was raised to the power 0.75, not the counts", drawn.share**0.75, _OF_P)
    yield Slip("the sum is left out", raised, _OF_P)


def _of_score(drawn: _Drawn) -> Iterator[Slip]:
    trace = drawn.trace
    u = trace.u[trace.u_words.index(drawn.draw.word)]
    if len(trace.given) > 1:
        pointer = "h is the mean of the given vectors."
        yield Slip("their sum was taken for the mean", len(trace.given) * drawn.draw.score, pointer)
    signless = sum(abs(a * b) for a, b in zip(u, trace.h, strict=True))
    yield Slip("the signs are left out", signless, "A product of two numbers with different signs is negative.")
    for digits in (1, 2):
        yield Slip(TOO_EARLY, dot(rounded(*u, digits=digits), rounded(*trace.h, digits=digits)), KEEP_DIGITS)


def _of_off(drawn: _Drawn) -> Iterator[Slip]:
    if not drawn.nce:
        return
    k, P = drawn.k, drawn.draw.probability
    yield Slip("k is left out", math.log(P), _OF_LOG)
    yield Slip("the logarithm is left out", k * P, _OF_LOG)
    yield Slip("k multiplies the logarithm", k * math.log(P), _OF_LOG)
    yield Slip("the logarithm to base 10 was taken", math.log10(k * P), _OF_LOG)
    yield Slip("the word's plain share was taken for P", math.log(k * drawn.share), _OF_P)


def _of_logit(drawn: _Drawn) -> Iterator[Slip]:
    draw = drawn.draw
    if drawn.nce:
        yield Slip("log(k P) is left out", draw.score, OF_LOGIT)
        yield Slip("log(k P) is added", draw.score + draw.off, OF_LOGIT)
        for slip in _of_off(drawn):
            yield slip._replace(value=draw.score - slip.value)
    for slip in _of_score(drawn):
        yield slip._replace(value=slip.value - draw.off)


def _of_sigma(drawn: _Drawn) -> Iterator[Slip]:
    z = drawn.draw.logit
    yield Slip("σ is left out", z, f"{'The logit' if drawn.nce else 'The score'}, {z:.4g}, still goes through σ.")
    yield Slip("the sign of the exponent is turned", sigmoid(-z), "σ(z) is 1 / (1 + exp(−z)).")
    yield Slip("tanh was taken", math.tanh(z), "σ(z) is 1 / (1 + exp(−z)), from 0 to 1.")
    for slip in _of_logit(drawn):
        yield slip._replace(value=sigmoid(slip.value))
    for digits in (1, 2):
        yield Slip(TOO_EARLY, sigmoid(round(z, digits)), KEEP_DIGITS)


def _of_error(drawn: _Drawn) -> Iterator[Slip]:
    sigma, label = drawn.draw.sigma, drawn.draw.label
    if label:
        yield Slip("the label is not taken off", sigma, f"{_OF_ERROR} That of the word that was there is 1.")
    else:
        yield Slip("1 was taken for the label of noise", sigma - 1, "The label of a noise word is 0.")
    yield Slip("σ is taken from the label", label - sigma, _OF_ERROR)
    for slip in _of_sigma(drawn):
        yield slip._replace(value=slip.value - label)


def _of_loss(drawn: _Drawn) -> Iterator[Slip]:
    z, label, loss = drawn.draw.logit, drawn.draw.label, drawn.draw.loss
    term = "−log σ" if label else "−log(1 − σ)"
    pointer = f"The term of {'the word that was there' if label else 'a noise word'} is {term}."
    yield Slip("the minus sign is left out", -loss, pointer)
    yield Slip("the term of the other label was taken", _loss(z, 1 - label), pointer)
    yield Slip("the logarithm is left out", math.exp(-loss), pointer)
    yield Slip("the logarithm to base 10 was taken", loss / math.log(10), "It is the natural logarithm.")
    for slip in _of_logit(drawn):
        yield slip._replace(value=_loss(slip.value, label))
    for digits in (1, 2):
        yield Slip(TOO_EARLY, _loss(round(z, digits), label), KEEP_DIGITS)


_OF_DRAW: dict[str, Callable[[_Drawn], Iterator[Slip]]] = {
    "probability": _of_probability, "score": _of_score, "off": _of_off, "logit": _of_logit, "sigma": _of_sigma,
    "error": _of_error, "loss": _of_loss,
}  # fmt: skip


def _loss(z: float, label: float) -> float:
    """−log σ(z) or −log(1 − σ(z)), for any size of z."""
    towards = z if label else -z
    return max(0.0, -towards) + math.log1p(math.exp(-abs(z)))
