"""The words of a corpus, and what is drawn from them."""

import tracemalloc

import pytest
import torch

from tuilab.engine.words import vocabulary
from tuilab.engine.words.vocabulary import Vocabulary, count


def test_words_are_ordered_by_frequency_then_by_spelling() -> None:
    found = count([["b", "a", "c"], ["c", "b", "a", "c"], ["once"]], min_count=2)
    assert found.words == ["c", "a", "b"]
    assert found.counts.tolist() == [3, 2, 2]
    assert found.total == 7
    assert found.encode(["b", "once", "never", "c"]) == [2, 0]


def test_a_frequent_word_stays_less_often() -> None:
    found = Vocabulary(["the", "dog"], [9_990, 10])
    keep = found.keep(1e-3)
    assert keep[0] == pytest.approx((1e-3 / 0.999) ** 0.5 + 1e-3 / 0.999)
    assert keep[1] == 1
    assert found.keep(0).tolist() == [1, 1]


def test_noise_flattens_the_counts() -> None:
    noise = Vocabulary(["the", "dog"], [16, 1]).noise()
    torch.testing.assert_close(noise, torch.tensor([8 / 9, 1 / 9], dtype=torch.float64))


@pytest.mark.parametrize(("words", "counts"), [(["a", "a"], [2, 1]), (["a"], [0]), (["a", "b"], [1])])
def test_a_vocabulary_that_cannot_be_is_refused(words: list[str], counts: list[int]) -> None:
    with pytest.raises(ValueError, match="vocabulary"):
        Vocabulary(words, counts)


def test_of_too_many_different_words_the_rarest_are_dropped_on_the_way(monkeypatch) -> None:
    monkeypatch.setattr(vocabulary, "MOST_COUNTED", 1000)
    tracemalloc.start()
    found = count((["often", "often", f"rare{n}"] for n in range(50_000)), min_count=1)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.words[0] == "often" and found.counts[0] == 100_000
    assert len(found) <= 1001 and peak < 2e6


def test_no_words_are_a_vocabulary_too() -> None:
    assert len(count([], 1)) == 0
