"""The labs that there are. A new lab is a new folder and a line in `SUMMARIES`.

What a lab is called and what it is about stand here, so that a list of them imports none.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from types import ModuleType

import msgspec

from tuilab.labs.spec import Show, Spec

SUMMARIES = {
    "neuron": "one recurrent neuron over time: edit it, step it, train it",
    "unroll": "a recurrent layer by hand: every number of every step, forwards",
    "shapes": "one network used in four ways: what goes in, what comes out",
    "activations": "activation functions, their slopes, and products of them",
    "gradients": "every layer's gradient, live, and what each cure does to it",
    "memory": "recall a symbol seen T steps ago: RNN, LSTM and GRU",
    "cell": "a cell from inside: every gate's numbers, forwards and backwards",
    "gates": "every gate of every unit over time, as a map of numbers",
    "race": "RNN, LSTM, peephole LSTM and GRU on the same batches",
    "series": "a wave as a series, and random windows of it as a batch",
    "forecast": "an RNN, LSTM or GRU learns a sine wave, then generates it",
    "window": "what skip-gram and CBOW make of a sentence, window by window",
    "skipgram": "one update of word2vec, number by number, forwards and backwards",
    "words": "word2vec learns vectors of words from a text",
    "neighbours": "words near to a word, how alike two are, the odd one out",
    "analogy": "sums of words like king - man + woman, and directions",
    "map": "words on a map, by PCA and t-SNE, and how true it is",
}
NAMES = tuple(SUMMARIES)


@dataclass(frozen=True)
class Question:
    """Something that can be asked: its spec and the type of its answer; `alone` where no run is needed for it."""

    spec: type[Spec]
    answer: type[msgspec.Struct]
    alone: bool = False


@dataclass(frozen=True)
class Lab:
    """One lab, as its `spec` module describes it under the name LAB.

    `answer` is what asking its spec gives, None where it can only be run; `view` is what a run shows of
    itself, None where it can only be asked; `questions` can be put to a run of it, or stand alone;
    `show` is what a page can put its panel into; `besides` are other specs that one of its settings asks for.
    """

    spec: type[Spec]
    answer: type[msgspec.Struct] | None = None
    view: type[msgspec.Struct] | None = None
    questions: tuple[Question, ...] = field(default=())
    show: type[Show] | None = None
    besides: tuple[type[Spec], ...] = ()

    @property
    def name(self) -> str:
        """The lab's name, the first word of its spelling."""
        return self.spec.kind

    @property
    def summary(self) -> str:
        """What it is about, in a few words."""
        return SUMMARIES[self.name]


@cache
def lab(name: str) -> Lab:
    """Find a lab by its name."""
    return import_module(f"tuilab.labs.{name}.spec").LAB


def labs() -> list[Lab]:
    """List all labs, in the order of the course."""
    return [lab(name) for name in NAMES]


def part(name: str, module: str) -> ModuleType:
    """Import a part of a lab's folder, 'experiment' or 'panel', where a process needs it."""
    return import_module(f"tuilab.labs.{name}.{module}")


def owner(kind: str) -> Lab | None:
    """Find the lab that a kind belongs to, as its own spec or as a question to its runs."""
    if kind in NAMES:
        return lab(kind)
    return next((found for found in labs() if kind in _kinds(found.questions)), None)


def spec_of(kind: str) -> type[Spec] | None:
    """Find the spec of a kind."""
    found = owner(kind)
    if found is None:
        return None
    return found.spec if found.name == kind else _kinds(found.questions)[kind].spec


def stands_alone(kind: str) -> bool:
    """Whether a kind can be asked by itself, without a run."""
    found = owner(kind)
    if found is None:
        return False
    return found.answer is not None if found.name == kind else _kinds(found.questions)[kind].alone


def experiment_of(kind: str) -> ModuleType:
    """Import the experiment of the lab that a kind belongs to."""
    found = owner(kind)
    assert found is not None
    return part(found.name, "experiment")


def answer_of(kind: str) -> type[msgspec.Struct] | None:
    """Find the type of the answer to a kind; None where it cannot be asked."""
    found = owner(kind)
    if found is None:
        return None
    return found.answer if found.name == kind else _kinds(found.questions)[kind].answer


def kinds() -> list[str]:
    """List every kind that can be spelled."""
    return [kind for found in labs() for kind in (found.name, *_kinds(found.questions))]


def _kinds(questions: Iterable[Question]) -> dict[str, Question]:
    return {question.spec.kind: question for question in questions}
