"""What a learner can try where the screen cannot be drawn: plain mode opens there, and nothing leads out of it."""

from pathlib import Path

import pytest

from tests.restricted.support import Restricted
from tests.restricted.test_screen import CONTROL, TYPED
from tests.support.terminal import children

pytestmark = pytest.mark.slow

NO_COMMAND, OUT_OF_REACH, OUTSIDE = "There is no command", "is out of reach", "is outside of your own folder"
LEAVING = "q\r"


def plain(opened, *arguments: str, term: str = "dumb") -> Restricted:
    program = opened(*arguments, TERM=term)
    program.until(lambda text: "\n> " in text)
    return program


def tried(program: Restricted, typed: str, said: str) -> None:
    """Type a line, and wait for what is said to it."""

    def answered(text: str) -> bool:
        return said in _flat(text).rpartition(f"> {_flat(typed)}")[2]

    program.press(f"{typed}\r")
    program.until(answered)
    assert "root:" not in program.terminal.text()


def _flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("term", ["dumb", "", "unknown"])
def test_on_a_terminal_that_cannot_be_drawn_on_the_course_is_there_in_plain_lines(opened, term) -> None:
    program = plain(opened, term=term)
    tried(program, "2", "Lesson 2: A recurrent layer by hand")
    tried(program, "n", "Page 2 of")
    program.stays_inside(leaving=2 * LEAVING)


@pytest.mark.parametrize("arguments, said", [(("lesson", "2"), "Page 1 of"), (("open", "unroll"), "Lab: unroll")])
def test_a_lesson_or_a_lab_that_was_asked_for_opens_too(opened, arguments, said) -> None:
    program = plain(opened, *arguments)
    program.until(said)
    program.stays_inside(leaving=LEAVING)


def test_no_line_takes_a_file_or_a_command(opened) -> None:
    program = plain(opened)
    for typed in (*TYPED, "sh", "check /etc", "convert /etc/passwd", "fetch text8", "doctor"):
        tried(program, typed, NO_COMMAND)
    for typed in ("open /etc/passwd", "lesson /etc/passwd", "glossary /etc/passwd"):
        tried(program, typed, "/etc/passwd")
    program.stays_inside(leaving=LEAVING)


def test_no_lab_opens_a_file_of_others(opened, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("root: a secret of somebody else's")
    program = plain(opened)
    for place in ("/etc/passwd", "../other", str(other)):
        tried(program, f"open neighbours word=king vectors={place}", "Lab: neighbours")
        tried(program, "lab", OUTSIDE)
        tried(program, f"set vectors={place}", OUTSIDE)
        tried(program, f"ask analogy of=king vectors={place}", OUTSIDE)
        tried(program, "q", "Back at the lessons")
        tried(program, f"map vectors={place}", "Lab: map")
        tried(program, "train", OUTSIDE)
        tried(program, "q", "Back at the lessons")
        tried(program, f"words corpus={place}", "Lab: words")
        tried(program, "train", OUT_OF_REACH)
        tried(program, "q", "Back at the lessons")
        tried(program, f"forecast data={place}", "Lab: forecast")
        tried(program, "lab", OUTSIDE)
        tried(program, "train", OUTSIDE)
        tried(program, f"set data={place} steps=3", OUTSIDE)
        tried(program, "q", "Back at the lessons")
    program.stays_inside(leaving=LEAVING)


def test_no_key_leads_out(opened) -> None:
    program = plain(opened)
    program.press(*(key for key in CONTROL if key not in "\x04\x13"), "\r\r")  # the end of input, and of output
    tried(program, "77", "There is no lesson 77")
    program.stays_inside(leaving=LEAVING)


@pytest.mark.parametrize("key, status", [("\x03", 130), ("\x04", 0)])
def test_what_leaves_the_program_ends_it(opened, key, status) -> None:
    program = plain(opened)
    program.press(key)
    assert program.ends() == status
    assert not children(program.terminal.pid)
