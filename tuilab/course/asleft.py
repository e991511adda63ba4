"""The lab on a page of a lesson as its learner left it."""

from typing import Protocol

from tuilab.course.lesson import LabBlock
from tuilab.labs import spelling
from tuilab.labs.spec import Spec


class Labs(Protocol):
    """What is kept of labs on pages; `records.progress.Progress` is one."""

    def lab(self, lesson: str, page: int, own: str) -> str:
        """How the lab of a page was left that spells it `own`; empty where that is as the page has it."""


def as_left(lesson: str, page: int, block: LabBlock, labs: Labs) -> Spec | None:
    """How the learner left it; None where that is the page's own, or what this version cannot read any more."""
    own, spelled = spelling.parse(block.spelling), labs.lab(lesson, page, block.spelling)
    try:
        spec = spelling.parse(spelled) if spelled else own
    except spelling.SpellingError:
        return None
    return spec if spec != own and spec.kind == own.kind else None
