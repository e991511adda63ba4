"""What a check says, in the terms of the exercise."""

import msgspec
import pytest

from tests.exercises.conftest import EXERCISES
from tuilab.exercises.jobs import job_for
from tuilab.exercises.telling import WIDTH, file_of, side_by_side, told
from tuilab.exercises.verdict import Verdict

START = "window(0, 10, 20, ... 390, start=3, steps=4)"
DEF = "def window(series, start, steps):\n    "


def the_sentence(verdict: Verdict) -> str:
    assert verdict.kind in ("wrong", "failed"), verdict
    return verdict.sentences[0]


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (DEF + "pass", f"{START} gives None, and 2 things are expected, the inputs and the targets: is there a return?"),
        (DEF + "return 5", f"{START} gives one int, and 2 things are expected, the inputs and the targets."),
        (DEF + "return series[:3]", f"{START} gives 3, and 2 things are expected, the inputs and the targets."),
        (DEF + "return series, series", f"{START}, the inputs: shape (4,) expected, yours is (40,): 36 numbers too many."),
        (DEF + "return series[3:7] + 1, series[4:8]", f"{START}, the inputs: 4 of 4 numbers differ, the first at [0]: 30 expected, yours is 31."),
        (DEF + "return 'ab', 'cd'", f"{START}, the inputs gives a text, and numbers of shape (4,) are expected."),
        (DEF + "return series[3:7] * float('nan'), 0", f"{START}, the inputs: 4 of 4 numbers differ, the first at [0]: 30 expected, yours is nan."),
        ("def windows(): pass", "The file has no function window; the task asks for one."),
        ("window = 3", "The file has no function window; the task asks for one."),
        ("", "The file has no function window; the task asks for one."),
        (DEF + "return series / 0 + nothing", f"{START}: NameError in line 2, `return series / 0 + nothing`: name 'nothing' is not defined."),
        (DEF + "return self(\n", "Line 2 cannot be read as Python, at column 16: '(' was never closed."),
        ("x = 1\nimport nothing_like_it\n", "ModuleNotFoundError in line 2, `import nothing_like_it`: No module named 'nothing_like_it'."),
        ("def window(series, start):\n    pass", f"{START}: TypeError: window() takes 2 positional arguments but 3 were given."),
        ("def window(*a):\n    return window(*a)", f"{START}: RecursionError in line 2, `return window(*a)`: maximum recursion depth exceeded."),
        ("x = '\0'", "window.py is no text: there is a zero byte in it."),
        ("raise Exception('\x1b[2J' + 'x' * 9999)", "Exception in line 1"),
        (DEF + "class E(Exception):\n        def __str__(self): raise self\n    raise E", f"{START}: E in line 4, `raise E`."),
        (DEF + "raise NotImplementedError", f"{START} is not written yet."),
    ],
)  # fmt: skip
def test_a_mistake_is_told_in_one_sentence_with_its_line(check, code, sentence):
    told = the_sentence(check("window", code))
    assert told.startswith(sentence.rstrip(".")) and len(told) < 700 and told.isprintable()


def test_swapped_and_missing_axes_are_told(check):
    batch = "import numpy as np\ndef batch(series, steps, held):\n    "
    missing = check(
        "batch", batch + "v = np.lib.stride_tricks.sliding_window_view(series[:-held], steps)\n    return v[:-1], v[1:]"
    )
    assert the_sentence(missing).endswith("shape (7, 3, 1) expected, yours is (7, 3): an axis of length 1 is missing.")
    swapped = check("batch", batch + "z = np.zeros((steps, len(series) - held - steps, 1))\n    return z, z")
    assert the_sentence(swapped).endswith("shape (7, 3, 1) expected, yours is (3, 7, 1): the axes are swapped.")


def test_a_syntax_error_is_shown_with_a_caret(check):
    lines = list(told(check("window", "def window(series, start, steps)\n    return series")))
    assert lines == [
        "Line 1 cannot be read as Python, at column 33: expected ':'.",
        "    def window(series, start, steps)",
        "                                    ^",
    ]


@pytest.mark.parametrize("column", [1, 30, 60, 100, 140])
def test_a_long_line_is_cut_around_its_caret(column):
    code = "".join(chr(ord("a") + place % 26) for place in range(140))
    shown, caret = list(told(Verdict("failed", ("No.",), 1, column, code)))[1:]
    assert len(shown) <= WIDTH and "…" in shown
    assert shown[caret.index("^")] == code[column - 1]


