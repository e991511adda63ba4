"""The map lab by typed lines."""

import numpy as np
import pytest

from tests.vectors.samples import keep_run
from tuilab.vectors import open as opening

NAMES = ["king", "queen", *(f"word{n}" for n in range(30))]


@pytest.fixture(autouse=True)
def kept() -> None:
    opening._opened.cache_clear()
    keep_run(NAMES, np.random.default_rng(4).standard_normal((len(NAMES), 6)))


def test_a_map_is_told_in_sentences(talk) -> None:
    lab = "map skip=0 perplexity=5 iterations=20 groups=king"
    said = talk("lab", "why queen", "why qeen", "why", "lab places", "set words=20", lab=lab)
    assert "PCA keeps" in said and "king: " in said and "words = 32" in said
    assert "queen: " in said and "'qeen' is not among the 32 words of this map; spelled most like it: queen" in said
    assert "write why and a word of the map" in said
    assert "places  32 rows" in said and "word29" in said
    assert "kept = 0." in said
    assert len(said.splitlines()) < 90


def test_a_map_that_was_run_says_what_tsne_keeps(talk) -> None:
    said = talk("train", "ask positions", "code", lab="map skip=0 perplexity=5 iterations=20 groups=king")
    assert "t-SNE keeps" in said and "Trained 20 steps" in said
    assert "TSNEEmbedding" in said and said.count("t-SNE keeps") == 2 and "neighbours  (" not in said
    assert "near: " in said and "far: " in said
