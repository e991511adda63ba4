"""Skip-gram and CBOW with negative sampling over blocks of text, and their losses; the gradients are in `descent`.

Of a pair (t, c) and k noise words n the loss is -log σ(v_t·u_c) - Σ log σ(-v_t·u_n), with `vectors` the v and `outputs`
the u (Mikolov and others 2013, equation 4); CBOW puts the mean of the v in the window in the place of v_t and has one
pair for each word. Of one block all n noise words count for each of its words, with the weight k·pairs/n.
"""

from typing import NamedTuple, Protocol

import torch
from torch import Tensor
from torch.nn.functional import softplus

from tuilab.engine.words.blocks import BLOCK, Blocks
from tuilab.engine.words.descent import Laid, gradient, rows_of


class Measured(NamedTuple):
    """The mean loss of the pairs of some blocks, and the norm of its gradient."""

    loss: float
    gradient_norm: float


class Model(Protocol):
    """What skip-gram and CBOW do with two tables (words, dimensions), for blocks of a text."""

    vectors: Tensor
    outputs: Tensor

    def lay(self, blocks: Blocks, scale: float) -> Laid:
        """Say who is given, who is said, and with what weight, each multiplied by the scale."""

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
        around, noise = blocks.around.shape[1], blocks.noise.shape[1]
        weight = torch.empty(*blocks.centres.shape, around + noise)
        _near(self.columns, self.window, blocks, weight.narrow(2, 0, around)).mul_(scale)
        weight.narrow(2, around, noise).copy_(blocks.pairs * (scale * self.negatives / noise))
        return Laid(blocks.centres, torch.cat([blocks.around, blocks.noise], 1), weight, around)

    def loss(self, laid: Laid) -> float:
        """As `Model` has it."""
        v, u = rows_of(self.vectors, laid.given), rows_of(self.outputs, laid.said)
        scores = torch.bmm(v, u.transpose(1, 2))
        scores.narrow(2, 0, laid.near).neg_()
        return float((softplus(scores) * laid.weight).sum())

    def pairs(self, blocks: Blocks) -> int:
        """As `Model` has it."""
        return int(blocks.pairs.sum())


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
        near = torch.empty(*blocks.centres.shape, len(self.columns))
        share = _near(self.columns, self.window, blocks, near).div_(blocks.pairs.clamp(min=1))
        return Laid(blocks.around, torch.cat([blocks.centres, blocks.noise], 1), weight, 1, share)

    def loss(self, laid: Laid) -> float:
        """As `Model` has it."""
        assert laid.share is not None
        mean = torch.bmm(laid.share, rows_of(self.vectors, laid.given))
        u, noise = rows_of(self.outputs, laid.said).tensor_split([BLOCK], 1)
        of_pair, of_noise = laid.weight.split(1, 2)
        pairs = softplus(-(mean * u).sum(2, keepdim=True)) * of_pair
        apart = softplus(torch.bmm(mean, noise.transpose(1, 2))) * of_noise
        return float(pairs.sum() + apart.sum())

    def pairs(self, blocks: Blocks) -> int:
        """As `Model` has it: one for each word that has a window."""
        return int((blocks.pairs > 0).sum())


def measure(model: Model, blocks: Blocks) -> Measured:
    """The loss of some blocks as they are now, and the norm of its gradient: each word's rows added up first."""
    laid, pairs = model.lay(blocks, 1.0), max(model.pairs(blocks), 1)
    squares = 0.0
    for ids, rows in gradient(model.vectors, model.outputs, laid):
        found, place = ids.unique(return_inverse=True)
        squares += float(torch.zeros(len(found), rows.shape[1]).index_add_(0, place, rows).square().sum())
    return Measured(model.loss(laid) / pairs, squares**0.5 / pairs)


def _near(columns: Tensor, window: int, blocks: Blocks, near: Tensor) -> Tensor:
    """Fill `near` (blocks, 64, columns): 1 where a column of `around` is in the window of a word, itself left out."""
    torch.sub(columns, blocks.middle, out=near).abs_().le_(blocks.reach)
    near.diagonal(window, 1, 2).zero_()
    return near
