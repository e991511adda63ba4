"""What can be asked of the map lab."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from tuilab.labs.catalogue import Lab, Question
from tuilab.labs.neighbours.spec import Source, VectorsName
from tuilab.labs.spec import LabSpec, MomentQuestion

FEWEST = 10
MOST_GROUPS = 8
_GROUPS = {"allowed": "known, none, or lists of words like king,queen;walk,walked"}


class Map(LabSpec, frozen=True, kw_only=True):
    """Words as points in two dimensions: by PCA at once, by t-SNE as it runs."""

    kind = "map"

    vectors: VectorsName = "last"
    words: Annotated[int, Meta(ge=FEWEST, le=3000, description="how many of the commonest words")] = 400
    skip: Annotated[int, Meta(ge=0, le=10_000, description="of the very commonest, how many are left out")] = 40
    perplexity: Annotated[float, Meta(ge=2, le=100, description="about how many neighbours t-SNE looks at")] = 15.0
    iterations: Annotated[int, Meta(ge=10, le=5000, description="of t-SNE")] = 500
    start: Annotated[
        Literal["pca", "random"], Meta(description="where t-SNE's points begin: on PCA's map, or anywhere")
    ] = "pca"
    seed: Annotated[int, Meta(ge=0, le=2**31 - 1, description="seed of where t-SNE's points begin")] = 1
    groups: Annotated[str, Meta(max_length=2000, description="words that are marked together", extra=_GROUPS)] = "known"

    def __post_init__(self) -> None:
        if len(self.lists) > MOST_GROUPS:
            raise ValueError(f"map: groups has {len(self.lists)} lists; at most {MOST_GROUPS} can be told apart.")
        named = [word for words in self.lists for word in words]
        twice = next((word for word in named if named.count(word) > 1), None)
        if twice is not None:
            raise ValueError(f"map: groups names {twice} more than once; a word is marked in one way only.")

    @property
    def lists(self) -> list[list[str]]:
        """The lists of words that `groups` names; none where it is a word of its own."""
        if self.groups in ("known", "none"):
            return []
        lists = [[word.strip() for word in part.split(",") if word.strip()] for part in self.groups.split(";")]
        return [words for words in lists if words]


class Group(msgspec.Struct, frozen=True):
    """Words that are marked together: places in the map's list of words."""

    name: str
    words: list[int]


class Picture(msgspec.Struct, frozen=True):
    """One map. `kept` counts, of each word, its true neighbours that are also near on the map; `share` is their mean.

    `torn` are words whose nearest true neighbour is far on the map; `false` gives for each word the one that is next
    to it on the map though truly far from it, else -1. All are places in the list of words.
    """

    x: list[float]
    y: list[float]
    kept: list[int]
    share: float
    torn: list[int]
    false: list[int]


class MapView(msgspec.Struct, frozen=True):
    """The words with their true neighbours among themselves, (words, neighbours), and the maps there are.

    `tsne` is the map after `step` iterations.
    """

    step: int
    words: list[str]
    neighbours: list[list[int]]
    cosines: list[list[float]]
    groups: list[Group]
    by_chance: float
    variance: float  # the share of it that PCA's two directions tell
    pca: Picture
    tsne: Picture | None
    source: Source


class Positions(MomentQuestion, frozen=True, kw_only=True):
    """A question to a map that was run: what it was at a moment of it."""

    kind = "positions"


LAB = Lab(
    spec=Map,
    answer=MapView,
    view=MapView,
    questions=(Question(Positions, MapView),),
)
