"""Frames in fewer bytes: the same picture on a terminal emulator, whatever the styles."""

import random
import subprocess
import sys

import pyte
import pytest
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style

from tuilab.ui.cells import cells, difference
from tuilab.ui.pen import shorten

COLUMNS, ROWS = 30, 6
COLOURS = [None, "color(75)", "color(215)", "red", "bright_blue", "#102030"]
CHARACTERS = ["a", " " * 5, " ", "─", "漢"]


def random_style(generator: random.Random) -> Style | None:
    kinds = [{}, {"bold": True}, {"reverse": True}, {"underline": True}, {"italic": True, "bold": True}]
    return Style(color=generator.choice(COLOURS), bgcolor=generator.choice(COLOURS), **generator.choice(kinds))


def random_row(generator: random.Random):
    pieces = range(generator.randint(0, 12))
    return cells(
        [Segment(generator.choice(CHARACTERS) * generator.randint(1, 4), random_style(generator)) for _ in pieces],
        COLUMNS,
    )


def looks(screen: pyte.Screen) -> list:
    """What is seen of each cell: of a blank the colour is not, unless something is drawn with it."""
    seen = []
    for y in range(ROWS):
        for x in range(COLUMNS):
            cell = screen.buffer[y][x]
            blank = cell.data == " " and not (cell.reverse or cell.underscore or cell.strikethrough)
            seen.append((cell.data, cell.bg) if blank else cell)
    return seen


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("colours", [ColorSystem.EIGHT_BIT, ColorSystem.STANDARD, ColorSystem.TRUECOLOR])
def test_a_shortened_frame_gives_the_same_picture(seed, colours):
    generator = random.Random(seed)
    screens = [pyte.Screen(COLUMNS, ROWS) for _ in range(2)]
    long, short = (pyte.Stream(screen) for screen in screens)
    shown = [None] * ROWS
    for _ in range(4):
        wanted = [random_row(generator) if generator.random() < 0.7 else shown[y] for y in range(ROWS)]
        wanted = [row or cells([], COLUMNS) for row in wanted]
        frame = "".join(difference(shown[y], wanted[y], y, colours) for y in range(ROWS))
        shortened = shorten(frame, erases=seed % 2 == 1)
        assert len(shortened) <= len(frame)
        long.feed(frame)
        short.feed(shortened)
        assert looks(screens[0]) == looks(screens[1])
        shown = wanted
    for screen in screens:
        assert screen.cursor.attrs == screen.default_char


def test_only_what_changes_of_a_style_is_sent():
    frame = "\x1b[1;38;5;75;48;5;234mf\x1b[m\x1b[38;5;251;48;5;234m Find\x1b[m"
    assert shorten(frame) == "\x1b[1;38;5;75;48;5;234mf\x1b[22;38;5;251m Find\x1b[m"


def test_blanks_take_the_pen_that_is_there():
    frame = "\x1b[38;5;75;48;5;234m│\x1b[m\x1b[48;5;234m   \x1b[m\x1b[38;5;75;48;5;234m│\x1b[m"
    assert shorten(frame) == "\x1b[38;5;75;48;5;234m│   │\x1b[m"


def test_other_sequences_pass():
    assert shorten("\x1b[3;4Hx\x1b[?25l\x1b[2Xy") == "\x1b[3;4Hx\x1b[?25l\x1b[2Xy"


def test_a_long_blank_is_erased_where_the_terminal_knows_how():
    frame = "\x1b[48;5;234ma" + " " * 20 + "b\x1b[m"
    assert shorten(frame, erases=True) == "\x1b[48;5;234ma\x1b[20X\x1b[20Cb\x1b[m"
    assert shorten(frame) == frame


def test_reversed_blanks_are_never_erased():
    frame = "\x1b[7m" + " " * 20 + "\x1b[m"
    assert shorten(frame, erases=True) == frame


@pytest.mark.parametrize(("term", "expected"), [("linux", True), ("vt100", False), ("no-such-terminal", False)])
def test_who_erases_is_looked_up(term, expected):
    """In a process of its own, because the first answer is the last."""
    asked = f"from tuilab.ui.pen import erases_in_colour; print(erases_in_colour({term!r}))"
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout
    assert said == f"{expected}\n"
