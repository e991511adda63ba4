"""Text to sentences of words.

A word is letters and digits; an apostrophe or an underscore stays inside one (don't, max_len), and all is lower case.
Every other character parts words: well-known is two, 3.14 is two. A sentence ends at a full stop, question or
exclamation mark before white space, at an empty line, and before a line that is indented: so lines that were broken to
fit a page are joined again. One of more than 1,000 words, as in text without any of these, is cut.
"""

import re
from collections.abc import Iterable, Iterator

LONGEST = 1000  # words
_PATIENCE = 1 << 16  # characters without the end of a sentence, then it ends between two words

_END = re.compile(r"[.!?\n][\"'”)\]]*\s")
_WORD = re.compile(r"[^\W_]+(?:['_][^\W_]+)*")


def sentences(blocks: Iterable[str]) -> Iterator[list[str]]:
    """The sentences of a text that comes in blocks, cut anywhere; memory is that of a block and a sentence."""
    rest = ""
    for block in blocks:
        *whole, rest = _END.split(_plain(rest + block))
        if len(rest) > _PATIENCE:
            cut = max(rest.rfind(" "), rest.rfind("\n")) + 1 or len(rest)
            whole.append(rest[:cut])
            rest = rest[cut:]
        yield from _words(whole)
    yield from _words([rest])


def _plain(text: str) -> str:
    return text.lower().replace("’", "'")


def _words(texts: list[str]) -> Iterator[list[str]]:
    """The words of sentences; none has more than LONGEST, and those without words are left out."""
    find = _WORD.findall
    for text in texts:
        found = find(text)
        if len(found) > LONGEST:
            yield from (found[start : start + LONGEST] for start in range(0, len(found), LONGEST))
        elif found:
            yield found
