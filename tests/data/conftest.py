"""Tables written to files."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

Write = Callable[..., Path]
MONTHS = [f"{1962 + place // 12}-{place % 12 + 1:02}" for place in range(60)]


@pytest.fixture
def table(tmp_path: Path) -> Write:
    """Write bytes or text to a file: `table("date,v\\n1962-01,5\\n")`."""

    def write(content: str | bytes, encoding: str = "utf-8", name: str = "table.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write


def rows(
    values: Sequence[object] = range(100, 160),
    dates: Sequence[str] = MONTHS,
    separator: str = ",",
    head: str = "date,v",
) -> str:
    """A table of two columns, with that header or none; as many rows as there are of both."""
    lines = [f"{when}{separator}{value}" for when, value in zip(dates, values, strict=False)]
    return "\n".join([*([head] if head else []), *lines]) + "\n"
