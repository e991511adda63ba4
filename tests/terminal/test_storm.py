"""A small storm of random input for the real program; `tests/bench/fuzz.py` sends a large one."""

import pytest

from tests.support.storm import OPENINGS, weather

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("seed", "opening"), list(enumerate(OPENINGS, start=1)))
def test_random_input_neither_ends_nor_stops_it(seed, opening):
    assert weather(seed, 300, opening) > 0
