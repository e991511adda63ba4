"""The lab on a page of a lesson as its learner left it."""

from typing import Any, Protocol

from msgspec.structs import replace

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


def state_of(spec: Spec, block: LabBlock) -> Any:
    """The state for a lab as it was left: the page's where only single numbers were edited, else none."""
    own: Any = spelling.parse(block.spelling)
    only_edited = hasattr(own, "set") and replace(spec, set=own.set) == own
    return block.show if only_edited else None
