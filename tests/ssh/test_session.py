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


PAGES = 24  # of lesson 8


@pytest.mark.parametrize("speed", [MOBILE, MODEM], ids=str)
def test_word2vec_from_its_first_page_to_its_last(opened, speed):
    terminal = opened("lesson", "8", speed=speed)
    terminal.until("After this lesson")
    turn(terminal, 2)
    answer(terminal, "723", "the lab shows 723")
    turn(terminal, 3)
    answer(terminal, "18", "the lab shows 18")
    look(terminal, "18 pairs", "v", "5 examples")
    turn(terminal, 4, 5, 6)
    answer(terminal, "down", "Right: 8")
    turn(terminal, 7)
    look(terminal, "u·h of bone", "enter", "≈ −0.4053")
    turn(terminal, 8, 9, 10)
    look(terminal, "d loss / d h", "s", "update 1")
    turn(terminal, 11)
    look(terminal, "noise-contrastive", "v", "u, drawn")
    turn(terminal, 12, 13)
    answer(terminal, "0.6", "σ is taken from the label")
    answer(terminal, "-0.6", "Right: it is −0.6")
    turn(terminal, 14)
    look(terminal, "space trains on language", "space", "similarity 0.9")
    turn(terminal, 15, 16)
    type_into(terminal, "Nearest to king", "king queen paris duke", "The odd one out is paris")
    turn(terminal, 17)
    type_into(terminal, "is nearest to queen", "paris - france + italy", "is nearest to rome")
    turn(terminal, 18, 19, 20, 21)
    look(terminal, "PCA keeps", "space", "done   KL")
    turn(terminal, 22)
    answer(terminal, "down", "Right: ")
    turn(terminal, 23)
    answer(terminal, "0.18", "Right: it is 0.1772")
    turn(terminal, 24)
    put_in_order(terminal)
    terminal.press("n")
    terminal.until("This is the last page")
    terminal.press("q")
    terminal.until("5 of 5")


def turn(terminal, *pages):
    """Turn to these pages, one after the other."""
    for page in pages:
        terminal.press("n")
        terminal.until(f"{page}/{PAGES}")


def answer(terminal, typed, verdict):
    """Answer the question on the page, by a number or by keys, and wait for what is said."""
    terminal.until("enter Answer")
    terminal.press(typed, "enter")
    terminal.until(verdict, 60)


def look(terminal, there, key, then):
    """Go to the lab, press a key in it, and come back to the page."""
    terminal.press("tab")
    terminal.until(lambda text: there in text and "loading" not in text, 60)
    terminal.press(key)
    terminal.until(then, 60)
    terminal.press("tab")
    terminal.until("tab Lab")


def type_into(terminal, there, typed, then):
    """Go to a lab that takes words, ask it for some, and come back to the page."""
    terminal.press("tab")
    terminal.until(there)
    terminal.until("esc To the result")
    terminal.press("\x15", *typed, "\r")
    terminal.until(then)
    terminal.press("tab")
    terminal.until("tab Lab")


def put_in_order(terminal):
    """Move the line of CBOW from the third place to the first, and the two windows into their order."""
    terminal.until("1. skip-gram, window of 2")
    terminal.press("down", "down", "space", "up", "up", "space")
    terminal.until("1. CBOW, window of 2")
    terminal.press("down", "space", "down", "space")
    terminal.until("3. skip-gram, window of 2")
    terminal.press("enter")
    terminal.until("✓ Right")
