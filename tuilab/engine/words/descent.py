"""The gradients of skip-gram and CBOW over blocks of text, derived by hand, and the descent along them.

The losses are in `banded`. These functions are made to be scripted (tuilab.engine.script), so that a thread lets go of
Python's lock for many groups of blocks at a time: two that take it back for each product wait for one another a third
of their time.
"""

from typing import NamedTuple

import torch
from torch import Tensor


class Laid(NamedTuple):
    """Blocks as a descent takes them: which words are `given`, which are `said`, two (blocks, n) of ids, and weights.

    The loss is the sum of -weight log σ(±score); a weight of nought is no pair. `weight` is (blocks, 64, columns), of
    which the first `near` are of words that are there and the others of noise. Where means are given, `share` is
    (blocks, 64, n), the share of each word in each of them, and there are two columns: the noise words have one weight.
    """

    given: Tensor
    said: Tensor
    weight: Tensor
    near: int
    share: Tensor | None = None


class Shorter(NamedTuple):
    """What the steps of each word's vector and output are multiplied by, (words, 1); None where by 1 all."""

    vectors: Tensor | None
    outputs: Tensor | None


class Rows(NamedTuple):
    """Rows to be added to a table: `ids` (n,) may name a row more than once, `rows` is (n, dimensions)."""

    ids: Tensor
    rows: Tensor


def gradient(vectors: Tensor, outputs: Tensor, laid: Laid) -> tuple[Rows, Rows]:
    """The gradient of the loss with respect to vectors and to outputs."""
    v, u, share = rows_of(vectors, laid.given), rows_of(outputs, laid.said), laid.share
    dv, du = _of_words(v, u, laid) if share is None else _of_means(v, u, share, laid.weight)
    return Rows(laid.given.flatten(), dv.flatten(0, 1)), Rows(laid.said.flatten(), du.flatten(0, 1))


def rows_of(table: Tensor, ids: Tensor) -> Tensor:
    """The rows of a table, (blocks, n, dimensions)."""
    return table.index_select(0, ids.flatten()).view(ids.shape[0], ids.shape[1], table.shape[1])


def _of_words(v: Tensor, u: Tensor, laid: Laid) -> tuple[Tensor, Tensor]:
    """Skip-gram: each word says those around it, and not the noise."""
    error = torch.bmm(v, u.transpose(1, 2)).sigmoid_().mul_(laid.weight)
    error.narrow(2, 0, laid.near).sub_(laid.weight.narrow(2, 0, laid.near))
    return torch.bmm(error, u), torch.bmm(error.transpose(1, 2), v)


def _of_means(v: Tensor, u: Tensor, share: Tensor, weight: Tensor) -> tuple[Tensor, Tensor]:
    """CBOW: the mean of a window says the word in its middle, and not the noise."""
    mean, middle = torch.bmm(share, v), share.shape[1]
    u, noise = u.narrow(1, 0, middle), u.narrow(1, middle, u.shape[1] - middle)
    pair_error = ((mean * u).sum(2, keepdim=True).sigmoid_() - 1) * weight.narrow(2, 0, 1)
    noise_error = torch.bmm(mean, noise.transpose(1, 2)).sigmoid_() * weight.narrow(2, 1, 1)
    back = torch.baddbmm(pair_error * u, noise_error, noise)
    dv = torch.bmm(share.transpose(1, 2), back)
    return dv, torch.cat([pair_error * mean, torch.bmm(noise_error.transpose(1, 2), mean)], 1)


def add(rows: Rows, table: Tensor) -> None:
    """Add rows to a table. scatter_add_ does in half the time what index_add_ does here."""
    table.scatter_add_(0, rows.ids[:, None].expand_as(rows.rows), rows.rows)


def _shorten(rows: Rows, shorter: Tensor | None) -> None:
    if shorter is not None:
        rows.rows.mul_(shorter.index_select(0, rows.ids))


def descend(vectors: Tensor, outputs: Tensor, laid: Laid, group: int, shorter: Shorter) -> None:
    """Add to both tables the gradients of `group` blocks at a time."""
    for at in range(0, laid.given.shape[0], group):
        end, share = at + group, laid.share
        if share is not None:
            share = share[at:end]
        part = Laid(laid.given[at:end], laid.said[at:end], laid.weight[at:end], laid.near, share)
        to_vectors, to_outputs = gradient(vectors, outputs, part)
        _shorten(to_vectors, shorter.vectors)
        _shorten(to_outputs, shorter.outputs)
        add(to_vectors, vectors)
        add(to_outputs, outputs)
