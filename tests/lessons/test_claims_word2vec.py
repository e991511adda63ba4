"""What lesson 9 says of its text and of two trainings side by side, held against its own check and the words lab."""

import sys
from functools import cache
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from tests.exercises.conftest import EXERCISES
from tests.lessons.test_claims import ask, trained
from tuilab.corpora.grammar import MALE_FEMALE
from tuilab.corpora.language import Language
from tuilab.engine.words.vocabulary import count
from tuilab.exercises.judge import load
from tuilab.exercises.pieces import importable
from tuilab.labs.spelling import parse

PIECES = {name: each.folder for name, each in EXERCISES.items() if each.lesson.startswith("09")}
SHARE = r"\d\.\d\d"


@cache
def modules():
    """The solutions, and the check of the last exercise."""
    solved: dict = {}
    for name, folder in PIECES.items():
        with importable(solved):
            solved[name] = load(folder / "solution.py")
    return solved, load(PIECES["together"] / "check.py")


def shown() -> list[str]:
    """What is shown of the solution."""
    solved, check = modules()
    np.random.seed(0)
    with importable(solved):
        return list(check.show(solved["together"].word2vec))


def numbers(line: str) -> list[float]:
    return [float(word.rstrip(".,;")) for word in line.split() if word[0].isdigit() and "." in word[:-1]]


def test_lesson_9_the_text():
    sentences = list(Language(words=15_000, relations=[MALE_FEMALE]).sentences())
    assert 15_000 <= sum(map(len, sentences)) < 15_030
    solved, check = modules()
    found, _ = solved["vocabulary"].vocabulary(sentences, check.SETTINGS["least"])
    assert len(found) == 231 and {*check.WATCHED} <= {*found} and "paris" not in found


def test_lesson_9_nearly_a_hundred_thousand_updates():
    solved, check = modules()
    steps = []
    watched = solved | {
        "training": SimpleNamespace(train=lambda pairs, epochs, *more: steps.append(epochs * len(pairs)))
    }
    with importable(watched):
        text = list(Language(words=15_000, relations=[MALE_FEMALE]).sentences())
        load(PIECES["together"] / "solution.py").word2vec(text, **check.SETTINGS)
    assert 80_000 < steps[0] < 100_000


def test_lesson_9_what_subsampling_leaves():
    plan = ask(parse("words"))
    (word, count), share = plan.commonest[0], plan.commonest[0][1] / plan.text
    assert word == "the" and count == 22160 and round(100 * share) == 9
    assert 0.6 < plan.after_subsampling / plan.text < 0.7
    assert (0.001 / share) ** 0.5 + 0.001 / share == pytest.approx(1 / 9, abs=0.02)


def test_lesson_9_the_solution_beside_tuilabs_trainer_where_gensim_is_not_installed(monkeypatch):
    for name in ("gensim", "gensim.models"):
        monkeypatch.setitem(sys.modules, name, None)
    first, *agree, analogies, head = shown()[:5]
    assert first == "gensim is not installed, so tuilab's own trainer stands in."
    assert "tuilab's too" in agree[0] and head.split() == ["nearest", "yours", "tuilab's"]
    (mine,), (theirs,) = map(numbers, agree)
    assert 0.55 < mine < 0.85 and 0.65 < theirs < 0.9 and min(numbers(analogies)) > 0.5


def test_lesson_9_the_solution_beside_gensim():
    pytest.importorskip("gensim")
    *agree, analogies, head = (lines := shown())[:4]
    (mine,), (theirs,) = map(numbers, agree)
    assert abs(mine - 0.7) < 0.07 and abs(theirs - 0.8) < 0.07 and numbers(analogies)[1] > numbers(analogies)[0] > 0.5
    assert head.split() == ["nearest", "yours", "gensim's"] and max(map(len, lines)) <= 72
    assert any(line.startswith("king ") and line.count("queen") == 2 for line in lines)


def analogies(seed: int, anew: bool) -> float:
    """The share of analogies after a training whose text was thinned once, or anew for each epoch."""
    solved, check = modules()
    text, settings = Language(words=15_000, relations=[MALE_FEMALE]), dict(check.SETTINGS)
    np.random.seed(seed)
    if not anew:
        with importable(solved):
            found, vectors = solved["together"].word2vec(list(text.sentences()), **settings)
        return check._analogies(found, vectors, text.judges())
    source = (PIECES["together"] / "solution.py").read_text()
    source = source.replace("for sentence in sentences:", "for sentence in sentences * epochs:")
    source = source.replace("window), epochs, rate", "window), 1, rate")
    together: dict = {}
    with importable(solved):
        exec(source, together)
        found, vectors = together["word2vec"](list(text.sentences()), **settings)
    return check._analogies(found, vectors, text.judges())


@pytest.mark.slow
def test_lesson_9_thinning_anew_makes_more_analogies_come_out():
    once, anew = (np.mean([analogies(seed, way) for seed in range(4)]) for way in (False, True))
    assert anew > once + 0.03


@pytest.mark.slow
def test_lesson_9_the_same_words_have_other_vectors():
    run, _ = trained("words seeds=3")
    state = run.state()
    one, other = (state[f"{kept}parameter.vectors"] for kept in ("", "seed1."))
    cosines = (one * other).sum(axis=1) / np.linalg.norm(one, axis=1) / np.linalg.norm(other, axis=1)
    assert abs(cosines).max() < 0.4 and abs(cosines.mean()) < 0.1
    assert run.view().stability > 0.6


@pytest.mark.parametrize(("context", "noise"), [(3, [0, 4, 2]), (2, [2, 1, 2]), (1, [1, 1, 0])])
def test_lesson_9_the_solutions_update_is_autograds(context, noise):
    draw = np.random.default_rng(5)
    vectors, outputs = draw.normal(size=(5, 4)), draw.normal(size=(5, 4))
    v, u = (torch.tensor(each, requires_grad=True) for each in (vectors, outputs))
    drawn = [word for word in noise if word != context]
    loss = -(u[context] @ v[2]).sigmoid().log() - (1 - (u[drawn] @ v[2]).sigmoid()).log().sum()
    wanted = [each - 0.3 * by for each, by in zip((v, u), torch.autograd.grad(loss, (v, u)), strict=True)]
    modules()[0]["update"].update(vectors, outputs, 2, context, np.array(noise), 0.3)
    for mine, theirs in zip((vectors, outputs), wanted, strict=True):
        np.testing.assert_allclose(mine, theirs.detach(), atol=1e-12)


def test_lesson_9_the_solutions_probabilities_are_those_of_the_lab():
    solved, _ = modules()
    there = count(list(Language(words=15_000, relations=[MALE_FEMALE]).sentences()), 5)
    words, counts = solved["vocabulary"].vocabulary(Language(words=15_000, relations=[MALE_FEMALE]).sentences(), 5)
    assert words == there.words and counts == there.counts.tolist()
    np.testing.assert_allclose(solved["subsampling"].keep(counts, 1e-3), there.keep(1e-3))
    np.testing.assert_allclose(solved["noise"].noise(counts), there.noise())
