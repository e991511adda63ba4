"""However it is written: a slip is named, and what is right is called right."""

from collections import Counter

import pytest

from tests.exercises import more_wrong, right, right_word2vec, wrong, wrong_found, wrong_word2vec
from tests.exercises.conftest import EXERCISES

RIGHT = right.RIGHT | right_word2vec.RIGHT
FOUND = [*more_wrong.FOUND, *wrong_found.FOUND]
WRONG, MORE = [*wrong.WRONG, *wrong_word2vec.WRONG], [*wrong.MORE, *wrong_word2vec.MORE]


@pytest.mark.parametrize(("name", "sentence", "code"), [*WRONG, *FOUND, *MORE], ids=lambda value: value[:30])
def test_a_slip_is_named_however_it_is_written(check, name, sentence, code):
    verdict = check(name, code)
    assert verdict.kind == "slip" and sentence in verdict.sentences[0], verdict


def test_each_of_the_slips_is_written_in_three_ways():
    for slips in (WRONG, FOUND):
        assert set(Counter((name, sentence) for name, sentence, _ in slips).values()) == {3}
    assert len({code for _, _, code in (*WRONG, *FOUND)}) == len(WRONG) + len(FOUND) == 30 + 36 + 54 + 57


TRAINS = pytest.param("together", marks=pytest.mark.slow)  # on a whole text, once it is right


@pytest.mark.parametrize("name", [*(each for each in EXERCISES if each != "together"), TRAINS])
def test_no_right_solution_is_called_wrong_however_it_is_written(check, name):
    assert len(set(RIGHT[name])) >= 5
    for code in RIGHT[name]:
        verdict = check(name, code)
        assert verdict.is_right, (code, verdict)