@pytest.mark.parametrize(
    ("line", "column", "shown"),
    [
        ("      x = 1", 7, "      x = 1"),
        ("    x =  (1 +* 2)", 14, "    x =  (1 +* 2)"),
        ("    y =\t1 $ 2", 11, "    y = 1 $ 2"),
        ("  x = 1", 3, "  x = 1"),
    ],
)
def test_the_caret_stands_under_what_cannot_be_read(check, line, column, shown):
    verdict = check("window", f"def window(series, start, steps):\n    y = 1\n{line}\n")
    assert list(told(verdict))[1:] == [f"    {shown}", f"    {' ' * (column - 1)}^"]
    assert f"Line 3 cannot be read as Python, at column {column}: " in verdict.sentences[0]


def test_what_was_printed_is_told_and_that_more_was():
    lines = list(told(Verdict("right", printed="a\nb", cut=True)))
    assert lines == [
        "Right.",
        "It printed:",
        "    a",
        "    b",
        "It printed more than 3 characters; the rest is left out.",
    ]


def test_code_under_main_is_not_run(check, exercises_solution):
    assert check(
        "window", exercises_solution("window") + "\nif __name__ == '__main__':\n    raise SystemExit\n"
    ).is_right


@pytest.fixture
def exercises_solution():
    return lambda name: EXERCISES[name].solution.read_text()


def test_random_numbers_and_changed_arguments_do_no_harm(check):
    assert check("window", "import random, numpy\n" + DEF + "x, y = series[start:start+steps].copy(), series[start+1:start+steps+1].copy()\n    series[:] = random.random()\n    return x, y").is_right  # fmt: skip


def test_a_file_that_is_not_there_or_too_large_is_told(checker, tmp_path):
    job = job_for(EXERCISES["window"], tmp_path / "no.py")
    assert checker.check(job).sentences == ("no.py cannot be read: No such file or directory.",)
    assert checker.check(msgspec.structs.replace(job, file=str(tmp_path))).kind == "failed"
    (tmp_path / "large.py").write_bytes(b"#" * (3 << 20))
    assert (
        "larger than a megabyte"
        in checker.check(msgspec.structs.replace(job, file=str(tmp_path / "large.py"))).sentences[0]
    )


def test_the_file_begins_with_the_task_and_is_python():
    for exercise in EXERCISES.values():
        text = file_of(exercise).decode()
        assert text.startswith(f"# {exercise.title}\n#\n# ") and text.endswith(exercise.starter.read_text())
        wide = [line for line in text.splitlines() if len(line) > 72]  # more than an editor shows in 80 columns
        assert all(line.startswith("def word2vec(") for line in wide)  # which has eight parameters
        compile(text, "starter", "exec")
    load = file_of(EXERCISES["load"]).decode().splitlines()
    assert load[3:9] == [
        "# `1962-01,589`. Write two functions:",
        "#",
        "# * `load(path)` gives the pounds of all rows, in their order, as",
        "#   numbers.",
        "# * `split(series, held)` gives two things: the series without its last",
        "#   `held` values, and these last `held` values. The first is for",
    ]


def test_two_programs_stand_side_by_side_and_no_line_is_broken():
    assert side_by_side("a = 1\n" + "b" * 60 + "\n\tc\x1b", "d\n" * 6) == [
        f"{'Yours':<60} | A solution",
        " " * 60 + " |",
        f"{'a = 1':<60} | d",
        f"{'b' * 60} | d",
        f"{'    c?':<60} | d",
        *[" " * 60 + " | d"] * 3,
    ]


def test_what_should_be_so_and_is_not_is_told_as_a_sentence(check):
    own = "from torch import nn\ndef make_model(hidden):\n    return nn.Linear(1, 1)"
    call = "make_model(8) called with a batch of (5, 6, 1): "
    verdict = check("model", own)
    assert verdict.sentences == (
        f"{call}it should be that a step has a say in later ones, and is not.",
        f"{call}it should be that more hidden units make it larger, and is not.",
    )
    both = EXERCISES["model"].folder / "slips" / "both_ways.py"
    assert check("model", both.read_text()).sentences[1] == (
        f"{call}a step has a say in earlier ones, and that should not be."
    )


def test_what_a_model_is_called_with_is_told(check):
    code = EXERCISES["generate"].solution.read_text().replace("window[-steps:]", "window[1 - steps:]")
    told = the_sentence(check("generate", code))
    assert "calls the model with shape (1, 11, 1), and (1, 12, 1) is expected." in told
