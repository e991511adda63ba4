"""Rows fitted to a terminal keep their cells: without colours, in ASCII, with wide and combining characters."""

import random

import pyte
import pytest
from rich.cells import cell_len
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style

from tuilab.terminal.means import Means
from tuilab.ui.cells import cells, difference
from tuilab.ui.fit import fitted

WIDTH = 24
ASCII, BARE = Means(unicode=False), Means(colours="none")
CHARACTERS = ["a", " ", "─", "▸", "⠋", "é", "漢", "字", "e\u0301", "o\u0308\u0323", "👍", "ᄒ", "ｱ", "한", "₁", "−"]
STYLES = [None, Style(bold=True), Style(color="red", reverse=True), Style(bgcolor="cyan"), Style(color="#5fafff")]


def random_row(generator):
    return [
        Segment("".join(generator.choices(CHARACTERS, k=generator.randint(0, 7))), generator.choice(STYLES))
        for _ in range(generator.randint(0, 7))
    ]


def shown(rows, means):
    """What stands on an emulator after each row was drawn over the one before."""
    screen = pyte.Screen(WIDTH, 1)
    stream = pyte.Stream(screen)
    stream.feed("\x1b[?7l")
    old, sent = None, ""
    for segments in rows:
        row = fitted(cells(segments, WIDTH), means)
        sent += (out := difference(old, row, 0, ColorSystem.EIGHT_BIT))
        stream.feed(out)
        old = row
    return screen, sent, old


@pytest.mark.parametrize("seed", range(60))
@pytest.mark.parametrize("means", [Means(), ASCII, BARE])
def test_differences_lead_to_what_drawing_whole_leads_to(seed, means):
    generator = random.Random(seed)
    rows = [random_row(generator) for _ in range(5)]
    stepped, whole = shown(rows, means), shown(rows[-1:], means)
    assert stepped[0].buffer[0] == whole[0].buffer[0]


@pytest.mark.parametrize("seed", range(60))
def test_in_ascii_each_cell_stays_a_cell(seed):
    row = cells(random_row(random.Random(seed)), WIDTH)
    plain = fitted(row, ASCII)
    assert len(plain) == len(row)
    assert all(len(text) == 1 and text.isascii() for text, _ in plain)
    for x, (text, _) in enumerate(row[:-1]):
        if cell_len(text) == 2:
            assert plain[x + 1][0] == " "


def test_a_dot_between_blanks_is_no_product():
    row = cells([Segment("2 · A·B  ·")], 10)
    assert "".join(text for text, _ in fitted(row, ASCII)) == "2 - A*B  -"


def test_without_colours_what_is_highlighted_is_reversed_and_no_colour_is_sent():
    _, sent, _ = shown([[Segment("a", Style(color="red", bold=True)), Segment("b", Style(bgcolor="cyan"))]], BARE)
    assert sent.startswith("\x1b[1;1H\x1b[1ma\x1b[m\x1b[7mb\x1b[m")
