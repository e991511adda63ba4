"""What the terminal sends, whatever that is, becomes events; and what is replaced of Textual's driver is there."""

import inspect
import random
import time
from types import SimpleNamespace

import pytest
from textual import events
from textual.drivers.linux_driver import LinuxDriver

from tuilab.ui.driver import PASTE_PATIENCE, Reader, TerminalDriver
from tuilab.ui.flood import MOST_WAITING, BoundedDriver


def keys(messages):
    return [message.key for message in messages if isinstance(message, events.Key)]


def test_bytes_that_are_no_utf8_do_not_stop_the_keys():
    reader = Reader()
    reader.read(b"\xe9\xff\x80", 0.0)
    assert keys(reader.read(b"q", 0.0)) == ["q"]


def test_a_character_that_arrives_in_two_parts():
    reader = Reader()
    assert keys(reader.read(b"\xc3", 0.0)) == []
    assert [event.character for event in reader.read(b"\xa9", 0.0)] == ["é"]


@pytest.mark.parametrize("sequence", [b"\x1b[99999999999u", b"\x1b[48;0;0;0;0t", b"\x1b[48;24;80;480;640t"])
def test_a_sequence_that_cannot_be_is_left_out(sequence):
    reader = Reader()
    assert not [each for each in reader.read(sequence, 0.0) if isinstance(each, events.Resize)]
    assert keys(reader.read(b"q", 0.0)) == ["q"]


def test_a_terminal_that_says_it_tells_sizes_is_not_believed():
    assert Reader().read(b"\x1b[?2048;1$y", 0.0) == []


def test_a_paste_that_does_not_end_is_ended():
    reader = Reader()
    assert reader.read(b"\x1b[200~hello", 0.0) == []
    assert reader.tick(PASTE_PATIENCE - 0.1) == []
    found = reader.tick(PASTE_PATIENCE + 0.1) + reader.read(b"q", 2 * PASTE_PATIENCE + 0.2)
    assert [event.text for event in found if isinstance(event, events.Paste)] == ["hello"]
    assert keys(found) == ["q"]


@pytest.mark.parametrize("rest", [[b"qworld\x1b[201~s"], [b"qwor", b"ld\x1b[20", b"1~s"]])
def test_the_rest_of_a_paste_that_was_late_is_no_command(rest):
    reader = Reader()
    reader.read(b"\x1b[200~hello", 0.0)
    reader.tick(PASTE_PATIENCE + 0.1)
    found = [event for part in rest for event in reader.read(part, PASTE_PATIENCE + 0.5)]
    assert keys(found) == ["s"]


def test_a_paste_goes_on_while_it_arrives():
    reader = Reader()
    reader.read(b"\x1b[20", 0.0)
    reader.read(b"0~a", 0.1)
    for second in range(1, 10):
        reader.read(b"b", second * 2.0)
        assert reader.tick(second * 2.0 + 1) == []
    found = reader.read(b"\x1b[201~q", 30.0)
    assert [event.text for event in found if isinstance(event, events.Paste)] == ["a" + "b" * 9]


@pytest.mark.parametrize("seed", range(20))
def test_the_reader_survives_anything(seed):
    generator = random.Random(seed)
    pieces = [
        b"\x1b",
        b"[",
        b"<",
        b"?",
        b";",
        b"M",
        b"R",
        b"t",
        b"u",
        b"~",
        b"$y",
        b"0",
        b"7",
        b"99999",
        b"200~",
        b"\xe9",
    ]
    reader = Reader()
    for step in range(500):
        reader.read(b"".join(generator.choices(pieces, k=generator.randint(1, 9))), step * 0.01)
        reader.tick(step * 0.01)
    reader.read(b"\x1b[201~", 6.0)
    reader.read(b"\x1b[201~", 6.0)
    assert keys(reader.read(b"aq", 6.0))[-1] == "q"


def test_what_is_replaced_of_textual_is_there():
    ours = ("run_input_thread", "_request_terminal_sync_mode_support", "_query_in_band_window_resize")
    for name in (*ours, "_get_terminal_size"):
        assert name in vars(LinuxDriver) and name in vars(TerminalDriver)
    source = inspect.getsource(LinuxDriver)
    for name in ("exit_event", "fileno", "process_message", "_debug"):
        assert name in source


class Deaf(BoundedDriver):
    """A driver whose app takes nothing."""

    def __init__(self, mouse):
        self._mouse, self.sent = mouse, []
        self._sent = self._lost = self._taken = 0
        self._heard = time.monotonic()
        self._loop = SimpleNamespace(call_soon_threadsafe=lambda function: None)


def flood(driver, sequence, monkeypatch):
    monkeypatch.setattr(TerminalDriver, "process_message", lambda self, message: self.sent.append(message))
    for message in Reader().read(sequence * (2 * MOST_WAITING), 0.0):
        driver.process_message(message)
    return len(driver.sent)


@pytest.mark.parametrize("sequence", [b"a", b"\x1b[<35;4;5M", b"\x1b[200~x\x1b[201~"])
def test_of_input_that_nobody_takes_only_so_much_waits(sequence, monkeypatch):
    assert flood(Deaf(mouse=True), sequence, monkeypatch) == MOST_WAITING


@pytest.mark.parametrize("sequence", [b"\x1b[I\x1b[O", b"\x1b[<35;4;5M"])
def test_what_nobody_asked_for_does_not_wait_at_all(sequence, monkeypatch):
    assert flood(Deaf(mouse=False), sequence, monkeypatch) == 0
