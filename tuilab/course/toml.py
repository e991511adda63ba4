"""The TOML inside a fence: read, checked for its keys and types, with the line of each mistake."""

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from tuilab.course.fences import Fence

_NOUNS: dict[type, str] = {
    str: "text in quotes",
    float: "a number",
    dict: "a table",
    list: "a list",
    int: "a whole number",
    bool: "true or false",
}


class BlockError(ValueError):
    """A mistake in a block: the line of the lesson's file, and one sentence."""

    def __init__(self, line: int, sentence: str) -> None:
        super().__init__(sentence)
        self.line = line


class Table:
    """A table of TOML that knows on which lines of the lesson its keys stand.

    `name` is how mistakes call it, `kinds` the keys that it may have with their types; `before` counts the
    lines of the fence that come before the table.
    """

    def __init__(self, name: str, values: Any, kinds: Mapping[str, type], fence: Fence, before: int = 0) -> None:
        self.name = name
        self.values: dict[str, Any] = values
        self.fence = fence
        self.before = before
        for key, value in values.items():
            if key not in kinds:
                raise self.mistake(key, f"A {name} has no key {key!r}. There are: {', '.join(kinds)}.")
            if not _fits(value, kinds[key]):
                raise self.mistake(key, f"{key} is {_NOUNS[kinds[key]]}.")

    def need(self, *keys: str) -> None:
        """Raise BlockError unless all keys are there and not empty."""
        for key in keys:
            if self.values.get(key) in (None, ""):
                raise BlockError(self.fence.line + self.before, f"The {self.name} has no {key!r}.")

    def check_spelling(self, key: str) -> None:
        """Raise BlockError where there is a spelling under this key that cannot be read."""
        from tuilab.labs.spelling import SpellingError, parse

        if key in self.values:
            try:
                parse(self.values[key])
            except SpellingError as error:
                raise self.mistake(key, str(error)) from None

    def check_path(self, key: str) -> None:
        """Raise BlockError where there is a path under this key that cannot be read."""
        from tuilab.course.paths import PathError, steps

        if key in self.values:
            try:
                steps(self.values[key])
            except PathError as error:
                raise self.mistake(key, str(error)) from None

    def mistake(self, key: str, sentence: str, place: int = 0) -> BlockError:
        """Make the error for a key that stands on a line of its own, for the `place`th time."""
        return BlockError(self.line_of(key, place), sentence)

    def line_of(self, key: str, place: int = 0) -> int:
        """Find the line where a key stands for the `place`th time; else where the table begins."""
        pattern = re.compile(rf"\s*(\[+\s*)?[\"']?{re.escape(key)}[\"']?\s*[=.\]]")
        lines = enumerate(self.fence.body.split("\n"), start=1)
        found = [number for number, line in lines if number > self.before and pattern.match(line)]
        return self.fence.line + (found[place] if place < len(found) else self.before)


def read_table(fence: Fence, kinds: Mapping[str, type]) -> Table:
    """Read the body of a fence as a table with the given keys. Raises BlockError."""
    try:
        return Table(fence.info, tomllib.loads(fence.body), kinds, fence)
    except tomllib.TOMLDecodeError as error:
        message, _, place = str(error).partition(" (at ")
        found = re.search(r"line (\d+)", place)
        line = int(found[1]) if found else fence.body.count("\n") + 1
        sentence = f"The {fence.info} block is not TOML here: {message[:1].lower()}{message[1:]}."
        raise BlockError(fence.line + line, sentence) from None


def _fits(value: Any, kind: type) -> bool:
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, kind) and (kind in (object, bool) or not isinstance(value, bool))
