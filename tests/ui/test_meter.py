"""The meter: what it counts, and that it is there only when asked for."""

from tuilab.ui.header import Header
from tuilab.ui.meter import Meter
from tuilab.ui.pacer import FIRST_ANSWER, Pacer


def test_what_is_counted_between_two_looks():
    pacer = Pacer()
    meter = Meter(pacer, 0.0)
    assert meter.text(1.0) == "0 f/s  no answer  0.0 KB/s"
    for frame in range(24):
        pacer.sent(1.0 + frame / 12, 130)
        pacer.answered(1.035 + frame / 12)
    assert meter.text(3.0) == "12 f/s  35 ms  1.6 KB/s"
    assert meter.text(4.0) == "0 f/s  35 ms  0.0 KB/s"


def test_the_round_trip_is_that_of_the_query_that_was_answered():
    pacer = Pacer()
    pacer.sent(0.0)
    pacer.sent(0.5)
    pacer.answered(1.0)
    assert pacer.round_trip == 1.0
    pacer.answered(1.1)
    assert pacer.round_trip == 0.6000000000000001
    pacer.answered(9.0)  # nobody asked
    assert pacer.round_trip == 0.6000000000000001


def test_a_mute_terminal_that_answers_after_all_is_paced_again():
    pacer = Pacer()
    pacer.sent(0.0)
    assert pacer.wait(FIRST_ANSWER) == 0 and pacer.mute
    for second in range(3, 9):
        pacer.sent(float(second))
    pacer.answered(9.0)
    assert not pacer.mute and pacer.wait(9.0) == 0


async def test_one_key_shows_and_hides_it(opened):
    async with opened() as app:
        header = app.app.screen.query_one(Header)
        assert header.meter == ""
        await app.press("ctrl+t")
        await app.until("f/s")
        assert "KB/s" in app.text
        await app.press("ctrl+t")
        await app.until(lambda: "f/s" not in app.text)


async def test_the_help_lists_it(opened):
    async with opened() as app:
        await app.press("question_mark")
        await app.until("Show frames a second")
