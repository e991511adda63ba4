"""The generated language: English sentences whose relations are planted, so that the truth is known."""

import random
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tuilab.corpora.corpus import Judges, questions
from tuilab.corpora.grammar import NEUTRAL, RELATIONS, Relation
from tuilab.corpora.lexicon import Pair

WORDS = 250_000  # with 200,000 every planted analogy came out in five seeds of five, with 150,000 0.98 to 1.00 of them
NEUTRAL_SHARE = 0.08
SIMILARITIES = 60  # of each score


class Place(NamedTuple):
    """Where a word stands in the grammar."""

    relation: Relation
    pair: Pair
    side: int  # 0 or 1

    @property
    def word(self) -> str:
        """The word that stands there."""
        return self.pair.words[self.side]


PLACES = tuple(Place(each, pair, side) for each in RELATIONS for pair in each.pairs for side in (0, 1))


class Language:
    """A corpus of about `words` words, the same for the same seed; `relations` are those that its sentences show."""

    name = "language"
    title = "A small language made by tuilab"

    def __init__(self, seed: int = 0, words: int = WORDS, relations: Sequence[Relation] = RELATIONS) -> None:
        self.seed, self.words, self.relations = seed, words, tuple(relations)

    def sentences(self) -> Iterator[list[str]]:
        """As Corpus has it."""
        draw, written = random.Random(self.seed), 0
        places = [place for place in PLACES if place.relation in self.relations]
        while written < self.words:
            sentence = _sentence(draw, places)
            written += len(sentence)
            yield sentence

    def stamp(self) -> tuple[object, ...]:
        """What it is made with."""
        return self.seed, self.words, *(each.name for each in self.relations)

    def judges(self) -> Judges:
        """Every question that the relations allow, and pairs of words with what they share by the grammar."""
        analogies = [questions(each.name, [pair.words for pair in each.pairs]) for each in self.relations]
        return Judges(analogies, _similarities())


def likeness(one: Place, other: Place) -> float:
    """What two words share by the grammar, from 0 to 8: two points for the relation, the group and the side each, and
    four for the pair.

    Words of different relations share nothing.
    """
    if one.relation is not other.relation:
        return 0.0
    shared = 2 * (one.pair.group == other.pair.group) + 2 * (one.side == other.side) + 4 * (one.pair is other.pair)
    return 2.0 + shared


def _similarities() -> list[tuple[str, str, float]]:
    """As many pairs of words of each score, always the same."""
    draw, found = random.Random(0), dict[float, set[tuple[str, str]]]()
    wanted = dict.fromkeys((0.0, 2.0, 4.0, 6.0, 8.0), SIMILARITIES)
    while any(len(found.get(score, ())) < most for score, most in wanted.items()):
        one, other = draw.sample(PLACES, 2)
        pairs = found.setdefault(likeness(one, other), set())
        if len(pairs) < SIMILARITIES:
            pairs.add((min(one.word, other.word), max(one.word, other.word)))
    return [(*pair, score) for score, pairs in sorted(found.items()) for pair in sorted(pairs)]


def _sentence(draw: random.Random, places: Sequence[Place]) -> list[str]:
    if draw.random() < NEUTRAL_SHARE:
        return draw.choice(NEUTRAL).split()
    relation, pair, side = draw.choice(places)
    slots = {slot: draw.choice(fillings.split("|")) for slot, fillings in relation.sides[side].items()}
    slots["x"] = pair.words[side]
    slots["first"], slots["second"] = pair.words
    slots["group"] = draw.choice(relation.groups[pair.group].split("|"))
    slots["phrase"] = draw.choice(pair.phrases).format(**slots)
    return draw.choice(relation.frames).format(**slots).split()
