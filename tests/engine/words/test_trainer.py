"""Training word2vec: repeatable, resumable, and it learns who stands near whom."""

import sys
import threading
import tracemalloc
from collections.abc import Iterator

import numpy as np
import pytest
import torch

from tuilab.engine.state import arrays
from tuilab.engine.training import Diverged
from tuilab.engine.words import descent, stretches
from tuilab.engine.words.descent import Rows
from tuilab.engine.words.stretches import STRETCH, Stretch, Stretches
from tuilab.engine.words.trainer import Method, WordTrainer
from tuilab.engine.words.vocabulary import Vocabulary, count

ANIMALS, TOOLS = [f"animal{i}" for i in range(6)], [f"tool{i}" for i in range(6)]


def _sentences(number: int = 3000) -> list[list[str]]:
    """Animals stand near animals, tools near tools."""
    generator = np.random.default_rng(1)
    return [[str(word) for word in generator.choice((ANIMALS, TOOLS)[i % 2], 8)] for i in range(number)]


@pytest.fixture(scope="module")
def read() -> Stretches:
    sentences = _sentences()
    return Stretches(lambda: sentences, count(sentences))


def _trained(read: Stretches, method: Method, epochs: int = 3, threads: int = 1) -> WordTrainer:
    return _train(WordTrainer(read.vocabulary, method, torch.Generator().manual_seed(3), threads), read, epochs)


def _train(trainer: WordTrainer, read: Stretches, epochs: int = 3) -> WordTrainer:
    for epoch in range(epochs):
        for stretch in read.epoch():
            trainer.train(stretch, epoch / epochs)
    return trainer


def _apart(trainer: WordTrainer, read: Stretches) -> float:
    """How much nearer words of a kind are to each other than to those of the other kind, as cosines."""
    unit = torch.nn.functional.normalize(trainer.vectors)
    cosines = unit @ unit.T
    kind = torch.tensor([word.startswith("animal") for word in read.vocabulary.words])
    same = kind[:, None] == kind
    return float(cosines[same].mean() - cosines[~same].mean())


@pytest.mark.parametrize("method", [Method("skipgram", 10, sample=0), Method("cbow", 10, sample=0, lr=0.1)])
@pytest.mark.parametrize("threads", [1, 2])
def test_words_that_stand_together_come_to_lie_together(read: Stretches, method: Method, threads: int) -> None:
    assert _apart(_trained(read, method, threads=threads), read) > 0.5


