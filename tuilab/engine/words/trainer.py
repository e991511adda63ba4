"""Trains word2vec: stretch after stretch of a text, in groups of blocks."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Literal, NamedTuple

import torch
from torch import Tensor

from tuilab.engine.script import scripted
from tuilab.engine.state import State, take_back
from tuilab.engine.training import Diverged
from tuilab.engine.words.banded import CBOW, Measured, Model, SkipGram, measure
from tuilab.engine.words.blocks import BLOCK, Blocks, blocks, text
from tuilab.engine.words.descent import Shorter, descend
from tuilab.engine.words.stretches import Stretch
from tuilab.engine.words.vocabulary import Vocabulary

LEAST_RATE = 1e-4  # the learning rate falls to it in a straight line, as in word2vec
GROUP, SHARED = 3, 32  # blocks in a group, and noise words of each: the fewer move together, the better the vectors
LAID = 32  # groups that are made ready together, and moved while Python lies still
RAN_AWAY = "the vectors ran away"
FURTHEST = 3.0  # what the steps of one word that are made at once may come to, in sum: learning rates times pairs


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
    as it does in a small vocabulary, its many steps would add up to one that is too long: they are shortened then, the
    more so with two threads, whose groups may be moved at once.
    Two threads move the same vectors and wait for nothing (Recht and others 2011, "Hogwild!"), as word2vec's do: which
    sees what of the other is left to chance, so that only one thread gives the same vectors again.
    """

    def __init__(self, vocabulary: Vocabulary, method: Method, generator: torch.Generator, threads: int = 1) -> None:
        self.method, self.generator, self.threads = method, generator, threads
        shape = len(vocabulary), method.dimensions
        self.vectors = (torch.rand(shape, generator=generator) - 0.5) / method.dimensions
        self.outputs = torch.zeros(shape)
        make: Callable[..., Model] = SkipGram if method.model == "skipgram" else CBOW
        self.descend = scripted(descend)
        self.model = make(self.vectors, self.outputs, method.window, method.negatives)
        self.keep, noise = vocabulary.keep(method.sample), vocabulary.noise()
        self.cumulative_noise = noise.cumsum(0)
        self.shorter = self._shorter(torch.from_numpy(vocabulary.counts) * self.keep, noise)

    def _shorter(self, counts: Tensor, noise: Tensor) -> Shorter:
        """So that the steps of a word come to FURTHEST and no more."""
        share = counts / counts.sum().clamp(min=1)
        pairs = self.threads * GROUP * BLOCK * (self.method.window + 1 if self.method.model == "skipgram" else 1)
        k = self.method.negatives
        as_input, as_output = share * (1 + k), share + k * noise
        longest = (FURTHEST / (self.method.lr * pairs * each) for each in (as_input, as_output))
        vectors, outputs = (each.clamp(max=1).float()[:, None] for each in longest)
        return Shorter(*(each if each.min() < 1 else None for each in (vectors, outputs)))

    def rate(self, progress: float) -> float:
        """The learning rate after a share of the training, 0 to 1."""
        return max(self.method.lr * (1 - progress), min(LEAST_RATE, self.method.lr))

    def train(self, stretch: Stretch, progress: float) -> Measured:
        """Train on a stretch; the loss, per pair, and its gradient's norm are those of its first blocks, before.

        Raises Diverged where a number is no longer finite, before the vectors are moved or after.
        """
        stays = torch.rand(len(stretch.ids), generator=self.generator, dtype=torch.float64) < self.keep[stretch.ids]
        words = text(stretch.ids[stays], stretch.sentence[stays], self.method.window, self.generator)
        cut = blocks(words, self.method.window, self.cumulative_noise, SHARED, self.generator)
        measured = measure(self.model, cut.some(0, GROUP))
        if not measured.loss < float("inf"):
            raise Diverged(RAN_AWAY)
        self._move(cut, -self.rate(progress))
        self._check(cut.some(max(0, len(cut.centres) - GROUP), GROUP))
        return measured

    def _move(self, cut: Blocks, scale: float) -> None:
        """Each thread takes its part of the text; torch lets go of Python's lock while it computes."""
        size = -(-len(cut.centres) // self.threads)
        first, *others = (cut.some(at, size) for at in range(0, len(cut.centres), size))
        with _torch_threads(1), ThreadPoolExecutor(self.threads) as threads:
            running = [threads.submit(self._descend, part, scale) for part in others]
            self._descend(first, scale)
            for each in running:
                each.result()

    def _descend(self, part: Blocks, scale: float) -> None:
        """Group after group."""
        for at in range(0, len(part.centres), GROUP * LAID):
            laid = self.model.lay(part.some(at, GROUP * LAID), scale)
            self.descend(self.vectors, self.outputs, laid, GROUP, self.shorter)

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
