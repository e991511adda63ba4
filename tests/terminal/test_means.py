"""What is found out about a terminal, from its environment alone."""

import os
import pty
import subprocess
import sys
import threading

import pytest

from tuilab.terminal.ascii import ascii_of
from tuilab.terminal.charset import as_it_was_given, is_utf8
from tuilab.terminal.means import find_means
from tuilab.terminal.probe import answer_time

UTF8 = {"LANG": "en_GB.UTF-8"}
COLOURS = {"linux": 8, "xterm": 8, "vt100": 0, "wy60": 0}


@pytest.mark.parametrize(
    ("environ", "colours"),
    [
        ({"TERM": "xterm-256color"}, "256"),
        ({"TERM": "tmux-256color"}, "256"),
        ({"TERM": "xterm-kitty"}, "256"),
        ({"TERM": "xterm"}, "16"),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, "256"),
        ({"TERM": "linux"}, "16"),
        ({"TERM": "vt100"}, "none"),
        ({"TERM": "vt100", "COLORTERM": "truecolor"}, "none"),
        ({"TERM": "nobody-knows-it"}, "16"),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, "none"),
        ({"TERM": "xterm-256color", "NO_COLOR": ""}, "256"),
    ],
)
def test_colours(environ, colours):
    assert find_means(environ | UTF8, terminfo=COLOURS.get).colours == colours


@pytest.mark.parametrize(
    ("environ", "utf8"),
    [
        ({"LANG": "de_DE.UTF-8"}, True),
        ({"LANG": "C.utf8"}, True),
        ({"LANG": "de_DE.ISO-8859-1"}, False),
        ({"LANG": "C"}, False),
        ({}, False),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "C"}, False),
        ({"LANG": "C", "LC_CTYPE": "de_DE.UTF-8"}, True),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, False),  # Python's own doing
    ],
)
def test_locales(environ, utf8):
    assert is_utf8(as_it_was_given(environ)) is utf8


@pytest.mark.parametrize(("lang", "utf8"), [("C", False), ("POSIX", False), ("C.UTF-8", True), ("", False)])
def test_a_locale_that_python_hides_is_found(lang, utf8):
    command = "import os; from tuilab.terminal.charset import *; print(is_utf8(as_it_was_given(os.environ)))"
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": os.getcwd()} | ({"LANG": lang} if lang else {})
    said = subprocess.run([sys.executable, "-c", command], env=environ, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == str(utf8)


def test_what_is_asked_for_beats_what_is_found():
    environ = {"TERM": "xterm-256color", "SSH_TTY": "/dev/pts/1", "LANG": "C"}
    found = find_means(environ)
    assert found.frugal and not found.sparing and not found.unicode and not found.kitty_keys
    told = find_means(environ, frugal=False, ascii_only=False)
    assert find_means({}, frugal=True).sparing
    assert not told.frugal and told.unicode and told.kitty_keys


def test_output_in_another_encoding_is_ascii():
    assert not find_means({"TERM": "xterm-256color"} | UTF8, encoding="latin-1").unicode
    assert not find_means({"TERM": "xterm-256color"} | UTF8, encoding=None).unicode


@pytest.mark.parametrize("term", ["linux", "vt100", "cons25"])
def test_old_terminals_are_not_asked_what_they_cannot_know(term):
    means = find_means({"TERM": term} | UTF8, terminfo=COLOURS.get)
    assert not means.modern and not means.synchronised and not means.kitty_keys


def test_every_character_has_one_of_ascii():
    for number in range(sys.maxunicode + 1):
        plain = ascii_of(chr(number))
        assert len(plain) == 1 and plain.isascii(), hex(number)


def test_characters_that_lessons_use_are_told_apart():
    used = "▸·−₁²ₜ×αω∂≈…éΣ" + "e\u0301"[:1]
    assert "".join(map(ascii_of, used)) == ">*-12txawd~.eSe"
    assert [ascii_of(dots) for dots in "\u2801\u2840\u28ff\u2800"] == ["'", ".", ":", " "]
    assert ascii_of("━") != ascii_of("─") and ascii_of("✓") != ascii_of("✗")


def test_the_terminal_is_asked_how_long_it_takes():
    ours, theirs = pty.openpty()

    def terminal():
        for _ in range(3):
            assert os.read(ours, 100) == b"\x1b[6n"
            os.write(ours, b"\x1b[5;1R")

    answering = threading.Thread(target=terminal)
    answering.start()
    seconds = answer_time(os.ttyname(theirs))
    answering.join()
    assert seconds is not None and 0 < seconds < 2


def test_a_terminal_that_does_not_answer(monkeypatch):
    monkeypatch.setattr("tuilab.terminal.probe.PATIENCE", 0.05)
    _, theirs = pty.openpty()
    assert answer_time(os.ttyname(theirs)) is None


def test_no_terminal_to_ask(tmp_path):
    with pytest.raises(OSError):
        answer_time(str(tmp_path / "none"))
