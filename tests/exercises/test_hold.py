"""What `tuilab check` says of exercises that were written wrong."""

import shutil

import pytest

from tests.exercises.conftest import EXERCISES
from tuilab.course.exercises import read_exercises
from tuilab.exercises.hold import mistakes_of


@pytest.fixture
def mistakes(checker, tmp_path):
    """Change a copy of `window`, and list what is wrong then."""

    def mistakes(**files: str) -> list[str]:
        copy = tmp_path / "lessons" / "07-milk" / "exercises" / "03-window"
        shutil.copytree(EXERCISES["window"].folder, copy, ignore=lambda folder, names: ["slips"])
        (copy / "slips").mkdir()
        for name, text in files.items():
            (copy / f"{name.replace('__', '/')}.py").write_text(text)
        return [str(each) for each in mistakes_of(read_exercises(tmp_path / "lessons")[0], checker)]

    return mistakes


RIGHT = EXERCISES["window"].solution.read_text()
SLIP = (EXERCISES["window"].folder / "slips" / "not_shifted.py").read_text()
PLACE = "07-milk/exercises/03-window"


def test_a_starter_that_is_right_is_told(mistakes):
    assert mistakes(starter=RIGHT) == [
        f"{PLACE}/starter.py, line 1: The starter is to be wrong, and is right: no word."
    ]


def test_a_solution_that_is_wrong_is_told_and_one_that_fails_in_a_probe(mistakes):
    found = mistakes(check="def probe_it(window):\n    return window(1, 0, 1)")
    assert [each.split(", line")[0] for each in found] == [f"{PLACE}/starter.py", f"{PLACE}/solution.py"]
    assert "a fault of the exercise: ValueError: probe_it fails with the solution: TypeError: 'int'" in found[1]


def test_a_slip_that_is_right_and_one_that_is_like_another_are_told(mistakes):
    assert mistakes(slips__one=RIGHT) == [
        f"{PLACE}/slips/one.py, line 1: The slip is called right: no probe tells it from the solution."
    ]


def test_two_slips_that_no_probe_tells_apart_are_both_told(mistakes):
    found = mistakes(slips__one=SLIP, slips__two=SLIP.replace("not shifted", "shifted not at all"))
    assert len(found) == 2 and all("The slip is not named; no probe tells it from another" in each for each in found)


def test_a_slip_without_a_sentence_is_told(mistakes):
    assert "has no docstring" in mistakes(slips__one=SLIP.replace('"""', "#", 1).replace('"""', ""))[0]


def test_a_check_that_fails_is_told(mistakes):
    assert "a fault of the exercise: NameError" in mistakes(check="def probe_it(window):\n    return 1\nnothing")[0]
