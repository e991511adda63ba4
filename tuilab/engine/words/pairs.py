"""What a sentence gives word2vec to learn from: pairs of positions for skip-gram, examples for CBOW.

Mikolov, Chen, Corrado, Dean (2013), "Efficient estimation of word representations in vector space", section 3; the
subsampling is that of Mikolov, Sutskever, Chen, Corrado, Dean (2013), section 2.3. Words that subsampling takes out
are gone before windows are laid, as in the authors' program, so the windows reach farther.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import torch


class Pair(NamedTuple):
    """Skip-gram: the word at position `target` is to predict the one at position `context`."""

    target: int
    context: int


class Example(NamedTuple):
    """CBOW: the mean of the words at positions `contexts` is to predict the one at position `target`."""

    contexts: tuple[int, ...]
    target: int


def pairs(length: int, window: int, spans: Sequence[int] | None = None) -> Iterator[Pair]:
    """The pairs of a sentence of `length` words, target by target.

    The context of a target are up to `window` words on either side; `spans` has another number for each target.
    """
    for contexts, target in examples(length, window, spans):
        for context in contexts:
            yield Pair(target, context)


def examples(length: int, window: int, spans: Sequence[int] | None = None) -> Iterator[Example]:
    """The examples of a sentence, as `pairs`; a word that is alone in its sentence gives none."""
    for target in range(length):
        span = window if spans is None else spans[target]
        first, last = max(0, target - span), min(length, target + span + 1)
        if last - first > 1:
            yield Example((*range(first, target), *range(target + 1, last)), target)


def shrunk(length: int, window: int, generator: torch.Generator) -> list[int]:
    """How far the window of each of `length` targets reaches: 1 to `window`, each as probable as the others.

    So do the authors: a near word is in more windows than a far one, which gives it more weight.
    """
    return torch.randint(1, window + 1, (length,), generator=generator).tolist()


def staying(keep: Sequence[float], draws: Sequence[float]) -> list[int]:
    """The positions that subsampling leaves: those whose draw, even in [0, 1), is below their probability to stay."""
    return [at for at, (probability, draw) in enumerate(zip(keep, draws, strict=True)) if draw < probability]
