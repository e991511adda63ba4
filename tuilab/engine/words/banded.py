"""Skip-gram and CBOW with negative sampling over blocks of text: their losses, and their gradients derived by hand.

Of a pair (t, c) and k noise words n the loss is -log σ(v_t·u_c) - Σ log σ(-v_t·u_n), with `vectors` the v and `outputs`
the u (Mikolov and others 2013, equation 4); CBOW puts the mean of the v in the window in the place of v_t and has one
pair for each word. Of one block all n noise words count for each of its words, with the weight k·pairs/n.
"""

from collections.abc import Iterator
from itertools import starmap
from typing import NamedTuple, Protocol

import torch
from torch import Tensor
from torch.nn.functional import softplus

from tuilab.engine.words.blocks import BLOCK, Blocks


class Rows(NamedTuple):
    """Rows to be added to a table: `ids` (n,) may name a row more than once, `rows` is (n, dimensions)."""

    ids: Tensor
    rows: Tensor

    def add_to(self, table: Tensor) -> None:
        """Add them. scatter_add_ does in half the time what index_add_ does here."""
        table.scatter_add_(0, self.ids[:, None].expand_as(self.rows), self.rows)


class Measured(NamedTuple):
    """The mean loss of the pairs of some blocks, and the norm of its gradient."""

    loss: float
    gradient_norm: float


class Laid(NamedTuple):
    """Blocks as a model takes them: which words are `given` and which `said`, two (blocks, n) of ids, and the weights.

    The loss is the sum of -weight log σ(±score); a weight of nought is no pair. `weight` is (blocks, 64, columns), and
    where means are given, `share` (blocks, 64, n) is the share of each word in each of them.
    """

    given: Tensor
    said: Tensor
    weight: Tensor
    share: Tensor | None = None

    def groups(self, size: int) -> Iterator["Laid"]:
        """So many blocks at a time."""
        return starmap(Laid, zip(*(each.split(size) for each in self if each is not None), strict=True))


class Model(Protocol):
    """What skip-gram and CBOW do with two tables (words, dimensions), for blocks of a text."""

    def lay(self, blocks: Blocks, scale: float) -> Laid:
        """Say who is given, who is said, and with what weight, each multiplied by the scale."""

    def gradient(self, laid: Laid) -> tuple[Rows, Rows]:
        """The gradient of the loss with respect to vectors and to outputs."""

    def loss(self, laid: Laid) -> float:
        """The sum of the losses of all pairs."""

    def pairs(self, blocks: Blocks) -> int:
        """How many pairs there are, noise left out."""


class SkipGram:
    """Each word says the words in its window."""

    def __init__(self, vectors: Tensor, outputs: Tensor, window: int, negatives: int) -> None:
        self.vectors, self.outputs, self.window, self.negatives = vectors, outputs, window, negatives
        self.columns = torch.arange(BLOCK + 2 * window, dtype=torch.float32)

    def lay(self, blocks: Blocks, scale: float) -> Laid:
        """As `Model` has it; columns are the words around, then noise."""
        noise = blocks.pairs * (self.negatives / blocks.noise.shape[1])
        near = _near(self.columns, self.window, blocks).float()
        weight = torch.cat([near, noise.expand(-1, -1, blocks.noise.shape[1])], 2)
        return Laid(blocks.centres, torch.cat([blocks.around, blocks.noise], 1), weight.mul_(scale))

    def gradient(self, laid: Laid) -> tuple[Rows, Rows]:
        """As `Model` has it."""
        v, u, scores = self._scores(laid)
        error = scores.sigmoid_()
        error.narrow(2, 0, len(self.columns)).sub_(1)
        error *= laid.weight
        dv, du = torch.bmm(error, u), torch.bmm(error.transpose(1, 2), v)
        return Rows(laid.given.reshape(-1), _flat(dv)), Rows(laid.said.reshape(-1), _flat(du))

    def loss(self, laid: Laid) -> float:
        """As `Model` has it."""
        scores = self._scores(laid)[-1]
        scores.narrow(2, 0, len(self.columns)).neg_()
        return float((softplus(scores) * laid.weight).sum())

    def pairs(self, blocks: Blocks) -> int:
        """As `Model` has it."""
        return int(blocks.pairs.sum())

    def _scores(self, laid: Laid) -> tuple[Tensor, Tensor, Tensor]:
        """The v (blocks, 64, d), the u (blocks, columns, d), and all their products."""
        v, u = _rows(self.vectors, laid.given), _rows(self.outputs, laid.said)
        return v, u, torch.bmm(v, u.transpose(1, 2))


