"""The analogy lab in plain mode."""

from tuilab.labs.analogy.code import code as _code
from tuilab.labs.analogy.sentences import sentence
from tuilab.labs.analogy.spec import Analogy, AnalogyView

EXAMPLES = {"lab": "rows", "set": "pairs=male-female"}
KEYS = "v is set without=nothing, d is set pairs=male-female"
ANSWERS = True  # a change of settings is a question: it is answered at once


def code(spec: Analogy, view: AnalogyView) -> str:
    """The same in plain numpy."""
    return _code(spec, view)


def told(answer: object) -> str:
    """What was found, in a sentence."""
    return sentence(answer) if isinstance(answer, AnalogyView) else ""
