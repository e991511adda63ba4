"""Blocks of text: their pairs, and the gradients of both models against autograd on the losses pair by pair."""

import pytest
import torch
from torch import Tensor
from torch.nn.functional import logsigmoid

from tuilab.engine.words.banded import CBOW, SkipGram, measure
from tuilab.engine.words.blocks import BLOCK, Blocks, blocks, text
from tuilab.engine.words.descent import add, gradient
from tuilab.engine.words.update import Task, forwards, gradients

WORDS, DIMENSIONS, WINDOW, NEGATIVES, NOISE = 12, 5, 3, 4, 20
LENGTHS = (40, 1, 2, 57, 3)  # of sentences: 103 words, one full block and a part of one


def _text(seed: int) -> tuple[Tensor, Blocks, list[list[int]]]:
    """Words, their blocks, and the places in the window of each."""
    generator = torch.Generator().manual_seed(seed)
    ids = torch.randint(0, WORDS, (sum(LENGTHS),), generator=generator)
    sentence = torch.arange(len(LENGTHS)).repeat_interleave(torch.tensor(LENGTHS))
    words = text(ids, sentence, WINDOW, generator)
    noise = torch.rand(WORDS, generator=generator, dtype=torch.float64)
    cut = blocks(words, WINDOW, (noise / noise.sum()).cumsum(0), NOISE, generator)
    windows = zip(words.low.tolist(), words.high.tolist(), strict=True)
    return ids, cut, [[c for c in range(low, high + 1) if c != t] for t, (low, high) in enumerate(windows)]


def _tables() -> tuple[Tensor, Tensor]:
    generator = torch.Generator().manual_seed(9)
    vectors, outputs = (torch.randn(WORDS, DIMENSIONS, generator=generator) for _ in range(2))
    return vectors, outputs


def _by_pairs(cbow: bool, ids: Tensor, cut: Blocks, windows: list[list[int]], tables: tuple[Tensor, Tensor]) -> Tensor:
    """The sum of the losses of all pairs, one after the other."""
    v, u = tables
    total = torch.zeros(())
    for t, window in enumerate(windows):
        noise = cut.noise[t // BLOCK]
        if cbow and window:
            said = [(v[ids[window]].mean(0), int(ids[t]))]
        else:
            said = [(v[ids[t]], int(ids[c])) for c in window]
        for hidden, word in said:
            total = total - logsigmoid(u[word] @ hidden)
            total = total - NEGATIVES / NOISE * logsigmoid(-(u[noise] @ hidden)).sum()
    return total


def test_a_window_ends_with_its_sentence_and_is_no_larger_than_asked() -> None:
    _, _, windows = _text(1)
    numbers = [n for n, length in enumerate(LENGTHS) for _ in range(length)]
    sizes = set()
    for t, window in enumerate(windows):
        assert all(numbers[c] == numbers[t] and abs(c - t) <= WINDOW for c in window)
        if LENGTHS[numbers[t]] > 2 * WINDOW and 3 < t < 36:
            sizes.add(len(window) // 2)
    assert sizes == {1, 2, 3}
    assert windows[40] == []


@pytest.mark.parametrize("model", [SkipGram, CBOW])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_gradient_is_that_of_the_losses_pair_by_pair(model: type, seed: int) -> None:
    ids, cut, windows = _text(seed)
    tables = _tables()
    ours = model(*tables, WINDOW, NEGATIVES)
    for table in tables:
        table.requires_grad_()
    loss = _by_pairs(model is CBOW, ids, cut, windows, tables)
    wanted = torch.autograd.grad(loss, tables)
    with torch.no_grad():
        assert ours.loss(ours.lay(cut, 1.0)) == pytest.approx(loss.item(), rel=1e-5)
        assert ours.pairs(cut) == (sum(map(bool, windows)) if model is CBOW else sum(map(len, windows)))
        for rows, want in zip(gradient(*tables, ours.lay(cut, 2.0)), wanted, strict=True):
            got = torch.zeros(WORDS, DIMENSIONS)
            add(rows, got)
            torch.testing.assert_close(got, 2 * want, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("model", [SkipGram, CBOW])
def test_the_gradient_is_that_of_the_readable_update_pair_by_pair(model: type) -> None:
    """Where no noise word is one of the text, which the readable update would skip."""
    ids, cut, windows = _text(5)
    ids, cut = ids % 6, cut._replace(centres=cut.centres % 6, around=cut.around % 6, noise=6 + cut.noise % 6)
    v, u = _tables()
    wanted = torch.zeros(2, WORDS, DIMENSIONS)
    for t, window in enumerate(windows):
        noise = cut.noise[t // BLOCK].tolist()
        if model is CBOW:
            said = [(ids[window].tolist(), int(ids[t]))] if window else []
        else:
            said = [([int(ids[t])], int(ids[c])) for c in window]
        for given, word in said:
            for drawn, weight in (([], 1 - NEGATIVES / NOISE), (noise, NEGATIVES / NOISE)):
                task = Task(v, u, given, word, drawn, torch.ones(WORDS), "negative")
                back = gradients(task, forwards(task))
                wanted += weight * torch.stack([back.vectors, back.outputs])
    ours = model(v, u, WINDOW, NEGATIVES)
    for rows, want in zip(gradient(v, u, ours.lay(cut, 1.0)), wanted, strict=True):
        got = torch.zeros(WORDS, DIMENSIONS)
        add(rows, got)
        torch.testing.assert_close(got, want, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("model", [SkipGram, CBOW])
def test_what_is_measured_is_the_mean_and_the_norm_of_its_gradient(model: type) -> None:
    ids, cut, windows = _text(4)
    tables = _tables()
    measured = measure(model(*tables, WINDOW, NEGATIVES), cut)
    for table in tables:
        table.requires_grad_()
    pairs = sum(map(bool, windows)) if model is CBOW else sum(map(len, windows))
    loss = _by_pairs(model is CBOW, ids, cut, windows, tables) / pairs
    norm = torch.cat([each.flatten() for each in torch.autograd.grad(loss, tables)]).norm()
    assert measured == pytest.approx((loss.item(), norm.item()), rel=1e-4)


@pytest.mark.parametrize("model", [SkipGram, CBOW])
def test_a_text_of_which_nothing_is_left_moves_nothing(model: type) -> None:
    generator = torch.Generator().manual_seed(1)
    none = torch.zeros(0, dtype=torch.long)
    cut = blocks(text(none, none, WINDOW, generator), WINDOW, torch.ones(1, dtype=torch.float64), NOISE, generator)
    vectors, outputs = _tables()
    ours = model(vectors, outputs, WINDOW, NEGATIVES)
    assert ours.pairs(cut) == 0
    assert all(not rows.rows.any() for rows in gradient(vectors, outputs, ours.lay(cut, 1.0)))
