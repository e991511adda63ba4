"""What is said of the sentence and of a target, in words and with the numbers put in."""

from tuilab.labs.window.spec import Window, WindowTrace, contexts
from tuilab.labs.word2vec import MODELS


def headline(spec: Window, view: WindowTrace) -> str:
    """How much is made of the sentence."""
    what = "pairs" if spec.model == "skipgram" else "examples"
    parts = [MODELS[spec.model], f"window ▐{spec.size}▌", f"{view.count} {what if view.count != 1 else what[:-1]}"]
    if spec.sample:
        parts.append(f"sample {spec.sample:g}: {view.staying} of {len(view.occurrences)} words")
    return "   ".join(parts)


def told(spec: Window, view: WindowTrace, target: int) -> str:
    """What is made of one target; with subsampling, how it came to stay or not."""
    seen = view.occurrences[target]
    if not seen.stays:
        return f"{seen.word} is out: nothing is made of it, and windows reach over it.\n{_drawn(spec, view, target)}"
    near = contexts(view, target)
    names = ", ".join(view.occurrences[at].word for at in near)
    if not near:
        made = f"{seen.word} is alone: it has no context, and nothing is made of it."
    elif spec.model == "skipgram":
        pairs = "1 pair" if len(near) == 1 else f"{len(near)} pairs"
        made = f"{seen.word} is to predict each of its context: {names}. {pairs}."
    else:
        mean = names if len(near) == 1 else f"the mean of {names}"
        made = f"{mean} is to predict {seen.word}. 1 example."
    return f"{made}\n{_drawn(spec, view, target)}".rstrip()


def _drawn(spec: Window, view: WindowTrace, target: int) -> str:
    """P(keep) written out, and the draw."""
    seen = view.occurrences[target]
    if seen.draw is None:
        return ""
    word = next(each for each in view.words if each.word == seen.word)
    ratio = f"{spec.sample:g}/{word.share:.3f}"
    quotient = spec.sample / word.share
    keep = quotient**0.5 + quotient
    most = ", at most 1" if keep > 1 else ""
    verdict = "stays" if seen.stays else "out"
    return (
        f"share {word.count}/{len(view.occurrences)} = {word.share:.3f}; keep √({ratio}) + {ratio} ≈ {keep:.3f}{most}; "
        f"drew {seen.draw:.3f}: {verdict}"
    )
