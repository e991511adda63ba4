"""The window lab in plain mode."""

from tuilab.labs.window.code import code as _code
from tuilab.labs.window.spec import Window, WindowShow, WindowTrace
from tuilab.labs.window.told import told as _told

EXAMPLES = {"lab": "words", "set": "size=3", "why": "bone"}
KEYS = "v is set model=cbow, + is set size=3"


def why(spec: Window, view: WindowTrace, name: str, show: WindowShow | None) -> str:
    """Say what is made of a target, by its position or its word. Raises ValueError with a sentence."""
    words = [each.word for each in view.occurrences]
    if not name:
        return _told(spec, view, min((show or WindowShow()).target, len(words) - 1))
    if name.isdecimal() and int(name) < len(words):
        return _told(spec, view, int(name))
    if name.lower() in words:
        return _told(spec, view, words.index(name.lower()))
    raise ValueError(
        f"window: there is no word {name!r} in the sentence; write one of it, or a position from 0 to {len(words) - 1}."
    )


def look(show: WindowShow) -> str:
    """The command that tells what a page wants to be looked at."""
    return f"why {show.target}"


def code(spec: Window, view: WindowTrace) -> str:
    """The same pairs in a few lines."""
    return _code(spec)


def told(answer: object) -> str:
    """How much is made of the sentence, and how to read it."""
    if not isinstance(answer, WindowTrace):
        return ""
    what = "pairs of a target and a word of its context" if answer.model == "skipgram" else "examples, one for a target"
    stay = f"{answer.staying} of {len(answer.occurrences)} words stay"
    places = "t is a position in the sentence; a window goes from first to last"
    return f"{answer.count} {what}; {stay}. Below, {places}. why 1 tells of one target."