@pytest.mark.parametrize("method", [Method("skipgram", 10, sample=0), Method("cbow", 10, sample=0, lr=0.1)])
def test_two_threads_that_move_the_same_few_words_at_once_do_not_overshoot(
    read: Stretches, method: Method, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With steps that both have always found at the same vectors: the worst that chance can do."""
    trainer = WordTrainer(read.vocabulary, method, torch.Generator().manual_seed(3), 2)  # it compiles what is as it is
    both, add = threading.Barrier(2), descent.add

    def add_in_step(rows: Rows, table: torch.Tensor) -> None:
        both.wait(10)
        add(rows, table)

    monkeypatch.setattr(descent, "add", add_in_step)
    trainer.descend = descent.descend
    assert _apart(_train(trainer, read), read) > 0.75


@pytest.mark.parametrize(
    "method", [Method(dimensions=10), Method("cbow", dimensions=10), Method(dimensions=10, sample=0)]
)
def test_compiled_it_descends_as_it_is_written(read: Stretches, method: Method) -> None:
    """Bit for bit."""
    one, other = (WordTrainer(read.vocabulary, method, torch.Generator().manual_seed(3)) for _ in range(2))
    other.descend = descent.descend
    assert one.descend is not other.descend or sys.version_info >= (3, 14)
    assert torch.equal(_train(one, read).vectors, _train(other, read).vectors)


def test_the_same_seed_gives_the_same_vectors_bit_for_bit(read: Stretches) -> None:
    before = torch.get_num_threads()
    first, second = (_trained(read, Method(dimensions=10)) for _ in range(2))
    assert torch.equal(first.vectors, second.vectors)
    assert torch.get_num_threads() == before


@pytest.mark.parametrize("blocks", [0, 1, 2, 3, 40])
def test_two_threads_move_all_that_one_moves(blocks: int) -> None:
    """With words so many that the threads seldom meet at one, and steps so small that the order makes no difference."""
    vocabulary = Vocabulary([f"w{i}" for i in range(2560)], [1] * 2560)
    ids = torch.arange(blocks * 64)
    stretch, found = Stretch(ids, torch.zeros_like(ids)), []
    for threads in (1, 2):
        method = Method(dimensions=10, sample=0, lr=1e-4)
        trainer = WordTrainer(vocabulary, method, torch.Generator().manual_seed(3), threads)
        trainer.train(stretch, 0)
        found.append(trainer.outputs)
    one, two = found
    assert (two - one).norm() <= 0.1 * one.norm()  # a block that is left out makes more: one in 40 is a share of 0.16
    assert bool(one.any()) == (blocks > 0)


def test_a_training_that_was_kept_goes_on_bit_for_bit(read: Stretches) -> None:
    parts = list(read.epoch())
    whole = WordTrainer(read.vocabulary, Method(dimensions=10), torch.Generator().manual_seed(3))
    whole.train(parts[0], 0.0)
    kept = {name: array.copy() for name, array in arrays(whole.state()).items()}
    whole.train(parts[1], 0.5)
    other = WordTrainer(read.vocabulary, Method(dimensions=10), torch.Generator().manual_seed(77))
    other.restore(kept)
    other.train(parts[1], 0.5)
    assert torch.equal(other.vectors, whole.vectors)
    assert torch.equal(other.outputs, whole.outputs)


def test_the_loss_begins_where_nothing_is_known(read: Stretches) -> None:
    trainer = WordTrainer(read.vocabulary, Method(negatives=5), torch.Generator().manual_seed(1))
    first, *_ = (trainer.train(stretch, 0) for stretch in read.epoch())
    assert first.loss == pytest.approx(6 * np.log(2), rel=1e-4)


def test_the_learning_rate_falls_in_a_straight_line() -> None:
    trainer = WordTrainer(Vocabulary(["a"], [9]), Method(lr=0.1), torch.Generator())
    assert [trainer.rate(share) for share in (0, 0.5, 1)] == pytest.approx([0.1, 0.05, 1e-4])


def test_vectors_that_run_away_are_told(read: Stretches) -> None:
    trainer = WordTrainer(read.vocabulary, Method(dimensions=10), torch.Generator())
    trainer.vectors.fill_(float("nan"))
    with pytest.raises(Diverged):
        trainer.train(next(read.epoch()), 0)


@pytest.mark.parametrize("method", [Method("cbow", 10, lr=5), Method("skipgram", 10, lr=5)])
def test_no_training_ends_well_whose_numbers_are_not_finite(method: Method) -> None:
    words = [f"w{n}" for n in range(300)]
    sentences = [[words[(7 * n * k) % 300] for n in range(40)] for k in range(400)]
    read = Stretches(lambda: sentences, count(sentences))
    trainer = WordTrainer(read.vocabulary, method, torch.Generator().manual_seed(3))
    with pytest.raises(Diverged):
        for _ in range(50):
            trainer.train(next(read.epoch()), 0)
            assert trainer.vectors.isfinite().all() and trainer.outputs.isfinite().all()


def test_one_word_again_and_again_stays_finite() -> None:
    sentences = [["again"] * 1000] * 40
    read = Stretches(lambda: sentences, count(sentences))
    for sample in (0, 1e-3):
        trainer = _trained(read, Method(dimensions=10, sample=sample))
        assert trainer.vectors.isfinite().all()


@pytest.mark.parametrize("held", [stretches.HELD, 0])
def test_a_text_is_the_same_whether_it_is_held_or_read_again(monkeypatch: pytest.MonkeyPatch, held: int) -> None:
    monkeypatch.setattr(stretches, "HELD", held)
    sentences = [["x", "unknown", *["a", "b"] * 7_000] for _ in range(3)]
    begun = []

    def again() -> Iterator[list[str]]:
        begun.append(1)
        return iter(sentences)

    read = Stretches(again, Vocabulary(["a", "b", "x"], [21_000, 21_000, 3]))
    for _ in range(2):
        parts = list(read.epoch())
        assert [len(part.ids) for part in parts] == [STRETCH, STRETCH, 42_003 - 2 * STRETCH]
        assert len(parts) == read.count
        assert torch.cat([part.ids for part in parts]).tolist() == [2, *[0, 1] * 7_000] * 3
        assert torch.cat([part.sentence for part in parts]).tolist() == [n for n in range(3) for _ in range(14_001)]
    assert [len(part.ids) for part in read.epoch(first=2)] == [42_003 - 2 * STRETCH]
    assert len(begun) == (1 if held else 3)


def test_a_text_of_short_sentences_is_held_in_a_few_bytes_a_word() -> None:
    sentences = 100_000
    read = Stretches(lambda: (["a", "b"] for _ in range(sentences)), Vocabulary(["a", "b"], [sentences] * 2))
    tracemalloc.start()
    read.epoch()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20 * 2 * sentences
