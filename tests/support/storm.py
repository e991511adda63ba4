"""Storms: random events as a keyboard, a mouse, a clipboard and a bad line make them, from a seed."""

import os
import random
from collections.abc import Callable, Iterator
from contextlib import suppress

from tests.support.terminal import MissingError, Terminal, cpu_seconds, tuilab
from tests.support.ttys import resize
from tuilab.labs.catalogue import NAMES

KEYS = [
    *"abcdefghijklmnopqrstuvwxyz0123456789.,/? ",
    "\r", "\t", "\x1b", "\x7f", "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1b[H", "\x1b[F", "\x1b[5~", "\x1b[6~",
    "\x1b[Z", "\x10", "\x0c", "\x14", "\x12", "\x1bOP", "\x1b[15~", "\x1bx", "\x00", "\x01", "\x0b", "\x15", "\x17",
]  # fmt: skip
OPENINGS = ([], *(["lesson", str(number)] for number in (1, 2, 3, 4, 5, 6, 8)), *(["open", name] for name in NAMES))
LEAVING = b"\x03\x11\x1a\x1c"  # ctrl+c and ctrl+q; the others are signals once the terminal is given back
PASTE_END, REDRAW = b"\x1b[201~", b"\x0c"
TEXTS = [
    "0.5",
    "-1e9",
    "nan",
    "seed=7",
    "漢字",
    "e\u0301\u0323",
    "👍🏽",
    "[b]x[/b]",
    "[/]",
    "\\",
    "$x$",
    "a" * 3000,
    "1\n2\r3",
]
PIECES = [
    "\x1b",
    "[",
    "]",
    "?",
    "<",
    ";",
    "O",
    "M",
    "R",
    "t",
    "u",
    "~",
    "$y",
    "0",
    "1",
    "48",
    "999999",
    "P",
    "\x1b\\",
    "c",
]
SIZES = [(80, 24), (160, 50), (79, 24), (20, 5), (1, 1), (120, 40), (100, 24), (81, 25)]


class Storm:
    """Random events; `kinds` says how often each comes."""

    def __init__(self, seed: int) -> None:
        self.generator = random.Random(seed)
        self.makers = {self.key: 70, self.paste: 6, self.mouse: 12, self.broken: 8, self.answer: 3, self.focus: 2}

    def events(self, count: int) -> Iterator[bytes]:
        """So many events."""
        makers, weights = list(self.makers), list(self.makers.values())
        for maker in self.generator.choices(makers, weights, k=count):
            yield maker()

    def key(self) -> bytes:
        """A key."""
        return self.generator.choice(KEYS).encode()

    def paste(self) -> bytes:
        """A text between the marks of a paste; now and then the end is missing."""
        end = "\x1b[201~" if self.generator.random() < 0.9 else ""
        return f"\x1b[200~{self.generator.choice(TEXTS)}{end}".encode()

    def mouse(self) -> bytes:
        """A click, a move, a wheel: on the screen, or beyond it."""
        button = self.generator.choice([0, 1, 2, 3, 32, 35, 64, 65, 66, 128])
        x, y = self.generator.choice([(1, 1), (40, 12), (80, 24), (500, 500), (0, 0), (-3, 7)])
        return f"\x1b[<{button};{x};{y}{self.generator.choice('Mm')}".encode()

    def broken(self) -> bytes:
        """A sequence that is none, or bytes that are no characters."""
        if self.generator.random() < 0.3:
            return self.generator.randbytes(self.generator.randint(1, 6)).translate(None, LEAVING)
        return "".join(self.generator.choices(PIECES, k=self.generator.randint(1, 8))).encode()

    def focus(self) -> bytes:
        """The window loses the focus and gains it."""
        return b"\x1b[O\x1b[I"

    def answer(self) -> bytes:
        """An answer that nobody asked for."""
        answers = ["\x1b[5;3R", "\x1b[?2026;2$y", "\x1b[?1;2c", "\x1b[?2048;0$y"]
        return self.generator.choice(answers).encode()


