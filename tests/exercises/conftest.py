"""One warm checker for all tests, and the exercises of the course."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tuilab.course.exercises import read_exercises
from tuilab.course.reader import lessons_folder
from tuilab.exercises.client import Checker
from tuilab.exercises.jobs import job_for
from tuilab.exercises.verdict import Verdict

PATIENCE = 30.0
EXERCISES = {each.name: each for each in read_exercises(lessons_folder())[0]}


@pytest.fixture(scope="session")
def checker() -> Iterator[Checker]:
    checker = Checker()
    yield checker
    checker.close()


@pytest.fixture
def check_in(tmp_path: Path) -> Callable[[Checker, str, str], Verdict]:
    """Have a checker check code as the exercise of that name."""

    def check_in(checker: Checker, name: str, code: str) -> Verdict:
        file = tmp_path / f"{name}.py"
        file.write_text(code)
        return checker.check(job_for(EXERCISES[name], file))

    return check_in


@pytest.fixture
def check(checker: Checker, check_in: Callable[[Checker, str, str], Verdict]) -> Callable[[str, str], Verdict]:
    """Check code as the exercise of that name, with the warm checker."""
    return lambda name, code: check_in(checker, name, code)


@pytest.fixture
def until() -> Callable[[Callable[[], Any]], Any]:
    """Wait for a condition to hold, and return what it gave."""

    def until(condition: Callable[[], Any]) -> Any:
        deadline = time.monotonic() + PATIENCE
        while not (value := condition()):
            assert time.monotonic() < deadline, "waited in vain"
            time.sleep(0.01)
        return value

    return until
