"""Skip-gram and CBOW with negative sampling over blocks of text: their losses, and their gradients derived by hand.

Of a pair (t, c) and k noise words n the loss is -log σ(v_t·u_c) - Σ log σ(-v_t·u_n), with `vectors` the v and `outputs`
the u (Mikolov and others 2013, equation 4); CBOW puts the mean of the v in the window in the place of v_t and has one
pair for each word. Of one block all n noise words count for each of its words, with the weight k·pairs/n.
"""

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


class Model(Protocol):
    """What skip-gram and CBOW do with two tables (words, dimensions), for blocks of a text."""

    def gradient(self, group: Blocks, scale: float) -> tuple[Rows, Rows]:
        """Scale times the gradient of the sum of the losses of all pairs, with respect to vectors and to outputs."""

    def loss(self, group: Blocks) -> tuple[float, float]:
        """The sum of the losses of all pairs, and the number of pairs."""


class SkipGram:
    """Each word says the words in its window."""

    def __init__(self, vectors: Tensor, outputs: Tensor, window: int, negatives: int) -> None:
        self.vectors, self.outputs, self.window, self.negatives = vectors, outputs, window, negatives
        self.columns = torch.arange(BLOCK + 2 * window, dtype=torch.float32)

    def gradient(self, group: Blocks, scale: float) -> tuple[Rows, Rows]:
        """As `Model` has it."""
        v, u, others, error = self._scores(group)
        band, noise = error.split((group.around.shape[1], group.noise.shape[1]), 2)
        error.sigmoid_()
        band -= 1
        self._keep_pairs(band, group)
        noise *= group.pairs * (self.negatives / noise.shape[2])
        error *= scale
        dv, du = torch.bmm(error, u), torch.bmm(error.transpose(1, 2), v)
        return Rows(group.centres.reshape(-1), _flat(dv)), Rows(others.view(-1), _flat(du))

    def loss(self, group: Blocks) -> tuple[float, float]:
        """As `Model` has it."""
        band, noise = self._scores(group)[-1].split((group.around.shape[1], group.noise.shape[1]), 2)
        pairs = softplus(-band)
        self._keep_pairs(pairs, group)
        noise = softplus(noise) * group.pairs * (self.negatives / noise.shape[2])
        return float(pairs.sum() + noise.sum()), float(group.pairs.sum())

    def _scores(self, group: Blocks) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """The v (blocks, 64, d), the u (blocks, columns, d) with their ids, and all their products."""
        others = torch.cat([group.around, group.noise], 1)
        v, u = _rows(self.vectors, group.centres), _rows(self.outputs, others)
        return v, u, others, torch.bmm(v, u.transpose(1, 2))

    def _keep_pairs(self, band: Tensor, group: Blocks) -> None:
        """Put 0 where no pair is: outside the windows, and a word with itself."""
        band.masked_fill_(_outside(self.columns, group), 0)
        band.diagonal(self.window, 1, 2).zero_()


class CBOW:
    """The mean of the words in a window says the word in the middle.

    The gradient is that of the mean: each word of the window gets its share, where the authors' program gives the whole
    to each (Irsoy, Benton, Stratos 2021, "Corrected CBOW performs as well as skip-gram").
    """

    def __init__(self, vectors: Tensor, outputs: Tensor, window: int, negatives: int) -> None:
        self.vectors, self.outputs, self.window, self.negatives = vectors, outputs, window, negatives
        self.columns = torch.arange(BLOCK + 2 * window, dtype=torch.float32)

    def gradient(self, group: Blocks, scale: float) -> tuple[Rows, Rows]:
        """As `Model` has it."""
        share, mean, u, noise = self._means(group)
        there = (group.pairs > 0) * scale
        pair_error = ((mean * u).sum(2, keepdim=True).sigmoid_() - 1) * there
        noise_error = torch.bmm(mean, noise.transpose(1, 2)).sigmoid_() * (there * (self.negatives / noise.shape[1]))
        back = torch.baddbmm(pair_error * u, noise_error, noise)
        dv = torch.bmm(share.transpose(1, 2), back)
        du = torch.cat([pair_error * mean, torch.bmm(noise_error.transpose(1, 2), mean)], 1)
        said = torch.cat([group.centres, group.noise], 1)
        return Rows(group.around.reshape(-1), _flat(dv)), Rows(said.view(-1), _flat(du))

    def loss(self, group: Blocks) -> tuple[float, float]:
        """As `Model` has it."""
        _, mean, u, noise = self._means(group)
        there = (group.pairs > 0).float()
        pairs = softplus(-(mean * u).sum(2, keepdim=True)) * there
        apart = softplus(torch.bmm(mean, noise.transpose(1, 2))) * (there * (self.negatives / noise.shape[1]))
        return float(pairs.sum() + apart.sum()), float(there.sum())

    def _means(self, group: Blocks) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Each word's share in each mean (blocks, 64, columns), the means, the u of the words and of the noise."""
        share = _outside(self.columns, group).logical_not_().float()
        share.diagonal(self.window, 1, 2).zero_()
        share /= group.pairs.clamp(min=1)
        mean = torch.bmm(share, _rows(self.vectors, group.around))
        return share, mean, _rows(self.outputs, group.centres), _rows(self.outputs, group.noise)


def measure(model: Model, group: Blocks) -> Measured:
    """The loss of some blocks as they are now, and the norm of its gradient: each word's rows added up first."""
    loss, pairs = model.loss(group)
    squares = 0.0
    for ids, rows in model.gradient(group, 1 / max(pairs, 1)):
        found, place = ids.unique(return_inverse=True)
        squares += float(torch.zeros(len(found), rows.shape[1]).index_add_(0, place, rows).square().sum())
    return Measured(loss / max(pairs, 1), squares**0.5)


def _outside(columns: Tensor, group: Blocks) -> Tensor:
    """Which columns of `around` are not in the window of each word, (blocks, 64, columns)."""
    return (columns - group.middle).abs_() > group.reach


def _rows(table: Tensor, ids: Tensor) -> Tensor:
    return table.index_select(0, ids.reshape(-1)).view(*ids.shape, -1)


def _flat(rows: Tensor) -> Tensor:
    return rows.view(-1, rows.shape[-1])
