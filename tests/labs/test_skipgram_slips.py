"""Each slip in an update is known by the number that it gives, worked out here from vectors and counts alone."""

import numpy as np
import pytest

from tests.labs.typed import ROUNDED, asked, names, said_to
from tuilab.course.paths import value_at

FORMS = [
    "skipgram", "skipgram loss=nce", "skipgram model=cbow", "skipgram model=cbow loss=nce",
    "skipgram noise=book,car,book lr=0.3",
]  # fmt: skip


class UpdateByHand:
    """One update by numpy, with something done otherwise; `e` are the errors, a number for each draw."""

    def __init__(self, spelled: str) -> None:
        trace = asked(spelled)
        self.nce, self.lr = "nce" in spelled, trace.lr
        self.words, self.given, self.drawn = trace.v_words, trace.given, [draw.word for draw in trace.draws]
        self.v, rows = np.array(trace.v), dict(zip(trace.u_words, np.array(trace.u), strict=True))
        self.u_words, self.u = trace.u_words, np.array([rows[word] for word in self.drawn])
        self.rows = np.array([self.v[self.words.index(word)] for word in self.given])
        self.h, self.k = self.rows.mean(0), len(self.drawn) - 1
        counts = {each.word: each.count for each in trace.vocabulary}
        self.share = np.array([counts[word] for word in self.drawn]) / sum(counts.values())
        self.raised = np.array([counts[word] ** 0.75 for word in self.drawn])
        self.P = self.raised / sum(count**0.75 for count in counts.values())
        self.labels = np.array([1.0] + [0.0] * self.k)
        self.s = self.u @ self.h
        self.off = np.log(self.k * self.P) if self.nce else 0 * self.s
        self.z = self.s - self.off
        self.e = sigmoid(self.z) - self.labels
        self.times = {word: self.given.count(word) / len(self.given) for word in self.words}

    def du(self, word: str, e=None, h=None) -> np.ndarray:
        """The gradient of u of a word, the errors of all its draws together."""
        e, h = self.e if e is None else e, self.h if h is None else h
        return sum(e[row] * h for row, each in enumerate(self.drawn) if each == word)

    @property
    def h_after(self) -> np.ndarray:
        after = {word: row - self.lr * self.times[word] * (self.e @ self.u) for word, row in zip(
            self.words, self.v, strict=True)}  # fmt: skip
        return np.mean([after[word] for word in self.given], 0)

    @property
    def u_after(self) -> np.ndarray:
        return np.array([row - self.lr * self.du(word) for word, row in zip(self.drawn, self.u, strict=True)])


def rounded(values, digits):
    """As by hand: a half goes away from nought."""
    return np.sign(values) * np.floor(np.abs(values) * 10**digits + 0.5 + 1e-9) / 10**digits


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def loss(z: float, label: float) -> float:
    return -np.log(sigmoid(z) if label else 1 - sigmoid(z))


def of_probability(hand, row):
    yield "the power 0.75 is left out", hand.share[row]
    yield "the share was raised to the power 0.75, not the counts", hand.share[row] ** 0.75
    yield "the sum is left out", hand.raised[row]


def of_score(hand, row):
    u = hand.u[row]
    if len(hand.given) > 1:
        yield "their sum was taken for the mean", u @ hand.rows.sum(0)
    yield "the signs are left out", np.abs(u * hand.h).sum()
    yield from ((ROUNDED, rounded(u, digits) @ rounded(hand.h, digits)) for digits in (1, 2))


def of_off(hand, row):
    if hand.nce:
        k, P = hand.k, hand.P[row]
        yield "k is left out", np.log(P)
        yield "the logarithm is left out", k * P
        yield "k multiplies the logarithm", k * np.log(P)
        yield "the logarithm to base 10 was taken", np.log10(k * P)
        yield "the word's plain share was taken for P", np.log(k * hand.share[row])


def of_logit(hand, row):
    if hand.nce:
        yield "log(k P) is left out", hand.s[row]
        yield "log(k P) is added", hand.s[row] + hand.off[row]
    yield from ((slip, hand.s[row] - value) for slip, value in of_off(hand, row))
    yield from ((slip, value - hand.off[row]) for slip, value in of_score(hand, row))


def of_sigma(hand, row):
    z = hand.z[row]
    yield "σ is left out", z
    yield "the sign of the exponent is turned", sigmoid(-z)
    yield "tanh was taken", np.tanh(z)
    yield from ((slip, sigmoid(value)) for slip, value in of_logit(hand, row))
    yield from ((ROUNDED, sigmoid(rounded(z, digits))) for digits in (1, 2))


def of_error(hand, row):
    sigma = sigmoid(hand.z[row])
    if row == 0:
        yield "the label is not taken off", sigma
    else:
        yield "1 was taken for the label of noise", sigma - 1
    yield "σ is taken from the label", hand.labels[row] - sigma
    yield from ((slip, value - hand.labels[row]) for slip, value in of_sigma(hand, row))


def of_loss(hand, row):
    z, label = hand.z[row], hand.labels[row]
    yield "the minus sign is left out", -loss(z, label)
    yield "the term of the other label was taken", loss(z, 1 - label)
    yield "the logarithm is left out", sigmoid(z) if label else 1 - sigmoid(z)
    yield "the logarithm to base 10 was taken", -np.log10(sigmoid(z) if label else 1 - sigmoid(z))
    yield from ((slip, loss(value, label)) for slip, value in of_logit(hand, row))
    yield from ((ROUNDED, loss(rounded(z, digits), label)) for digits in (1, 2))


