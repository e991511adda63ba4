"""Looks at vectors while they are trained: neighbours of some words, and how good the vectors are."""

from collections.abc import Sequence

import numpy as np

from tuilab.corpora.corpus import Judges
from tuilab.engine.words.judge import judge_analogies, judge_similarity
from tuilab.engine.words.lookup import neighbours, unit_rows
from tuilab.engine.words.vocabulary import Vocabulary
from tuilab.labs.words.spec import Judged, Relation, Watched

MOST_WORDS = 30_000  # the commonest ones, that others are looked for among while it trains
MOST_COSINES = 10_000_000  # of all questions together, each time it is judged
NEIGHBOURS = 8


class Looking:
    """Looks at rows of vectors, (words, dimensions), the most frequent word first."""

    def __init__(self, vocabulary: Vocabulary, judges: Judges) -> None:
        self.vocabulary = vocabulary
        relations = [each for each in judges.analogies if each.questions]
        most = max(1, MOST_COSINES // (min(len(vocabulary), MOST_WORDS) * max(1, len(relations))))
        self.questions = [(each.relation, each.questions[:: -(-len(each.questions) // most)]) for each in relations]
        self.similarities = judges.similarities

    def watched(self, vectors: np.ndarray, words: Sequence[str]) -> list[Watched]:
        """The nearest neighbours of some words."""
        unit, _ = unit_rows(vectors[:MOST_WORDS])
        return [self._near(unit, word) for word in words]

    def judge(self, vectors: np.ndarray, step: int) -> tuple[Judged, list[Relation]]:
        """How many analogies come out, in all and by relation, and how cosines go with human similarity."""
        unit, _ = unit_rows(vectors[:MOST_WORDS])
        results = [(name, judge_analogies(unit, self._find, asked)) for name, asked in self.questions]
        relations = [Relation(name, found.right, found.asked) for name, found in results if found.asked]
        asked = sum(each.asked for each in relations)
        share = sum(each.right for each in relations) / asked if asked else None
        similarity = judge_similarity(unit, self._find, self.similarities).correlation
        return Judged(step, share, similarity), relations

    def some(self, count: int) -> list[str]:
        """Words worth watching where none were named: of the questions, or rather rare ones."""
        asked = [name for _, questions in self.questions for name in questions[0][:2]]
        known = [word for word in dict.fromkeys(asked) if self._find(word) is not None]
        words = self.vocabulary.words
        middling = [words[len(words) * (2 + n) // (4 + 2 * count)] for n in range(count)]
        return list(dict.fromkeys([*known[:count], *middling]))[:count]

    def _near(self, unit: np.ndarray, word: str) -> Watched:
        id = self._find(word)
        if id is None or not unit[id].any():
            return Watched(word, [])
        near = neighbours(unit, unit[id], NEIGHBOURS, without=[id])
        return Watched(word, [(self.vocabulary.words[each.id], each.cosine) for each in near])

    def _find(self, word: str) -> int | None:
        id = self.vocabulary.index.get(word)
        return id if id is not None and id < MOST_WORDS else None
