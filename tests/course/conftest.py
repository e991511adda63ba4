from pathlib import Path
from textwrap import dedent

import pytest

from tuilab.course import cutter

FRONT = "---\ntitle: Shapes\nsummary: Every number.\nminutes: 20\n---\n"


class Writer:
    """Writes lessons into a folder of lessons; `body` begins on line 6 of the file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def lesson(self, body: str, name: str = "01-shapes", front: str = FRONT) -> Path:
        path = self.folder / name / "lesson.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((front + dedent(body)).encode())
        return path

    def cut(self, body: str):
        return cutter.cut(self.lesson(body))


@pytest.fixture
def write(tmp_path) -> Writer:
    return Writer(tmp_path / "lessons")
