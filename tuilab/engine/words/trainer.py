"""Trains word2vec: stretch after stretch of a text, in groups of blocks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal, NamedTuple

import torch
from torch import Tensor

from tuilab.engine.state import State, take_back
from tuilab.engine.training import Diverged
from tuilab.engine.words.banded import CBOW, Measured, Model, SkipGram, measure
from tuilab.engine.words.blocks import BLOCK, Blocks, blocks, text
from tuilab.engine.words.stretches import Stretch
from tuilab.engine.words.vocabulary import Vocabulary

LEAST_RATE = 1e-4  # the learning rate falls to it in a straight line, as in word2vec
# Blocks in a group, and noise words in each, by the number of threads: of less torch gives the second nothing to do.
# The fewer blocks move together the better the vectors; more noise words make up for more blocks.
GROUPS = {1: (3, 32), 2: (6, 48)}
RAN_AWAY = "the vectors ran away"
FURTHEST = 3.0  # what the steps of one word in a group may come to, in sum: learning rates times pairs


class Method(NamedTuple):
    """How word2vec is trained; `sample` is the share of the text above which a word is left out now and then."""

    model: Literal["skipgram", "cbow"] = "skipgram"
    dimensions: int = 150
    window: int = 5
    negatives: int = 5
    sample: float = 1e-3
    lr: float = 0.025


class WordTrainer:
    """The vectors of words, (words, dimensions), and what trains them; `threads` is 1 or 2.

    All blocks of a group are moved by gradients at the same vectors. Where one word occurs in a group again and again,
    as it does in a small vocabulary, its many steps would add up to one that is too long: they are shortened then.
    """

    def __init__(self, vocabulary: Vocabulary, method: Method, generator: torch.Generator, threads: int = 1) -> None:
        self.method, self.generator, self.threads = method, generator, threads
        self.group, self.shared = GROUPS[threads]
        shape = len(vocabulary), method.dimensions
        self.vectors = (torch.rand(shape, generator=generator) - 0.5) / method.dimensions
        self.outputs = torch.zeros(shape)
        make: Callable[..., Model] = SkipGram if method.model == "skipgram" else CBOW
        self.model = make(self.vectors, self.outputs, method.window, method.negatives)
        self.keep, noise = vocabulary.keep(method.sample), vocabulary.noise()
        self.cumulative_noise = noise.cumsum(0)
        self.shorter = self._shorter(torch.from_numpy(vocabulary.counts) * self.keep, noise)

    def _shorter(self, counts: Tensor, noise: Tensor) -> tuple[Tensor | None, Tensor | None]:
        """What the steps of each word's vector and output are multiplied by, (words, 1); None where by 1 all."""
        share = counts / counts.sum().clamp(min=1)
        pairs = self.group * BLOCK * (self.method.window + 1 if self.method.model == "skipgram" else 1)
        k = self.method.negatives
        as_input, as_output = share * (1 + k), share + k * noise
        longest = (FURTHEST / (self.method.lr * pairs * each) for each in (as_input, as_output))
        vectors, outputs = (each.clamp(max=1).float()[:, None] for each in longest)
        return vectors if vectors.min() < 1 else None, outputs if outputs.min() < 1 else None

    def rate(self, progress: float) -> float:
        """The learning rate after a share of the training, 0 to 1."""
        return max(self.method.lr * (1 - progress), min(LEAST_RATE, self.method.lr))

    def train(self, stretch: Stretch, progress: float) -> Measured:
        """Train on a stretch; the loss, per pair, and its gradient's norm are those of its first blocks, before.

        Raises Diverged where a number is no longer finite, before the vectors are moved or after.
        """
        stays = torch.rand(len(stretch.ids), generator=self.generator, dtype=torch.float64) < self.keep[stretch.ids]
        words = text(stretch.ids[stays], stretch.sentence[stays], self.method.window, self.generator)
        cut = blocks(words, self.method.window, self.cumulative_noise, self.shared, self.generator)
        measured = measure(self.model, cut.some(0, self.group))
        if not measured.loss < float("inf"):
            raise Diverged(RAN_AWAY)
        self._move(cut, -self.rate(progress))
        self._check(cut.some(max(0, len(cut.centres) - self.group), self.group))
        return measured

    def _move(self, cut: Blocks, scale: float) -> None:
        with _torch_threads(self.threads):
            for first in range(0, len(cut.centres), self.group):
                self._descend(cut.some(first, self.group), scale)

    def _descend(self, group: Blocks, scale: float) -> None:
        tables = self.vectors, self.outputs
        for table, rows, shorter in zip(tables, self.model.gradient(group, scale), self.shorter, strict=True):
            if shorter is not None:
                rows.rows.mul_(shorter[rows.ids])
            rows.add_to(table)

    def _check(self, last: Blocks) -> None:
        """Raise Diverged where a number is not finite: the noise words carry it to whatever is moved after."""
        moved = self.vectors[last.centres], self.outputs[last.noise]
        if not all(rows.isfinite().all() for rows in moved):
            raise Diverged(RAN_AWAY)

    def state(self) -> dict[str, Tensor]:
        """Everything that the next stretch depends on."""
        return self.weights() | {"outputs": self.outputs, "random": self.generator.get_state()}

    def weights(self) -> dict[str, Tensor]:
        """What is learned, by its name in `state`."""
        return {"parameter.vectors": self.vectors}

    def restore(self, state: State) -> None:
        """Go on from a state. Raises ValueError where it does not fit."""
        mine = self.state()
        take_back(mine, {name: state[name] for name in mine if name in state})
        self.generator.set_state(mine["random"])


@contextmanager
def _torch_threads(count: int) -> Iterator[None]:
    """Let torch use so many threads for a while."""
    before = torch.get_num_threads()
    torch.set_num_threads(count)
    try:
        yield
    finally:
        torch.set_num_threads(before)
