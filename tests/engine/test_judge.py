"""Analogies and correlations, held against brute force and against scipy's figures."""

import numpy as np
import pytest

from tuilab.engine.words import judge
from tuilab.engine.words.judge import judge_analogies, judge_similarity, ranks, spearman
from tuilab.engine.words.lookup import analogy, unit_rows

X = np.array([3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0, 6.0, 5.0, 3.0, 5.0])
Y = np.array([2.0, 7.0, 1.0, 8.0, 2.0, 8.0, 1.0, 8.0, 2.0, 8.0, 4.0])


def test_equal_values_share_a_rank() -> None:
    assert ranks(np.array([10, 20, 20, 5, 20])).tolist() == [2, 4, 4, 1, 4]
    expected = [((x > X).sum() + 1 + (x >= X).sum()) / 2 for x in X]
    assert ranks(X).tolist() == expected


def test_spearman_with_ties_is_that_of_scipy() -> None:
    assert spearman(X, Y) == pytest.approx(0.1384567651467695, abs=1e-12)  # scipy.stats.spearmanr(X, Y), 1.17
    assert spearman(X, X**3) == pytest.approx(1) and spearman(X, -X) == pytest.approx(-1)
    assert spearman(X, np.ones(11)) is None


@pytest.fixture
def words() -> dict[str, int]:
    return {f"w{id}": id for id in range(40)}


@pytest.fixture
def unit() -> np.ndarray:
    rows, _ = unit_rows(np.random.default_rng(3).standard_normal((40, 3)))
    return rows


@pytest.mark.parametrize("cells", [1, 40 * 7, 1 << 23])
def test_analogies_in_batches_are_those_one_by_one(unit, words, cells, monkeypatch) -> None:
    monkeypatch.setattr(judge, "CELLS", cells)
    rng = np.random.default_rng(4)
    questions = [tuple(f"w{id}" for id in rng.choice(40, 4, replace=False)) for _ in range(300)]
    for n, (a, b, c, _) in enumerate(questions[:100]):  # make a third of them come out right
        found = analogy(unit, [(1, words[b]), (-1, words[a]), (1, words[c])], 1)
        questions[n] = (a, b, c, f"w{found[0].id}")
    right = 0
    for a, b, c, d in questions:
        found = analogy(unit, [(1, words[b]), (-1, words[a]), (1, words[c])], 1)
        right += found[0].id == words[d]
    found = judge_analogies(unit, words.get, [*questions, ("w1", "w2", "w3", "unknown"), ("x", "w2", "w3", "w4")])
    assert found == (right, 300, 2) and 100 <= right < 300
    assert found.share == right / 300


def test_nothing_that_can_be_asked(unit, words) -> None:
    assert judge_analogies(unit, words.get, [("a", "b", "c", "d")]) == (0, 0, 1)
    assert judge_analogies(unit, words.get, []).share is None
    assert judge_similarity(unit, words.get, [("a", "w1", 3.0)]) == (None, 0, 1)


def test_similarity_is_the_correlation_of_cosines_with_scores(unit, words) -> None:
    pairs = [(f"w{i}", f"w{i + 7}", float(i % 5)) for i in range(20)]
    cosines = np.array([unit[i] @ unit[i + 7] for i in range(20)])
    found = judge_similarity(unit, words.get, [*pairs, ("w1", "unknown", 9.0)])
    assert (found.pairs, found.skipped) == (20, 1)
    assert found.correlation == pytest.approx(spearman(cosines, np.array([score for *_, score in pairs])))
    agreed = [(one, other, float(cosine)) for (one, other, _), cosine in zip(pairs, cosines, strict=True)]
    assert judge_similarity(unit, words.get, agreed).correlation == pytest.approx(1)
