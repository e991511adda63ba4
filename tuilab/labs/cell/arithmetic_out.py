"""What is said at a step and what is lost there, written out with the numbers put in."""

from math import log

from tuilab.labs.cell.spec import Classes, Walk
from tuilab.widgets.numbers import MOST, bracketed, four, largest, signed, three


def read_out(walk: Walk) -> dict[str, str]:
    """By the columns of the read-out."""
    if walk.prediction is None or walk.target is None:
        nothing = "nothing is said at this step, so there is no loss here"
        if walk.W_above:
            nothing = "this layer says nothing itself: the one above hears it"
        return {"said": nothing, "target": nothing, "error": nothing}
    whole = f"loss of the whole window {four(walk.loss)}"
    error = f"{four(walk.prediction)} − {bracketed(walk.target)} ≈ {four(walk.prediction - walk.target)}"
    if walk.classes is not None:
        return _of_classes(walk, walk.classes, walk.prediction, f"{error}; {whole}")
    letters = "said: the read-out's weights times h of each unit, plus its bias"
    said = f"{letters}\n= {_sum(walk)} ≈ {four(walk.prediction)}"
    return {"said": said, "target": f"the next point is {four(walk.target)}", "error": f"{error}; {whole}"}


def _of_classes(walk: Walk, classes: Classes, chance: float, error: str) -> dict[str, str]:
    right = classes.names[classes.right]
    score = sum(w * h for w, h in zip(walk.readout, walk.h_all, strict=True)) + walk.readout_b
    others = sorted(zip(classes.chances, classes.names, strict=True), reverse=True)[:MOST]
    likeliest = ", ".join(f"{name} {three(each)}" for each, name in others)
    return {
        "said": f"said: the probability of {right}, softmax of the scores; likeliest: {likeliest}\n"
        f"score of {right} = {_sum(walk)} ≈ {four(score)}",
        "target": f"{right} is right: its probability should be 1",
        "error": f"{error}\nloss of this step −ln {three(chance)} ≈ {three(-log(max(chance, 1e-300)))}",
    }


def _sum(walk: Walk) -> str:
    """A weighted sum of what all units say."""
    bias = signed(walk.readout_b) if len(walk.readout) <= MOST else f"; bias {four(walk.readout_b)}"
    return f"{largest(walk.readout, walk.h_all, 'unit')}{bias}"


def own_term(walk: Walk, unit: int) -> str:
    """The gradient of h from the loss of this very step, or from the layer above."""
    if walk.W_above:
        sent = largest(walk.W_above, walk.da_above, "row", three)
        letters = "dh, this step's own term: from the layer above, its W_ihᵀ·da over the rows of all its gates"
        return f"{letters}\n= {sent} ≈ {three(walk.dh_own)}"
    if walk.prediction is None or walk.target is None:
        return "dh, this step's own term: 0, for nothing is said at this step"
    if walk.classes is None:
        apart = f"({four(walk.prediction)} − {bracketed(walk.target)})"
        return (
            "dh, this step's own term: 2·(said − target)/steps × the read-out's weight\n"
            f"= 2×{apart}/{walk.outs} × {bracketed(walk.readout[unit])} ≈ {three(walk.dh_own)}"
        )
    classes = walk.classes
    errors = [chance - (place == classes.right) for place, chance in enumerate(classes.chances)]
    return (
        f"dh, this step's own term: over all classes (probability − target)/{walk.outs} × the read-out's weight\n"
        f"= ({largest(errors, classes.weights, 'class', three)})/{walk.outs} ≈ {three(walk.dh_own)}"
    )
