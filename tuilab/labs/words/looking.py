"""Looks at vectors while they are trained: neighbours of some words, and how good the vectors are."""

from collections.abc import Sequence
from itertools import combinations

import msgspec
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

    def look(self, trainings: Sequence[np.ndarray], words: Sequence[str]) -> tuple[list[Watched], float | None]:
        """The nearest neighbours of some words in the first of some trainings, and how many trainings have them too.

        Beside them the share of their nearest neighbours that two trainings have in common, the mean over pairs and
        words; None of one training.
        """
        units = [unit_rows(vectors[:MOST_WORDS])[0] for vectors in trainings]
        found = [[self._near(unit, word) for unit in units] for word in words]
        near = [[{name for name, _ in each.neighbours} for each in of_word] for of_word in found]
        shares = [len(a & b) / len(a) for sets in near for a, b in combinations(sets, 2) if a]
        watched = [_agreed(of_word[0], sets) for of_word, sets in zip(found, near, strict=True)]
        return watched, sum(shares) / len(shares) if shares else None

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
        if id is None:
            of = f"the {MOST_WORDS:,} commonest words" if word in self.vocabulary.index else "the words of this text"
            return Watched(word, [], why=f"is not among {of}")
        if not np.abs(unit[id]).sum() > 0:  # zero, or no longer a number
            return Watched(word, [], why="has no direction")
        near = neighbours(unit, unit[id], NEIGHBOURS, without=[id])
        return Watched(word, [(self.vocabulary.words[each.id], each.cosine) for each in near])

    def _find(self, word: str) -> int | None:
        id = self.vocabulary.index.get(word)
        return id if id is not None and id < MOST_WORDS else None


def _agreed(first: Watched, sets: Sequence[set[str]]) -> Watched:
    """What the first training says, with the number of trainings that say it too."""
    if len(sets) == 1:
        return first
    return msgspec.structs.replace(first, agreed=[sum(name in each for each in sets) for name, _ in first.neighbours])
