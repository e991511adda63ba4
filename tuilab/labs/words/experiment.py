"""Runs the words lab."""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import torch

from tuilab.engine.state import State, arrays, take_back
from tuilab.engine.training import Diverged as EngineDiverged
from tuilab.engine.words.stretches import STRETCH, Stretch
from tuilab.engine.words.trainer import Method, WordTrainer
from tuilab.labs.run import Diverged, Metrics, check_moment
from tuilab.labs.spec import Spec
from tuilab.labs.words.looking import Looking
from tuilab.labs.words.reading import read
from tuilab.labs.words.spec import Judged, Relation, Watch, Words, WordsPlan, WordsView

JUDGEMENTS = 40  # of a training, about
COMMONEST, WATCHED = 10, 6
_OWN = ("words", "counts", "read", "judged")  # of a state, beside the trainer's


def answer(spec: Words) -> WordsPlan:
    """Count the text, and say what a training would work with."""
    vocabulary, stretches, _ = read(spec.corpus, spec.min_count, spec.encoding)
    kept = torch.from_numpy(vocabulary.counts).double() @ vocabulary.keep(spec.sample)
    return WordsPlan(
        words=len(vocabulary),
        text=vocabulary.total,
        after_subsampling=round(float(kept)),
        parameters=2 * len(vocabulary) * spec.dimensions,
        steps=spec.epochs * stretches.count,
        commonest=list(zip(vocabulary.words, vocabulary.counts.tolist(), strict=True))[:COMMONEST],
    )


def weights(spec: Words, state: State) -> dict[str, torch.Tensor]:
    """Both tables of each training, and as `words` their rows' words as bytes, a line each.

    Raises KeyError where they are not there.
    """
    found = {"words": torch.from_numpy(state["words"])}
    for seed in range(spec.seeds):
        kept = f"seed{seed}." if seed else ""
        found |= {f"{kept}vectors": torch.from_numpy(state[f"{kept}parameter.vectors"])}
        found |= {f"{kept}outputs": torch.from_numpy(state[f"{kept}outputs"])}
    return found


class Training:
    """Word2vec on a text; a step is a stretch of it."""

    def __init__(self, spec: Words) -> None:
        self.spec, self.step = spec, 0
        self.vocabulary, self.stretches, judges = read(spec.corpus, spec.min_count, spec.encoding)
        self.total = spec.epochs * self.stretches.count
        method = Method(spec.model, spec.dimensions, spec.window, spec.negatives, spec.sample, spec.rate)
        seeds = [torch.Generator().manual_seed(spec.seed + n) for n in range(spec.seeds)]
        self.trainers = [WordTrainer(self.vocabulary, method, seed, spec.threads) for seed in seeds]
        self.looking = Looking(self.vocabulary, judges)
        self.words = spec.watched or self.looking.some(WATCHED)
        self.read, self.judged = 0, list[Judged]()
        self.relations = list[Relation]()
        self._rest: Iterator[Stretch] | None = None

    def advance(self) -> Metrics:
        """Train on the next stretch, and look how good the vectors are, now and then."""
        stretch = self._next()
        try:
            measured, *_ = [trainer.train(stretch, self._progress) for trainer in self.trainers]
        except EngineDiverged as error:
            raise Diverged(
                f"Training stopped after step {self.step}: {error}. The learning rate {self.spec.rate:g} is probably "
                "too large; try a tenth of it."
            ) from None
        self.step += 1
        self.read += len(stretch.ids)
        if self.step % max(1, self.total // JUDGEMENTS) == 0 or self.step == self.total:
            judged, self.relations = self.looking.judge(self._vectors, self.step)
            self.judged.append(judged)
        return Metrics(self.step, measured.loss, measured.gradient_norm)

    def view(self) -> WordsView:
        """What the watched words are near to, and how good the vectors are."""
        watched, stability = self.looking.look(self._all, self.words)
        return WordsView(
            step=self.step,
            words=len(self.vocabulary),
            text=self.vocabulary.total,
            stretch=STRETCH,
            read=self.read,
            lr=self.trainers[0].rate(self._progress),
            watched=watched,
            judged=list(self.judged),
            relations=self.relations,
            stability=stability,
        )

    def state(self) -> dict[str, Any]:
        """The vectors with their words, the random numbers, and how good the vectors were."""
        judged = [(each.step, _nan(each.analogies), _nan(each.similarity)) for each in self.judged]
        return self._states() | {
            "words": np.frombuffer("\n".join(self.vocabulary.words).encode(), np.uint8),
            "counts": self.vocabulary.counts,
            "read": np.array(self.read),
            "judged": np.array(judged, dtype=np.float64).reshape(-1, 3),
        }

    def restore(self, step: int, state: State) -> None:
        """Go on from a state after `step` stretches. Raises ValueError where the text is another by now."""
        if not state.keys() >= set(_OWN) or bytes(state["words"]) != "\n".join(self.vocabulary.words).encode():
            raise ValueError("The text has changed since this training was saved; train again.")
        for trainer, prefix in zip(self.trainers, self._prefixes, strict=True):
            own = {name: state[prefix + name] for name in trainer.state() if prefix + name in state}
            trainer.restore(own)
        self.step, self.read = step, int(state["read"])
        self.judged = [Judged(int(at), _number(share), _number(rank)) for at, share, rank in state["judged"].tolist()]
        self.relations = self.looking.judge(self._vectors, step)[1]
        self._rest = None

    def put_weights(self, weights: State) -> None:
        """Take the vectors of a kept moment."""
        self.trainers = self.trainers[:1]  # of a moment the vectors of one training are kept
        take_back(self.trainers[0].weights(), weights)
        judged, self.relations = self.looking.judge(self._vectors, self.step)
        self.judged = [judged]

    def answer(self, question: Spec) -> WordsView:
        """What it is now."""
        assert isinstance(question, Watch)
        check_moment(question, question.at, self.step)
        return self.view()

    @property
    def _all(self) -> list[np.ndarray]:
        """The vectors of each training."""
        return [trainer.vectors.numpy() for trainer in self.trainers]

    @property
    def _vectors(self) -> np.ndarray:
        return self._all[0]

    @property
    def _prefixes(self) -> list[str]:
        """What the names of each training begin with in a state."""
        return ["", *(f"seed{n}." for n in range(1, len(self.trainers)))]

    def _states(self) -> dict[str, np.ndarray]:
        pairs = zip(self.trainers, self._prefixes, strict=True)
        return {prefix + name: array for each, prefix in pairs for name, array in arrays(each.state()).items()}

    @property
    def _progress(self) -> float:
        return self.step / self.total

    def _next(self) -> Stretch:
        """The next stretch of the text, which begins anew when it is at its end."""
        if self._rest is None or self.step % self.stretches.count == 0:
            self._rest = self.stretches.epoch(self.step % self.stretches.count)
        found = next(self._rest, None)
        if found is None:
            raise ValueError("The text has become shorter while it was read; train again.")
        return found


def _nan(value: float | None) -> float:
    return float("nan") if value is None else value


def _number(value: float) -> float | None:
    return None if math.isnan(value) else value
