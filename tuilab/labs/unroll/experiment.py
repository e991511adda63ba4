"""Runs the unroll lab."""

import torch
from torch import Tensor

from tuilab.engine.recurrent import Weights, random_weights, unroll
from tuilab.engine.sentences import one_hot, vocabulary
from tuilab.labs.edits import parse_edits
from tuilab.labs.unroll.models import arrays_of_model
from tuilab.labs.unroll.spec import SENTENCES, Unroll, UnrollStep, UnrollTrace


def answer(spec: Unroll) -> UnrollTrace:
    """Unroll the layer over its inputs, edits put in."""
    X, weights = arrays(spec)
    steps = unroll(X, weights)
    before = [torch.zeros_like(steps[0].Y)] + [step.Y for step in steps[:-1]]
    shapes = {name: list(shape) for name, shape in spec.shapes.items()}
    Wx, Wy, b = (array.tolist() for array in weights)
    return UnrollTrace(
        Wx,
        Wy,
        b,
        steps=[UnrollStep(*(array.tolist() for array in (X[t], before[t], *step))) for t, step in enumerate(steps)],
        shapes={**shapes, "Y": [spec.steps, spec.batch, spec.neurons]},
        words=vocabulary(_sentences()) if spec.data == "words" else [],
    )


def arrays(spec: Unroll) -> tuple[Tensor, Weights]:
    """The input X (time, batch, inputs) and the weights, drawn or a model's, with the learner's edits put in."""
    X, weights = arrays_of_model(spec) if spec.model else _drawn(spec)
    named = {"X": X, **weights._asdict()}
    for edit in parse_edits(spec.set):
        named[edit.array][edit.place] = edit.value
    return X, weights


def _drawn(spec: Unroll) -> tuple[Tensor, Weights]:
    generator = torch.Generator().manual_seed(spec.seed)
    weights = random_weights(spec.inputs, spec.neurons, generator)
    return _inputs(spec, generator), weights


def _inputs(spec: Unroll, generator: torch.Generator) -> Tensor:
    if spec.data == "words":
        return one_hot(_sentences(), vocabulary(_sentences()))
    shape = (spec.steps, spec.batch, spec.inputs)
    if spec.data == "large":
        return torch.randint(0, 10, shape, generator=generator).float()
    return torch.randint(-2, 3, shape, generator=generator) / 2


def _sentences() -> list[list[str]]:
    return [list(sentence) for sentence in SENTENCES]
