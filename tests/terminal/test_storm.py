"""A small storm of random input for the real program; `tests/bench/fuzz.py` sends a large one."""

import pytest

from tests.support.storm import weather

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("seed", "opening"), [(1, []), (2, ["lesson", "2"]), (3, ["open", "forecast"]), (4, ["lesson", "1"])]
)
def test_random_input_neither_ends_nor_stops_it(seed, opening):
    assert weather(seed, 300, opening) > 0
