"""What a corpus is: sentences of words, and questions whose answers are known."""

from collections.abc import Iterator
from typing import NamedTuple, Protocol


class CorpusError(ValueError):
    """A corpus that cannot be read: one sentence for the learner, with the file, and the line or byte, if any."""


class Analogies(NamedTuple):
    """Questions of one relation: in (a, b, c, d), a is to b as c is to d."""

    relation: str
    questions: list[tuple[str, str, str, str]]


class Judges(NamedTuple):
    """What vectors can be held against. A similarity is two words and a score: the higher, the more alike."""

    analogies: list[Analogies]
    similarities: list[tuple[str, str, float]]


class Corpus(Protocol):
    """A text, by the name it is opened with."""

    name: str
    title: str

    def sentences(self) -> Iterator[list[str]]:
        """The text from its beginning, a list of words a sentence. Raises CorpusError on the way too."""

    def stamp(self) -> tuple[object, ...]:
        """What is another one once the text has changed."""

    def judges(self) -> Judges:
        """What its vectors can be held against; both lists may be empty."""


def questions(relation: str, pairs: list[tuple[str, str]]) -> Analogies:
    """Each pair asked with each other pair: n pairs make n (n - 1) questions."""
    return Analogies(relation, [(*asked, *other) for asked in pairs for other in pairs if asked != other])
