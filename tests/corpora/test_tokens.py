"""Text to sentences of words, wherever the blocks are cut."""

import random

import pytest

from tuilab.corpora.tokens import LONGEST, sentences


def read(text: str) -> list[str]:
    return [" ".join(sentence) for sentence in sentences([text])]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("The dog chews the bone.", ["the dog chews the bone"]),
        ("One. Two! Three? “Four.” Five", ["one", "two", "three", "four", "five"]),
        ("a line broken\nto fit", ["a line broken to fit"]),
        ("a paragraph\n\nanother\n    indented", ["a paragraph", "another", "indented"]),
        ("dos\r\nlines\r\n\r\nnext", ["dos lines", "next"]),
        ("don't 'quote' it’s rock'n'roll", ["don't quote it's rock'n'roll"]),
        ("max_len _emphasis_ a-b 3.14 x=2", ["max_len emphasis a b 3 14 x 2"]),
        ("Größe ÉTÉ дом 東京", ["größe été дом 東京"]),
        ("", []),
        (" \n\n ... -- !\n", []),
    ],
)
def test_words_and_sentences(text, expected) -> None:
    assert read(text) == expected


def test_it_does_not_matter_where_blocks_are_cut() -> None:
    draw = random.Random(1)
    text = "".join(
        draw.choice(["word ", "Don’t ", "end. ", 'said." ', "\n", "\n\n", "_x_ ", "ÄÖ ", "3.5 "]) for _ in range(3000)
    )
    whole = list(sentences([text]))
    assert len(whole) > 100
    for size in (1, 2, 7, 1000):
        assert list(sentences(text[i : i + size] for i in range(0, len(text), size))) == whole


def test_text_without_an_end_is_cut_between_words() -> None:
    text = " ".join(f"w{i}" for i in range(60_000))
    found = list(sentences(text[i : i + 10_000] for i in range(0, len(text), 10_000)))
    assert [word for sentence in found for word in sentence] == text.split()
    assert max(map(len, found)) == LONGEST


def test_one_endless_word_does_not_fill_the_memory() -> None:
    lengths = [len(word) for sentence in sentences("x" * 10_000 for _ in range(100)) for word in sentence]
    assert sum(lengths) == 1_000_000 and max(lengths) < 100_000
