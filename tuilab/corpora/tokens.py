"""Text to sentences of words.

A word is letters and digits; an apostrophe or an underscore stays inside one (don't, max_len), and all is lower case.
Every other character parts words: well-known is two, 3.14 is two. A sentence ends at a full stop, question or
exclamation mark before white space, at an empty line, and before a line that is indented: so lines that were broken to
fit a page are joined again. One of more than 1,000 words, as in text without any of these, is cut.
"""

import re
from collections.abc import Callable, Iterable, Iterator

LONGEST = 1000  # words
_PATIENCE = 1 << 16  # characters without the end of a sentence, then it ends between two words

_END = re.compile(r"[.!?\n][\"'”’)\]]*\s")
_WORD = re.compile(r"[^\W_]+(?:['_][^\W_]+)*")


def words(text: str) -> list[str]:
    """The words of a sentence, in lower case."""
    return _WORD.findall(text.lower().replace("’", "'"))


def words_and_names(text: str) -> list[str]:
    """The words of a sentence about programs: one with a capital behind its first letter (KeyError) stays as it is."""
    found = _WORD.findall(text)
    return [word if word[1:] != word[1:].lower() else word.lower() for word in found if not word[0].isdigit()]


def sentences(blocks: Iterable[str], read: Callable[[str], list[str]] = words) -> Iterator[list[str]]:
    """The sentences of a text that comes in blocks, cut anywhere; memory is that of a block and a sentence."""
    rest = ""
    for block in blocks:
        *whole, rest = _END.split(rest + block)
        if len(rest) > _PATIENCE:
            cut = max(rest.rfind(" "), rest.rfind("\n")) + 1 or len(rest)
            whole.append(rest[:cut])
            rest = rest[cut:]
        yield from _cut(map(read, whole))
    yield from _cut([read(rest)])


def _cut(found: Iterable[list[str]]) -> Iterator[list[str]]:
    """Sentences of at most LONGEST words; those without words are left out."""
    for sentence in found:
        if len(sentence) > LONGEST:
            yield from (sentence[start : start + LONGEST] for start in range(0, len(sentence), LONGEST))
        elif sentence:
            yield sentence
