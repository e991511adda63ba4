"""Sums and differences of words as they are typed: `king - man + woman`; and pairs: `man:woman king:queen`."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

_SIGNS = {"+": 1, "-": -1, "−": -1, "–": -1}
_SIGN = "[+−–-]"
_EXAMPLE = "like king - man + woman"
MOST = 40  # terms, or pairs


class Term(NamedTuple):
    """A word and its sign, 1 or -1."""

    sign: int
    word: str

    @property
    def written(self) -> str:
        """The term as it stands behind another."""
        return f"{'+' if self.sign > 0 else '−'} {self.word}"


def parse_terms(text: str, is_word: Callable[[str], bool] = lambda word: True) -> list[Term]:
    """Read a sum. A sign in the middle of a word belongs to it where that is one. Raises ValueError with a sentence."""
    terms, sign = list[Term](), 0  # a sign of 0 is one that has not come yet
    for piece in _pieces(text, is_word):
        if piece in _SIGNS:
            if sign:
                raise ValueError(f"{text!r}: a word is missing before {piece!r}; put one sign between two words.")
            sign = _SIGNS[piece]
        elif not re.search(r"\w", piece):
            raise ValueError(f"{text!r}: {piece!r} is neither a word nor a sign; put + or - between words.")
        elif terms and not sign:
            raise ValueError(f"{text!r}: there is no + or - between {terms[-1].word} and {piece}.")
        else:
            terms.append(Term(sign or 1, piece))
            sign = 0
    if sign:
        raise ValueError(f"{text!r}: a word is missing after the last sign.")
    if not terms:
        raise ValueError(f"There is nothing to add up; write words with + and - between them, {_EXAMPLE}.")
    if len(terms) > MOST:
        raise ValueError(f"That is a sum of {len(terms)} words; at most {MOST} are added up.")
    return terms


def spell_terms(terms: list[Term]) -> str:
    """Write a sum as it is read: the first word without its plus."""
    return " ".join(term.written for term in terms).removeprefix("+ ")


def parse_pairs(text: str) -> list[tuple[str, str]]:
    """Read pairs. Raises ValueError with a sentence."""
    pairs = []
    for piece in text.split():
        first, colon, second = piece.partition(":")
        if not (first and colon and second) or ":" in second:
            raise ValueError(f"{piece!r} is no pair; write pairs as man:woman king:queen.")
        if first == second:
            raise ValueError(f"{piece!r}: there is no direction from a word to itself.")
        pairs.append((first, second))
    if not 2 <= len(pairs) <= MOST:
        raise ValueError(f"Directions are compared of 2 to {MOST} pairs; here {_are(len(pairs))}.")
    return pairs


def _are(count: int) -> str:
    return "is one" if count == 1 else f"are {count}"


def _pieces(text: str, is_word: Callable[[str], bool]) -> Iterator[str]:
    """Words and signs, one by one."""
    for piece in text.split():
        if piece in _SIGNS or (is_word(piece) and not re.match(f"{_SIGN}.|.*{_SIGN}$", piece)):
            yield piece
            continue
        before, word, after = re.fullmatch(f"({_SIGN}?)(.*?)({_SIGN}?)", piece, re.DOTALL).groups()  # type: ignore[union-attr]
        parts = [word] if is_word(word) or not re.search(r"\w", word) else re.split(f"({_SIGN})", word)
        yield from filter(None, (before, *parts, after))
