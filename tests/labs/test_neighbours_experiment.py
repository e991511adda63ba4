"""What the neighbours lab answers, against the plainest way to compute it."""

import numpy as np
import pytest

from tests.labs.vectors import WORDS, cosine, keep, unit
from tests.vectors.samples import keep_run, rows, text, write
from tuilab.labs.neighbours.experiment import answer
from tuilab.labs.spelling import SpellingError, parse
from tuilab.plain.describe import describe
from tuilab.vectors import open as opening


@pytest.fixture(autouse=True)
def run() -> str:
    opening._opened.cache_clear()
    return keep()


def test_one_word_has_neighbours(run) -> None:
    view = answer(parse("neighbours word=king most=3"))
    others = [word for word in WORDS if word not in ("king", "zero")]
    ranked = sorted(others, key=lambda word: -cosine(WORDS["king"], WORDS[word]))
    assert view.about == "neighbours" and [row.word for row in view.rows] == ranked[:3]
    assert [row.cosine for row in view.rows] == pytest.approx(
        [cosine(WORDS["king"], WORDS[word]) for word in ranked[:3]], abs=1e-6
    )
    assert view.source.about == "words dimensions=4 after 10 steps" and view.source.kept_run
    assert (view.source.words, view.source.dimensions) == (10, 4) and run in view.source.file


def test_two_words_have_a_similarity_and_their_places(run) -> None:
    view = answer(parse("neighbours 'word=king princess'"))
    assert view.about == "similarity" and len(view.rows) == 1
    assert view.rows[0].cosine == pytest.approx(cosine(WORDS["king"], WORDS["princess"]), abs=1e-6)
    for asked, other, rank in (("king", "princess", view.ranks[0]), ("princess", "king", view.ranks[1])):
        near = answer(parse(f"neighbours word={asked} most=9"))
        assert [row.word for row in near.rows].index(other) == rank - 1
    assert answer(parse("neighbours 'word=king king'")).ranks == [0, 0]


def test_of_more_words_one_is_odd() -> None:
    asked = ["king", "queen", "prince", "walked"]
    view = answer(parse(f"neighbours 'word={' '.join(asked)}'"))
    mean = np.mean([unit(word) for word in asked], axis=0)
    assert view.about == "odd" and view.odd == "walked" and [row.word for row in view.rows] == asked
    assert [row.cosine for row in view.rows] == pytest.approx([cosine(unit(w), mean) for w in asked], abs=1e-6)


def test_nothing_asked_says_whose_vectors_they_are() -> None:
    view = answer(parse("neighbours"))
    assert view.about == "nothing" and view.rows == [] and view.source.words == 10
    lines = list(describe(view))
    assert lines[0] == "hint = One word: its neighbours. Two: how alike they are. More: the odd one out."
    assert {line.split()[0].partition(".")[0] for line in lines[1:]} == {"source"}
    assert "odd" not in "".join(describe(answer(parse("neighbours word=king"))))


def test_completions_are_the_most_frequent_that_begin_so() -> None:
    assert answer(parse("complete word=k")).words == ["king", "kingdom"]
    assert answer(parse("complete word=p most=1")).words == ["prince"]
    assert answer(parse("complete word=x")).words == []


REFUSED = {
    "neighbours word=kingg": "kingg is not among the 10 words; spelled most like it: king.",
    "neighbours 'word=king xylophone'": "xylophone is not among the 10 words; none is spelled like it.",
    "neighbours word=zero": "The vector of zero is zero: it has no direction, and so no neighbours.",
    "neighbours vectors=nothing": "There are no vectors 'nothing': write last, ",
    "neighbours vectors=/no/such/file": "There is no file /no/such/file.",
}


@pytest.mark.parametrize("spelled", REFUSED)
def test_refused_in_one_sentence(spelled) -> None:
    with pytest.raises(ValueError) as refused:
        answer(parse(spelled))
    assert REFUSED[spelled] in str(refused.value) and "\n" not in str(refused.value)


def test_too_many_words() -> None:
    with pytest.raises(SpellingError, match="word names 41 words; at most 40 are compared"):
        parse(f"neighbours 'word={' '.join(['a'] * 41)}'")


def test_a_file(tmp_path) -> None:
    path = write(tmp_path, text(["one", "two"], rows(2)), "small.txt")
    view = answer(parse(f"neighbours word=one vectors={path}"))
    assert [row.word for row in view.rows] == ["two"] and view.source.about == "small" and not view.source.kept_run


def test_the_newest_run_is_looked_into() -> None:
    keep_run(["other", "words"], rows(2))
    assert answer(parse("neighbours")).source.words == 2
