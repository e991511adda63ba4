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
from tuilab.ui.driver import Reader
from tuilab.ui.output import PacedApp, forget_gone_widgets
from tuilab.ui.pacer import FIRST_ANSWER, HURRY, MOST_UNANSWERED, MUTE_INTERVAL, NEXT_ANSWER, Pacer

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
    pacer.answered(0.2)
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
    pacer.answered(1.1)
    assert pacer.wait(1.0 + HURRY) > 0


def test_a_terminal_that_never_answers_gets_a_fixed_rate():
    pacer = Pacer()
    pacer.sent(0.0)
    assert pacer.wait(FIRST_ANSWER - 0.1) > 0
    assert pacer.wait(FIRST_ANSWER) == 0
    pacer.sent(FIRST_ANSWER)
    assert pacer.wait(FIRST_ANSWER) == MUTE_INTERVAL
    pacer.answered(FIRST_ANSWER + 0.1)
    assert not pacer.mute


def answering(trip: float = 0.3) -> Pacer:
    """A pacer that has heard an answer over a line of that length."""
    pacer = Pacer()
    pacer.sent(0.0, 10)
    pacer.answered(trip)
    return pacer


def test_a_terminal_that_has_answered_is_given_longer():
    pacer = answering()
    pacer.sent(1.0)
    assert pacer.wait(1.0 + FIRST_ANSWER) > 0
    assert pacer.wait(1.0 + NEXT_ANSWER) == 0


def test_a_line_that_stands_still_gets_a_frame_now_and_then():
    pacer, sent = answering(), 0
    for tenth in range(10, 610):
        if pacer.wait(tenth / 10) == 0:
            pacer.sent(tenth / 10, 500)
            sent += 1
    assert sent == 1 + 59 // NEXT_ANSWER
    assert not pacer.mute


def test_a_terminal_that_sends_keys_but_no_more_answers_gets_a_fixed_rate():
    pacer = answering()
    pacer.sent(1.0)
    pacer.hurry(2.0)
    assert pacer.wait(1.0 + NEXT_ANSWER) == 0
    pacer.sent(1.0 + NEXT_ANSWER)
    assert pacer.wait(1.0 + NEXT_ANSWER) == MUTE_INTERVAL


def test_the_line_rests_as_long_as_a_frame_took_but_a_key_does_not_wait_for_that():
    pacer = answering()
    pacer.sent(1.0, 700)
    pacer.answered(1.4)  # 0.1 s beyond the shortest
    assert pacer.wait(1.4) == pytest.approx(0.1, abs=0.01)
    assert pacer.wait(1.5) == 0
    pacer.hurry(1.4)
    assert pacer.wait(1.4) == 0


def test_a_key_sends_no_further_screen_ahead_of_answers_over_a_line_that_is_slow():
    fast, slow = answering(), answering()
    for pacer, trip in ((fast, 0.31), (slow, 0.75)):
        pacer.sent(1.0, 3000)
        pacer.answered(1.0 + trip)
        pacer.hurry(3.0)
        pacer.sent(3.0, 200)  # a chart is no hindrance
        assert pacer.wait(3.0) == 0
        pacer.sent(3.0, 3000)
    assert fast.wait(3.0) == 0
    assert slow.wait(3.0) > 0


def test_answers_that_come_after_all_do_not_make_the_line_look_short():
    pacer = answering(0.3)
    pacer.sent(1.0)
    assert pacer.wait(1.0 + NEXT_ANSWER) == 0  # the first is forgotten
    pacer.sent(20.0)
    pacer.answered(20.01)  # the answer to the first
    pacer.sent(21.0)
    pacer.answered(21.3)
    assert pacer.wait(21.3) == pytest.approx(0, abs=0.01)


def test_frames_to_a_mute_terminal_are_not_counted():
    pacer = Pacer()
    pacer.sent(0.0)
    assert pacer.wait(FIRST_ANSWER) == 0
    for second in range(3, 100):
        pacer.sent(float(second))
    assert pacer.unanswered == 0


def test_a_line_that_has_become_longer_is_found_out():
    pacer, now = answering(0.05), 1.0
    for _ in range(200):
        pacer.sent(now, 10)
        pacer.answered(now + 0.5)
        now += 1.0
    assert pacer.wait(now - 0.5) == pytest.approx(0, abs=0.02)


class ClockedAlarm:
    """One that a test rings."""

    def __init__(self, app):
        self.app, self.at = app, None

    @property
    def is_set(self):
        return self.at is not None

    def set(self, seconds):
        self.at = self.app.now + seconds

    def ring(self):
        self.app.now, self.at = self.at, None
        self.app._send_when_due()


class Clocked(PacedApp):
    """An app whose clock and timers a test turns, and that counts what it would send."""

    def __init__(self) -> None:
        super().__init__()
        self.now, self.frames = 0.0, 0
        self.clock = lambda: self.now
        self.alarm = ClockedAlarm(self)

    def _send(self):
        self._changed = False
        self.frames += 1
        self.pacer.sent(self.now, 700)

    def change(self):
        self._changed = True
        self._send_when_due()

    def answer(self):
        self.pacer.answered(self.now)
        self._send_when_due()


def test_a_frame_that_waits_for_an_answer_goes_soon_after_it_and_not_when_the_patience_ends():
    app = Clocked()
    app.change()
    app.now = 0.3
    app.answer()
    app.now = 1.0
    app.change()
    app.change()  # it waits for the answer, at the longest for NEXT_ANSWER
    app.now = 1.4
    app.answer()  # and now until the line has rested
    assert app.frames == 2
    assert app.alarm.at == pytest.approx(1.5, abs=0.02)
    app.alarm.ring()
    assert app.frames == 3


@pytest.mark.parametrize("modifier", range(2, 9))
async def test_f3_with_shift_alt_or_ctrl_is_no_answer(modifier):
    app, reader = Clocked(), Reader()
    app.change()
    for event in reader.read(f"\x1b[1;{modifier}R".encode(), 0.0):
        await app.on_event(event)
    assert app.pacer.unanswered == 1
    for event in reader.read(f"\x1b[2;{modifier}R".encode(), 0.0):
        await app.on_event(event)
    assert app.pacer.unanswered == 0


def test_what_is_used_of_textual_is_there():
    assert list(inspect.signature(App._display).parameters) == ["self", "screen", "renderable"]
    assert list(inspect.signature(App._check_bindings).parameters) == ["self", "key", "priority"]
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


@pytest.mark.parametrize("text", ["a\x1b]52;c;eA==\x07b", "é\x1b[2Jb", "a\u009b2Jb", "\x7f"])
def test_text_that_would_steer_the_terminal_is_not_sent(text):
    row = cells([Segment(text)], 30)
    assert len(row) == 30
    assert all(character.isprintable() for character, _ in row)