def check(spelled: str, path: str, found: list[tuple[str, float]]) -> None:
    """Each slip is named, or another that gives the same number. A few give nearly the right number, and are none."""
    right = value_at(asked(spelled), path)
    for slip, value in [each for each in found if abs(each[1] - right) > 0.00004]:
        said = said_to(spelled, path, value)
        assert any(names(said, other) for other, same in found if abs(same - value) < 0.00001), (path, slip, said)


OF_DRAW = {
    "probability": of_probability, "score": of_score, "off": of_off, "logit": of_logit, "sigma": of_sigma,
    "error": of_error, "loss": of_loss,
}  # fmt: skip


@pytest.mark.parametrize("spelled", FORMS)
@pytest.mark.parametrize("number", OF_DRAW)
def test_slips_in_what_is_computed_of_a_drawn_word_are_recognised(spelled, number):
    hand = UpdateByHand(spelled)
    for row in range(len(hand.drawn)):
        check(spelled, f"draws[{row}].{number}", [*OF_DRAW[number](hand, row)])


def test_of_the_other_loss_beside_it_too():
    check("skipgram", "other[2].sigma", [*of_sigma(UpdateByHand("skipgram loss=nce"), 2)])
    check("skipgram loss=nce", "other[2].sigma", [*of_sigma(UpdateByHand("skipgram"), 2)])


def of_products(hand, rows, others):
    """The slips in the errors of a sum of products with them; `others` has a row for each of these draws."""
    e, z, labels = (each[rows] for each in (hand.e, hand.z, hand.labels))
    yield "the label is not taken off", (e + labels) @ others
    yield "the sign is turned", -e @ others
    yield "σ is left out", (z - labels) @ others
    if hand.nce:
        yield "log(k P) is left out", (sigmoid(hand.s[rows]) - labels) @ others
    yield from ((ROUNDED, rounded(e, digits) @ rounded(others, digits)) for digits in (1, 2))


def of_dh(hand):
    yield "the noise is left out", hand.e[0] * hand.u[0]
    yield "the word that was there is left out", hand.e[1:] @ hand.u[1:]
    yield "the mean was taken for the sum", (hand.e[:, None] * hand.u).mean(0)
    yield "u after the update was taken", hand.e @ hand.u_after
    yield from of_products(hand, [*range(len(hand.drawn))], hand.u)


def of_dv(hand, row):
    dh, word = hand.e @ hand.u, hand.words[row]
    yield "the gradient of the mean is not shared out", dh
    if hand.given.count(word) > 1:
        yield "the word was counted once", dh / len(hand.given)
    yield from ((slip, value * hand.times[word]) for slip, value in of_dh(hand))


def of_du(hand, row):
    word = hand.u_words[row]
    rows = [place for place, each in enumerate(hand.drawn) if each == word]
    if len(rows) > 1:
        yield "only one of its draws was counted", hand.e[rows[0]] * hand.h
    yield "u was taken for h", hand.e[rows].sum() * hand.u[rows[0]]
    yield "h after the update was taken", hand.du(word, h=hand.h_after)
    yield from of_products(hand, rows, np.array([hand.h] * len(rows)))


def of_after(hand, before, gradient, found):
    yield "the learning rate is left out", before - gradient
    yield "the step goes along the gradient, not against it", before + hand.lr * gradient
    yield "the vector before is left out", -hand.lr * gradient
    yield "no step is taken", before
    yield from ((slip, before - hand.lr * value) for slip, value in found)
    yield from ((ROUNDED, rounded(before, digits) - hand.lr * rounded(gradient, digits)) for digits in (1, 2))


def check_row(spelled: str, path: str, found: list[tuple[str, np.ndarray]]) -> None:
    for column in (0, 3):
        check(spelled, f"{path}[{column}]", [(slip, value[column]) for slip, value in found])


@pytest.mark.parametrize("spelled", FORMS)
def test_slips_on_the_way_back_are_recognised(spelled):
    hand = UpdateByHand(spelled)
    check_row(spelled, "dh", [*of_dh(hand)])
    for row, word in enumerate(hand.words):
        found = [*of_dv(hand, row)]
        check_row(spelled, f"dv[{row}]", found)
        gradient = hand.times[word] * (hand.e @ hand.u)
        check_row(spelled, f"v_after[{row}]", [*of_after(hand, hand.v[row], gradient, found)])
    for row, word in enumerate(hand.u_words):
        found = [*of_du(hand, row)]
        check_row(spelled, f"du[{row}]", found)
        before = hand.u[hand.drawn.index(word)]
        check_row(spelled, f"u_after[{row}]", [*of_after(hand, before, hand.du(word), found)])


@pytest.mark.parametrize("spelled", FORMS[2:4])
def test_slips_in_the_mean_of_the_context_are_recognised(spelled):
    hand = UpdateByHand(spelled)
    found = [("the sum was taken for the mean", hand.rows.sum(0)), ("each word was counted once", hand.v.mean(0))]
    check_row(spelled, "h", [*found, *((ROUNDED, rounded(hand.rows, digits).mean(0)) for digits in (1, 2))])


def test_a_noise_word_that_is_skipped_has_no_slips():
    assert "is not within" in said_to("skipgram noise=bone,book", "draws[1].error", 0.5)
