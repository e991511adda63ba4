"""An exercise is solved in the learner's own editor: the screen steps aside and comes back."""

import shutil
from pathlib import Path

import pytest

from tests.support.terminal import children, home, program
from tests.ui.test_exercise import TEXT
from tuilab.course.reader import lessons_folder

OPEN = """
import sys
from pathlib import Path
import tuilab.course.reader as reader
reader.lessons_folder = lambda: Path(sys.argv[1])
from tuilab.cli.main import main
sys.exit(main(["lesson", "7", *sys.argv[2:]]))
"""
EDITOR = """#!/bin/sh
printf '\\033[2J\\033[Hthe editor has %s and ' "$1"
basename "$2"
read line
echo "you said $line"
cp "$SOLUTION" "$2"
exit ${STATUS:-0}
"""
PATIENCE = 40


def on_one_line(text: str) -> str:
    """What may be wrapped, for its path is a long one."""
    return " ".join(text.split())


@pytest.fixture
def opened(tmp_path):
    """Open a course with one exercise, with a script for an editor; the terminal, and the learner's file."""
    milk = tmp_path / "lessons" / "07-milk"
    shutil.copytree(lessons_folder() / "07-milk", milk)
    (milk / "lesson.md").write_text(TEXT)
    editor = tmp_path / "an editor"
    editor.write_text(EDITOR)
    editor.chmod(0o755)
    contexts = [home()]
    environ = contexts[0].__enter__()
    environ |= {"VISUAL": f"'{editor}' --wait", "SOLUTION": str(milk / "exercises" / "03-window" / "solution.py")}

    def start(columns: int = 80, rows: int = 24, *options: str, **more: str):
        contexts.append(program(["-c", OPEN, str(tmp_path / "lessons"), *options], columns, rows, environ | more))
        return contexts[-1].__enter__(), Path(environ["XDG_DATA_HOME"], "tuilab", "exercises", "07-milk", "window.py")

    yield start
    for context in reversed(contexts):
        context.__exit__(None, None, None)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_it_is_solved_in_the_learners_own_editor(opened, size):
    terminal, file = opened(*size)
    terminal.until("Exercise: One window")
    terminal.press("e")
    terminal.until("the editor has --wait and window.py")
    assert "Exercise: One window" not in terminal.text() and "raise NotImplementedError" in file.read_text()
    terminal.write("hello\r")
    terminal.until("Exercise: One window")
    terminal.until("✓ Right.", PATIENCE)
    assert "you said hello" not in terminal.text()
    terminal.press("n")
    terminal.until("no exercise 'nothing'")


def test_keys_that_stop_and_break_off_are_the_editors(opened):
    terminal, _ = opened()
    terminal.until("Exercise: One window")
    terminal.press("e")
    terminal.until("the editor has")
    terminal.write("\x03")
    terminal.until(lambda text: "ended with status -2." in on_one_line(text))
    terminal.until("Exercise: One window")
    terminal.press("e")
    terminal.until("the editor has")
    terminal.write("again\r")
    terminal.until("✓ Right.", PATIENCE)


def test_an_editor_that_fails_and_one_that_is_not_there_are_told(opened):
    terminal, _ = opened(STATUS="3")
    terminal.until("Exercise: One window")
    terminal.press("e")
    terminal.until("the editor has")
    terminal.write("\r")
    terminal.until(lambda text: "an editor ended with status 3." in on_one_line(text))
    other, _ = opened(VISUAL="/no/such/editor")
    other.until("Exercise: One window")
    other.press("e")
    other.until("/no/such/editor cannot be opened: No such file")


def test_without_one_the_editor_here_opens(opened):
    terminal, file = opened(VISUAL="", EDITOR="")
    terminal.until("Exercise: One window")
    terminal.press("e")
    terminal.until("VISUAL and EDITOR name no editor; this is the one here.")
    terminal.until("raise NotImplementedError")
    terminal.write("x = 1\r")
    terminal.write("\x13")
    terminal.until(lambda _: "x = 1\n" in file.read_text(), PATIENCE)
    terminal.until("is not written yet", PATIENCE)


def test_keys_that_come_in_one_burst_are_taken_in_their_order(opened):
    terminal, file = opened(VISUAL="", EDITOR="")
    terminal.until("Exercise: One window")
    terminal.press("i")
    terminal.until("raise NotImplementedError")
    keys = ("\x1b[1;5H", "a\rb", "\x1b[A", "\x1b[Fc", "\x1b[B", "\x1b[Hd", "e\x7ff", "\x1b[1;5F", "z", "\x13")
    terminal.write("".join(keys))  # ctrl+home, up, end, down, home, backspace, ctrl+end, ctrl+s
    terminal.until(lambda _: file.read_text().startswith("ac\ndfb#") and file.read_text().endswith("z\n"), PATIENCE)


def test_restricted_no_key_runs_anything(opened):
    terminal, file = opened(80, 24, "--restricted")
    terminal.until("are not there in restricted mode")
    terminal.press(*"eihcr", "enter")
    terminal.press("?")
    terminal.until("esc closes")
    assert "the editor has" not in terminal.text() and not file.exists()
    assert not [each for each in children(terminal.pid) if "tuilab.exercises.checker" in each.cmdline()]
    assert not list(file.parents[4].rglob("window.py"))
