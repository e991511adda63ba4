"""What is said of an example, and of how well the network does."""

from math import exp

from tuilab.labs.shapes.spec import ERROR, HELD_OUT, RIGHT, WITH_CLASSES, Example, ShapesView, Step
from tuilab.widgets.numbers import bracketed, four, three

TITLES = {
    "seq2seq": "sequence to sequence: the next point, at every step",
    "seq2vec": "sequence to vector: rising, falling or turning",
    "vec2seq": "vector to sequence: so many waves, from one number",
    "encdec": "encoder, then decoder: the word backwards",
}


def standing(view: ShapesView) -> str:
    """The measure, and what is good enough."""
    if view.form in WITH_CLASSES:
        enough = f"at least {100 * RIGHT:.0f} %"
        measure = f"right {100 * view.measure:.1f} %, {HELD_OUT - view.wrong} of {HELD_OUT}"
    else:
        enough, measure = f"at most {ERROR:g}", f"typical error {view.measure:.3f}"
    return f"{measure}: {'good enough,' if view.accepted else 'not yet'} {enough}"


def which(example: Example, place: str) -> str:
    """Which example this is, and how it went."""
    name = f"your own, {example.own}" if example.number < 0 else f"held-out example {example.number}, {place}"
    if example.right is None:
        return f"{name}: nobody has told what is right"
    error = "" if example.error is None else f", typical error {example.error:.3f}"
    return f"{name}: {'right' if example.right else 'wrong'}{error}"


def of_step(example: Example, t: int) -> str:
    """What happens at a step, with the loss written out."""
    step = example.steps[t]
    goes_in = f"{_name(step.given)} goes in" if step.given is not None else "nothing goes in"
    if step.part == "decoder" and step.given is not None:
        first = t == 0 or example.steps[t - 1].part == "encoder"
        goes_in = "the begin sign goes in" if first else f"its own {_name(step.given)} goes in"
    return f"t={t}: {goes_in}; {_comes_out(step)}"


def _comes_out(step: Step) -> str:
    if step.said is None:
        return "nothing is said, so there is no loss here"
    if step.chance is not None:
        said = f"it says {_name(step.said)}, probability {three(step.chance)}"
        if step.loss is None:
            return said
        right = three(exp(-step.loss))
        of_right = "" if step.said == step.target else f"; {_name(step.target)} has {right}"
        return f"{said}{of_right}; loss −ln {right} = {three(step.loss)}"
    if step.loss is None or not isinstance(step.target, float) or not isinstance(step.said, float):
        return f"it says {_name(step.said)}"
    return f"loss ({four(step.said)} − {bracketed(step.target)})² = {three(step.loss)}"


def _name(value: float | str | None) -> str:
    if isinstance(value, str):
        return "the end" if value == "." else f"'{value}'" if len(value) == 1 else value
    return "nothing" if value is None else four(value)


def worst_step(example: Example, unknown: int) -> int:
    """The step to begin with: the first one that is wrong of classes, that with the largest error of numbers."""
    out = [t for t, step in enumerate(example.steps) if step.said is not None]
    if example.error is None:
        wrong = (t for t in out if example.steps[t].said != example.steps[t].target)
        return next(wrong, out[0]) if example.right is not None else out[-1]
    return max(out[unknown:] or out, key=lambda t: example.steps[t].loss or 0.0)
