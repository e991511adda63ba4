"""tuilab on every kind of terminal: the same words, no garbage, and no more than the terminal has."""

import os
import re
import signal

import pytest
from pyte.graphics import BG, BG_AIXTERM, FG, FG_AIXTERM

from tests.support.terminal import Terminal, open_by_its_words
from tests.support.ttys import KINDS, OPTIONS, Late, Silent, Twice, resize, tuilab_on

pytestmark = pytest.mark.slow

GARBAGE = re.compile(r"\x1b|\[\?\d|\[[<>=]\d|\d+;\d+[Hm]|\$p|Traceback|�")
IN_ASCII = ("LANG=C", "latin-1", "linux")
WITHOUT_COLOURS = ("vt100", "no-color")
NAMED = {*FG.values(), *FG_AIXTERM.values(), *BG.values(), *BG_AIXTERM.values()} - {"default"}  # the 16
WHITE = {"ansi": "default", "light": "ffffff", "light in 16 colours": "brightwhite"}
DIALOG = WHITE | {"light": "e4e4e4"}  # of one that covers the screen


def looked_at(terminal: Terminal, kind: str, ground: dict[str, str] = WHITE) -> str:
    """The screen, once it is seen to be sound, and to stand on the ground of its colours."""
    with terminal.drawn:
        text = terminal._text()
        cells = [cell for row in terminal.screen.buffer.values() for cell in row.values()]
    grounds = {cell.bg for cell in cells}
    colours = grounds | {cell.fg for cell in cells}
    assert not GARBAGE.search(text), text
    if kind in IN_ASCII:
        assert text.isascii(), [character for character in text if not character.isascii()]
    if kind in WITHOUT_COLOURS:
        assert colours == {"default"}
    elif "256" in KINDS[kind]["TERM"] and kind != "ansi":
        assert colours - {"default"} - NAMED
    else:
        assert "default" in colours and colours <= {"default", *NAMED}
    if kind in OPTIONS:
        assert ground[kind] in grounds
    return text


@pytest.mark.parametrize("kind", KINDS)
def test_home_a_lesson_and_a_run(kind):
    mark = ">" if kind in IN_ASCII else "▸"
    with tuilab_on(KINDS[kind], *OPTIONS.get(kind, ())) as terminal:
        terminal.until(f"{mark}1  Sequences")
        looked_at(terminal, kind)
        terminal.press("j", "enter")
        terminal.until("After this lesson")
        terminal.press(*"nnnnnn", "tab")
        terminal.until("part 3 of 4")
        terminal.press("enter")
        terminal.until(f"{mark}0.14")
        looked_at(terminal, kind)
        terminal.press("f")
        terminal.until("Settings of unroll")
        looked_at(terminal, kind, DIALOG)
        terminal.press("esc")
        terminal.gone("Settings of unroll")
        terminal.press("q")
        terminal.until("LABS")
        open_by_its_words(terminal, "generates it", "unroll")
        terminal.until("space trains")
        terminal.press("space")
        terminal.until("running   loss")
        terminal.until(lambda text: re.search(r"[1-9]\d\d+ / 4,000", text))
        text = looked_at(terminal, kind)
        assert ("**" if kind in IN_ASCII else "─") in text


def test_what_stands_out_does_so_without_colours():
    with tuilab_on(KINDS["vt100"], "open", "unroll") as terminal:
        terminal.until("part 4 of 4")
        terminal.until("▐0.00▌")
        with terminal.drawn:
            assert any(cell.reverse for row in terminal.screen.buffer.values() for cell in row.values())
        terminal.press("f")
        terminal.until("Settings of unroll")
        with terminal.drawn:
            row = next(y for y, line in enumerate(terminal.screen.display) if "data" in line and "small" in line)
            assert any(cell.reverse for cell in terminal.screen.buffer[row].values())


@pytest.mark.parametrize("term", ["dumb", "", "unknown"])
def test_where_nothing_can_be_drawn_it_says_what_to_use(term):
    with tuilab_on({"TERM": term}) as terminal:
        terminal.until("tuilab --plain")
        assert "Traceback" not in terminal.text() and "\n".join(terminal.screen.display).count("[?") == 0


@pytest.mark.parametrize("kind", [Silent, Late, Twice])
def test_a_terminal_that_answers_as_it_likes(kind):
    with tuilab_on(KINDS["xterm-256color"], "open", "forecast steps=100000", kind=kind) as terminal:
        terminal.until("space trains")
        terminal.press("space")
        terminal.until("running   loss")
        steps = re.compile(r"([\d,]+) / 100,000")
        before = steps.search(terminal.text())[1]
        terminal.until(lambda text: (now := steps.search(text)) and now[1] != before)  # charts go on
        terminal.press("?")
        terminal.until("esc closes")
        terminal.press("esc")
        terminal.gone("esc closes")


