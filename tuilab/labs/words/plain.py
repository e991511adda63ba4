"""The words lab in plain mode."""

from tuilab.labs.words.code import code as _code
from tuilab.labs.words.spec import Words, WordsView


def code(spec: Words, view: WordsView) -> str:
    """The same training in plain torch."""
    return _code(spec)


def told(answer: object) -> str:
    """What the words are near to, and how many analogies come out."""
    if not isinstance(answer, WordsView):
        return ""
    lines = [
        f"{each.word}: {', '.join(f'{word} {cosine:.2f}' for word, cosine in each.neighbours)}"
        for each in answer.watched
    ]
    lines += [f"{each.name}: {each.right} of {each.asked} analogies right" for each in answer.relations]
    return "\n".join(lines)
