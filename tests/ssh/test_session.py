"""tuilab over a real SSH server: it opens, pages turn, and keys are answered, over fast and slow lines."""

import pytest

from tests.support.slowline import LOOPBACK, MOBILE, MODEM

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("speed", [None, MOBILE, MODEM], ids=str)
def test_a_lesson_opens_and_its_page_turns(opened, speed):
    terminal = opened("lesson", "2", speed=speed)
    terminal.until("After this lesson")
    terminal.press("n")
    terminal.until("Two sentences of five words")
    terminal.press("?")
    terminal.until("esc closes")


def test_the_terminal_is_put_right_at_the_end(opened):
    terminal = opened()
    terminal.until("LESSONS")
    assert terminal.screen.cursor.hidden
    far = terminal.far()
    terminal.press("\x11")
    terminal.until(lambda _: not terminal.screen.cursor.hidden)
    for process in far:
        process.wait(10)


def test_a_line_that_stands_still_for_a_while_is_caught_up_with(opened):
    terminal = opened("open", "forecast steps=1000000", speed=LOOPBACK)
    terminal.until(lambda text: "space trains" in text and "loading" not in text)
    terminal.press("space")
    terminal.until("running   loss")
    terminal.line.freeze()
    terminal.press("?")
    terminal.line.thaw()
    terminal.until("esc closes")
    terminal.press("?")
    terminal.gone("esc closes")
    terminal.until("running   loss")
