"""The output stage: differences against a terminal emulator, pacing against a clock, and what it uses of Textual."""

import inspect
import random

import pyte
import pytest
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual._compositor import Compositor
from textual._styles_cache import StylesCache
from textual.app import App

from tuilab.ui.cells import cells, difference
from tuilab.ui.output import (
    FIRST_ANSWER,
    HURRY,
    MOST_UNANSWERED,
    MUTE_INTERVAL,
    NEXT_ANSWER,
    Pacer,
    forget_gone_widgets,
)

COLUMNS, ROWS = 30, 6
STYLES = [
    None,
    Style(bold=True),
    Style(color="color(75)"),
    Style(color="color(215)", bgcolor="color(234)", reverse=True),
]
CHARACTERS = ["a", "b", " ", "─", "⠋", "é", "漢", "e\u0301"]


def random_row(generator: random.Random) -> list[Segment]:
    """Segments of all kinds of characters, of any length."""
    return [
        Segment("".join(generator.choices(CHARACTERS, k=generator.randint(0, 8))), generator.choice(STYLES))
        for _ in range(generator.randint(0, 8))
    ]


def terminal() -> tuple[pyte.Screen, pyte.Stream]:
    screen = pyte.Screen(COLUMNS, ROWS)
    stream = pyte.Stream(screen)
    stream.feed("\x1b[?7l")  # lines do not wrap, as in the program
    return screen, stream


def picture(screen: pyte.Screen) -> list:
    return [[screen.buffer[y][x] for x in range(COLUMNS)] for y in range(ROWS)]


@pytest.mark.parametrize("seed", range(40))
def test_differences_lead_to_the_same_screen_as_drawing_it_whole(seed):
    generator = random.Random(seed)
    screen, stream = terminal()
    shown = [None] * ROWS
    for _ in range(6):
        wanted = [cells(random_row(generator), COLUMNS) for _ in range(ROWS)]
        if generator.random() < 0.5 and shown[0]:  # often only a little changes
            wanted = [row if generator.random() < 0.3 else old for row, old in zip(wanted, shown, strict=True)]
        for y in range(ROWS):
            stream.feed(difference(shown[y], wanted[y], y, ColorSystem.EIGHT_BIT))
        shown = wanted
        fresh, fresh_stream = terminal()
        for y in range(ROWS):
            fresh_stream.feed(difference(None, wanted[y], y, ColorSystem.EIGHT_BIT))
        assert picture(screen) == picture(fresh)


def test_nothing_is_sent_for_a_row_that_has_not_changed():
    row = cells([Segment("hello ", Style(bold=True)), Segment("漢字")], COLUMNS)
    assert difference(row, list(row), 0, ColorSystem.EIGHT_BIT) == ""


def test_only_changed_cells_are_sent():
    old, new = cells([Segment("loss 0.1234")], COLUMNS), cells([Segment("loss 0.1235")], COLUMNS)
    assert difference(old, new, 2, ColorSystem.EIGHT_BIT) == "\x1b[3;11H5"


def test_a_terminal_without_colours_and_attributes_gets_plain_text():
    row = cells([Segment("x", Style(color="red", bold=True, reverse=True))], 1)
    assert difference(None, row, 0, None) == "\x1b[1;1Hx"


def test_a_frame_waits_for_the_answer_to_the_last():
    pacer = Pacer()
    assert pacer.wait(0.0) == 0
    pacer.sent(0.0)
    assert pacer.wait(0.1) > 0
    pacer.answered()
    assert pacer.wait(0.2) == 0


def test_a_key_does_not_wait_behind_a_chart_but_does_not_pile_up_either():
    pacer = Pacer()
    pacer.sent(0.0)
    pacer.hurry(1.0)
    sent = 0
    while pacer.wait(1.0) == 0:
        pacer.sent(1.0)
        sent += 1
    assert sent == MOST_UNANSWERED - 1
    pacer.answered()
    assert pacer.wait(1.0 + HURRY) > 0


def test_a_terminal_that_never_answers_gets_a_fixed_rate():
    pacer = Pacer()
    pacer.sent(0.0)
    assert pacer.wait(FIRST_ANSWER - 0.1) > 0
    assert pacer.wait(FIRST_ANSWER) == 0
    pacer.sent(FIRST_ANSWER)
    assert pacer.wait(FIRST_ANSWER) == MUTE_INTERVAL
    pacer.answered()
    assert not pacer.mute


def test_a_terminal_that_has_answered_is_given_longer():
    pacer = Pacer()
    pacer.sent(0.0)
    pacer.answered()
    pacer.sent(1.0)
    assert pacer.wait(1.0 + FIRST_ANSWER) > 0
    assert pacer.wait(1.0 + NEXT_ANSWER) == 0


def test_what_is_used_of_textual_is_there():
    assert list(inspect.signature(App._display).parameters) == ["self", "screen", "renderable"]
    assert list(inspect.signature(Compositor.render_strips).parameters) == ["self", "size"]
    forget_gone_widgets()
    assert StylesCache.get_inner_outer.cache_info().currsize == 0
    source = inspect.getsource(App)
    for name in ("_batch_count", "_closed", "_sync_available", "_background_screens", "post_display_hook"):
        assert name in source


def test_what_is_used_of_the_palette_is_there():
    from textual.command import CommandPalette

    assert inspect.iscoroutinefunction(CommandPalette._gather_commands.__wrapped__)
    assert CommandPalette._GATHER_COMMANDS_GROUP == "--textual-command-palette-gather-commands"
