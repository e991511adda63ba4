"""What can be asked of the window lab."""

import re
import unicodedata
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from tuilab.labs.catalogue import Lab
from tuilab.labs.spec import LabSpec, Show
from tuilab.labs.word2vec import ModelName

MOST_WORDS, LONGEST_WORD, LARGEST = 300, 30, 10
_SENTENCE = {"allowed": f"a sentence of 2 to {MOST_WORDS} words"}


class Window(LabSpec, frozen=True, kw_only=True):
    """A window that goes over a sentence, and what the model is given to learn at each place of it."""

    kind = "window"

    sentence: Annotated[str, Meta(description="what the window goes over", extra=_SENTENCE)] = "The dog chews the bone"
    size: Annotated[int, Meta(ge=1, le=LARGEST, description="words to either side that are context")] = 2
    model: ModelName = "skipgram"
    shrink: Annotated[
        Literal["no", "yes"], Meta(description="whether each target draws how far its window reaches, 1 to size")
    ] = "no"
    sample: Annotated[float, Meta(ge=0, le=1, description="threshold of subsampling; 0 leaves all words in")] = 0.0
    seed: Annotated[int, Meta(ge=0, le=2**31 - 1, description="seed of what is drawn")] = 1

    def __post_init__(self) -> None:
        msgspec.structs.force_setattr(self, "sentence", _shown(self.sentence))
        words = words_of(self.sentence)
        if not words:
            given = f"{self.sentence!r} has no words" if self.sentence else "there is none"
            raise ValueError(f"window: sentence: {given}; type one like 'The dog chews the bone'.")
        if not 2 <= len(words) <= MOST_WORDS:
            count = "1 word, and so no context" if len(words) == 1 else f"{len(words):,} words"
            raise ValueError(f"window: sentence has {count}; it takes 2 to {MOST_WORDS} words.")
        longest = max(words, key=len)
        if len(longest) > LONGEST_WORD:
            begins = f"{longest[:LONGEST_WORD]}…"
            raise ValueError(f"window: sentence: {begins!r} is too long; a word has at most {LONGEST_WORD} characters.")


class WindowShow(Show, frozen=True, kw_only=True):
    """What a page can put the panel into."""

    kind = "window"

    target: Annotated[int, Meta(ge=0, le=MOST_WORDS - 1, description="the position of the target")] = 1


def words_of(sentence: str) -> list[str]:
    """The words in lower case, without the punctuation around them; commas and colons part words."""
    stripped = (_bare(word) for word in re.split(r"[\s,:]+", sentence.lower()))
    return [word for word in stripped if word]


def _shown(sentence: str) -> str:
    """A sentence as it can be shown: what is not printable becomes a blank, and several blanks become one."""
    return " ".join("".join(character if character.isprintable() else " " for character in sentence).split())


def _bare(word: str) -> str:
    """A word from its first letter or digit to its last; marks belong to their letters."""
    there = [at for at, character in enumerate(word) if unicodedata.category(character)[0] in "LNM"]
    return word[there[0] : there[-1] + 1] if there else ""


class Occurrence(msgspec.Struct, frozen=True):
    """A word of the sentence: what it drew, where it did; whether it stays; and its window, from `first` to `last`.

    `reach` is how far the window may go, 0 for a word that does not stay. Positions are those of the sentence.
    """

    word: str
    draw: float | None
    stays: bool
    reach: int
    first: int
    last: int


class Word(msgspec.Struct, frozen=True):
    """A word, how often it occurs, its share of the sentence, and the probability that an occurrence of it stays."""

    word: str
    count: int
    share: float
    keep: float


class Made(msgspec.Struct, frozen=True):
    """What is learnt from once: the words given, the word to be predicted, and the target it was made for."""

    target: int
    given: str
    predicted: str


class WindowTrace(msgspec.Struct, frozen=True):
    """The sentence word by word, its words by how frequent they are, and `count` pairs or examples of a model."""

    model: str
    occurrences: list[Occurrence]
    words: list[Word]
    made: list[Made]
    count: int
    staying: int


def contexts(trace: WindowTrace, target: int) -> list[int]:
    """The positions of the context of a target; none where it does not stay."""
    seen = trace.occurrences[target]
    if not seen.stays:
        return []
    within = range(seen.first, seen.last + 1)
    return [at for at in within if at != target and trace.occurrences[at].stays]


LAB = Lab(
    spec=Window,
    answer=WindowTrace,
    show=WindowShow,
)
