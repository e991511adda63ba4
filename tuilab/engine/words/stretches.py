"""A text as numbers, in stretches of some thousand words, read again for each epoch."""

from array import array
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from tuilab.engine.words.vocabulary import Vocabulary

STRETCH = 16_384  # words
HELD = 20_000_000  # words of a text that are held in memory; a longer one is read from where it is, each time


class Stretch(NamedTuple):
    """Some words of a text by their ids, and the number of the sentence of each: two (words,), whole numbers."""

    ids: Tensor
    sentence: Tensor


class Stretches:
    """The stretches of a text, words that are not in the vocabulary left out.

    `sentences` begins the text anew at each call. What is held in memory is the text up to 20 million words, four bytes
    a word and as many a sentence; else one stretch.
    """

    def __init__(self, sentences: Callable[[], Iterable[list[str]]], vocabulary: Vocabulary) -> None:
        self.sentences, self.vocabulary = sentences, vocabulary
        self.count = -(-vocabulary.total // STRETCH)
        self._held: tuple[np.ndarray, np.ndarray] | None = None

    def epoch(self, first: int = 0) -> Iterator[Stretch]:
        """The stretches from the one numbered `first` on."""
        if self.vocabulary.total > HELD:
            return islice(self._read(), first, None)
        if self._held is None:
            self._held = self._whole()
        ids, sentence = self._held
        starts = range(first * STRETCH, len(ids), STRETCH)
        return (_stretch(ids[at : at + STRETCH], sentence[at : at + STRETCH]) for at in starts)

    def _whole(self) -> tuple[np.ndarray, np.ndarray]:
        ids, lengths = array("i"), array("i")
        for words in self.sentences():
            encoded = self.vocabulary.encode(words)
            ids.extend(encoded)
            lengths.append(len(encoded))
        numbers = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
        return np.asarray(ids), numbers  # the same memory

    def _read(self) -> Iterator[Stretch]:
        ids: list[int] = []
        numbers: list[int] = []
        for number, words in enumerate(self.sentences()):
            encoded = self.vocabulary.encode(words)
            ids += encoded
            numbers += [number] * len(encoded)
            while len(ids) >= STRETCH:
                yield _stretch(np.array(ids[:STRETCH]), np.array(numbers[:STRETCH]))
                del ids[:STRETCH], numbers[:STRETCH]
        if ids:
            yield _stretch(np.array(ids), np.array(numbers))


def _stretch(ids: np.ndarray, sentence: np.ndarray) -> Stretch:
    return Stretch(torch.from_numpy(ids.astype(np.int64)), torch.from_numpy(sentence.astype(np.int64)))