def test_resized_while_it_trains_it_shows_what_a_full_redraw_shows():
    with tuilab_on(KINDS["xterm-256color"], "open", "forecast steps=100000") as terminal:
        terminal.until("space trains")
        terminal.press("space")
        terminal.until("running   loss")
        for columns, rows in (
            (300, 100),
            (80, 24),
            (60, 20),
            (120, 40),
            (79, 24),
            (1, 1),
            (133, 43),
            (200, 24),
            (96, 30),
        ):
            resize(terminal, columns, rows)
        terminal.until("running   loss")
        terminal.press("space")
        terminal.until("paused   loss")
        settled(terminal)
        before = everything(terminal)
        with terminal.drawn:
            terminal.screen.reset()
            sent = terminal.sent
        terminal.press("\x0c")
        terminal.until(lambda text: terminal.sent > sent and "paused   loss" in text)
        settled(terminal)
        assert everything(terminal) == before


def everything(terminal: Terminal) -> list[list]:
    """Each cell of the screen with its looks; of a blank its ground, which is all that is seen of it."""
    with terminal.drawn:
        screen = terminal.screen
        return [[_seen(screen.buffer[y][x]) for x in range(screen.columns)] for y in range(screen.lines)]


def _seen(cell):
    return cell._replace(fg="", bold=False, italics=False) if cell.data == " " and not cell.reverse else cell


def settled(terminal: Terminal, seconds: float = 1.0) -> None:
    """Wait until nothing has come for a while."""
    with terminal.drawn:
        while terminal.drawn.wait(seconds):
            pass


def test_stopped_and_continued_by_the_shell_it_draws_everything_and_answers_keys():
    with tuilab_on(KINDS["xterm-256color"], "open", "forecast steps=100000") as terminal:
        terminal.until("space trains")
        terminal.press("space")
        terminal.until("running   loss")
        os.kill(terminal.pid, signal.SIGTSTP)
        os.waitid(os.P_PID, terminal.pid, os.WSTOPPED)
        terminal.until(lambda _: not terminal.screen.cursor.hidden)  # the shell has its terminal back
        with terminal.drawn:
            terminal.screen.reset()
        os.kill(terminal.pid, signal.SIGCONT)
        terminal.until("running   loss")
        terminal.until("held-out stretch")
        terminal.press("space")
        terminal.until("paused   loss")


@pytest.mark.parametrize("place", ["home", "settings", "palette"])
def test_nothing_is_sent_while_nothing_changes(place):
    with tuilab_on(KINDS["xterm-256color"], "open", "forecast") as terminal:
        terminal.until("space trains")
        terminal.gone("torch is loading")
        if place == "settings":
            terminal.press("f")
            terminal.until("Settings of forecast")
        elif place == "palette":
            terminal.press("/")
            terminal.until("Find a lesson")
        else:
            terminal.press("q")
            terminal.until("LABS")
        settled(terminal)
        with terminal.drawn:
            assert not terminal.drawn.wait(2.0), "something was sent"


def test_the_mouse_is_left_alone_unless_it_is_asked_for():
    """pyte keeps each mode that was set, shifted by five bits for those with a question mark."""
    mouse = 1000 << 5
    for more, environment, wanted in (
        ([], "over SSH", False),
        (["--mouse"], "over SSH", True),
        (["--mouse", "--frugal"], "over SSH", False),
        (["--mouse"], "xterm-256color", True),
        ([], "xterm-256color", False),
    ):
        with tuilab_on(KINDS[environment], *more) as terminal:
            terminal.until("LESSONS")
            assert (mouse in terminal.screen.mode) is wanted


def test_the_doctor_asks_the_terminal():
    with tuilab_on(KINDS["over SSH"], "doctor", size=(100, 30)) as terminal:
        terminal.until("torch  ")
        text = terminal.text()
        assert re.search(r"answers in +[\d.]+ ms", text) and re.search(r"SSH +yes", text)
        assert "100x30" in text and "yes, over SSH" in text and "Unicode" in text


def test_the_doctor_says_that_a_terminal_does_not_answer():
    with tuilab_on(KINDS["LANG=C"], "doctor", size=(100, 30), kind=Silent) as terminal:
        terminal.until("torch  ")
        assert "does not answer" in terminal.text() and "ASCII" in terminal.text()
