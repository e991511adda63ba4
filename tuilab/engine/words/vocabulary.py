"""The words of a corpus: how often each occurs, and the two sets of probabilities that word2vec draws from them.

Mikolov, Sutskever, Chen, Corrado, Dean (2013), "Distributed representations of words and phrases", sections 2.2, 2.3.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
import torch
from torch import Tensor

MOST_COUNTED = 5_000_000  # different words that are counted at a time, some 500 MB
NOISE_POWER = 0.75  # the counts are raised to it: rare words are drawn more often than they occur


class Vocabulary:
    """Words with their numbers of occurrence, the most frequent first; a word's place is its id.

    `counts` is (words,), whole numbers. Raises ValueError where a word occurs twice or a count is not positive.
    """

    def __init__(self, words: Sequence[str], counts: Sequence[int] | np.ndarray) -> None:
        self.words = list(words)
        self.counts = np.asarray(counts, dtype=np.int64)
        self.index = {word: id for id, word in enumerate(self.words)}
        if len(self.index) != len(self.words) or len(self.words) != len(self.counts):
            raise ValueError("A vocabulary has each word once, with its count.")
        if len(self.words) and self.counts.min() < 1:
            raise ValueError("Each word of a vocabulary occurs at least once.")

    def __len__(self) -> int:
        return len(self.words)

    @property
    def total(self) -> int:
        """How many occurrences there are of all its words."""
        return int(self.counts.sum())

    def encode(self, words: Iterable[str]) -> list[int]:
        """The ids of words; those that are not in the vocabulary are left out."""
        index = self.index
        return [index[word] for word in words if word in index]

    def keep(self, sample: float) -> Tensor:
        """The probability that an occurrence of each word stays: (words,), float64; with sample=0 all do.

        That is min(1, sqrt(s/f) + s/f) for a share f of the text, as the authors' program has it; the paper prints
        sqrt(s/f) alone.
        """
        if not sample:
            return torch.ones(len(self), dtype=torch.float64)
        rarity = sample * self.total / torch.from_numpy(self.counts).double()
        return (rarity.sqrt() + rarity).clamp(max=1)

    def noise(self) -> Tensor:
        """The probability that each word is drawn as noise: (words,), float64, counts to the power 0.75."""
        raised = torch.from_numpy(self.counts).double() ** NOISE_POWER
        return raised / raised.sum()


def count(sentences: Iterable[Iterable[str]], min_count: int = 5) -> Vocabulary:
    """The words of a text that occur at least `min_count` times; of equally frequent ones in alphabetical order.

    Where there are millions of different words the rarest so far are dropped, as in the authors' program, so that
    memory has a bound; a word that comes back later is then counted short.
    """
    counter, least = Counter[str](), 0
    for sentence in sentences:
        counter.update(sentence)
        if len(counter) > MOST_COUNTED:
            least += 1
            for word in [word for word, n in counter.items() if n <= least]:
                del counter[word]
    kept = sorted(((word, n) for word, n in counter.items() if n >= min_count), key=lambda each: (-each[1], each[0]))
    return Vocabulary([word for word, _ in kept], [n for _, n in kept])
