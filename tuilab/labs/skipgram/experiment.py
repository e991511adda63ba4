"""Runs the skipgram lab."""

import torch
from torch import Tensor

from tuilab.engine.words.update import (
    Forwards,
    Gradients,
    Loss,
    Task,
    difference_from_autograd,
    forwards,
    gradients,
    updated,
)
from tuilab.engine.words.vocabulary import NOISE_POWER, Vocabulary
from tuilab.labs.skipgram.spec import LARGEST, Draw, Share, Skipgram, SkipgramTrace


def answer(spec: Skipgram) -> SkipgramTrace:
    """Take the updates before the one that is asked for, then look at it. Raises ValueError with a sentence."""
    words = Vocabulary([each.word for each in spec.counted], [each.times for each in spec.counted])
    generator = torch.Generator().manual_seed(spec.seed)
    task = _edited(_drawn(_fresh(spec, words, generator), spec, words, generator), spec, 0)
    for number in range(1, spec.updates + 1):
        task = updated(task, gradients(task, forwards(task)), spec.lr)
        _check(task, spec, number)
        task = _edited(_drawn(task, spec, words, generator), spec, number)
    return _trace(spec, words, task)


def _fresh(spec: Skipgram, words: Vocabulary, generator: torch.Generator) -> Task:
    """Vectors of hundredths from -1 to 1, easy to reckon with; the authors' begin smaller, and all u at nought."""
    shape = (2, len(words), spec.dimensions)
    vectors, outputs = torch.randint(-100, 101, shape, generator=generator).double() / 100
    given, (positive,) = words.encode(spec.given), words.encode([spec.positive])
    return Task(vectors, outputs, given, positive, [], words.noise(), spec.loss)


def _drawn(task: Task, spec: Skipgram, words: Vocabulary, generator: torch.Generator) -> Task:
    """The noise words of the next update."""
    if spec.named:
        return task._replace(noise=words.encode(spec.named))
    drawn = torch.multinomial(task.probabilities, spec.negatives, replacement=True, generator=generator)
    return task._replace(noise=drawn.tolist())


def _edited(task: Task, spec: Skipgram, update: int) -> Task:
    """The task with what the learner has set before this update."""
    arrays = {"v": task.vectors.clone(), "u": task.outputs.clone()}
    for edit in spec.edits:
        if edit.place[0] == update:
            arrays[edit.array][edit.place[1:]] = edit.value
    return task._replace(vectors=arrays["v"], outputs=arrays["u"])


def _check(task: Task, spec: Skipgram, number: int) -> None:
    largest = torch.stack([task.vectors.abs().max(), task.outputs.abs().max()]).max()
    if not float(largest) <= LARGEST:
        raise ValueError(
            f"skipgram: with lr={spec.lr:g} the vectors leave ±{LARGEST:,.0f} at update {number}; take a smaller lr."
        )


def _trace(spec: Skipgram, words: Vocabulary, task: Task) -> SkipgramTrace:
    seen = forwards(task)
    back = gradients(task, seen)
    after = updated(task, back, spec.lr)
    otherwise: Loss = "nce" if spec.loss == "negative" else "negative"
    other = task._replace(loss=otherwise)
    given, drawn = list(dict.fromkeys(task.given)), list(dict.fromkeys(task.drawn.tolist()))
    draws = _draws(words, task, seen, back)
    others = _draws(words, other, forwards(other), gradients(other, forwards(other)))
    return SkipgramTrace(
        model=spec.model,
        criterion=spec.loss,
        update=spec.updates,
        lr=spec.lr,
        given=spec.given,
        v_words=[words.words[id] for id in given],
        v=task.vectors[given].tolist(),
        h=seen.h.tolist(),
        u_words=[words.words[id] for id in drawn],
        u=task.outputs[drawn].tolist(),
        draws=draws,
        loss=float(seen.losses.sum()),
        other=others,
        other_loss=sum(draw.loss for draw in others),
        dh=back.h.tolist(),
        dv=back.vectors[given].tolist(),
        du=back.outputs[drawn].tolist(),
        v_after=after.vectors[given].tolist(),
        u_after=after.outputs[drawn].tolist(),
        difference=difference_from_autograd(task, back),
        vocabulary=_shares(words, task.probabilities),
    )


def _draws(words: Vocabulary, task: Task, seen: Forwards, back: Gradients) -> list[Draw]:
    columns = (seen.scores, seen.off, seen.logits, seen.sigma, back.errors, seen.losses)
    numbers = torch.stack(columns, 1).tolist()
    drawn = task.drawn
    return [
        Draw(words.words[id], label, bool(counted), probability, *row)
        for id, label, counted, probability, row in zip(
            drawn.tolist(),
            seen.labels.tolist(),
            seen.counted.tolist(),
            task.probabilities[drawn].tolist(),
            numbers,
            strict=True,
        )
    ]


def _shares(words: Vocabulary, probabilities: Tensor) -> list[Share]:
    return [
        Share(word, int(count), float(count) ** NOISE_POWER, probability)
        for word, count, probability in zip(words.words, words.counts, probabilities.tolist(), strict=True)
    ]
