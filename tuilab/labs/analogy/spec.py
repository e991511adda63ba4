"""What can be asked of the analogy lab."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from tuilab.labs.analogy.expression import parse_pairs, parse_terms
from tuilab.labs.catalogue import Lab
from tuilab.labs.neighbours.spec import Most, Near, Source, VectorsName
from tuilab.labs.spec import LabSpec

RELATIONS = ("male-female", "verb-tense", "country-capital", "singular-plural")
_SUM = {"allowed": "words with + and - between them, like king - man + woman"}
_PAIRS = {"allowed": f"{', '.join(RELATIONS)}, or pairs like man:woman king:queen"}


class Analogy(LabSpec, frozen=True, kw_only=True):
    """The words nearest to a sum of words; or, where there are pairs, how parallel their directions are."""

    kind = "analogy"

    of: Annotated[str, Meta(max_length=1000, description="the sum to look up", extra=_SUM)] = "king - man + woman"
    without: Annotated[
        Literal["asked", "nothing"], Meta(description="what is left out: the words asked with, or nothing")
    ] = "asked"
    pairs: Annotated[str, Meta(max_length=2000, description="directions to compare instead", extra=_PAIRS)] = ""
    vectors: VectorsName = "last"
    most: Most = 10

    def __post_init__(self) -> None:
        try:
            parse_terms(self.of)
            if self.pairs and self.pairs not in RELATIONS:
                parse_pairs(self.pairs)
        except ValueError as error:
            raise ValueError(f"analogy: {error}") from None


class SignedWord(msgspec.Struct, frozen=True):
    """A word of the sum, with 1 or -1."""

    sign: int
    word: str


class Direction(msgspec.Struct, frozen=True):
    """From one word to another, and the cosine of that direction to the mean of the others."""

    first: str
    second: str
    to_others: float


class Directions(msgspec.Struct, frozen=True):
    """How parallel the directions of pairs are.

    `pairwise` is (pairs, pairs), cosines; `mean` that of all different directions; `shuffled` is the same with each
    first word paired with the second word of the next pair; `missing` are pairs with an unknown word.
    """

    name: str
    rows: list[Direction]
    pairwise: list[list[float]]
    mean: float
    shuffled: float
    missing: list[str]


class AnalogyView(msgspec.Struct, frozen=True):
    """The words nearest to the sum, with their cosines, and by how much the first is nearer than the second.

    Where pairs were asked for, their directions instead.
    """

    terms: list[SignedWord]
    rows: list[Near]
    margin: float | None
    directions: Directions | None
    source: Source


LAB = Lab(
    spec=Analogy,
    answer=AnalogyView,
)
