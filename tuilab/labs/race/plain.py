"""The race lab in plain mode."""

from tuilab.labs.race.code import code as _code
from tuilab.labs.race.spec import Race, RaceView
from tuilab.widgets.numbers import three

EXAMPLES = {"set": "task=recall"}


def code(spec: Race, view: RaceView) -> str:
    """The networks in plain torch."""
    return _code(spec, view.lanes)


def told(answer: object) -> str:
    """The verdict, a sentence for each."""
    if not isinstance(answer, RaceView) or not answer.equal_steps:
        return ""
    lanes = [
        f"{lane.name}, {lane.parameters:,} numbers: {three(lane.at_steps)}"
        + (f", and {three(lane.at_seconds)} after the same time" if lane.at_seconds is not None else "")
        + (f", {100 * lane.accuracy:.0f} % recalled" if lane.accuracy is not None else "")
        for lane in answer.lanes
        if lane.at_steps is not None
    ]
    return f"Mean loss after the same {answer.equal_steps:,} steps. {'; '.join(lanes)}."
