"""The memory lab in plain mode."""

from typing import Any

from tuilab.labs.memory.code import code as _code
from tuilab.labs.memory.sentences import reaching, rows, verdict
from tuilab.labs.memory.spec import Memory, MemoryView

EXAMPLES = {"lab": "lanes", "set": "truncate=5"}


def code(spec: Memory, view: MemoryView) -> str:
    """The three cells in plain torch."""
    return _code(spec, view.lanes)


def told(answer: object) -> str:
    """The verdict at each T, and how far back the gradient reaches."""
    if not isinstance(answer, MemoryView):
        return ""
    places = range(len(answer.lanes[0].nets))
    told = [verdict(answer, place) for place in places] if answer.step else []
    told += [f"T={answer.lanes[0].nets[place].ago}: {reaching(answer, place)}" for place in places]
    return ". ".join(told) + "."


def brief(answer: object) -> object:
    """What is printed without being asked for: not the curves."""
    if not isinstance(answer, MemoryView):
        return answer
    heading, *lanes = rows(answer.lanes)
    names = ("cell", *heading[1:])
    table: list[dict[str, Any]] = [dict(zip(names, (cell.strip() for cell in row), strict=True)) for row in lanes]
    return {"recalled": table}


def compared(answer: MemoryView) -> object:
    """What is told of a change of settings."""
    return {
        lane.name: {"parameters": lane.parameters, "left at the symbol": [net.first for net in lane.nets]}
        for lane in answer.lanes
    }
