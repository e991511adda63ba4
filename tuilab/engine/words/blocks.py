"""Blocks: word2vec on many neighbouring words at once, as products of small matrices.

A block is 64 words of the text that stand next to each other, and the words up to a window before and after them. All
scores of its words with one another are one product, of which the pairs inside the windows are a band; the noise words
are drawn once for a block and shared by its words, each counted with the weight that makes k of them for each pair, as
the readable step in `update.py` has. So one block costs three products, whatever the number of its pairs.
"""

from typing import NamedTuple

import torch
from torch import Tensor

BLOCK = 64  # words in a block


class Text(NamedTuple):
    """A stretch of text, its words without those that subsampling took out.

    `ids` (words,); `low` and `high` (words,) are the first and last place in the window of each word: what a sentence
    or a randomly smaller window leaves of it.
    """

    ids: Tensor
    low: Tensor
    high: Tensor


def text(ids: Tensor, sentence: Tensor, window: int, generator: torch.Generator) -> Text:
    """Give each word its window, of a random size up to `window` as in word2vec, within its sentence.

    `sentence` (words,) numbers the sentences; of one sentence the words stand next to each other.
    """
    count = len(ids)
    place = torch.arange(count)
    size = torch.randint(1, window + 1, (count,), generator=generator)
    _, lengths = torch.unique_consecutive(sentence, return_counts=True)
    ends = lengths.cumsum(0)
    end = ends.repeat_interleave(lengths)
    start = (ends - lengths).repeat_interleave(lengths)
    return Text(ids, torch.maximum(place - size, start), torch.minimum(place + size, end - 1))


class Blocks(NamedTuple):
    """Blocks of a text, as their products need them.

    `centres` (blocks, 64) and `around` (blocks, 64 + 2·window) are ids of words, `noise` (blocks, shared) of noise
    words; `middle` and `reach` (blocks, 64, 1) say which columns of `around` are in a word's window, and `pairs`
    (blocks, 64, 1) how many there are, the word itself left out.
    """

    centres: Tensor
    around: Tensor
    noise: Tensor
    middle: Tensor
    reach: Tensor
    pairs: Tensor

    def some(self, first: int, count: int) -> "Blocks":
        """Some of the blocks."""
        return Blocks(*(each[first : first + count] for each in self))


def blocks(words: Text, window: int, cumulative_noise: Tensor, shared: int, generator: torch.Generator) -> Blocks:
    """Cut a text into blocks, one at least; the last one is filled up with words that have no pairs.

    `shared` is how many noise words a block has.
    """
    count = len(words.ids)
    number = max(1, -(-count // BLOCK))
    fill = number * BLOCK - count
    padded = torch.nn.functional.pad(words.ids, (window, window + fill))
    around = padded.unfold(0, BLOCK + 2 * window, BLOCK)
    low, high = (torch.nn.functional.pad(each, (0, fill)).view(number, BLOCK, 1) for each in words[1:])
    first = torch.arange(number).view(-1, 1, 1) * BLOCK - window  # the place of a block's first column
    middle, reach = (low + high).float() / 2 - first, (high - low).float() / 2
    if fill:
        reach[-1, -fill:] = 0
        middle[-1, -fill:, 0] = torch.arange(BLOCK - fill, BLOCK) + float(window)  # the word itself, no pair
    drawn = torch.rand(number, shared, generator=generator, dtype=torch.float64)
    noise = torch.searchsorted(cumulative_noise, drawn).clamp_(max=len(cumulative_noise) - 1)
    centres = around[:, window : window + BLOCK]
    return Blocks(centres, around, noise, middle, reach, 2 * reach)
