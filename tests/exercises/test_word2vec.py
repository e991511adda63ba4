"""What the checks of lesson 9 say where a function gives nothing, or asks for what there is not."""

import pytest

from tests.exercises.conftest import EXERCISES
from tests.exercises.right_word2vec import KEEP, NEAR, PAIRS, THIN, TRAIN, N
from tuilab.exercises.verdict import Verdict

THINS = N + KEEP + "r = threshold * sum(counts) / counts\n    return np.minimum(1, np.sqrt(r) + r)" + THIN
STEPS = TRAIN + "n = epochs * len(pairs)\n    for i, (g, c) in enumerate(list(pairs) * epochs): step({})"


def sentence(verdict: Verdict) -> str:
    assert not verdict.is_right and verdict.sentences, verdict
    return verdict.sentences[0]


@pytest.mark.parametrize(("name", "begins"), [("pairs", PAIRS), ("subsampling", THINS), ("neighbours", NEAR)])
def test_a_function_without_return_is_asked_for_one(check, name, begins):
    assert sentence(check(name, begins + "pass")).endswith(" gives None: is there a return?")
    assert sentence(check(name, begins + "return 3")).endswith(" gives one int, and a list is expected.")


def test_ids_are_no_pairs(check):
    assert "gives something that is no pair of ids" in sentence(check("pairs", PAIRS + "return [1, 2, 3]"))


def test_an_exception_in_what_is_given_one_by_one_is_the_learners(check):
    assert "TypeError in line 3, `yield s + 1`" in sentence(
        check("pairs", PAIRS + "for s in sentences:\n        yield s + 1")
    )


def test_a_step_without_its_rate_is_told(check):
    told = sentence(check("training", STEPS.format("g, c, draw()")))
    assert "in line 3, `for i, " in told and told.endswith("step() missing 1 required positional argument: 'rate'.")


def test_a_step_may_be_asked_for_by_names(check):
    assert check("training", STEPS.format("given=g, context=c, noise=draw(), rate=rate * (1 - i / n)")).is_right


@pytest.mark.parametrize("one", ["outputs = vectors", "outputs = vectors[:]"])
def test_one_table_for_vectors_and_outputs_is_told(check, one):
    code = EXERCISES["together"].solution.read_text().replace("outputs = np.zeros((len(words), dimensions))", one)
    assert sentence(check("together", code)).endswith(
        "hands `update` the same array as `vectors` and as `outputs`; a word has two vectors, v and u."
    )


@pytest.mark.parametrize("given", ["vectors, words", "words, dict(zip(words, vectors))"])
def test_vectors_that_are_no_numbers_are_told(check, given):
    code = EXERCISES["together"].solution.read_text().replace("return words, vectors", f"return {given}")
    assert " gives something else than a list of words and an array of numbers" in sentence(check("together", code))


def test_vectors_that_begin_large_are_told(check):
    small = "(np.random.random((len(words), dimensions)) - 0.5) / dimensions"
    code = EXERCISES["together"].solution.read_text().replace(small, "np.random.randn(len(words), dimensions)")
    assert sentence(check("together", code)).endswith("it should be that the vectors begin small, and is not.")
