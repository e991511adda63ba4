"""What a network makes of examples, step by step, in numbers and letters."""

import torch
from torch import Tensor

from tuilab.engine.shape_tasks import Play, Reverse, ShapeTask
from tuilab.engine.shapes import Examples, Network, losses
from tuilab.labs.shapes.spec import ERROR, Example, Step, read_series, read_word


def looked_at(task: ShapeTask, said: Tensor, examples: Examples, which: list[int]) -> list[Example]:
    """Some examples with what is said to them; `said` is (steps out, batch, outputs)."""
    lost, judged = losses(said, examples.targets), task.judge(said, examples.targets).tolist()

    def one(number: int) -> Example:
        example = Examples(examples.inputs[:, number], examples.targets[:, number])
        steps = unrolled(task, example, said[:, number], lost[:, number].tolist())
        error = None if task.classes else judged[number]
        right = judged[number] == 1 if error is None else error <= ERROR
        return Example(number, steps, float(lost[:, number].mean()), error, right)

    return [one(number) for number in which]


def unrolled(task: ShapeTask, one: Examples, said: Tensor, lost: list[float | None]) -> list[Step]:
    """The steps of one example: inputs (steps in, inputs), targets (steps out, ...), said (steps out, outputs)."""
    given = _given(task, one.inputs)
    words, chances = _words(task, said)
    targets = [task.classes[place] for place in one.targets] if task.classes else one.targets[:, 0].tolist()
    out = list(zip(words, targets, lost, chances, strict=True))
    if task.form == "seq2vec":
        return [*(Step("", each) for each in given[:-1]), Step("", given[-1], *out[0])]
    if task.form == "encdec":
        heard = [task.classes[0], *words[:-1]]
        return [
            *(Step("encoder", each) for each in given),
            *(Step("decoder", each, *rest) for each, rest in zip(heard, out, strict=True)),
        ]
    given += [None] * (len(out) - len(given))
    return [Step("", each, *rest) for each, rest in zip(given, out, strict=True)]


def _given(task: ShapeTask, inputs: Tensor) -> list[float | str | None]:
    if task.form == "encdec":
        return [task.classes[place] for place in inputs.argmax(-1)]
    return inputs[:, 0].tolist()


def _words(task: ShapeTask, said: Tensor) -> tuple[list, list]:
    """What is said at each step, and how probable that is."""
    if not task.classes:
        return said[:, 0].tolist(), [None] * len(said)
    chances, places = said.softmax(-1).max(-1)
    return [task.classes[place] for place in places], chances.tolist()


def own_example(task: ShapeTask, own: str) -> tuple[Examples, bool]:
    """A learner's own input as an example, and whether its targets are known. Raises ValueError with a sentence."""
    if isinstance(task, Reverse):
        return task.examples(torch.tensor([[task.classes.index(letter)] for letter in read_word(own)])), True
    values = torch.tensor(read_series(task.form, own))[:, None, None]
    if isinstance(task, Play):
        return Examples(values, task.played(values[:, :, 0])[..., None]), True
    if task.form == "seq2seq":
        return Examples(values[:-1], values[1:]), True
    return Examples(values, torch.zeros(1, 1, dtype=torch.long)), False


def attempted(task: ShapeTask, network: Network, own: str) -> Example:
    """What a network says to a learner's own input. Raises ValueError with a sentence."""
    examples, known = own_example(task, own)
    found = looked_at(task, network.free(examples), examples, [0])[0]
    if known:
        return Example(-1, found.steps, found.loss, found.error, found.right, own)
    last = found.steps[-1]
    steps = [*found.steps[:-1], Step(last.part, last.given, last.said, chance=last.chance)]
    return Example(-1, steps, None, None, None, own)
