"""What can be asked of the words lab."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from tuilab.labs.catalogue import Lab, Question
from tuilab.labs.spec import MomentQuestion, TrainingSpec
from tuilab.labs.word2vec import ModelName

OWN_RATE = {"skipgram": 0.025, "cbow": 0.1}  # where lr is 0
MOST_WATCHED = 8
_CORPUS = {
    "allowed": "language, pydoc, text8, or the path of a text file or a folder",
    "everywhere": ("language", "pydoc", "text8"),
}
_WATCH = {"allowed": f"up to {MOST_WATCHED} words with commas between them, like king,walked"}


class Words(TrainingSpec, frozen=True, kw_only=True):
    """Word2vec with negative sampling, trained on a text."""

    kind = "words"

    corpus: Annotated[str, Meta(min_length=1, max_length=500, description="the text", extra=_CORPUS)] = "language"
    encoding: Annotated[Literal["auto", "latin-1"], Meta(description="how the letters of a file are written")] = "auto"
    model: ModelName = "skipgram"
    dimensions: Annotated[int, Meta(ge=2, le=500, description="numbers in a word's vector")] = 150
    window: Annotated[int, Meta(ge=1, le=20, description="words of the context on each side, at most")] = 5
    negatives: Annotated[int, Meta(ge=1, le=30, description="noise words for each pair")] = 5
    sample: Annotated[float, Meta(ge=0, le=1, description="share above which words are left out; 0: none")] = 1e-3
    min_count: Annotated[int, Meta(ge=1, le=1000, description="how often a word must occur to count")] = 5
    epochs: Annotated[int, Meta(ge=1, le=100, description="times that the text is read")] = 5
    lr: Annotated[float, Meta(ge=0, le=5, description="learning rate; 0: skip-gram 0.025, CBOW 0.1")] = 0.0
    threads: Annotated[int, Meta(ge=1, le=2, description="threads; with 2 no run is quite like the last")] = 1
    seed: Annotated[int, Meta(ge=0, le=2**31 - 1, description="seed of vectors, windows and noise")] = 1
    seeds: Annotated[int, Meta(ge=1, le=5, description="trainings side by side, to see what they agree on")] = 1
    watch: Annotated[str, Meta(max_length=200, description="words to watch; empty: some", extra=_WATCH)] = ""

    def __post_init__(self) -> None:
        if len(self.watched) > MOST_WATCHED:
            raise ValueError(f"words: watch names {len(self.watched)} words; at most {MOST_WATCHED} fit on the screen.")

    @property
    def watched(self) -> list[str]:
        """The words that `watch` names."""
        return [word for word in (each.strip() for each in self.watch.split(",")) if word]

    @property
    def rate(self) -> float:
        """The learning rate that training begins with."""
        return self.lr or OWN_RATE[self.model]


class WordsPlan(msgspec.Struct, frozen=True):
    """What a training of this spec works with: its words and how often they occur, what subsampling leaves of the text.

    `steps` are stretches of some thousand words; `commonest` are the most frequent words with their counts.
    """

    words: int
    text: int
    after_subsampling: int
    parameters: int
    steps: int
    commonest: list[tuple[str, int]]


class Watched(msgspec.Struct, frozen=True):
    """A word and its nearest neighbours with their cosines; where there are none `why` says of the word why.

    `agreed` says of each neighbour in how many of the trainings it is one; empty where there is one training.
    """

    word: str
    neighbours: list[tuple[str, float]]
    agreed: list[int] = []
    why: str = ""


class Judged(msgspec.Struct, frozen=True):
    """How good the vectors were after a step: the share of analogies right, and the correlation with human similarity.

    None where the corpus has no questions of that kind.
    """

    step: int
    analogies: float | None
    similarity: float | None


class Relation(msgspec.Struct, frozen=True):
    """Of the questions of one relation, how many were right."""

    name: str
    right: int
    asked: int


class WordsView(msgspec.Struct, frozen=True):
    """Word2vec as it is now.

    `read` counts words of the text read so far, all epochs together, `text` those of one, `stretch` those of a step.
    """

    step: int
    words: int
    text: int
    stretch: int
    read: int
    lr: float
    watched: list[Watched]
    judged: list[Judged]
    relations: list[Relation]
    stability: float | None = None  # the share of their nearest neighbours that two trainings have in common


class Watch(MomentQuestion, frozen=True, kw_only=True):
    """A question to a training: what the watched words were near to at a moment of it."""

    kind = "watch"


LAB = Lab(
    spec=Words,
    answer=WordsPlan,
    view=WordsView,
    questions=(Question(Watch, WordsView),),
)
