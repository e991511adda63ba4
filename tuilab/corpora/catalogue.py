"""The corpora there are, by name."""

from tuilab.corpora.corpus import Corpus, CorpusError
from tuilab.corpora.language import Language

NAMES = ("language",)


def open_corpus(name: str) -> Corpus:
    """Open a corpus. Raises CorpusError where there is none of that name."""
    if name == Language.name:
        return Language()
    raise CorpusError(f"There is no corpus '{name}'; there is {', '.join(NAMES)}.")