def weather(seed: int, count: int, opening: list[str]) -> int:
    """Send a storm of `count` events to a fresh program; how many it took until a key of the storm left it.

    Raises MissingError where it crashed, showed a traceback, or no longer answers keys.
    """
    storm = Storm(seed)
    sent = 0
    with tuilab("--mouse", *opening, columns=80, rows=24) as terminal:
        terminal.until("? Help")
        for event in storm.events(count):
            if event == b"q" and "q Quit" in terminal.text():
                continue  # it would be over at once
            if not send(terminal, event):
                break
            sent += 1
            if sent % 150 == 0:
                resize(terminal, *storm.generator.choice(SIZES))
            if sent % 100 == 0:
                drawn_on_demand(terminal)
        calm(terminal)
    return sent


def send(terminal: Terminal, event: bytes) -> bool:
    """Send an event; False where the program has ended, which only a wish to leave may do."""
    try:
        while event:
            event = event[os.write(terminal.fd, event) :]
    except OSError:
        return False
    return exit_status(terminal) is None


def exit_status(terminal: Terminal) -> int | None:
    """How the program ended, negative for a signal; None while it runs."""
    about = os.waitid(os.P_PID, terminal.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    if about is None:
        return None
    return about.si_status if about.si_code == os.CLD_EXITED else -about.si_status


def drawn_on_demand(terminal: Terminal) -> None:
    """See that ctrl+l still draws: so everything that was sent before has been taken."""
    before = terminal.sent
    if send(terminal, 2 * PASTE_END + REDRAW):
        terminal.until(lambda _: terminal.sent > before or exit_status(terminal) is not None)
    assert_sound(terminal)


def calm(terminal: Terminal) -> None:
    """After the storm: the way home, the help, and the way out still work."""
    resize(terminal, 80, 24)
    drawn_on_demand(terminal)
    for _ in range(20):
        if "q Quit" in terminal.text():
            _rest(terminal)  # it may be a screen from the middle of the storm, with half of it still to come
        if exit_status(terminal) is not None or "q Quit" in terminal.text():
            break
        _escape(terminal)
        if "q Quit" in terminal.text():
            break
        send(terminal, b"q")
        with suppress(MissingError):
            terminal.until(lambda text: "q Quit" in text or exit_status(terminal) is not None, 5)
    for keys, wanted in (
        ("", lambda text: "q Quit" in text),
        ("?", lambda text: "esc closes" in text),
        ("\x1b", lambda text: "esc closes" not in text),
        ("q", lambda _: False),
    ):
        _insist(terminal, keys.encode(), wanted)
    assert_sound(terminal)


def _rest(terminal: Terminal) -> None:
    """Wait until it neither draws nor computes for a second: then it has taken all that was sent."""
    for _ in range(20):
        drawn, used = terminal.sent, cpu_seconds(terminal.pid)
        with suppress(MissingError):
            terminal.until(lambda _: exit_status(terminal) is not None, 1)
            return
        if terminal.sent == drawn and cpu_seconds(terminal.pid) - used < 0.1:
            return


def _escape(terminal: Terminal) -> None:
    """Press escape, and wait a moment: with the key after it, it would be another key."""
    before = terminal.sent
    send(terminal, b"\x1b")
    with suppress(MissingError):
        terminal.until(lambda _: terminal.sent > before, 1)


def _insist(terminal: Terminal, keys: bytes, wanted: Callable[[str], bool]) -> None:
    """Press keys until they work, a few times: what the storm left behind may take the first of them."""
    for _ in range(6):
        if not send(terminal, keys):  # the storm may have left the program already
            return
        with suppress(MissingError):
            terminal.until(lambda text: wanted(text) or exit_status(terminal) is not None, 5)
            return
    raise MissingError(f"{keys!r} has no effect:\n{terminal.text()}")


def assert_sound(terminal: Terminal) -> None:
    """Neither a traceback on the screen nor an exit status that tells of a fault."""
    text, status = terminal.text(), exit_status(terminal)
    if "Traceback" in text or status not in (None, 0):
        raise MissingError(f"exit status {status}:\n{text}")
