"""Sums of words and directions, against the plainest way to compute them; and how they are typed."""

import numpy as np
import pytest

from tests.labs.refusals import refusal
from tests.labs.vectors import WORDS, cosine, keep, unit
from tuilab.corpora.grammar import RELATIONS as PLANTED
from tuilab.labs.analogy.experiment import answer, pairs_of
from tuilab.labs.analogy.expression import Term, parse_pairs, parse_terms, spell_terms
from tuilab.labs.analogy.spec import RELATIONS
from tuilab.labs.spelling import parse
from tuilab.vectors import open as opening


@pytest.fixture(autouse=True)
def run() -> str:
    opening._opened.cache_clear()
    return keep()


TYPED = {
    "king - man + woman": [(1, "king"), (-1, "man"), (1, "woman")],
    "king −man +woman": [(1, "king"), (-1, "man"), (1, "woman")],
    "king-man+woman": [(1, "king"), (-1, "man"), (1, "woman")],
    "  - king\t+ man ": [(-1, "king"), (1, "man")],
    "well-known - king": [(1, "well-known"), (-1, "king")],
    "king+well-known": [(1, "king"), (1, "well"), (-1, "known")],
    "king": [(1, "king")],
    "-king": [(-1, "king")],
    "king- man": [(1, "king"), (-1, "man")],
    "a + b - c + d - e + f": [(1, "a"), (1, "b"), (-1, "c"), (1, "d"), (-1, "e"), (1, "f")],
}


@pytest.mark.parametrize("typed", TYPED)
def test_sums_as_they_are_typed(typed) -> None:
    terms = parse_terms(typed, lambda word: word in ("king", "man", "woman", "well-known", *"abcdef"))
    assert terms == TYPED[typed]
    assert parse_terms(spell_terms(terms)) == terms


def test_a_sum_is_written_with_true_minus_signs() -> None:
    assert spell_terms([Term(1, "king"), Term(-1, "man")]) == "king − man"
    assert spell_terms([Term(-1, "king")]) == "− king"


REFUSED = {
    "": "There is nothing to add up; write words with + and - between them, like king - man + woman.",
    "+": "a word is missing after the last sign.",
    "king man": "'king man': there is no + or - between king and man.",
    "king - - man": "a word is missing before '-'; put one sign between two words.",
    "king - man =": "'=' is neither a word nor a sign; put + or - between words.",
    "king -": "a word is missing after the last sign.",
    " + ".join("a" * 41): "That is a sum of 41 words; at most 40 are added up.",
}


@pytest.mark.parametrize("typed", REFUSED)
def test_sums_that_cannot_be_read(typed) -> None:
    assert refusal(f"analogy 'of={typed}'").startswith("analogy: ")
    assert REFUSED[typed] in refusal(f"analogy 'of={typed}'")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    {
        "man:woman": "of 2 to 40 pairs; here is one.",
        "man:woman king": "'king' is no pair; write pairs as man:woman king:queen.",
        "man:woman :queen": "':queen' is no pair",
        "a:b:c d:e": "'a:b:c' is no pair",
        "man:man a:b": "there is no direction from a word to itself.",
    }.items(),
)
def test_pairs_that_cannot_be_read(typed, sentence) -> None:
    assert sentence in refusal(f"analogy 'pairs={typed}'")


@pytest.mark.parametrize("typed", ["king - man + woman", "king - man + woman + princess - prince", "kingdom - king"])
@pytest.mark.parametrize("without", ["asked", "nothing"])
def test_the_nearest_to_a_sum(typed, without) -> None:
    terms = parse_terms(typed)
    total = sum(term.sign * unit(term.word) for term in terms)
    left_out = ["zero"] + ([term.word for term in terms] if without == "asked" else [])
    ranked = sorted((w for w in WORDS if w not in left_out), key=lambda word: -cosine(total, WORDS[word]))
    view = answer(parse(f"analogy 'of={typed}' without={without} most=3"))
    assert [row.word for row in view.rows] == ranked[:3]
    assert [row.cosine for row in view.rows] == pytest.approx([cosine(total, WORDS[w]) for w in ranked[:3]], abs=1e-6)
    assert view.margin == pytest.approx(view.rows[0].cosine - view.rows[1].cosine)
    assert [(term.sign, term.word) for term in view.terms] == terms


def test_an_unknown_word_and_words_that_cancel_out() -> None:
    with pytest.raises(ValueError, match="kingg is not among the 10 words; spelled most like it: king"):
        answer(parse("analogy 'of=kingg - man'"))
    with pytest.raises(ValueError, match="cancel out"):
        answer(parse("analogy 'of=king - king'"))


def test_directions_of_pairs() -> None:
    found = answer(parse("analogy 'pairs=man:woman king:queen prince:princess no:such'")).directions
    assert found is not None and found.missing == ["no:such"]
    directions = []
    for row in found.rows:
        difference = unit(row.second) - unit(row.first)
        directions.append(difference / np.linalg.norm(difference))
    assert np.allclose(found.pairwise, [[a @ b for a in directions] for b in directions], atol=1e-6)
    between = [directions[a] @ directions[b] for a in range(3) for b in range(3) if a != b]
    assert found.mean == pytest.approx(np.mean(between), abs=1e-6)
    for n, row in enumerate(found.rows):
        others = np.sum([each for m, each in enumerate(directions) if m != n], axis=0)
        assert row.to_others == pytest.approx(cosine(directions[n], others), abs=1e-6)
    shuffled = []
    for n in range(3):
        difference = unit(found.rows[(n + 1) % 3].second) - unit(found.rows[n].first)
        shuffled.append(difference / np.linalg.norm(difference))
    between = [shuffled[a] @ shuffled[b] for a in range(3) for b in range(3) if a != b]
    assert found.shuffled == pytest.approx(np.mean(between), abs=1e-6)


def test_the_relations_are_those_that_are_planted() -> None:
    assert [relation.name.replace(" ", "-") for relation in PLANTED] == list(RELATIONS)
    assert ("king", "queen") in pairs_of("male-female") and ("france", "paris") in pairs_of("country-capital")
    assert pairs_of("a:b c:d") == parse_pairs("a:b c:d") == [("a", "b"), ("c", "d")]
    found = answer(parse("analogy pairs=male-female")).directions
    assert {(row.first, row.second) for row in found.rows} == {
        ("man", "woman"),
        ("king", "queen"),
        ("prince", "princess"),
    }
    assert "duke:duchess" in found.missing


def test_pairs_that_are_not_among_the_words() -> None:
    with pytest.raises(ValueError, match="Of these pairs none have both words among the 10 words"):
        answer(parse("analogy pairs=verb-tense"))
    with pytest.raises(ValueError, match="Of these pairs 1 has both words"):
        answer(parse("analogy 'pairs=man:woman no:such'"))
