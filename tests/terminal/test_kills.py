"""Whatever is killed, every record opens, no answer is lost, and of a training little: a few kills of the bench's."""

import pytest

from tests.bench import kills


@pytest.mark.slow
def test_a_few_kills_lose_nothing():
    found = {row.figure: row for row in kills.measure(len(kills.KINDS) // 2, seed=3)}
    assert found["kills: records unreadable"].reached and found["kills: answers lost"].reached
