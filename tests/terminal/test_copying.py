"""What is copied reaches the terminal as OSC 52, whole, between the frames; and is on the screen as well."""

import subprocess

import pytest

from tuilab.widgets.spelled import COPIED


def copied(program) -> list[str]:
    return program.terminal.copied


def shown(text: str) -> str:
    """What stands in the frame of the dialogue, its lines put together."""
    return "".join(line.strip(" │") + " " for line in text.split("\n") if "│" in line)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("options", [(), ("--restricted",), ("--frugal",)], ids=str)
def test_the_line_of_an_experiment(opened, size, options):
    program = opened(*options, "open", "unroll neurons=2 set=b[0,0]:0.25", size=size)
    program.until("part 4 of 4")
    program.press("y")
    program.until(COPIED)
    line = "tuilab open \"unroll neurons=2 seed=1 'set=b[0,0]:0.25'\""
    assert copied(program) == [line] and line in shown(program.text)
    program.press("y")
    program.gone(COPIED)
    program.press("y")
    program.until(COPIED)
    program.press("q")
    program.gone(COPIED)
    assert copied(program) == [line, line] and "part 4 of 4" in program.text


def test_a_line_that_is_longer_than_the_screen_is_wide_is_shown_whole(opened):
    edits = ",".join(f"X[{t},{n},{i}]:0.125" for t in range(2) for n in range(3) for i in range(2))
    program = opened("open", f"unroll set={edits}")
    program.until("part 4 of 4")
    program.press("y")
    program.until(COPIED)
    (line,) = copied(program)
    assert edits in line and line.replace(" ", "") in shown(program.text).replace(" ", "")
    words = subprocess.run(
        ["sh", "-c", f"printf '%s\\n' {line}"], check=True, capture_output=True, text=True
    ).stdout.split("\n")
    assert words[:2] == ["tuilab", "open"] and edits in words[2]


def test_the_line_beside_a_page(opened):
    program = opened("lesson", "1", size=(120, 40))
    program.until("After this lesson")
    program.press("n")
    program.until("w_x·x")
    program.press("y")
    program.until("y is a key of the lab: tab goes there.")
    program.press("tab", "y")
    program.until(COPIED)
    assert copied(program)[0].startswith("tuilab open 'neuron w_x=1 ")


def test_the_code_of_a_screen(opened):
    program = opened("open", "unroll")
    program.until("part 4 of 4")
    program.press("c")
    program.until("import torch")
    program.press("y")
    program.until("Copied, if this terminal")
    (code,) = copied(program)
    assert code.startswith("import torch\n") and compile(code, "copied", "exec")
