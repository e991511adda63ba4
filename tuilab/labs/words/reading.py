"""A corpus made ready to train on: read once, counted, and held while it is needed."""

from functools import lru_cache
from typing import NamedTuple

from tuilab.corpora.catalogue import open_corpus
from tuilab.corpora.corpus import Judges
from tuilab.engine.words.stretches import Stretches
from tuilab.engine.words.vocabulary import Vocabulary, count


class Reading(NamedTuple):
    """A text: its vocabulary, its stretches, and what its vectors can be held against."""

    vocabulary: Vocabulary
    stretches: Stretches
    judges: Judges


def read(corpus: str, min_count: int, encoding: str = "auto") -> Reading:
    """Read and count a corpus, anew where it has changed. Raises ValueError with a sentence."""
    return _read(corpus, min_count, encoding, open_corpus(corpus, encoding).stamp())


@lru_cache(maxsize=1)
def _read(corpus: str, min_count: int, encoding: str, _stamp: tuple[object, ...]) -> Reading:
    opened = open_corpus(corpus, encoding)
    vocabulary = count(opened.sentences(), min_count)
    if len(vocabulary) < 2:
        there = f"only one, {vocabulary.words[0]!r}" if len(vocabulary) else "none"
        raise ValueError(
            f"words: of the words that occur at least min_count={min_count} times there is {there} in {corpus}; "
            "word2vec takes two at least: take a longer text, or a smaller min_count."
        )
    return Reading(vocabulary, Stretches(opened.sentences, vocabulary), opened.judges())
