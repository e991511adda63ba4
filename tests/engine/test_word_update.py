"""The update that is to be read, against autograd and against what it says of itself."""

import itertools
import math

import pytest
import torch

from tuilab.engine.words.update import Task, difference_from_autograd, forwards, gradients, updated

WORDS, DIMENSIONS = 7, 4
MODELS = {"skip-gram": [2], "CBOW": [0, 3, 5], "CBOW, a word twice": [0, 3, 0], "the positive word itself": [1, 4]}
NOISE = {"all different": [0, 4, 6], "one twice": [4, 4, 2], "the positive one": [1, 3, 1], "only it": [1], "one": [5]}


LOSSES = ("negative", "nce")


def task(seed: int = 1, given=(2,), positive: int = 1, noise=(4, 6), loss="negative") -> Task:
    generator = torch.Generator().manual_seed(seed)
    vectors, outputs = torch.randn(2, WORDS, DIMENSIONS, generator=generator, dtype=torch.float64)
    counts = torch.arange(1.0, WORDS + 1, dtype=torch.float64) ** 0.75
    return Task(vectors, outputs, given, positive, noise, counts / counts.sum(), loss)


@pytest.mark.parametrize(("loss", "given", "noise"), [*itertools.product(LOSSES, MODELS, NOISE)])
def test_gradients_by_hand_are_those_of_autograd(loss, given, noise) -> None:
    made = task(given=MODELS[given], noise=NOISE[noise], loss=loss)
    back = gradients(made, forwards(made))
    assert difference_from_autograd(made, back) < 1e-14
    wrong = back._replace(vectors=back.vectors + 0.001)
    assert difference_from_autograd(made, wrong) > 1e-4


@pytest.mark.parametrize("loss", LOSSES)
def test_the_loss_is_what_the_equations_say(loss) -> None:
    made = task(2, given=[0, 2], positive=3, noise=[5, 6], loss=loss)
    h = (made.vectors[0] + made.vectors[2]) / 2

    def probability(word: int) -> float:
        off = math.log(2 * float(made.probabilities[word])) if loss == "nce" else 0.0
        return 1 / (1 + math.exp(off - float(made.outputs[word] @ h)))

    seen = forwards(made)
    terms = [-math.log(probability(3)), -math.log(1 - probability(5)), -math.log(1 - probability(6))]
    assert seen.losses.tolist() == pytest.approx(terms)
    assert seen.sigma.tolist() == pytest.approx([probability(word) for word in (3, 5, 6)])


def test_the_sigma_of_nce_is_the_share_of_data_in_a_mixture_with_noise() -> None:
    """Where exp(score) is the word's probability p, a draw from p and k from P is data with p / (p + k P)."""
    made = task(3, given=[0], positive=2, noise=[3, 4, 5], loss="nce")
    seen = forwards(made)
    p, noise = torch.exp(seen.scores), 3 * made.probabilities[[2, 3, 4, 5]]
    assert torch.allclose(seen.sigma, p / (p + noise), atol=1e-14)


def test_a_noise_word_that_is_the_positive_one_is_skipped_by_negative_sampling_only() -> None:
    both, alone = task(noise=[4, 1]), task(noise=[4])
    seen = forwards(both)
    assert seen.counted.tolist() == [1, 1, 0] and seen.losses[2] == 0
    back, without = gradients(both, seen), gradients(alone, forwards(alone))
    assert torch.equal(back.outputs, without.outputs) and torch.equal(back.vectors, without.vectors)
    assert forwards(both._replace(loss="nce")).counted.tolist() == [1, 1, 1]


def test_only_words_that_took_part_are_moved() -> None:
    made = task(given=[0, 3], noise=[4, 4], loss="nce")
    back = gradients(made, forwards(made))
    assert back.vectors.any(1).nonzero().flatten().tolist() == [0, 3]
    assert back.outputs.any(1).nonzero().flatten().tolist() == [1, 4]


@pytest.mark.parametrize(("loss", "given"), [*itertools.product(LOSSES, MODELS)])
def test_updates_lower_the_loss(loss, given) -> None:
    made, losses = task(5, MODELS[given], noise=[2, 4, 4, 6], loss=loss), []
    for _ in range(30):
        seen = forwards(made)
        losses.append(float(seen.losses.sum()))
        made = updated(made, gradients(made, seen), 0.05)
    assert losses == sorted(losses, reverse=True) and losses[-1] < losses[0]


@pytest.mark.parametrize("size", [1e3, 1e6])
def test_huge_vectors_have_a_finite_loss(size: float) -> None:
    made = task()
    made = made._replace(vectors=size * made.vectors, outputs=size * made.outputs)
    seen = forwards(made)
    assert torch.isfinite(seen.losses).all() and float(seen.losses.sum()) > size
    assert torch.isfinite(gradients(made, seen).vectors).all()
