"""What a learner can try on the screen: every key, every command, every field; nothing leads out of the program."""

from pathlib import Path

import numpy as np
import pytest

from tests.restricted.support import ESCAPE, LEAVE
from tests.support.terminal import children
from tests.vectors.samples import keep_run
from tuilab.labs import catalogue
from tuilab.labs.spec import fields
from tuilab.records.folders import data_folder
from tuilab.records.progress import Progress
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
    "exercise": (["lesson", "7"], "After this lesson", "nnn", "Exercise: Load and split"),
    "lab": (["open", "unroll"], "part 4 of 4", "", ""),
    "number": (["open", "unroll"], "part 4 of 4", "e", "New value for"),
    "code": (["open", "unroll"], "part 4 of 4", "c", "import torch"),
    "one line": (["open", "unroll"], "part 4 of 4", "y", "Copied, if"),
    "settings": (["open", "forecast"], "space trains", "f", "Settings of forecast"),
    "glossary": ([], "LESSONS", "l", "a symbol or a term"),
    "prediction": (["lesson", "1"], "After this lesson", "nnnn", "First predict"),
    "question": (["lesson", "1"], "After this lesson", 9 * "n", "What does it remember?"),
    "review": (["lesson", "2"], "Once more, from lesson 1", "", ""),
    "try": (["open", "unroll"], "part 4 of 4", 7 * "\x1b[C" + "t", "is hidden. What is it?"),
    "x": (["open", "activations"], "s b Function", "e", "x, from -"),
    "sentence": (["open", "window"], "context", "e", "A sentence, or a longer text"),
    "word on the map": (["open", "map skip=0"], "PCA", "e", "Go to the word"),
    "line of neighbours": (["open", "neighbours"], "64 words", "", ""),
    "line of analogy": (["open", "analogy"], "64 words", "", ""),
}
LETTERS_TOO = ("prediction", "question", "review")  # only digits go into their line, other letters are keys


@pytest.fixture(autouse=True)
def learned(home: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Words that were trained, for the labs that look into them; for the review a question of lesson 1, answered."""
    monkeypatch.setenv("XDG_DATA_HOME", str(home / ".local/share"))
    words = ["king", "queen", "man", "woman", *(f"word{number}" for number in range(60))]
    keep_run(words, np.random.default_rng(4).standard_normal((len(words), 6)))
    if getattr(request.node, "callspec", None) and request.node.callspec.params.get("screen") == "review":
        Progress(data_folder()).answered("01-recurrent-neuron/counter", "x", False)


@pytest.mark.parametrize("screen", SCREENS)
def test_no_key_leads_out(opened, screen) -> None:
    arguments, there, key, then = SCREENS[screen]
    program = opened(*arguments)
    program.until(there)
    program.press(key)
    program.until(then)
    program.press(*CONTROL, *FUNCTION, *MODIFIED, *NAMED, *ALT)
    program.stays_inside()


@pytest.mark.parametrize("screen", ["home", "lesson", "lab", "exercise"])
def test_no_letter_leads_out(opened, screen) -> None:
    arguments, there, key, then = SCREENS[screen]
    program = opened(*arguments)
    program.until(there)
    program.press(key)
    program.until(then)
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


FIELDS = ["filter", "palette", "find", "number", "settings", "glossary", "try", "x", "sentence"]


@pytest.mark.parametrize("screen", [*FIELDS, "word on the map"])
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


@pytest.mark.parametrize("screen", LETTERS_TOO)
def test_no_answer_to_a_question_leads_out(opened, screen) -> None:
    arguments, there, key, then = SCREENS[screen]
    program = opened(*arguments)
    program.until(there)
    program.press(key)
    program.until(then)
    for typed in TYPED:
        program.press(typed, "\r", ESCAPE, ESCAPE)
    program.stays_inside()


@pytest.mark.parametrize("lab", ["neighbours", "analogy"])
def test_the_line_of_a_lab_takes_words_alone(opened, lab) -> None:
    program = opened("open", lab)
    program.until(SCREENS[f"line of {lab}"][1])
    for typed in TYPED:
        program.press("\x15", typed, "\r")
    program.until("The answer before: ")
    assert "root:" not in program.terminal.text()
    program.stays_inside()


FILES = {  # where a file can be named, and what says that the lab is there
    "words": ("corpus", "space trains"),
    "neighbours": ("vectors", "64 words"),
    "analogy": ("vectors", "64 words"),
    "map": ("vectors", "PCA keeps"),
}
REFUSALS = ("'{}' is out of reach", "{} is outside of your own folder")


def bare(text: str) -> str:
    """A text without its blanks and line ends, wherever it was wrapped."""
    return "".join(text.split())


@pytest.mark.parametrize("place", ["/etc/passwd", "../other"])
@pytest.mark.parametrize("lab", FILES)
def test_no_setting_opens_a_file_of_others(opened, lab, place, tmp_path: Path) -> None:
    (tmp_path / "other").write_text("root: a secret of somebody else's")
    field, there = FILES[lab]
    program = opened("open", lab)
    program.until(there)
    if lab in ("neighbours", "analogy"):
        program.press(ESCAPE)  # out of the line
    program.until("f Settings")
    program.press("f")
    program.until(lambda text: f"Settings of {lab}" in text and "(default " in text)  # a field has the keys
    names = [each.name for each in fields(catalogue.lab(lab).spec)]
    for _ in range(names.index(field)):
        program.press("\x1b[B")
    program.until(f" {field}: ")
    program.press("\x15", place, "\r")
    program.gone(f"Settings of {lab}")
    if lab == "words":
        program.press(" ")  # a text is read once it is trained on
    refusals = [bare(refusal.format(place)) for refusal in REFUSALS]
    program.until(lambda text: any(said in bare(text) for said in refusals))
    assert "root:" not in program.terminal.text()
    program.stays_inside()
