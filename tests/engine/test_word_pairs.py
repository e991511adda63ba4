"""Pairs and examples against the windows counted out by hand, and the two draws that thin them."""

import itertools

import pytest
import torch

from tuilab.engine.words.pairs import Example, Pair, examples, pairs, shrunk, staying


def test_the_dog_chews_the_bone_with_a_window_of_two() -> None:
    words = ["the", "dog", "chews", "the", "bone"]
    found = [(words[target], words[context]) for target, context in pairs(5, 2)]
    assert found == [
        ("the", "dog"), ("the", "chews"),
        ("dog", "the"), ("dog", "chews"), ("dog", "the"),
        ("chews", "the"), ("chews", "dog"), ("chews", "the"), ("chews", "bone"),
        ("the", "dog"), ("the", "chews"), ("the", "bone"),
        ("bone", "chews"), ("bone", "the"),
    ]  # fmt: skip
    assert list(examples(5, 2))[1] == Example((0, 2, 3), 1)


@pytest.mark.parametrize(("length", "window"), [*itertools.product((0, 1, 2, 3, 7), (1, 2, 5, 10))])
def test_a_pair_for_every_two_positions_within_reach(length: int, window: int) -> None:
    near = {(i, j) for i in range(length) for j in range(length) if i != j and abs(i - j) <= window}
    found = list(pairs(length, window))
    assert set(found) == {Pair(*each) for each in near} and len(found) == len(near)
    assert [
        each for contexts, target in examples(length, window) for each in itertools.product([target], contexts)
    ] == found


def test_each_target_can_have_a_reach_of_its_own() -> None:
    assert list(pairs(4, 9, [1, 2, 1, 3])) == [(0, 1), (1, 0), (1, 2), (1, 3), (2, 1), (2, 3), (3, 0), (3, 1), (3, 2)]


def test_the_shrunk_window_is_anything_up_to_the_window_alike() -> None:
    spans = shrunk(6000, 3, torch.Generator().manual_seed(1))
    assert set(spans) == {1, 2, 3}
    assert all(abs(spans.count(span) / 6000 - 1 / 3) < 0.03 for span in (1, 2, 3))
    assert shrunk(4, 1, torch.Generator()) == [1, 1, 1, 1]


def test_what_stays_is_what_was_drawn_below_its_probability() -> None:
    assert staying([1.0, 0.5, 0.5, 0.2], [0.999, 0.49, 0.5, 0.9]) == [0, 1]
    with pytest.raises(ValueError):
        staying([1.0], [0.5, 0.5])
