"""The text of the words lab, carried inside its program."""

import base64
import bz2
from collections import Counter
from collections.abc import Iterator

from tuilab.corpora.catalogue import open_corpus
from tuilab.exports.errors import ExportError
from tuilab.labs.words.code import TEXT
from tuilab.labs.words.spec import Words

MOST_WORDS = 2_000_000  # of a text that is carried: some 5 MB of program
_WIDTH = 116


def carried(spec: Words) -> str:
    """The lines at the end of a program. Raises ValueError where the text is too large, or cannot be read."""
    packed = base64.b85encode(bz2.compress("\n".join(_lines(spec)).encode())).decode("ascii")
    return "".join(f"{TEXT}{packed[at : at + _WIDTH]}\n" for at in range(0, len(packed), _WIDTH))


def check_same(spec: Words, state: dict) -> None:
    """Raise ExportError where the text has changed since the vectors of a state were trained on it."""
    counter = Counter(word for sentence in open_corpus(spec.corpus, spec.encoding).sentences() for word in sentence)
    kept = sorted((word for word, n in counter.items() if n >= spec.min_count), key=lambda word: (-counter[word], word))
    now = "\n".join(kept).encode(), [counter[word] for word in kept]
    if "words" in state and "counts" in state and now != (bytes(state["words"]), state["counts"].tolist()):
        raise ExportError(f"The text of {spec.corpus} has changed since that run; train again, then take it home.")


def _lines(spec: Words) -> Iterator[str]:
    """The sentences, as far as they are not too many."""
    count = 0
    for sentence in open_corpus(spec.corpus, spec.encoding).sentences():
        count += len(sentence)
        if count > MOST_WORDS:
            raise ExportError(
                f"words: the text of {spec.corpus} is too large to be carried in a program: up to {MOST_WORDS:,} words "
                "are; take a shorter text, as corpus=language."
            )
        yield " ".join(sentence)
