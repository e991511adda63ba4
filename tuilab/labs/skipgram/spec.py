"""What can be asked of the skipgram lab."""

import re
from typing import Annotated, Literal, NamedTuple, get_args

import msgspec
from msgspec import Meta

from tuilab.labs.catalogue import Lab
from tuilab.labs.edits import Edit, check_edits, parse_edits
from tuilab.labs.spec import CURSOR, LabSpec, Show
from tuilab.labs.word2vec import ModelName

MOST_UPDATES, MOST_WORDS, MOST_NOISE, MOST_GIVEN, LONGEST_WORD = 200, 40, 10, 20, 30
LARGEST = 1e6
_WORD = re.compile(rf"([^\s,:]{{1,{LONGEST_WORD}}})(?::([1-9]\d{{0,8}}))?")
_WORDS = {"allowed": f"2 to {MOST_WORDS} words with their counts, like the:120,dog:20"}
_TARGET = {"allowed": "one of words, or nothing for the course's example"}
_GIVEN = {"allowed": "one of words, for cbow one or more; or nothing for the course's example"}
_NOISE = {"allowed": f"nothing, to draw them, or 1 to {MOST_NOISE} of words"}
_EDITS = {"allowed": "edits like v[0,1,2]:0.5 with commas between them: update, word, dimension"}


class Counted(NamedTuple):
    """A word and how often it occurs."""

    word: str
    times: int


class Skipgram(LabSpec, frozen=True, kw_only=True):
    """One update: the given word or words are to tell a word that was really there from noise words."""

    kind = "skipgram"

    model: ModelName = "skipgram"
    loss: Annotated[
        Literal["negative", "nce"], Meta(description="negative sampling, or noise-contrastive estimation")
    ] = "negative"
    words: Annotated[str, Meta(description="the words there are, with their counts", extra=_WORDS)] = (
        "the:60,dog:12,chews:5,bone:6,book:40,car:50,house:60,sun:30,guitar:20"
    )
    target: Annotated[str, Meta(description="the word in the middle of the window", extra=_TARGET)] = ""
    context: Annotated[str, Meta(description="the word or words around it", extra=_GIVEN)] = ""
    noise: Annotated[str, Meta(description="noise words by name, the same at each update", extra=_NOISE)] = ""
    negatives: Annotated[int, Meta(ge=1, le=MOST_NOISE, description="noise words drawn at each update, k")] = 5
    dimensions: Annotated[int, Meta(ge=2, le=8, description="numbers in a vector")] = 4
    lr: Annotated[float, Meta(gt=0, le=2, description="learning rate")] = 0.5
    seed: Annotated[int, Meta(ge=0, le=2**31 - 1, description="seed of the vectors and of the noise")] = 118
    updates: Annotated[int, Meta(ge=0, le=MOST_UPDATES, description="updates taken before the one shown")] = 0
    set: Annotated[str, Meta(description="numbers set by hand", extra=_EDITS)] = ""

    def __post_init__(self) -> None:
        try:
            there = [each.word for each in self.counted]
            for name, words in (("target", [self.middle]), ("context", self.around), ("noise", self.named)):
                _check(name, words, there)
            if self.model == "skipgram" and len(self.around) > 1:
                raise ValueError(
                    f"context={self.context} are {len(self.around)} words; skip-gram predicts one at a time, "
                    "model=cbow takes more."
                )
            self._take_number_of_noise()
            check_edits(self.edits, self.shapes)
        except ValueError as error:
            raise ValueError(f"skipgram: {error}") from None

    def _take_number_of_noise(self) -> None:
        if not self.named:
            return
        default = next(field.default for field in msgspec.structs.fields(type(self)) if field.name == "negatives")
        if self.negatives not in (default, len(self.named)):
            raise ValueError(
                f"negatives={self.negatives} does not go with noise={self.noise}: {len(self.named)} words."
            )
        msgspec.structs.force_setattr(self, "negatives", len(self.named))

    def implied(self) -> frozenset[str]:
        """Noise words that are named are counted by themselves."""
        return frozenset(["negatives"]) if self.named else frozenset()

    @property
    def counted(self) -> list[Counted]:
        """The words in the order in which they are written; their places are their ids."""
        return _counted(self.words)

    @property
    def middle(self) -> str:
        """The target."""
        return self.target.strip().lower() or ("dog" if self.model == "skipgram" else "bone")

    @property
    def around(self) -> list[str]:
        """The words of the context."""
        return _names(self.context) or (["bone"] if self.model == "skipgram" else ["the", "dog", "chews", "the"])

    @property
    def given(self) -> list[str]:
        """The words whose vectors go in."""
        return [self.middle] if self.model == "skipgram" else self.around

    @property
    def positive(self) -> str:
        """The word that is to be predicted, and was really there."""
        return self.around[0] if self.model == "skipgram" else self.middle

    @property
    def named(self) -> list[str]:
        """Noise words that are given by name; none where they are drawn."""
        return _names(self.noise)

    @property
    def edits(self) -> tuple[Edit, ...]:
        """Numbers set by hand, each before an update."""
        return parse_edits(self.set)

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """The shapes of what can be set: (update, word, dimension)."""
        shape = (MOST_UPDATES + 1, len(self.counted), self.dimensions)
        return {"v": shape, "u": shape}


