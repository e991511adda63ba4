"""The words lab in plain mode."""

from tuilab.labs.words.code import code as _code
from tuilab.labs.words.spec import Watched, Words, WordsView

EXAMPLES = {"lab": "judged", "set": "epochs=1", "ask": "watch"}


def code(spec: Words, view: WordsView) -> str:
    """The same training in plain torch."""
    return _code(spec)


def told(answer: object) -> str:
    """What the words are near to, and how many analogies come out."""
    if not isinstance(answer, WordsView):
        return ""
    lines = [_near(each) for each in answer.watched]
    lines += [f"{each.name}: {each.right} of {each.asked} analogies right" for each in answer.relations]
    if answer.judged and answer.judged[-1].similarity is not None:
        lines.append(f"rank correlation with known similarities: {answer.judged[-1].similarity:.2f}")
    if answer.stability is not None:
        lines.append(f"two of the trainings share {100 * answer.stability:.0f} % of the nearest neighbours")
    return "\n".join(lines)


def brief(answer: object) -> object:
    """What is printed without being asked for: not what was told in words, nor how good it was at every step."""
    if not isinstance(answer, WordsView):
        return answer
    return {"step": answer.step, "words": answer.words, "text": answer.text, "lr": answer.lr}


def _near(watched: Watched) -> str:
    if not watched.neighbours:
        return f"{watched.word} {watched.why}"
    agreed = [f" ({count})" for count in watched.agreed] or [""] * len(watched.neighbours)
    pairs = zip(watched.neighbours, agreed, strict=True)
    return f"{watched.word}: " + ", ".join(f"{word} {cosine:.2f}{count}" for (word, cosine), count in pairs)
