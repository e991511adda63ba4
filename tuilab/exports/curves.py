"""The curves of a run, as few points as a picture shows however long it was."""

import math
from typing import Any

from tuilab.exports.run import Run
from tuilab.labs.spec import Spec
from tuilab.widgets.decimate import History
from tuilab.widgets.plot import Figure, Line

_BUCKETS = 800  # of each curve, each with its smallest and largest value
STEPS = "training step"
_SQUARED, _ENTROPY = "loss: mean squared error", "loss: cross-entropy in nats"


def figures(run: Run) -> tuple[Figure, Figure]:
    """Loss and gradient norm over the training steps, on logarithmic axes where all is positive."""
    loss, norm, last = History(_BUCKETS), History(_BUCKETS), 1
    for each in run.steps():
        loss.extend((each.loss,))
        norm.extend((each.gradient_norm,))
        last = each.step
    return _figure(loss_name(run.spec), loss, last), _figure("gradient norm, before clipping", norm, last, 2)


def loss_name(spec: Spec) -> str:
    """What the loss of an experiment is, with its unit."""
    named: Any = spec
    if named.kind == "words":
        return "loss: negative sampling, nats a pair"
    if named.kind == "race":
        return _SQUARED if named.task == "sine" else _ENTROPY
    if named.kind == "shapes":
        return _ENTROPY if named.form in ("seq2vec", "encdec") else _SQUARED
    return _SQUARED if named.kind in ("neuron", "forecast") else _ENTROPY


def _figure(name: str, history: History, last: int, colour: int = 1) -> Figure:
    xs, ys = history.points()
    pairs = [(x, y) for x, y in zip(xs, ys, strict=True) if math.isfinite(y)]
    line = Line(name, [x for x, _ in pairs], [y for _, y in pairs], colour=colour)
    log = bool(pairs) and min(line.ys) > 0
    return Figure(name, STEPS, (line,), x_range=(1.0, float(max(last, 2))), log=log)
