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


@pytest.mark.parametrize("speed", [MOBILE, MODEM], ids=str)
def test_word2vec_from_a_training_to_a_map(opened, speed):
    terminal = opened("lesson", "8", speed=speed)
    terminal.until("After this lesson")
    for page in range(2, 14):
        terminal.press("n")
        terminal.until(f"{page}/23")
    terminal.until("Train it")
    terminal.press("tab")
    terminal.until(lambda text: "space trains on language" in text and "loading" not in text, 60)
    terminal.press("space")
    terminal.until("done   loss", 60)
    terminal.until("similarity 0.")
    terminal.press("tab")
    for page in (14, 15):
        terminal.press("n")
        terminal.until(f"{page}/23")
    terminal.press("tab")
    terminal.until("Nearest to king")
    terminal.until("esc To the result")
    terminal.press("\x15", *"king queen paris duke", "\r")
    terminal.until("The odd one out is paris")
    terminal.press("\x1b")
    terminal.until("/ Find")
    terminal.press("n")
    terminal.until("16/23")
    terminal.press("tab")
    terminal.until("is nearest to queen")
    terminal.until("esc To the result")
    terminal.press("\x1b")
    terminal.until("/ Find")
    for page in (17, 18, 19, 20):
        terminal.press("n")
        terminal.until(f"{page}/23")
    terminal.press("tab")
    terminal.until("PCA keeps", 60)
    terminal.press("space")
    terminal.until("done   KL", 60)
