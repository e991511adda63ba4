"""Plain mode with typed lines in, and what it says out."""

import io

import pytest

from tuilab.labs import spelling
from tuilab.plain.launch import open_plain
from tuilab.plain.lines import Lines
from tuilab.records.folders import data_folder
from tuilab.records.progress import Progress


class Talk:
    """Types lines, and keeps what was said; opens at home, a lesson or a lab."""

    def __call__(self, *typed: str, lesson: int | None = None, lab: str = "", ascii: bool = False) -> str:
        out = io.StringIO()
        lines = Lines(io.StringIO("".join(f"{line}\n" for line in typed)), out, only_ascii=ascii)
        assert open_plain(spelling.parse(lab) if lab else None, lesson, lines) == 0
        said = out.getvalue()
        assert not set(filter(lambda character: not character.isprintable(), said)) - {"\n"}
        assert "Traceback" not in said
        return said

    @property
    def progress(self) -> Progress:
        return Progress(data_folder())


@pytest.fixture
def talk() -> Talk:
    return Talk()