class CBOW:
    """The mean of the words in a window says the word in the middle.

    The gradient is that of the mean: each word of the window gets its share, where the authors' program gives the whole
    to each (Irsoy, Benton, Stratos 2021, "Corrected CBOW performs as well as skip-gram").
    """

    def __init__(self, vectors: Tensor, outputs: Tensor, window: int, negatives: int) -> None:
        self.vectors, self.outputs, self.window, self.negatives = vectors, outputs, window, negatives
        self.columns = torch.arange(BLOCK + 2 * window, dtype=torch.float32)

    def lay(self, blocks: Blocks, scale: float) -> Laid:
        """As `Model` has it; two columns: the word in the middle, and each noise word."""
        there = (blocks.pairs > 0) * scale
        weight = torch.cat([there, there * (self.negatives / blocks.noise.shape[1])], 2)
        share = _near(self.columns, self.window, blocks) / blocks.pairs.clamp(min=1)
        return Laid(blocks.around, torch.cat([blocks.centres, blocks.noise], 1), weight, share)

    def gradient(self, laid: Laid) -> tuple[Rows, Rows]:
        """As `Model` has it."""
        assert laid.share is not None
        mean, u, noise = self._means(laid)
        of_pair, of_noise = laid.weight.split(1, 2)
        pair_error = ((mean * u).sum(2, keepdim=True).sigmoid_() - 1) * of_pair
        noise_error = torch.bmm(mean, noise.transpose(1, 2)).sigmoid_() * of_noise
        back = torch.baddbmm(pair_error * u, noise_error, noise)
        dv = torch.bmm(laid.share.transpose(1, 2), back)
        du = torch.cat([pair_error * mean, torch.bmm(noise_error.transpose(1, 2), mean)], 1)
        return Rows(laid.given.reshape(-1), _flat(dv)), Rows(laid.said.reshape(-1), _flat(du))

    def loss(self, laid: Laid) -> float:
        """As `Model` has it."""
        mean, u, noise = self._means(laid)
        of_pair, of_noise = laid.weight.split(1, 2)
        pairs = softplus(-(mean * u).sum(2, keepdim=True)) * of_pair
        apart = softplus(torch.bmm(mean, noise.transpose(1, 2))) * of_noise
        return float(pairs.sum() + apart.sum())

    def pairs(self, blocks: Blocks) -> int:
        """As `Model` has it: one for each word that has a window."""
        return int((blocks.pairs > 0).sum())

    def _means(self, laid: Laid) -> tuple[Tensor, Tensor, Tensor]:
        """The means (blocks, 64, d), the u of the words in the middle, and of the noise."""
        assert laid.share is not None
        mean, u = torch.bmm(laid.share, _rows(self.vectors, laid.given)), _rows(self.outputs, laid.said)
        return mean, u[:, :BLOCK], u[:, BLOCK:]


def measure(model: Model, blocks: Blocks) -> Measured:
    """The loss of some blocks as they are now, and the norm of its gradient: each word's rows added up first."""
    laid, pairs = model.lay(blocks, 1.0), max(model.pairs(blocks), 1)
    squares = 0.0
    for ids, rows in model.gradient(laid):
        found, place = ids.unique(return_inverse=True)
        squares += float(torch.zeros(len(found), rows.shape[1]).index_add_(0, place, rows).square().sum())
    return Measured(model.loss(laid) / pairs, squares**0.5 / pairs)


def _near(columns: Tensor, window: int, blocks: Blocks) -> Tensor:
    """Which columns of `around` are in the window of each word, itself left out, (blocks, 64, columns)."""
    near = (columns - blocks.middle).abs_() <= blocks.reach
    near.diagonal(window, 1, 2).zero_()
    return near


def _rows(table: Tensor, ids: Tensor) -> Tensor:
    return table.index_select(0, ids.reshape(-1)).view(*ids.shape, -1)


def _flat(rows: Tensor) -> Tensor:
    return rows.view(-1, rows.shape[-1])
