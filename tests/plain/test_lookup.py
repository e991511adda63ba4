"""The neighbours and analogy labs by typed lines."""

import pytest

from tests.labs.vectors import keep
from tuilab.vectors import open as opening


@pytest.fixture(autouse=True)
def run() -> str:
    opening._opened.cache_clear()
    return keep()


def test_neighbours(talk) -> None:
    said = talk("lab", "set word=kingg", "set word=king most=2", "ask complete word=pr", "code", lab="neighbours")
    assert "One word: its neighbours. Two: how alike they are." in said
    assert "kingg is not among the 10 words; spelled most like it: king." in said
    assert "\nabout = " not in said.split("kingg")[0]
    assert "Nearest to king, with their cosines:" in said and "rows  2 rows" in said  # as soon as it was set
    assert "prince  princess" in said and "word = words.index('king')" in said


def test_analogies_and_directions(talk) -> None:
    said = talk("lab", "set pairs='man:woman king:queen'", "lab", "code", lab="analogy most=2")
    assert "king − man + woman is nearest to princess, " in said
    assert "2 directions, mean cosine of two of them 1.00" in said and "directions @ directions.T" in said
