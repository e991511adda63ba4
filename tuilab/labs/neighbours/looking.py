"""What labs that look words up share: whose vectors they are, and words by their ids."""

from collections.abc import Sequence
from pathlib import Path

from tuilab.engine.words.lookup import Neighbour
from tuilab.labs.neighbours.spec import Near, Source
from tuilab.records.about import about_run
from tuilab.records.state import saved_step
from tuilab.vectors.store import Vectors


def source_of(vectors: Vectors) -> Source:
    """Say whose vectors they are."""
    about = _run(vectors.path.parent) if vectors.kept_run else vectors.name
    return Source(about, len(vectors), vectors.dimensions, str(vectors.path), vectors.kept_run, vectors.remark)


def ids_of(vectors: Vectors, words: Sequence[str]) -> list[int]:
    """The ids of words. Raises ValueError with a sentence that offers the nearest spellings of an unknown one."""
    found = [vectors.words.find(word) for word in words]
    for word, id in zip(words, found, strict=True):
        if id is None:
            raise ValueError(_unknown(vectors, word))
        if not vectors.norms[id] > 0:
            raise ValueError(f"The vector of {word} is zero: it has no direction, and so no neighbours.")
    return [id for id in found if id is not None]


def nears(vectors: Vectors, found: Sequence[Neighbour]) -> list[Near]:
    """Neighbours by their words."""
    return [Near(vectors.words[each.id], each.cosine) for each in found]


def _unknown(vectors: Vectors, word: str) -> str:
    near = vectors.words.nearest(word)
    offered = f"spelled most like it: {', '.join(near)}." if near else "none is spelled like it."
    return f"{word} is not among the {len(vectors):,} words; {offered}"


def _run(folder: Path) -> str:
    about = about_run(folder)
    return f"{about.spelling if about else folder.name} after {saved_step(folder) or 0:,} steps"
