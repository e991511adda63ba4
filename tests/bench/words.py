"""Word2vec against gensim's compiled trainer: `python -m tests.bench.words`; about eight minutes.

The text is a sample of Wikipedia that comes with gensim's own tests, some 450,000 words; so do WordSim-353 and the
analogy questions (`pip install '.[bench]'`). Skip-gram, 100 dimensions, window 5, 5 negatives, sample 1e-3, 5 epochs.
Each trains in a process of its own with seeds 1 to 5, in turns; words a second are those in the vocabulary, of the text
before subsampling, and the time is that of training alone. Speeds are medians, qualities are means.
"""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from tests.bench.report import Row, show

SEEDS, EPOCHS, MIN_COUNT = range(1, 6), 5, 5
PLANTED_SEEDS = range(1, 11)
ARTICLES = "enwiki-latest-pages-articles1.xml-p000000010p000030302-shortened.bz2"
LONGEST = 1000  # words in a sentence: gensim leaves out what goes beyond 10,000


class Result(NamedTuple):
    """Words a second, the correlation with WordSim-353, and the share of the analogies that are right."""

    rate: float
    similarity: float
    analogies: float


def data() -> Path:
    import gensim

    return Path(gensim.__file__).parent / "test" / "test_data"


def sentences() -> list[list[str]]:
    from gensim.corpora import WikiCorpus

    texts = WikiCorpus(str(data() / ARTICLES), dictionary={}, processes=1).get_texts()
    return [text[at : at + LONGEST] for text in texts for at in range(0, len(text), LONGEST)]


def judged(words: list[str], vectors: np.ndarray) -> tuple[float, float]:
    from tuilab.engine.words.judge import judge_analogies, judge_similarity
    from tuilab.engine.words.lookup import unit_rows

    find = {word: id for id, word in enumerate(words)}.get
    unit, _ = unit_rows(vectors)
    similarity = judge_similarity(unit, find, _similarities()).correlation
    analogies = judge_analogies(unit, find, _questions()).share
    assert similarity is not None and analogies is not None
    return similarity, analogies


def _similarities() -> Iterator[tuple[str, str, float]]:
    for line in (data() / "wordsim353.tsv").read_text().splitlines():
        if not line.startswith("#"):
            first, second, score = line.lower().split("\t")
            yield first, second, float(score)


def _questions() -> Iterable[list[str]]:
    lines = (data() / "questions-words.txt").read_text().lower().splitlines()
    return [line.split() for line in lines if not line.startswith(":")]


def ours(seed: int, threads: int) -> Result:
    import torch

    from tuilab.engine.words.stretches import Stretches
    from tuilab.engine.words.trainer import Method, WordTrainer
    from tuilab.engine.words.vocabulary import count

    torch.set_num_threads(1)
    text = sentences()
    vocabulary = count(text, MIN_COUNT)
    stretches = Stretches(lambda: text, vocabulary)
    list(stretches.epoch())  # as gensim's is, the text is in memory
    trainer = WordTrainer(vocabulary, Method(dimensions=100), torch.Generator().manual_seed(seed), threads)
    begun, step = time.perf_counter(), 0
    for _ in range(EPOCHS):
        for stretch in stretches.epoch():
            trainer.train(stretch, step / (EPOCHS * stretches.count))
            step += 1
    rate = EPOCHS * vocabulary.total / (time.perf_counter() - begun)
    return Result(rate, *judged(vocabulary.words, trainer.vectors.numpy()))


def gensims(seed: int, threads: int) -> Result:
    from gensim.models import Word2Vec

    text = sentences()
    model = Word2Vec(
        vector_size=100, window=5, negative=5, sample=1e-3, sg=1, min_count=MIN_COUNT, workers=threads, seed=seed
    )
    model.build_vocab(text)
    known = sum(model.wv.get_vecattr(word, "count") for word in model.wv.index_to_key)
    begun = time.perf_counter()
    model.train(text, total_examples=model.corpus_count, epochs=EPOCHS)
    rate = EPOCHS * known / (time.perf_counter() - begun)
    return Result(rate, *judged(model.wv.index_to_key, model.wv.vectors))


ENGINES = {"tuilab": ours, "gensim": gensims}


def in_a_process(*arguments: str) -> Any:
    command = [sys.executable, "-m", "tests.bench.words", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def against_gensim(threads: int) -> list[Row]:
    results: dict[str, list[Result]] = {name: [] for name in ENGINES}
    for seed in SEEDS:
        for name in ENGINES:
            results[name].append(Result(*in_a_process(name, str(seed), str(threads))))
    rates = {name: statistics.median(each.rate for each in found) for name, found in results.items()}
    what = f"{threads} thread{'s' * (threads > 1)}"
    wanted = 2.0 if threads == 1 else 1.7
    ratio = rates["tuilab"] / rates["gensim"]
    theirs = f"{rates['gensim']:,.0f}, gensim"
    asked = f"at least {wanted} times"
    rows = [Row(f"words a second, {what}", f"{rates['tuilab']:,.0f}", theirs, ratio, asked, ratio >= wanted)]
    for field, told in ((1, "correlation with WordSim-353"), (2, "share of analogies")):
        values = {name: [each[field] for each in found] for name, found in results.items()}
        means = {name: statistics.mean(found) for name, found in values.items()}
        spread = {name: statistics.stdev(found) for name, found in values.items()}
        written = {name: f"{means[name]:.4f} ± {spread[name]:.4f}" for name in values}
        reached = means["tuilab"] >= means["gensim"] - spread["gensim"]
        asked = "gensim's, less its spread over seeds"
        figure = f"{told}, {what}, five seeds"
        ratio = means["tuilab"] / means["gensim"]
        rows.append(Row(figure, written["tuilab"], f"{written['gensim']}, gensim", ratio, asked, reached))
    return rows


def planted(seed: int) -> tuple[float, float]:
    """The share of the planted analogies that come out with default settings, and the seconds, reading included."""
    from tuilab.labs.direct import experiment
    from tuilab.labs.words.spec import Words

    spec = Words(seed=seed)
    module = experiment(spec)
    begun = time.perf_counter()
    training = module.Training(spec)
    while training.step < training.total:
        training.advance()
    relations = training.view().relations
    return sum(each.right for each in relations) / sum(each.asked for each in relations), time.perf_counter() - begun


def planted_row() -> Row:
    found = [in_a_process("planted", str(seed)) for seed in PLANTED_SEEDS]
    least, longest = min(share for share, _ in found), max(seconds for _, seconds in found)
    reached = least >= 0.9 and longest <= 60
    asked = "0.9 within 60 s, ten seeds of ten"
    figure = "planted analogies right, the worst of ten seeds"
    return Row(figure, f"{least:.3f} in {longest:.1f} s", "", None, asked, reached)


def main() -> int:
    return show([*against_gensim(1), *against_gensim(2), planted_row()])


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["planted", seed]:
            print(json.dumps(planted(int(seed))))
        case [engine, seed, threads]:
            print(json.dumps(ENGINES[engine](int(seed), int(threads))))
        case _:
            sys.exit(main())