def _names(text: str) -> list[str]:
    return [word.strip().lower() for word in text.split(",")] if text.strip() else []


def _counted(text: str) -> list[Counted]:
    """Read `the:120,dog:20`. Raises ValueError with a sentence."""
    found = []
    for part in text.split(","):
        match = _WORD.fullmatch(part.strip().lower())
        if match is None or not match[1].isprintable():
            raise ValueError(
                f"words: {part.strip()[:40]!r} cannot be read; write a word and a count up to 999,999,999, like dog:20."
            )
        found.append(Counted(match[1], int(match[2] or 1)))
    words = [each.word for each in found]
    if not 2 <= len(words) <= MOST_WORDS:
        raise ValueError(f"words has {len(words)} of them; it takes 2 to {MOST_WORDS}, with commas between them.")
    twice = next((word for word in words if words.count(word) > 1), None)
    if twice is not None:
        raise ValueError(f"words: {twice!r} is there more than once; write each word once, with its count.")
    return found


def _check(name: str, words: list[str], there: list[str]) -> None:
    most = {"target": 1, "context": MOST_GIVEN, "noise": MOST_NOISE}[name]
    if len(words) > most:
        raise ValueError(f"{name} has {len(words)} words; it takes at most {most}.")
    unknown = next((word for word in words if word not in there), None)
    if unknown is not None:
        raise ValueError(f"{name}: {unknown[:40]!r} is not among words. There are: {', '.join(there)}.")


View = Literal["forwards", "backwards", "both"]
VIEWS: tuple[View, ...] = get_args(View)


class SkipgramShow(Show, frozen=True, kw_only=True):
    """What a page can put the panel into."""

    kind = "skipgram"

    view: Annotated[View, Meta(description="the way to the loss, the way back, or both losses side by side")] = (
        "forwards"
    )
    cursor: Annotated[str, CURSOR] = ""


Matrix = list[list[float]]


class Draw(msgspec.Struct, frozen=True):
    """The positive word, or a noise word: its score u·h, what is taken off that, and what comes of it.

    `counted` is false for a noise word that is skipped; `probability` is that with which it is drawn as noise.
    """

    word: str
    label: float
    counted: bool
    probability: float
    score: float
    off: float
    logit: float
    sigma: float
    error: float
    loss: float


class Share(msgspec.Struct, frozen=True):
    """A word, its count, that to the power 0.75, and the share of this in the sum: its probability as noise."""

    word: str
    count: int
    raised: float
    probability: float


class SkipgramTrace(msgspec.Struct, frozen=True):
    """One update; the first of `draws` is the positive word, `other` are the same draws under the other loss.

    `v` and its gradient and successor have a row for each of `v_words`, `u` and its own for each of `u_words`.
    `difference` is the largest between these gradients and autograd's.
    """

    model: str
    criterion: str
    update: int
    lr: float
    given: list[str]
    v_words: list[str]
    v: Matrix
    h: list[float]
    u_words: list[str]
    u: Matrix
    draws: list[Draw]
    loss: float
    other: list[Draw]
    other_loss: float
    dh: list[float]
    dv: Matrix
    du: Matrix
    v_after: Matrix
    u_after: Matrix
    difference: float
    vocabulary: list[Share]


LAB = Lab(
    spec=Skipgram,
    answer=SkipgramTrace,
    show=SkipgramShow,
)
