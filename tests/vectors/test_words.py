"""Words found in arrays, held against Python's own lists and sort."""

import random

import numpy as np
import pytest

from tuilab.vectors.words import Words, sorted_order, starts_of


def made(words: list[str]) -> Words:
    return Words.of("\n".join(words).encode())


def many(seed: int, count: int = 500) -> list[str]:
    rng = random.Random(seed)
    found = dict.fromkeys("".join(rng.choices("aabcé漢\0z", k=rng.randint(1, 14))) for _ in range(count))
    return list(found)


@pytest.mark.parametrize("seed", range(4))
def test_every_word_is_found_and_no_other(seed) -> None:
    words = many(seed)
    made_of = made(words)
    assert len(made_of) == len(words) and list(made_of) == words
    assert [made_of.find(word) for word in words] == list(range(len(words)))
    for other in ("", "q", "aaaaaaaaaaaaaaaaaaaaaa", words[0] + "a", "\U0010ffff"):
        assert (made_of.find(other) is None) == (other not in words)


@pytest.mark.parametrize("seed", range(4))
def test_the_order_is_that_of_their_bytes(seed, monkeypatch) -> None:
    monkeypatch.setattr("tuilab.vectors.words._FEW", seed)
    long = [b"same beginning of many " * (n % 4) + bytes([n % 7]) for n in range(200)]
    words = [*long, *(word.encode() for word in many(seed)), b"aaaaaaaab", b"aaaaaaaa", b"", b"aaaaaaaaa"]
    text = np.frombuffer(b"".join(word + b"\n" for word in words), dtype=np.uint8)
    assert sorted_order(text, starts_of(text)).tolist() == sorted(range(len(words)), key=lambda id: words[id])


@pytest.mark.parametrize("seed", range(4))
def test_completions_are_the_most_frequent_words_that_begin_so(seed) -> None:
    words = many(seed)
    made_of = made(words)
    for prefix in ("", "a", "ab", "é", "漢", "zz", "aab", "none"):
        assert made_of.starting_with(prefix, 7) == [word for word in words if word.startswith(prefix)][:7]


def distance(a: bytes, b: bytes) -> int:
    """Levenshtein's, by its definition."""
    if not a or not b:
        return len(a) + len(b)
    if a[0] == b[0]:
        return distance(a[1:], b[1:])
    return 1 + min(distance(a[1:], b), distance(a, b[1:]), distance(a[1:], b[1:]))


def test_the_nearest_spellings_are_those_of_the_definition() -> None:
    rng = random.Random(5)
    words = list(dict.fromkeys("".join(rng.choices("abc", k=rng.randint(1, 6))) for _ in range(150)))
    made_of = made(words)
    for _ in range(30):
        wanted = "".join(rng.choices("abcd", k=rng.randint(1, 6)))
        near = 2 if len(wanted) > 3 else 1
        by_hand = sorted((distance(wanted.encode(), w.encode()), id) for id, w in enumerate(words))
        assert made_of.nearest(wanted, 4) == [words[id] for far, id in by_hand if far <= near][:4]


def test_of_many_words_the_most_frequent_are_near(monkeypatch) -> None:
    monkeypatch.setattr("tuilab.vectors.words._MOST_NEAR", 2)
    assert made(["the", "king", "kings"]).nearest("kingg") == ["king"]


def test_a_slip_of_the_finger_and_a_word_like_no_other() -> None:
    words = made(["the", "king", "kings", "queen", "café"])
    assert words.nearest("kingg") == ["king", "kings"]
    assert words.nearest("cafe") == ["café"] and words.nearest("Queen") == ["queen"]
    assert words.nearest("xylophone") == [] and words.nearest("") == []


def test_no_words_at_all() -> None:
    words = made([])
    assert len(words) == 0 and words.find("a") is None and words.starting_with("a", 3) == words.nearest("a") == []
    with pytest.raises(IndexError):
        words[0]
