"""The programs that the neighbours and analogy labs show, run and compared with what the labs answer."""

import numpy as np
import pytest

from tests.labs.test_code import numbers, run
from tests.labs.vectors import WORDS, keep
from tests.vectors.samples import text, write
from tuilab.labs import catalogue
from tuilab.labs.spelling import parse
from tuilab.vectors import open as opening


@pytest.fixture(params=["a kept run", "a file"])
def vectors(request, tmp_path) -> str:
    opening._opened.cache_clear()
    there = {word: vector for word, vector in WORDS.items() if any(vector)}
    if request.param == "a kept run":
        return keep(there)
    return str(write(tmp_path, text(list(there), np.array(list(there.values()))), "small.txt"))


def answered(spelled: str, vectors: str):
    spec = parse(f"{spelled} vectors={vectors}")
    view = catalogue.experiment_of(spec.kind).answer(spec)
    return view, run(catalogue.part(spec.kind, "plain").code(spec, view))


@pytest.mark.parametrize("spelled", ["neighbours word=king most=4", "analogy", "analogy without=nothing most=5"])
def test_words_and_cosines(spelled, vectors) -> None:
    view, printed = answered(spelled, vectors)
    rows = [line.split() for line in printed.splitlines()]
    found = [(word, float(cosine)) for word, cosine in rows]
    assert len(found) == len(view.rows) or len(found) == len(WORDS) - 1  # the program prints the asked ones last
    found = found[: len(view.rows)]
    assert [word for word, _ in found] == [row.word for row in view.rows]
    assert [cosine for _, cosine in found] == pytest.approx([row.cosine for row in view.rows], abs=1e-6)


def test_a_similarity_and_the_odd_one_out(vectors) -> None:
    view, printed = answered("neighbours 'word=king princess'", vectors)
    assert numbers(printed) == pytest.approx([view.rows[0].cosine], abs=1e-6)
    view, printed = answered("neighbours 'word=king queen walked prince'", vectors)
    *rows, last = printed.splitlines()
    assert last == "the odd one out: walked"
    assert [float(row.split()[1]) for row in rows] == pytest.approx([row.cosine for row in view.rows], abs=1e-6)


def test_directions(vectors) -> None:
    view, printed = answered("analogy 'pairs=man:woman king:queen prince:princess'", vectors)
    matrix, pairs = printed.split("]]")
    assert numbers(matrix) == pytest.approx(np.ravel(view.directions.pairwise).tolist(), abs=1e-3)
    found = [line.split() for line in pairs.strip().splitlines()]
    assert [(a, b) for a, b, _ in found] == [(row.first, row.second) for row in view.directions.rows]
    assert [float(c) for *_, c in found] == pytest.approx([row.to_others for row in view.directions.rows], abs=1e-6)
