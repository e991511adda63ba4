"""The gates lab in plain mode."""

from tuilab.labs.gates.code import code as _code
from tuilab.labs.gates.spec import Gates, GatesTrace

EXAMPLES = {"lab": "x", "set": "cell=gru"}


def code(spec: Gates, view: GatesTrace) -> str:
    """The layer over the window in plain torch."""
    return _code(spec, view)


def told(answer: object) -> str:
    """What was looked into, and how to read the maps."""
    if not isinstance(answer, GatesTrace):
        return ""
    names = ", ".join(each.name for each in answer.maps)
    return f"{answer.about}. In maps: {names}; a row for each of {answer.hidden} units, a column for each time step."
