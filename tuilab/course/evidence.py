"""The tests that confirm what lessons say, and the numbers that each of them names."""

import ast
import math
from collections.abc import Iterator, Mapping
from pathlib import Path

from tuilab.course.numbers import value_of

Tests = Mapping[str, frozenset[float]]
"""The numbers that stand in the body of each test, by its name."""


def read_tests(folder: Path) -> Tests | None:
    """The tests beside a folder of lessons; None where there are none, as in an installed program."""
    files = sorted((folder.parent / "tests" / "lessons").glob("*.py"))
    tests = {
        node.name: frozenset(number for line in node.body for number in _numbers(line))
        for file in files
        for node in ast.parse(file.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef)
    }
    return tests if files else None


def _numbers(node: ast.AST) -> Iterator[float]:
    for each in ast.walk(node):
        if isinstance(each, ast.Constant) and type(each.value) in (int, float):
            yield float(each.value)  # type: ignore[arg-type]


def unconfirmed(name: str, numbers: tuple[str, ...], percent: bool, tests: Tests) -> str | None:
    """What is wrong with naming this test for these numbers, a sentence."""
    if name not in tests:
        return f"There is no test {name} in tests/lessons."
    for written in numbers:
        value = abs(value_of(written))
        wanted = (value, value / 100) if percent else (value,)
        if not any(math.isclose(one, other) for one in wanted for other in tests[name]):
            return f"{written} does not stand in {name}; a test asserts the very number that it confirms."
    return None
