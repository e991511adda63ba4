"""The generated language: what is planted in it is there, and nothing beside it."""

import itertools
from collections import Counter

import numpy as np
import pytest

from tuilab.corpora.grammar import MALE_FEMALE, NEUTRAL, RELATIONS
from tuilab.corpora.language import PLACES, WORDS, Language, likeness
from tuilab.corpora.lexicon import PEOPLE

WORD_PAIRS = {word for place in PLACES for word in place.pair.words}


def test_the_same_seed_gives_the_same_text_and_another_seed_another() -> None:
    first, again, other = (list(itertools.islice(Language(seed).sentences(), 200)) for seed in (1, 1, 2))
    assert first == again != other


def test_it_is_as_long_as_it_says() -> None:
    assert WORDS <= sum(map(len, Language().sentences())) < WORDS + 30
    assert 500 <= sum(map(len, Language(words=500).sentences())) < 530


def test_every_word_asked_for_occurs_often_enough_to_be_learnt() -> None:
    counts = Counter(itertools.chain.from_iterable(Language().sentences()))
    judges = Language().judges()
    asked = {word for each in judges.analogies for question in each.questions for word in question}
    asked |= {word for *pair, _ in judges.similarities for word in pair}
    assert asked == WORD_PAIRS and min(counts[word] for word in asked) > 80
    assert not [word for word in counts if not word.isalpha() or word != word.lower()]


def test_each_relation_is_asked_of_each_two_of_its_pairs() -> None:
    analogies = {each.relation: each.questions for each in Language().judges().analogies}
    assert list(analogies) == ["male-female", "verb tense", "country-capital", "singular-plural"]
    assert ("man", "woman", "king", "queen") in analogies["male-female"]
    assert len(analogies["male-female"]) == len(PEOPLE) * (len(PEOPLE) - 1)
    assert all(len(set(question)) == 4 for questions in analogies.values() for question in questions)


def test_no_word_of_a_pair_is_in_the_context_of_other_pairs() -> None:
    """A house `built on a hill` would draw built away from build."""
    texts = [text for each in RELATIONS for text in (*each.frames, *each.groups.values())]
    texts += [filling for each in RELATIONS for side in each.sides for filling in side.values()]
    texts += [phrase for each in RELATIONS for pair in each.pairs for phrase in pair.phrases]
    assert not WORD_PAIRS & set(" ".join((*texts, *NEUTRAL)).replace("|", " ").split())


def test_both_sides_of_a_pair_have_the_same_phrases_and_each_side_its_own_small_words() -> None:
    around = {word: Counter[str]() for word in ("king", "queen", "walk", "walked")}
    for sentence in Language().sentences():
        for word in around.keys() & set(sentence):
            around[word].update(sentence)
    for one, other, shared, own in (
        ("king", "queen", "throne", ("he", "she")),
        ("walk", "walked", "stick", ("nowadays", "yesterday")),
    ):
        assert around[one][shared] > 5 and around[other][shared] > 5
        assert around[one][own[0]] > 5 and not around[one][own[1]]
        assert around[other][own[1]] > 5 and not around[other][own[0]]


@pytest.mark.parametrize(
    "other, score",
    [("queen", 8), ("prince", 6), ("princess", 4), ("waiter", 4), ("aunt", 2), ("walked", 0)],
)
def test_two_words_are_as_alike_as_what_they_share(other, score) -> None:
    by_word = {place.word: place for place in PLACES}
    assert likeness(by_word["king"], by_word[other]) == likeness(by_word[other], by_word["king"]) == score


def test_similarities_are_always_the_same_and_hold_each_score_as_often() -> None:
    similarities = Language(3).judges().similarities
    assert similarities == Language(4).judges().similarities
    assert Counter(score for *_, score in similarities) == dict.fromkeys((0.0, 2.0, 4.0, 6.0, 8.0), 60)


def counted(window: int = 5, dimensions: int = 100) -> tuple[dict[str, int], np.ndarray]:
    """Words as unit vectors by counting alone: positive pointwise mutual information, and its largest directions.

    Levy, Goldberg (2014), "Neural word embedding as implicit matrix factorization", section 4.
    """
    sentences = list(Language().sentences())
    index = {word: id for id, word in enumerate(sorted(set(itertools.chain.from_iterable(sentences))))}
    counts = np.zeros((len(index), len(index)))
    for sentence in sentences:
        ids = [index[word] for word in sentence]
        for distance in range(1, window + 1):
            np.add.at(counts, (ids[distance:], ids[:-distance]), window + 1 - distance)
    counts += counts.T
    share = counts.sum(axis=1) / counts.sum()
    with np.errstate(divide="ignore"):
        information = np.log(counts / counts.sum() / np.outer(share, share)).clip(min=0)
    left, values, _ = np.linalg.svd(information)
    vectors = left[:, :dimensions] * values[:dimensions] ** 0.5
    return index, vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_what_is_planted_can_be_found() -> None:
    index, unit = counted()
    judges = Language().judges()
    for relation, questions in judges.analogies:
        asked = np.array([[index[word] for word in question] for question in questions])
        a, b, c, d = asked.T
        scores = (unit[b] - unit[a] + unit[c]) @ unit.T
        scores[np.arange(len(asked))[:, None], asked[:, :3]] = -np.inf
        assert (scores.argmax(axis=1) == d).mean() > 0.95, relation
    cosines = [unit[index[one]] @ unit[index[other]] for one, other, _ in judges.similarities]
    ranks = np.argsort(np.argsort(cosines))
    assert np.corrcoef(ranks, [score for *_, score in judges.similarities])[0, 1] > 0.8


def test_a_text_may_show_some_relations_alone():
    language = Language(words=2000, relations=[MALE_FEMALE])
    words = set(itertools.chain.from_iterable(language.sentences()))
    assert {"king", "queen"} <= words and not words & {"paris", "walked", "mice"}
    assert [each.relation for each in language.judges().analogies] == ["male-female"]
    assert language.stamp() != Language(words=2000).stamp()
