"""What can be asked of the neighbours lab."""

from pathlib import PurePath
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from tuilab.labs.catalogue import Lab, Question
from tuilab.labs.spec import LabSpec, Spec

MOST_WORDS = 40  # that are compared with one another
HINT = "One word: its neighbours. Two: how alike they are. More: the odd one out."
_WORDS = {"allowed": f"a word, or up to {MOST_WORDS} with blanks between them"}
_VECTORS = {
    "allowed": "last, language, the name of a kept run, a file, or a name that tuilab vectors lists",
    "everywhere": (),
}
VectorsName = Annotated[str, Meta(min_length=1, max_length=1000, description="whose vectors", extra=_VECTORS)]
Most = Annotated[int, Meta(ge=1, le=100, description="neighbours that are shown")]


class Neighbours(LabSpec, frozen=True, kw_only=True):
    """The nearest words of one word; of two, how alike they are; of more, the odd one out."""

    kind = "neighbours"

    word: Annotated[str, Meta(max_length=1000, description="one word, two, or more", extra=_WORDS)] = ""
    vectors: VectorsName = "last"
    most: Most = 10

    def __post_init__(self) -> None:
        if len(self.asked) > MOST_WORDS:
            raise ValueError(f"neighbours: word names {len(self.asked)} words; at most {MOST_WORDS} are compared.")

    @property
    def asked(self) -> list[str]:
        """The words asked about."""
        return self.word.split()


class Source(msgspec.Struct, frozen=True):
    """Whose vectors they are: what they are called, how many, and in which file."""

    about: str
    words: int
    dimensions: int
    file: str
    kept_run: bool  # whether the file is the state of a run, whose rows are not of length one
    remark: str = ""  # what there was to say of the file that they were converted from, such as words that stood twice

    @property
    def run(self) -> str:
        """The name of the kept run; empty where they are of none."""
        return PurePath(self.file).parent.name if self.kept_run else ""

    @property
    def told(self) -> str:
        """Whose they are, in a line."""
        return f"{self.about}: {self.words:,} words of {self.dimensions:,} numbers"


class Near(msgspec.Struct, frozen=True):
    """A word, and a cosine."""

    word: str
    cosine: float


class NeighboursView(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The answer; it tells nothing of what it is not about.

    `rows` are, by `about`: of neighbours the nearest with their cosines to the word; of a similarity the second word
    with its cosine to the first; of the odd one out all words asked about, with their cosines to the mean of all.
    """

    about: Literal["nothing", "neighbours", "similarity", "odd"] = "nothing"
    hint: str = ""  # what can be asked, where nothing was
    asked: list[str] = []
    rows: list[Near] = []
    ranks: list[int] = []  # of two words: of the second among the neighbours of the first, and the other way round
    odd: str = ""  # the odd one out
    source: Source


class Complete(Spec, frozen=True, kw_only=True):
    """How a word may go on: the most frequent words that begin so."""

    kind = "complete"

    word: Annotated[str, Meta(max_length=200, description="the beginning of a word", extra=_WORDS)] = ""
    vectors: VectorsName = "last"
    most: Most = 10


class Completions(msgspec.Struct, frozen=True):
    """Words that begin as was asked, the most frequent first."""

    words: list[str]


LAB = Lab(
    spec=Neighbours,
    answer=NeighboursView,
    questions=(Question(Complete, Completions, alone=True),),
)
