"""The neighbours lab in plain mode."""

from tuilab.labs.neighbours.code import code as _code
from tuilab.labs.neighbours.sentences import sentence
from tuilab.labs.neighbours.spec import Neighbours, NeighboursView

EXAMPLES = {"lab": "rows", "set": "word=king", "ask": "complete word=ki"}
ANSWERS = True  # a change of settings is a question: it is answered at once


def code(spec: Neighbours, view: NeighboursView) -> str:
    """The same in plain numpy."""
    return _code(spec, view) or "Ask for a word first: set word=king."


def told(answer: object) -> str:
    """What was found, in a sentence."""
    return sentence(answer) if isinstance(answer, NeighboursView) else ""
