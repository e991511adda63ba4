"""The corpora there are, by name."""

from pathlib import Path
from typing import NamedTuple

from tuilab.corpora import pydoc, shelf, text8
from tuilab.corpora.corpus import Corpus, CorpusError
from tuilab.corpora.files import open_files
from tuilab.corpora.language import WORDS, Language
from tuilab.records.folders import is_within_reach, path_of

NAMES = ("language", "pydoc", "text8")


class Entry(NamedTuple):
    """A corpus as it is offered; `here` is False where `tuilab fetch` must bring it first."""

    name: str
    title: str
    size: str
    here: bool


def entries() -> list[Entry]:
    """The corpora that have a name: tuilab's own, and what lies in the machine's and the learner's folders of them."""
    own = [
        Entry("language", Language.title, f"{WORDS:,} words, nothing to fetch", True),
        Entry("pydoc", pydoc.TITLE, "some 300,000 words, nothing to fetch", True),
        Entry("text8", text8.TITLE, text8.SIZE, shelf.find("text8") is not None),
    ]
    return own + [Entry(name, name, "text of this machine", True) for name in shelf.names() if name not in NAMES]


def open_corpus(name: str, encoding: str = "auto") -> Corpus:
    """Open a corpus by its name, else a text file or a folder by its path; `encoding` is for those.

    Raises CorpusError where there is none, or nothing to be read.
    """
    if name == "language":
        return Language()
    if name == "pydoc":
        return pydoc.Pydoc()
    if name == "text8":
        return text8.open_text8()
    return open_files(name, _path(name), encoding)


def _path(name: str) -> Path:
    """The path of something that is there. Of what is out of reach nothing is told, not even whether it is there."""
    path = shelf.find(name) or path_of(name)
    if not is_within_reach(path):
        raise CorpusError(f"'{name}' is out of reach: here your own folder can be read, and the shared ones.")
    if not name or not _is_there(path):
        known = ", ".join(NAMES)
        raise CorpusError(f"There is no corpus, file or folder '{name}'; there is {known}, and any text file.")
    return path


def _is_there(path: Path) -> bool:
    """Whether there is something, if only something that may not be read."""
    try:
        return path.exists()
    except (OSError, ValueError):  # a folder above it may not be entered; a name that no file can have
        return False
