"""What a learner can try on the screen: every key, every command, every field; nothing leads out of the program."""

import pytest

from tests.restricted.support import ESCAPE, LEAVE
from tests.support.terminal import children
from tuilab.labs import catalogue
from tuilab.ui.themes import THEMES

pytestmark = pytest.mark.slow

CONTROL = [chr(code) for code in (*range(32), 127) if chr(code) not in "\x03\x11"]  # those two leave the program
FUNCTION = [f"\x1b[{number}~" for number in range(1, 35)]
MODIFIED = [f"\x1b[{number};{modifier}~" for number in range(11, 25) for modifier in range(2, 9)]
NAMED = [f"\x1b{kind}{letter}" for kind in ("O", "[", "[1;5", "[1;2", "[1;3") for letter in "ABCDFHPQRSZ"]
ALT = [f"\x1b{chr(code)}" for code in range(33, 127) if chr(code) not in "O[PX^_]"]
LETTERS = [chr(code) for code in range(33, 127) if chr(code) != "q"]  # q at home leaves

SCREENS = {
    "home": ([], "LESSONS", "", ""),
    "filter": ([], "LESSONS", "/", "type a part"),
    "palette": ([], "LESSONS", "\x10", "Search for commands"),
    "help": ([], "LESSONS", "?", "up and down (or j and k) move"),
    "lesson": (["lesson", "2"], "After this lesson", "", ""),
    "find": (["lesson", "2"], "After this lesson", "/", "Find a lesson"),
    "lab": (["open", "unroll"], "part 4 of 4", "", ""),
    "number": (["open", "unroll"], "part 4 of 4", "e", "New value for"),
    "code": (["open", "unroll"], "part 4 of 4", "c", "import torch"),
    "settings": (["open", "forecast"], "space trains", "f", "Settings of forecast"),
}


@pytest.mark.parametrize("screen", SCREENS)
def test_no_key_leads_out(opened, screen) -> None:
    arguments, there, key, then = SCREENS[screen]
    program = opened(*arguments)
    program.until(there)
    program.press(key)
    program.until(then)
    program.press(*CONTROL, *FUNCTION, *MODIFIED, *NAMED, *ALT)
    program.stays_inside()


@pytest.mark.parametrize("arguments, there", [((), "LESSONS"), (("lesson", "2"), "Af"), (("open", "unroll"), "part")])
def test_no_letter_leads_out(opened, arguments, there) -> None:
    program = opened(*arguments)
    program.until(there)
    for letter in LETTERS:
        program.press(letter, ESCAPE)
    program.stays_inside()


@pytest.mark.parametrize("key", ["\x03", LEAVE])
def test_what_leaves_the_program_ends_it(opened, key) -> None:
    program = opened()
    program.until("LESSONS")
    program.press(key)
    assert program.ends() == 0
    assert not children(program.terminal.pid)


ANSI, NEURON = "Change to the ansi colours", catalogue.lab("neuron").summary


def test_every_command_of_the_palette_stays_inside(opened) -> None:
    program = opened()
    program.until("LESSONS")
    commands = {"Restart worker": "Start the process that computes again"}
    commands |= {f"Colours: {name}": f"Change to the {name} colours" for name in THEMES}
    commands |= {f"Lab: {name}": catalogue.lab(name).summary for name in catalogue.NAMES}
    for command, told in commands.items():
        program.press("\x10")
        program.until("Search for commands")
        program.press(*command)
        other = NEURON if told == ANSI else ANSI
        program.until(lambda text, told=told, other=other: told in text and f"\n    {other}" not in text)
        program.press("\x1b[B", "\r")
        program.until(lambda text: "🔎" not in text)
    program.stays_inside()


def test_the_palette_has_no_way_out(opened) -> None:
    program = opened()
    for wanted in ("screenshot", "shell", "editor", "suspend", "maximize", "open url", "console"):
        program.until("LESSONS")
        program.press("\x10")
        program.until("Search for commands")
        program.press(*wanted)
        program.until("No matches found")
        program.press(ESCAPE)
        program.gone("No matches found")


TYPED = [
    "/etc/passwd",
    "../../../etc/passwd",
    "!sh",
    "|sh",
    "$(id)",
    "`id`",
    "[link=x]y[/]",
    "[@click=app.screenshot]a",
]


@pytest.mark.parametrize("screen", ["filter", "palette", "find", "number", "settings"])
def test_no_field_takes_a_file_or_a_command(opened, screen) -> None:
    arguments, there, key, then = SCREENS[screen]
    program = opened(*arguments)
    for typed in TYPED:
        program.until(there)
        program.press(key)
        program.until(then)
        program.press(typed, "\r", ESCAPE, ESCAPE)
        program.until(lambda text: then not in text and there in text)
        assert "root:" not in program.terminal.text()
    program.stays_inside()
